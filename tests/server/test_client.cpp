#include "tests/server/test_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace kiln::server::test {
namespace {

using Clock = std::chrono::steady_clock;

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::uint64_t number_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? static_cast<std::uint64_t>(value->get_int64()) : 0;
}

}  // namespace

Socket::Socket(std::uint16_t port, int receive_buffer)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer != 0) {
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor_);
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
}

Socket::Socket(Socket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), at_end_(other.at_end_) {}
Socket& Socket::operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(at_end_, other.at_end_);
    return *this;
}
Socket::~Socket() { close(); }

void Socket::close() {
    if (descriptor_ >= 0) {
        ::close(std::exchange(descriptor_, -1));
    }
    at_end_ = true;
}

bool Socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

std::string Socket::receive(Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{descriptor_, POLLIN, 0};
    if (at_end_ || ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) <= 0) {
        return {};
    }
    char buffer[16384];
    const ssize_t count = ::recv(descriptor_, buffer, sizeof buffer, 0);
    if (count <= 0) {
        at_end_ = true;
        return {};
    }
    return {buffer, static_cast<std::size_t>(count)};
}

std::string http_exchange(std::uint16_t port, std::string_view request) {
    Socket socket(port);
    socket.send(request);
    std::string response;
    const auto deadline = Clock::now() + patience;
    while (!socket.at_end() && Clock::now() < deadline) {
        response += socket.receive(deadline);
        const std::size_t head = response.find("\r\n\r\n");
        const std::size_t field = response.find("Content-Length: ");
        if (head != std::string::npos && field < head &&
            response.size() >= head + 4 + std::stoul(response.substr(field + 16))) {
            break;
        }
    }
    return response;
}

