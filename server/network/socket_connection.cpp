#include <boost/asio/error.hpp>
#include <boost/beast/websocket.hpp>

#include "server/log.h"
#include "server/network/parts.h"

namespace kiln::server {
namespace {

namespace websocket = beast::websocket;
using Clock = std::chrono::steady_clock;

// One read, one write and one close may be under way at a time. Every handler holds the connection alive.
class WebSocket : public SocketConnection, public std::enable_shared_from_this<WebSocket> {
   public:
    WebSocket(Network::Parts& parts, beast::tcp_stream stream, std::shared_ptr<Admission> admission)
        : parts_(parts), id_(parts.next_id++), admission_(std::move(admission)), stream_(std::move(stream)),
          deadline_(parts.context) {}

    ~WebSocket() override { parts_.metrics.output_queue_bytes -= queued_bytes_; }

    void accept(const beast::http::request<beast::http::string_body>& request) {
        beast::get_lowest_layer(stream_).expires_never();
        websocket::stream_base::timeout timeout{parts_.limits.handshake, parts_.limits.idle, true};
        stream_.set_option(timeout);
        stream_.set_option(websocket::stream_base::decorator(
            [](websocket::response_type& response) { response.set(beast::http::field::server, "kiln"); }));
        // The limit on whole messages is kept by hand, so that the client can be told before the close.
        stream_.read_message_max(0);
        stream_.control_callback(
            [this](websocket::frame_type, beast::string_view) { count_control_frame(); });
        stream_.async_accept(request, [self = shared_from_this()](error_code error) {
            self->guarded([&] { self->accepted(error); });
        });
    }

    void send(std::string frame) override {
        if (is_over_ || draining_) {
            return;
        }
        if (queued_bytes_ + frame.size() > parts_.limits.queue_bytes) {
            overflow();
            return;
        }
        enqueue(std::move(frame));
    }

    void close(std::uint16_t close_code) override {
        if (is_over_ || draining_) {
            return;
        }
        draining_ = true;
        close_code_ = close_code;
        deadline_.expires_after(parts_.limits.drain);
        deadline_.async_wait([weak = weak_from_this()](error_code error) {
            if (const auto self = weak.lock(); self && !error) {
                self->cut();
            }
        });
        if (!writing_) {
            begin_close();
        }
    }

    void cut() override {
        beast::get_lowest_layer(stream_).close();
        finish("cut");
    }

   private:
    template <typename Work>
    void guarded(Work work) {
        try {
            work();
        } catch (const std::exception& trouble) {
            log_event(LogLevel::error, "connection_failed", {{"connection", id_}, {"why", trouble.what()}});
            fail();
        }
    }

    void fail() {
        try {
            parts_.handler.failed(id_);
        } catch (const std::exception&) {
            cut();
        }
    }

    void accepted(error_code error) {
        if (error) {
            return;
        }
        is_open_ = true;
        stream_.text(true);
        parts_.sockets.emplace(id_, shared_from_this());
        ++parts_.metrics.connections;
        ++parts_.metrics.connections_total;
        read();
        parts_.handler.opened(id_, admission_->address());
    }

    void read() {
        stream_.async_read_some(buffer_, 4096, [self = shared_from_this()](error_code error, std::size_t) {
            self->guarded([&] { self->received(error); });
        });
    }

    void received(error_code error) {
        if (error) {
            beast::get_lowest_layer(stream_).close();
            finish(error == websocket::error::closed ? "the client left" : error.message());
            return;
        }
        if (is_over_) {
            return;
        }
        if (draining_) {
            buffer_.clear();             // read only so that the closing handshake is seen
            read();
            return;
        }
        if (!stream_.got_text()) {
            refuse(FrameProblem::not_text);
        } else if (buffer_.size() > parts_.limits.message_bytes) {
            refuse(FrameProblem::too_large);
        } else if (stream_.is_message_done()) {
            const auto bytes = buffer_.cdata();
            const std::string message(static_cast<const char*>(bytes.data()), bytes.size());
            buffer_.clear();
            guarded([&] { parts_.handler.received(id_, message); });
        }
        if (!is_over_) {
            read();
        }
    }

    void refuse(FrameProblem problem) {
        buffer_.clear();
        parts_.handler.refused(id_, problem);
    }

    void count_control_frame() {
        const auto now = Clock::now();
        if (now - control_since_ > std::chrono::seconds(1)) {
            control_since_ = now;
            control_frames_ = 0;
        }
        if (++control_frames_ == parts_.limits.control_frames_per_second + 1 && !draining_ && !is_over_) {
            // Called from inside a read: answering waits until that is over.
            asio::post(parts_.context, [weak = weak_from_this()] {
                if (const auto self = weak.lock(); self && !self->is_over_ && !self->draining_) {
                    self->guarded([&] { self->refuse(FrameProblem::control_flood); });
                }
            });
        }
    }

    // Who does not read loses what is queued, is told so, and is closed.
    void overflow() {
        while (queue_.size() > (writing_ ? 1U : 0U)) {
            forget(queue_.back());
            queue_.pop_back();
        }
        ++parts_.metrics.dropped_slow;
        guarded([&] { parts_.handler.overflowed(id_); });
    }

    void enqueue(std::string frame) {
        queued_bytes_ += frame.size();
        parts_.metrics.output_queue_bytes += frame.size();
        ++parts_.metrics.frames_sent;
        queue_.push_back(std::move(frame));
        if (!writing_) {
            write();
        }
    }

    void forget(const std::string& frame) {
        queued_bytes_ -= frame.size();
        parts_.metrics.output_queue_bytes -= frame.size();
    }

    void write() {
        writing_ = true;
        stream_.async_write(asio::buffer(queue_.front()),
                            [self = shared_from_this()](error_code error, std::size_t) {
                                self->guarded([&] { self->written(error); });
                            });
    }

    void written(error_code error) {
        writing_ = false;
        forget(queue_.front());
        queue_.pop_front();
        if (error) {
            return;                      // the pending read reports the end
        }
        if (!queue_.empty()) {
            write();
        } else if (draining_) {
            begin_close();
        }
    }

    void begin_close() {
        stream_.async_close(websocket::close_reason(static_cast<websocket::close_code>(close_code_)),
                            [self = shared_from_this()](error_code) { self->guarded([&] { self->cut(); }); });
    }

    void finish(std::string_view why) {
        deadline_.cancel();
        if (is_over_) {
            return;
        }
        is_over_ = true;
        if (is_open_) {
            --parts_.metrics.connections;
            parts_.sockets.erase(id_);
            parts_.handler.closed(id_, why);
        }
    }

    Network::Parts& parts_;
    const ConnectionId id_;
    std::shared_ptr<Admission> admission_;
    websocket::stream<beast::tcp_stream> stream_;
    asio::steady_timer deadline_;
    beast::flat_buffer buffer_;
    std::deque<std::string> queue_;      // the first one is being written
    std::size_t queued_bytes_ = 0;
    bool writing_ = false, draining_ = false, is_open_ = false, is_over_ = false;
    std::uint16_t close_code_ = 1000;
    Clock::time_point control_since_{};
    int control_frames_ = 0;
};

}  // namespace

void serve_socket(Network::Parts& parts, beast::tcp_stream stream, std::shared_ptr<Admission> admission,
                  const beast::http::request<beast::http::string_body>& request) {
    std::make_shared<WebSocket>(parts, std::move(stream), std::move(admission))->accept(request);
}

}  // namespace kiln::server
