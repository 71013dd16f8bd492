#pragma once
// Which connection speaks for which session, on the thread that owns the world. The sessions themselves
// (numbering, queues, unacknowledged output) are world state; here is only what belongs to sockets.

#include <cstdint>
#include <map>

#include "server/network/network.h"

namespace kiln::server {

struct LiveSession {
    std::uint64_t number = 0;
    ConnectionId connection = 0;
    std::uint64_t character = 0;
    std::uint64_t last_input = 0;        // commands up to here are in the world
    bool is_welcome = false;             // it has been greeted; until then it is sent nothing
    std::uint64_t seen = 0, seen_told = 0;   // outputs the client has, and how far the world knows that
    std::uint64_t seen_told_at = 0;      // tick
};

class SessionTable {
   public:
    LiveSession* of_connection(ConnectionId connection) {
        const auto found = by_connection_.find(connection);
        return found == by_connection_.end() ? nullptr : of_number(found->second);
    }
    LiveSession* of_number(std::uint64_t number) {
        const auto found = by_number_.find(number);
        return found == by_number_.end() ? nullptr : &found->second;
    }
    LiveSession& add(std::uint64_t number, ConnectionId connection, std::uint64_t character) {
        by_connection_[connection] = number;
        return by_number_[number] = LiveSession{number, connection, character};
    }
    void remove(std::uint64_t number) {
        if (const LiveSession* session = of_number(number)) {
            by_connection_.erase(session->connection);
            by_number_.erase(number);
        }
    }
    std::map<std::uint64_t, LiveSession>& all() { return by_number_; }
    std::size_t size() const { return by_number_.size(); }

   private:
    std::map<ConnectionId, std::uint64_t> by_connection_;
    std::map<std::uint64_t, LiveSession> by_number_;
};

}  // namespace kiln::server
