#pragma once
// What crosses the thread border inwards: from the network's thread to the thread that owns the world, in
// order of arrival.

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "server/config.h"
#include "server/network/network.h"
#include "server/protocol/messages.h"

namespace kiln::server {

struct Arrival {
    enum class Kind : std::uint8_t { login, line, seen, gone, image };
    Kind kind = Kind::line;
    ConnectionId connection = 0;
    std::uint64_t number = 0;            // line, seen
    std::string text;                    // line; image: its bytes
    Hello hello;                         // login
};

// Many writers, one reader. Logins and departures are always taken, so that the two sides agree on who is
// there; they are bounded by the number of connections.
class Inbox {
   public:
    // False: too much is waiting.
    bool put(Arrival arrival) {
        const std::lock_guard lock(mutex_);
        const bool is_bounded = arrival.kind == Arrival::Kind::line || arrival.kind == Arrival::Kind::seen;
        if (is_bounded && waiting_.size() >= inbox_items) {
            return false;
        }
        waiting_.push_back(std::move(arrival));
        return true;
    }
    std::vector<Arrival> take_all() {
        const std::lock_guard lock(mutex_);
        return std::exchange(waiting_, {});
    }

   private:
    std::mutex mutex_;
    std::vector<Arrival> waiting_;
};

// What crosses it outwards, after the tick is durable.
struct Delivery {
    enum class Then : std::uint8_t { stay, greet_again, close };
    ConnectionId connection = 0;         // 0 = everyone
    ServerMessage message;
    Then then = Then::stay;              // close: with the code of a Closed message
};
struct Shown {                           // an output; if it is `closed`, the connection closes after it
    ConnectionId connection = 0;
    world::Output output;
};
struct Departures {
    std::vector<Delivery> deliveries;    // first
    std::vector<Shown> shown;            // one connection after the other
    bool empty() const { return deliveries.empty() && shown.empty(); }
};

}  // namespace kiln::server
