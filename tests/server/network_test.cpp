#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <thread>

#include "server/network/network.h"
#include "tests/server/test_client.h"

using namespace kiln::server;
using namespace kiln::server::test;

namespace {

// Echoes; "throw" fails, "flood" sends more than the queue may hold.
class Echo : public ConnectionHandler {
   public:
    void opened(ConnectionId, std::string_view) override {}
    void received(ConnectionId connection, std::string_view text) override {
        if (text == "throw") {
            throw std::runtime_error("as asked");
        }
        if (text == "flood") {
            for (std::size_t sent = 0; sent < 20 * NetworkLimits{}.queue_bytes; sent += 64 * 1024) {
                network->send(connection, std::string(64 * 1024, 'x'));
            }
        }
        network->send(connection, "{\"type\":\"echo\"}");
    }
    void refused(ConnectionId connection, FrameProblem problem) override {
        network->close(connection, problem == FrameProblem::too_large ? 1009 : 1003);
    }
    void overflowed(ConnectionId connection) override { network->close(connection, 4008); }
    void failed(ConnectionId connection) override { network->close(connection, 1011); }
    void closed(ConnectionId, std::string_view) override {}
    Network* network = nullptr;
};

struct EchoServer {
    Metrics metrics;
    Site site{metrics, {}, "", 100};
    Echo echo;
    std::unique_ptr<Network> network;
    std::thread thread;
    explicit EchoServer(NetworkLimits limits = {}) {
        ServerConfig config;
        config.address = "127.0.0.1";
        config.port = 0;
        config.network = limits;
        config.network.drain = std::chrono::seconds(1);
        network = std::move(*Network::listen(config, echo, site, metrics));
        echo.network = network.get();
        thread = std::thread([this] { network->run(); });
    }
    ~EchoServer() {
        network->post([this] { network->stop(); });
        thread.join();
    }
};

}  // namespace

TEST_CASE("an exception in one connection closes that one and no other") {
    EchoServer server;
    TestClient good(server.network->port()), bad(server.network->port());
    bad.send_frame(1, "throw");
    REQUIRE(bad.wait_for_close() == 1011);
    good.send_frame(1, "hi");
    REQUIRE(good.wait_for_type("echo").size() == 1);
}

TEST_CASE("frames that break the protocol close their connection with the code of the standard") {
    EchoServer server;
    const auto code_after = [&](auto misbehave) {
        TestClient client(server.network->port());
        misbehave(client);
        return client.wait_for_close();
    };
    CHECK(code_after([](TestClient& c) { c.send_frame(1, "hi", true, false); }) == 1002);       // unmasked
    CHECK(code_after([](TestClient& c) { c.send_frame(3, "hi"); }) == 1002);  // reserved opcode
    CHECK(code_after([](TestClient& c) { c.send_frame(0, "hi"); }) == 1002);  // nothing to continue
    CHECK(code_after([](TestClient& c) { c.send_frame(1, "a", false); c.send_frame(1, "b"); }) == 1002);
    CHECK(code_after([](TestClient& c) { c.send_frame(9, std::string(126, 'p')); }) == 1002);   // long ping
    CHECK(code_after([](TestClient& c) { c.send_raw("\xc1\x80\x11\x22\x33\x44"); }) == 1002);   // RSV1
    CHECK(code_after([](TestClient& c) { c.send_frame(1, "\xff\xfe"); }) == 1007);
    CHECK(code_after([](TestClient& c) { c.send_frame(1, "\xed\xa0\x80"); }) == 1007);          // surrogate
    CHECK(code_after([](TestClient& c) { c.send_frame(2, "hi"); }) == 1003);
    const std::string too_long(NetworkLimits{}.message_bytes + 1, 'a');
    CHECK(code_after([&](TestClient& c) { c.send_frame(1, too_long); }) == 1009);
    CHECK(code_after([](TestClient& c) {
        c.send_frame(1, std::string(10 * 1024, 'a'), false);
        c.send_frame(0, std::string(10 * 1024, 'a'));
    }) == 1009);
}

TEST_CASE("a message of the greatest length, and one in fragments with pings between, arrive whole") {
    EchoServer server;
    TestClient client(server.network->port());
    client.send_frame(1, std::string(NetworkLimits{}.message_bytes, 'a'));
    client.wait_for_type("echo");
    client.send_frame(1, "h\xc3", false);
    client.send_frame(9, "ping");
    client.send_frame(0, "\xa9", true);
    REQUIRE(client.wait_for_type("echo").size() == 1);
}

