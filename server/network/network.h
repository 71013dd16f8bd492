#pragma once
// Sockets: HTTP and WebSockets on one port, one thread. Knows frames and connections, not messages or
// players. Everything a connection can cost is bounded here: size, silence, queued output, count.

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/config.h"
#include "server/http/routes.h"
#include "server/metrics.h"

namespace kiln::server {

using ConnectionId = std::uint64_t;      // from 1, never used twice

// What a frame can be refused for before anyone has read it.
enum class FrameProblem : std::uint8_t { too_large, not_text, control_flood };

// Told about connections, always on the network's thread. If one of these throws, that one connection is
// closed.
class ConnectionHandler {
   public:
    virtual ~ConnectionHandler() = default;
    virtual void opened(ConnectionId connection, std::string_view address) = 0;
    virtual void received(ConnectionId connection, std::string_view text) = 0;
    virtual void refused(ConnectionId connection, FrameProblem problem) = 0;
    virtual void overflowed(ConnectionId connection) = 0;        // it does not read; its queue was dropped
    virtual void failed(ConnectionId connection) = 0;            // one of the others threw
    virtual void closed(ConnectionId connection, std::string_view why) = 0;   // the last word about it
};

class Network {
   public:
    // Binds and listens; run() then serves until stop().
    static std::expected<std::unique_ptr<Network>, std::string> listen(const ServerConfig& config,
                                                                       ConnectionHandler& handler,
                                                                       const Site& site, Metrics& metrics);
    ~Network();
    std::uint16_t port() const;
    void run();

    // From any thread: runs `work` on the network's thread.
    void post(std::function<void()> work);

    // On the network's thread only. Unknown connections are ignored.
    void send(ConnectionId connection, std::string frame);
    // After what is queued has been sent, or after a deadline; what still arrives is not read.
    void close(ConnectionId connection, std::uint16_t close_code);
    void after(std::chrono::milliseconds delay, std::function<void()> work);
    // No new connections; run() returns when the last one is closed, or after the drain deadline.
    void stop();

    struct Parts;

   private:
    explicit Network(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kiln::server
