#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "server/http/origin.h"
#include "server/log.h"
#include "server/network/parts.h"

namespace kiln::server {
namespace {

namespace http = beast::http;

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
   public:
    HttpConnection(Network::Parts& parts, Tcp::socket socket, std::shared_ptr<Admission> admission)
        : parts_(parts), stream_(std::move(socket)), admission_(std::move(admission)) {}

    void read() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(parts_.limits.header_bytes));
        parser_->body_limit(std::uint64_t{1024});
        stream_.expires_after(parts_.limits.handshake);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](error_code error, std::size_t) {
                             self->guarded([&] { self->requested(error); });
                         });
    }

   private:
    template <typename Work>
    void guarded(Work work) {
        try {
            work();
        } catch (const std::exception& trouble) {
            log_event(LogLevel::error, "connection_failed", {{"why", trouble.what()}});
            stream_.close();
        }
    }

    void requested(error_code error) {
        const bool is_lost = error && error.category() == asio::error::get_system_category();
        if (error == http::error::end_of_stream || error == beast::error::timeout || is_lost) {
            stream_.close();
            return;
        }
        if (error) {
            const unsigned status = error == http::error::header_limit ? 431U
                                    : error == http::error::body_limit ? 413U
                                                                       : 400U;
            respond({status,
                     "text/plain; charset=utf-8",
                     "This is no request of HTTP/1.1 that is answered here.\n",
                     {}},
                    false);
            return;
        }
        const auto& request = parser_->get();
        if (const char* problem = problem_of(request)) {
            respond({400, "text/plain; charset=utf-8", std::string(problem) + "\n", {}}, false);
            return;
        }
        const std::string target(request.target());
        if (beast::websocket::is_upgrade(request) && is_socket_path(target) && !parts_.stopping) {
            if (buffer_.size() != 0) {
                // Frames before the handshake was answered: whoever sends those does not speak WebSocket.
                respond({400, "text/plain; charset=utf-8", "Wait for the answer to the handshake.\n", {}},
                        false);
                return;
            }
            const auto origin = request[http::field::origin], host = request[http::field::host];
            if (request.count(http::field::origin) > 1 ||
                !is_origin_allowed({origin.data(), origin.size()}, {host.data(), host.size()},
                                   parts_.limits.origins)) {
                log_event(LogLevel::warning, "origin_refused",
                          {{"address", admission_->address()}, {"origin", std::string(origin)}});
                respond({403,
                         "text/plain; charset=utf-8",
                         "Pages from elsewhere may not connect to this world.\n",
                         {}},
                        false);
                return;
            }
            serve_socket(parts_, std::move(stream_), std::move(admission_), request);
            return;
        }
        ++parts_.metrics.http_requests;
        respond(answer(parts_.site, {std::string(request.method_string()), target,
                                     std::string(request[http::field::if_none_match]), false}),
                request.keep_alive() && !parts_.stopping);
    }

    // Requests that proxies and servers are known to understand differently.
    static const char* problem_of(const http::request<http::string_body>& request) {
        if (request.version() != 11 && request.version() != 10) {
            return "Only HTTP/1.0 and 1.1 are spoken here.";
        }
        if (request.count(http::field::host) != 1 && request.version() == 11) {
            return "A request has exactly one Host.";
        }
        if (!request.body().empty() || request.count(http::field::transfer_encoding) != 0 ||
            request.count(http::field::content_length) > 1) {
            return "Requests have no body here.";
        }
        return nullptr;
    }

    void respond(HttpResponse answer, bool keep_alive) {
        response_.emplace(static_cast<http::status>(answer.status), 11);
        response_->set(http::field::content_type, answer.type);
        for (const auto& [name, value] : answer.headers) {
            response_->set(name, value);
        }
        response_->keep_alive(keep_alive);
        const bool is_head = parser_->get().method() == http::verb::head;
        const std::size_t length = answer.body.size();
        if (!is_head) {
            response_->body() = std::move(answer.body);
        }
        if (answer.status != 304) {
            response_->content_length(length);
        }
        // A page may be larger than what the kernel takes; the deadline is for the whole of it.
        stream_.expires_after(parts_.limits.idle);
        serializer_.emplace(*response_);
        auto written = [self = shared_from_this(), keep_alive](error_code error, std::size_t) {
            self->guarded([&] { self->responded(error, keep_alive); });
        };
        is_head ? http::async_write_header(stream_, *serializer_, written)
                : http::async_write(stream_, *serializer_, written);
    }

    void responded(error_code error, bool keep_alive) {
        if (error || !keep_alive) {
            stream_.socket().shutdown(Tcp::socket::shutdown_send, error);
            stream_.close();
            return;
        }
        read();
    }

    Network::Parts& parts_;
    beast::tcp_stream stream_;
    std::shared_ptr<Admission> admission_;
    beast::flat_buffer buffer_{16 * 1024};
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<http::response<http::string_body>> response_;
    std::optional<http::response_serializer<http::string_body>> serializer_;
};

}  // namespace

void serve_http(Network::Parts& parts, Tcp::socket socket, std::shared_ptr<Admission> admission) {
    std::make_shared<HttpConnection>(parts, std::move(socket), std::move(admission))->read();
}

}  // namespace kiln::server
