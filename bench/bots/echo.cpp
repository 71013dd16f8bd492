// A bare echo over WebSocket: what the library costs when nothing is done with a message. One thread, like the
// server's network.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <memory>

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;

namespace {

class Connection : public std::enable_shared_from_this<Connection> {
   public:
    explicit Connection(Tcp::socket socket) : stream_(std::move(socket)) {}
    void accept() {
        stream_.async_accept([self = shared_from_this()](beast::error_code error) {
            if (!error) {
                self->read();
            }
        });
    }

   private:
    void read() {
        stream_.async_read(buffer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (!error) {
                self->write();
            }
        });
    }
    void write() {
        stream_.text(true);
        stream_.async_write(buffer_.data(), [self = shared_from_this()](beast::error_code error, std::size_t) {
            self->buffer_.clear();
            if (!error) {
                self->read();
            }
        });
    }

    beast::websocket::stream<beast::tcp_stream> stream_;
    beast::flat_buffer buffer_;
};

void accept_next(Tcp::acceptor& acceptor) {
    acceptor.async_accept([&acceptor](beast::error_code error, Tcp::socket socket) {
        if (!error) {
            socket.set_option(Tcp::no_delay(true), error);
            std::make_shared<Connection>(std::move(socket))->accept();
            accept_next(acceptor);
        }
    });
}

}  // namespace

int main() {
    asio::io_context context{1};
    Tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
    std::printf("echo at http://127.0.0.1:%u/\n", unsigned{acceptor.local_endpoint().port()});
    std::fflush(stdout);
    accept_next(acceptor);
    context.run();
}