std::string http_get(std::uint16_t port, std::string_view path) {
    return http_exchange(port, "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

int status_of(std::string_view response) {
    return response.size() > 12 ? std::stoi(std::string(response.substr(9, 3))) : 0;
}

TestClient::TestClient(std::uint16_t port, int receive_buffer) : socket_(port, receive_buffer) {
    socket_.send("GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                 "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    const auto deadline = Clock::now() + patience;
    while (input_.find("\r\n\r\n") == std::string::npos) {
        input_ += socket_.receive(deadline);
        if (socket_.at_end() || Clock::now() >= deadline) {
            throw std::runtime_error("no handshake, but: " + input_);
        }
    }
    if (!input_.starts_with("HTTP/1.1 101")) {
        throw std::runtime_error("refused: " + input_);
    }
    input_.erase(0, input_.find("\r\n\r\n") + 4);
}

bool TestClient::send_frame(int opcode, std::string_view payload, bool is_last, bool is_masked) {
    const char mask[4] = {0x11, 0x22, 0x33, 0x44};
    const char mask_bit = static_cast<char>(is_masked ? 0x80 : 0);
    std::string frame(1, static_cast<char>((is_last ? 0x80 : 0) | opcode));
    if (payload.size() < 126) {
        frame += static_cast<char>(mask_bit | static_cast<char>(payload.size()));
    } else {
        const int bytes = payload.size() < 65536 ? 2 : 8;
        frame += static_cast<char>(mask_bit | (bytes == 2 ? 126 : 127));
        for (int i = bytes - 1; i >= 0; --i) {
            frame += static_cast<char>(payload.size() >> (8 * i));
        }
    }
    if (is_masked) {
        frame.append(mask, 4);
    }
    for (std::size_t i = 0; i < payload.size(); ++i) {
        frame += is_masked ? static_cast<char>(payload[i] ^ mask[i % 4]) : payload[i];
    }
    return socket_.send(frame);
}

std::optional<Frame> TestClient::next_frame(Clock::time_point deadline) {
    for (;;) {
        if (input_.size() >= 2) {
            std::size_t length = static_cast<unsigned char>(input_[1]) & 0x7f, head = 2;
            const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
            if (input_.size() >= head + extra) {
                if (extra != 0) {
                    length = 0;
                    for (std::size_t i = 0; i < extra; ++i) {
                        length = length << 8 | static_cast<unsigned char>(input_[head + i]);
                    }
                    head += extra;
                }
                if (input_.size() >= head + length) {
                    Frame frame{input_[0] & 0x0f, input_.substr(head, length)};
                    input_.erase(0, head + length);
                    return frame;
                }
            }
        }
        const std::string more = socket_.receive(deadline);
        if (more.empty()) {
            if (socket_.at_end() && close_code_ == 0) {
                close_code_ = 1006;
            }
            return std::nullopt;
        }
        input_ += more;
    }
}

std::optional<json::object> TestClient::next_message(Clock::time_point deadline) {
    for (;;) {
        if (!unheard_.empty()) {
            json::object message = std::move(unheard_.front());
            unheard_.pop_front();
            note(message);
            return message;
        }
        const auto frame = next_frame(deadline);
        if (!frame) {
            return std::nullopt;
        }
        if (frame->opcode == 9) {
            send_frame(10, frame->payload);
        } else if (frame->opcode == 8) {
            close_code_ = frame->payload.size() < 2 ? 1005
                                                    : static_cast<unsigned char>(frame->payload[0]) << 8 |
                                                          static_cast<unsigned char>(frame->payload[1]);
            send_frame(8, frame->payload.substr(0, 2));
            socket_.close();
            return std::nullopt;
        } else if (frame->opcode == 1) {
            json::value value = json::parse(frame->payload);
            if (value.is_object()) {
                unheard_.push_back(std::move(value.get_object()));
                continue;
            }
            // One tick's messages for us, joined.
            for (json::value& message : value.as_array()) {
                unheard_.push_back(std::move(message.as_object()));
            }
        }
    }
}

void TestClient::note(const json::object& message) {
    const std::string type = text_at(message, "type");
    const bool is_output =
        type == "text" || type == "room" || type == "prompt" || type == "stat_update" || type == "gap";
    if (is_output) {
        last_seen = std::max(last_seen, number_at(message, "n"));
    }
    if (type == "welcome") {
        token = text_at(message, "token");
        session = number_at(message, "session");
        next_number = std::max(next_number, number_at(message, "last_input") + 1);
    }
    heard.push_back(message);
}

json::object TestClient::hello(json::object more) {
    more["type"] = "hello";
    more["version"] = 1;
    send(more);
    return wait_for_type("welcome");
}

void TestClient::command(std::string_view text) {
    send({{"type", "command"}, {"n", next_number++}, {"text", text}});
}

json::object TestClient::wait_for(const std::function<bool(const json::object&)>& fits,
                                  std::string_view what) {
    const auto deadline = Clock::now() + patience;
    while (auto message = next_message(deadline)) {
        if (fits(*message)) {
            return *message;
        }
    }
    std::string all;
    for (const json::object& message : heard) {
        all += json::serialize(message) + "\n";
    }
    throw std::runtime_error("waited for " + std::string(what) +
                             (is_closed() ? ", closed with " + std::to_string(close_code_) : "") +
                             ", heard:\n" + all);
}

json::object TestClient::wait_for_type(std::string_view type) {
    return wait_for([&](const json::object& message) { return text_at(message, "type") == type; }, type);
}

json::object TestClient::wait_for_text(std::string_view part) {
    return wait_for(
        [&](const json::object& message) { return words_of(message).find(part) != std::string::npos; }, part);
}

json::object TestClient::wait_for_code(std::string_view type, std::string_view code) {
    return wait_for(
        [&](const json::object& message) {
            return text_at(message, "type") == type && text_at(message, "code") == code;
        },
        code);
}

int TestClient::wait_for_close() {
    const auto deadline = Clock::now() + patience;
    while (!is_closed() && Clock::now() < deadline) {
        next_message(deadline);
    }
    return close_code_;
}

std::string words_of(const json::object& message) {
    std::string words;
    if (const json::value* runs = message.if_contains("runs"); runs != nullptr && runs->is_array()) {
        for (const json::value& run : runs->get_array()) {
            words += text_at(run.as_object(), "t");
        }
    }
    return words;
}

}  // namespace kiln::server::test
