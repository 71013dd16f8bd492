#include <catch2/catch.hpp>

#include "server/config.h"
#include "tests/server/served_world.h"
#include "tests/server/test_client.h"

using namespace kiln::server::test;

namespace {

struct Neighbourhood {
    TemporaryFolder folder;
    ServedWorld world{folder.path() / "data"};
    TestClient neighbour{world.port()};
    int marks = 0;
    Neighbourhood() { neighbour.hello(); }
    // Someone who has nothing to do with it still plays.
    void neighbour_plays() {
        const std::string mark = std::to_string(++marks);
        neighbour.command("mark " + mark);
        neighbour.wait_for_text("You carve mark " + mark + " of " + mark + ".");
    }
};

Neighbourhood& street() {
    static Neighbourhood shared;
    return shared;
}

TestClient greeted() {
    TestClient client(street().world.port());
    client.hello();
    return client;
}

}  // namespace

TEST_CASE("messages that are none get typed errors and the connection goes on") {
    TestClient client = greeted();
    client.send_frame(1, "{");
    client.wait_for_code("error", "bad_json");
    client.send_frame(1, std::string(5000, '['));
    client.wait_for_code("error", "bad_json");
    client.send({{"type", "dance"}});
    client.wait_for_code("error", "unknown_type");
    client.send({{"type", "command"}, {"n", "one"}, {"text", "look"}});
    client.wait_for_code("error", "bad_field");
    client.send({{"type", "hello"}, {"version", 1}});
    client.wait_for_code("error", "already_greeted");
    client.send({{"type", "command"}, {"n", 1}, {"text", std::string(3000, 'x')}});
    client.wait_for_code("error", "line_too_long");
    client.command("total");
    client.wait_for_text("marks");
    street().neighbour_plays();
}

TEST_CASE("nothing is heard before hello, and a foreign version is refused") {
    TestClient client(street().world.port());
    client.send({{"type", "command"}, {"n", 1}, {"text", "look"}});
    client.wait_for_code("error", "hello_first");
    client.send({{"type", "hello"}, {"version", 99}});
    client.wait_for_code("error", "wrong_version");
    client.send({{"type", "ping"}, {"t", 42}});
    REQUIRE(client.wait_for_type("pong").at("t").as_int64() == 42);
    street().neighbour_plays();
}

TEST_CASE("a binary frame and a huge message are refused with a typed message before the close") {
    TestClient binary = greeted();
    binary.send_frame(2, "x");
    binary.wait_for_code("closed", "not_text");
    REQUIRE(binary.wait_for_close() == 1003);
    TestClient huge = greeted();
    huge.send_frame(1, std::string(1 << 20, ' '));
    huge.wait_for_code("closed", "too_large");
    street().neighbour_plays();
}

TEST_CASE("too many bad messages close the connection") {
    TestClient client = greeted();
    for (int i = 0; i < 30; ++i) {
        client.send_frame(1, "?");
    }
    client.wait_for_code("closed", "flood");
    REQUIRE(client.wait_for_close() == 4009);
    street().neighbour_plays();
}

TEST_CASE("commands above the rate are refused with their number, and a flood is closed") {
    TestClient client = greeted();
    for (int i = 0; i < 60; ++i) {
        client.command("total");
    }
    const json::object refused = client.wait_for_code("error", "too_fast");
    REQUIRE(refused.at("n").as_int64() > 25);
    for (int i = 0; i < 1000 && client.send({{"type", "ack"}, {"n", 1}}); ++i) {
    }
    client.wait_for_code("closed", "flood");
    const auto is_refusal = [](const json::object& message) {
        return message.contains("code") && message.at("code").as_string() == "too_fast";
    };
    REQUIRE(std::ranges::count_if(client.heard, is_refusal) >= RateLimits{}.refusals_before_close);
    REQUIRE(client.wait_for_close() == 4009);
    street().neighbour_plays();
}

