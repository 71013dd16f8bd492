#pragma once
// A small WebSocket client over POSIX sockets, for tests: speaks the protocol properly, and badly on demand.
// Every wait has a deadline; a missed one throws with what was received.

#include <boost/json.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::server::test {

namespace json = boost::json;
constexpr std::chrono::seconds patience{30};

class Socket {
   public:
    explicit Socket(std::uint16_t port, int receive_buffer = 0);
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();
    bool send(std::string_view bytes);           // false: the other side is gone
    // More bytes, or nothing at the end of the stream or the deadline.
    std::string receive(std::chrono::steady_clock::time_point deadline);
    void close();
    bool at_end() const { return at_end_; }

   private:
    int descriptor_ = -1;
    bool at_end_ = false;
};

// One request, the whole answer up to the end of the connection or of its Content-Length.
std::string http_exchange(std::uint16_t port, std::string_view request);
std::string http_get(std::uint16_t port, std::string_view path);
int status_of(std::string_view response);

struct Frame {
    int opcode = 0;
    std::string payload;
};

class TestClient {
   public:
    explicit TestClient(std::uint16_t port, int receive_buffer = 0);   // connects and shakes hands
    TestClient(TestClient&&) = default;
    TestClient& operator=(TestClient&&) = default;

    bool send(const json::object& message) { return send_frame(1, json::serialize(message)); }
    bool send_frame(int opcode, std::string_view payload, bool is_last = true, bool is_masked = true);
    bool send_raw(std::string_view bytes) { return socket_.send(bytes); }

    json::object hello(json::object more = {});   // greets, answers the welcome
    void command(std::string_view text);          // with the next number
    // The next message for which `fits` holds; everything read is kept in `heard`.
    json::object wait_for(const std::function<bool(const json::object&)>& fits, std::string_view what);
    json::object wait_for_type(std::string_view type);
    json::object wait_for_text(std::string_view part);       // a text message that contains it
    json::object wait_for_code(std::string_view type, std::string_view code);
    // The close frame's code, or 1006 if the connection ended without one.
    int wait_for_close();
    std::optional<json::object> next_message(std::chrono::steady_clock::time_point deadline);
    bool is_closed() const { return close_code_ != 0; }
    void drop() { socket_.close(); }

    std::vector<json::object> heard;
    std::uint64_t next_number = 1, last_seen = 0, session = 0;
    std::string token;

   private:
    std::optional<Frame> next_frame(std::chrono::steady_clock::time_point deadline);
    void note(const json::object& message);

    Socket socket_;
    std::string input_;
    std::deque<json::object> unheard_;       // of a frame with several messages
    int close_code_ = 0;
};

std::string words_of(const json::object& message);           // runs of a text joined

}  // namespace kiln::server::test
