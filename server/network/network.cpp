#include "server/network/network.h"

#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/write.hpp>

#include "server/log.h"
#include "server/network/parts.h"

namespace kiln::server {
namespace {

constexpr std::string_view full_response =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Type: text/plain\r\nContent-Length: "
    "27\r\n"
    "Connection: close\r\n\r\nThe server is full by now.\n";

void accept_next(Network::Parts& parts);

bool admits(const Network::Parts& parts, const asio::ip::address& address, const std::string& name) {
    if (parts.open >= parts.limits.connections) {
        return false;
    }
    const bool counts =
        parts.limits.connections_per_address != 0 && (parts.limits.count_loopback || !address.is_loopback());
    const auto found = parts.open_of_address.find(name);
    return !counts || found == parts.open_of_address.end() ||
           found->second < parts.limits.connections_per_address;
}

void take_in(Network::Parts& parts, Tcp::socket socket) {
    error_code error;
    const Tcp::endpoint peer = socket.remote_endpoint(error);
    if (error) {
        return;
    }
    socket.set_option(Tcp::no_delay(true), error);
    socket.set_option(asio::socket_base::send_buffer_size(parts.limits.send_buffer_bytes), error);
    socket.non_blocking(true, error);
    const std::string name = peer.address().to_string();
    if (!admits(parts, peer.address(), name)) {
        ++parts.metrics.connections_refused;
        socket.write_some(asio::buffer(full_response), error);
        return;
    }
    serve_http(parts, std::move(socket), std::make_shared<Admission>(parts, name));
}

void accepted(Network::Parts& parts, error_code error, Tcp::socket socket) {
    if (parts.stopping || error == asio::error::operation_aborted) {
        return;
    }
    if (error) {
        // Out of descriptors: wait for some to be freed instead of spinning.
        log_event(LogLevel::warning, "accept_failed", {{"why", error.message()}});
        parts.retry.expires_after(std::chrono::milliseconds(200));
        parts.retry.async_wait([&parts](error_code cancelled) {
            if (!cancelled) {
                accept_next(parts);
            }
        });
        return;
    }
    try {
        take_in(parts, std::move(socket));
    } catch (const std::exception& trouble) {
        log_event(LogLevel::error, "connection_failed", {{"why", trouble.what()}});
    }
    accept_next(parts);
}

void accept_next(Network::Parts& parts) {
    parts.acceptor.async_accept(
        [&parts](error_code error, Tcp::socket socket) { accepted(parts, error, std::move(socket)); });
}

}  // namespace

Admission::Admission(Network::Parts& parts, std::string address)
    : parts_(parts), address_(std::move(address)) {
    ++parts_.open;
    ++parts_.open_of_address[address_];
}

Admission::~Admission() {
    --parts_.open;
    const auto found = parts_.open_of_address.find(address_);
    if (--found->second == 0) {
        parts_.open_of_address.erase(found);
    }
    if (parts_.stopping && parts_.open == 0 && !parts_.is_over) {
        parts_.stop_deadline.cancel();
    }
}

std::expected<std::unique_ptr<Network>, std::string> Network::listen(const ServerConfig& config,
                                                                     ConnectionHandler& handler,
                                                                     const Site& site, Metrics& metrics) {
    auto parts = std::make_unique<Parts>(config, handler, site, metrics);
    error_code error;
    const auto address = asio::ip::make_address(config.address, error);
    if (error) {
        return std::unexpected("\"" + config.address + "\" is no address to listen on");
    }
    const Tcp::endpoint endpoint(address, config.port);
    parts->acceptor.open(endpoint.protocol(), error);
    if (!error) {
        parts->acceptor.set_option(asio::socket_base::reuse_address(true), error);
        parts->acceptor.bind(endpoint, error);
    }
    if (!error) {
        parts->acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return std::unexpected("cannot listen on port " + std::to_string(config.port) + ": " +
                               error.message() + "; choose another one with --port");
    }
    return std::unique_ptr<Network>(new Network(std::move(parts)));
}

Network::Network(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Network::~Network() {
    // Connections may still refer to the parts: drop their pending work first.
    parts_->is_over = true;
    parts_->sockets.clear();
}

std::uint16_t Network::port() const {
    error_code error;
    return parts_->acceptor.local_endpoint(error).port();
}

void Network::run() {
    accept_next(*parts_);
    for (;;) {
        try {
            parts_->context.run();
            return;
        } catch (const std::exception& trouble) {
            // A connection's own handlers catch their trouble; this is the last net, and nobody else pays for
            // it.
            log_event(LogLevel::error, "network_trouble", {{"why", trouble.what()}});
        }
    }
}

void Network::post(std::function<void()> work) { asio::post(parts_->context, std::move(work)); }

void Network::send(ConnectionId connection, std::string frame) {
    if (const auto found = parts_->sockets.find(connection); found != parts_->sockets.end()) {
        const auto socket = found->second;
        socket->send(std::move(frame));
    }
}

void Network::close(ConnectionId connection, std::uint16_t close_code) {
    if (const auto found = parts_->sockets.find(connection); found != parts_->sockets.end()) {
        const auto socket = found->second;
        socket->close(close_code);
    }
}

void Network::after(std::chrono::milliseconds delay, std::function<void()> work) {
    auto timer = std::make_shared<asio::steady_timer>(parts_->context, delay);
    timer->async_wait([timer, work = std::move(work)](error_code error) {
        if (!error) {
            work();
        }
    });
}

void Network::stop() {
    error_code error;
    parts_->stopping = true;
    parts_->acceptor.close(error);
    parts_->retry.cancel();
    if (parts_->open == 0) {
        parts_->context.stop();
        return;
    }
    parts_->stop_deadline.expires_after(parts_->limits.drain);
    parts_->stop_deadline.async_wait([this](error_code) { parts_->context.stop(); });
}

}  // namespace kiln::server