TEST_CASE("no control character that a player types reaches anybody") {
    TestClient client = greeted();
    client.command("say \x1b[31mred\x07 \xc2\x9b 7m \xe2\x80\xae backwards");
    const json::object heard = street().neighbour.wait_for_text("backwards");
    for (const char c : words_of(heard)) {
        REQUIRE(static_cast<unsigned char>(c) >= 0x20);
    }
    REQUIRE(words_of(heard).find("\xe2\x80\xae") == std::string::npos);
    REQUIRE(words_of(heard).find("\xc2\x9b") == std::string::npos);
}

TEST_CASE("sockets that vanish in every state leave the server well") {
    const std::uint16_t port = street().world.port();
    for (int round = 0; round < 20; ++round) {
        Socket half(port);
        half.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgr");
        TestClient silent(port);
        TestClient typing(port);
        typing.send({{"type", "hello"}, {"version", 1}});
        typing.send_raw("\x81\xfe\x10");
    }
    street().neighbour_plays();
    REQUIRE(status_of(http_get(port, "/healthz")) == 200);
}

TEST_CASE("random bytes after the handshake hurt nobody") {
    std::uint64_t seed = 12345;
    for (int round = 0; round < 100; ++round) {
        TestClient client(street().world.port());
        std::string garbage;
        for (int i = 0; i < 200; ++i) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            garbage += static_cast<char>(seed >> 56);
        }
        client.send_raw(garbage);
        client.drop();
    }
    street().neighbour_plays();
}

TEST_CASE("a page of another site may not connect, our own and those of the list may") {
    const TemporaryFolder folder;
    const ServedWorld world(folder.path() / "data", {"--origins", "https://play.example.org"});
    const auto handshake = [&](std::string_view headers) {
        return status_of(http_exchange(
            world.port(), "GET /ws HTTP/1.1\r\nHost: localhost:9000\r\n"
                          "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                              std::string(headers) + "\r\n"));
    };
    CHECK(handshake("Origin: http://evil.example\r\n") == 403);
    CHECK(handshake("Origin: null\r\n") == 403);
    CHECK(handshake("Origin: http://localhost:9000\r\nOrigin: http://evil.example\r\n") == 403);
    const std::string logged =
        R"("event":"origin_refused","address":"127.0.0.1","origin":"http://evil.example")";
    CHECK(world.log().find(logged) != std::string::npos);
    CHECK(handshake("") == 101);
    CHECK(handshake("Origin: http://localhost:9000\r\n") == 101);
    CHECK(handshake("Origin: https://play.example.org\r\n") == 101);
}

TEST_CASE("the log tells which commands were run and never what was typed") {
    const TemporaryFolder folder;
    const ServedWorld world(folder.path() / "data", {"--log-level", "debug"});
    TestClient one(world.port()), other(world.port());
    other.hello();
    const std::string name(one.hello().at("name").as_string());
    one.command("mark 1");
    one.command("tell " + std::string(other.heard.front().at("name").as_string()) + " swordfish-one");
    one.command("say swordfish-two");
    one.command("swordfish-three");
    other.wait_for_text("swordfish-two");
    one.wait_for_text("swordfish-three");
    one.command("total");
    one.wait_for_text("There are 1 marks.");
    const std::string log = world.log();
    CHECK(log.find("swordfish") == std::string::npos);
    const auto session = "\"session\":" + std::to_string(one.session);
    for (const char* rest : {R"("bytes":6,"verb":"yard.mark"})", R"("verb":"tell"})",
                             R"("bytes":17,"verb":"say"})", R"("bytes":15,"verb":""})"}) {
        INFO(rest);
        const auto found = log.find(rest);
        REQUIRE(found != std::string::npos);
        const auto line = log.substr(log.rfind('\n', found) + 1, found - log.rfind('\n', found));
        CHECK(line.find("\"level\":\"debug\",\"event\":\"command\"," + session) != std::string::npos);
    }
}

TEST_CASE("commands are not logged unless that is asked for") {
    const TemporaryFolder folder;
    const ServedWorld world(folder.path() / "data");
    TestClient client(world.port());
    client.hello();
    client.command("mark 1");
    client.wait_for_text("You carve mark 1");
    CHECK(world.log().find("\"event\":\"login\"") != std::string::npos);
    CHECK(world.log().find("\"event\":\"command\"") == std::string::npos);
}
