#pragma once
// What the files of network/ share. Heavy: includes Asio and Beast.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <map>

#include "server/network/network.h"

namespace kiln::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
using boost::system::error_code;

// A connection that has become a WebSocket.
class SocketConnection {
   public:
    virtual ~SocketConnection() = default;
    virtual void send(std::string frame) = 0;
    virtual void close(std::uint16_t close_code) = 0;
    virtual void cut() = 0;              // at once
};

struct Network::Parts {
    Parts(const ServerConfig& server_config, ConnectionHandler& connection_handler, const Site& served,
          Metrics& counters)
        : limits(server_config.network), handler(connection_handler), site(served), metrics(counters) {}

    NetworkLimits limits;
    ConnectionHandler& handler;
    const Site& site;
    Metrics& metrics;
    bool stopping = false;
    bool is_over = false;                // being destroyed: what dies now must not touch the timers
    ConnectionId next_id = 1;
    std::map<ConnectionId, std::shared_ptr<SocketConnection>> sockets;
    std::size_t open = 0;                // all TCP connections, also those that only speak HTTP
    std::map<std::string, std::size_t> open_of_address;

    // Below what its handlers refer to: they are destroyed with it.
    asio::io_context context{1};
    Tcp::acceptor acceptor{context};
    asio::steady_timer retry{context}, stop_deadline{context};
};

// Counts a TCP connection for as long as it lives.
class Admission {
   public:
    Admission(Network::Parts& parts, std::string address);
    ~Admission();
    Admission(const Admission&) = delete;
    const std::string& address() const { return address_; }

   private:
    Network::Parts& parts_;
    std::string address_;
};

// Serves HTTP requests on a connection until it closes or becomes a WebSocket.
void serve_http(Network::Parts& parts, Tcp::socket socket, std::shared_ptr<Admission> admission);
// Goes on as a WebSocket with the request that asked for it.
void serve_socket(Network::Parts& parts, beast::tcp_stream stream, std::shared_ptr<Admission> admission,
                  const beast::http::request<beast::http::string_body>& request);

}  // namespace kiln::server