TEST_CASE("who does not read is dropped, while others go on") {
    NetworkLimits limits;
    limits.send_buffer_bytes = 16 * 1024;
    EchoServer server(limits);
    TestClient slow(server.network->port(), 4096), other(server.network->port());
    slow.send_frame(1, "flood");
    other.send_frame(1, "hi");
    REQUIRE(other.wait_for_type("echo").size() == 1);
    // Nothing of the dropped queue is kept once its deadline has passed: the connection is gone.
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while ((server.metrics.dropped_slow == 0 || server.metrics.connections != 1 ||
            server.metrics.output_queue_bytes != 0) &&
           std::chrono::steady_clock::now() < deadline) {
        other.send_frame(1, "hi");
        other.wait_for_type("echo");
    }
    REQUIRE(server.metrics.dropped_slow == 1);
    REQUIRE(server.metrics.connections == 1);
    REQUIRE(server.metrics.output_queue_bytes == 0);
}

TEST_CASE("who does not even answer pings is gone after a while, who does stays") {
    NetworkLimits limits;
    limits.idle = std::chrono::seconds(1);
    EchoServer server(limits);
    TestClient deaf(server.network->port()), alive(server.network->port());
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (server.metrics.connections != 1 && std::chrono::steady_clock::now() < deadline) {
        alive.next_message(std::chrono::steady_clock::now() + std::chrono::milliseconds(50));
    }
    REQUIRE(server.metrics.connections == 1);
    alive.send_frame(1, "hi");
    REQUIRE(alive.wait_for_type("echo").size() == 1);
}

TEST_CASE("a request that does not come to an end is given up") {
    NetworkLimits limits;
    limits.handshake = std::chrono::seconds(1);
    EchoServer server(limits);
    Socket half(server.network->port());
    half.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgr");
    REQUIRE(half.receive(std::chrono::steady_clock::now() + patience).empty());
    REQUIRE(half.at_end());
}

TEST_CASE("a flood of pings closes its connection") {
    EchoServer server;
    TestClient client(server.network->port());
    for (int i = 0; i < 5 * NetworkLimits{}.control_frames_per_second && client.send_frame(9, "p"); ++i) {
    }
    REQUIRE(client.wait_for_close() == 1003);
}

TEST_CASE("connections beyond the limits are refused politely") {
    NetworkLimits limits;
    limits.connections = 2;
    EchoServer server(limits);
    TestClient first(server.network->port()), second(server.network->port());
    REQUIRE(status_of(http_get(server.network->port(), "/healthz")) == 503);
    REQUIRE_THROWS(TestClient(server.network->port()));
    first.drop();
    const auto deadline = std::chrono::steady_clock::now() + patience;
    bool is_in = false;
    while (!is_in && std::chrono::steady_clock::now() < deadline) {
        try {
            TestClient(server.network->port()).send_frame(1, "hi");
            is_in = true;
        } catch (const std::exception&) {
        }
    }
    REQUIRE(is_in);

    NetworkLimits narrow;
    narrow.connections_per_address = 1;
    narrow.count_loopback = true;
    EchoServer strict(narrow);
    TestClient only(strict.network->port());
    REQUIRE_THROWS(TestClient(strict.network->port()));
}

TEST_CASE("requests that servers are known to misread are refused") {
    EchoServer server;
    const auto status = [&](std::string_view request) {
        return status_of(http_exchange(server.network->port(), request));
    };
    CHECK(status("GET /healthz HTTP/1.1\r\n\r\n") == 400);  // no Host
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc") == 400);
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
                 "3\r\n\r\n0\r\n\r\n") == 400);
    CHECK(status("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc") ==
          400);
    const std::string too_long(NetworkLimits{}.header_bytes, 'a');
    CHECK(status("GET /x HTTP/1.1\r\nHost: a\r\nA: " + too_long + "\r\n\r\n") == 431);
    CHECK(status("nonsense\r\n\r\n") == 400);
    CHECK(status("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n") == 404);
    CHECK(status("POST / HTTP/1.1\r\nHost: a\r\n\r\n") == 405);
    CHECK(status("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n") == 426);
    CHECK(status("GET /elsewhere HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: "
                 "websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n") == 404);
}
