#pragma once
// Between sockets and the world, on the network's thread: decodes, checks rates and the order of greeting,
// refuses with typed errors, hands the rest to the inbox; encodes what comes back. Knows connections, not
// sessions.

#include <chrono>
#include <map>

#include "server/protocol/codec.h"
#include "server/session/inbox.h"
#include "server/session/token_bucket.h"

namespace kiln::server {

class Gate : public ConnectionHandler {
   public:
    Gate(const RateLimits& rates, const NetworkLimits& limits, Inbox& inbox, Metrics& metrics)
        : rates_(rates), limits_(limits), inbox_(inbox), metrics_(metrics) {}
    void serve(Network& network) { network_ = &network; }

    // What one tick brings, joined into one frame for each connection.
    void deliver(const Departures& departures);
    // From now on nobody is heard; then everybody is told and closed.
    void stop_listening() { is_listening_ = false; }
    void say_goodbye();

    void opened(ConnectionId connection, std::string_view address) override;
    void received(ConnectionId connection, std::string_view text) override;
    void refused(ConnectionId connection, FrameProblem problem) override;
    void overflowed(ConnectionId connection) override;
    void failed(ConnectionId connection) override;
    void closed(ConnectionId connection, std::string_view why) override;

   private:
    struct Peer {
        bool is_greeted = false;
        int refusals = 0;                // in a row, for speed
        TokenBucket messages, commands, bad;
    };
    using Clock = TokenBucket::Clock;

    void handle(ConnectionId connection, Peer& peer, const Hello& hello);
    void handle(ConnectionId connection, Peer& peer, const Command& command);
    void handle(ConnectionId connection, Peer& peer, const Seen& seen);
    void handle(ConnectionId connection, Peer& peer, const Ping& ping);
    void refuse(ConnectionId connection, Peer& peer, const BadMessage& bad);
    void refuse_speed(ConnectionId connection, Peer& peer, std::uint64_t n);
    void end(ConnectionId connection, std::string_view code);
    void send(ConnectionId connection, const ServerMessage& message) {
        ++metrics_.messages_sent;
        network_->send(connection, encode(message));
    }

    RateLimits rates_;
    NetworkLimits limits_;
    Inbox& inbox_;
    Metrics& metrics_;
    Network* network_ = nullptr;
    bool is_listening_ = true;
    std::map<ConnectionId, Peer> peers_;
};

}  // namespace kiln::server
