#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "tests/server/served_world.h"
#include "tests/server/test_client.h"

using namespace kiln::server::test;

namespace {

// One server for the tests that leave it as they found it.
struct Yard {
    TemporaryFolder folder;
    ServedWorld world{folder.path() / "data"};
};
Yard& yard() {
    static Yard shared;
    return shared;
}

json::object with_token(const TestClient& client) { return {{"token", client.token}}; }

json::object with_session(const TestClient& client) {
    return {{"token", client.token}, {"session", client.session}, {"last_seen", client.last_seen}};
}

std::string name_of(const json::object& welcome) { return std::string(welcome.at("name").as_string()); }

}  // namespace

TEST_CASE("a guest says hello, stands in a room and is acknowledged") {
    TestClient client(yard().world.port());
    const json::object welcome = client.hello();
    REQUIRE(welcome.at("world").as_string() == "The Yard");
    REQUIRE(client.token.size() == 43);
    client.wait_for_type("room");
    client.command("mark 1");
    REQUIRE(client.wait_for_type("ack").at("n").as_int64() == 1);
    client.wait_for_text("You carve mark 1 of");
}

TEST_CASE("two players hear each other") {
    TestClient one(yard().world.port()), other(yard().world.port());
    one.hello();
    other.hello();
    one.command("say good morning");
    other.wait_for_text("good morning");
    other.command("say and to you");
    one.wait_for_text("and to you");
}

TEST_CASE("outputs are numbered from 1 without gaps") {
    TestClient client(yard().world.port());
    client.hello();
    for (int i = 0; i < 5; ++i) {
        client.command("mark " + std::to_string(i));
        client.wait_for_text("mark " + std::to_string(i) + " of");
    }
    std::int64_t expected = 1;
    for (const json::object& message : client.heard) {
        const auto type = message.at("type").as_string();
        if (type != "ack" && type != "welcome" && type != "notice") {
            REQUIRE(message.at("n").as_int64() == expected++);
        }
    }
    REQUIRE(expected > 6);
}

TEST_CASE("a token brings the same body back after the socket is gone") {
    TestClient first(yard().world.port());
    const json::object welcome = first.hello();
    TestClient witness(yard().world.port());
    witness.hello();
    first.drop();
    TestClient second(yard().world.port());
    const json::object again = second.hello(with_token(first));
    REQUIRE(again.at("character") == welcome.at("character"));
    REQUIRE(name_of(again) == name_of(welcome));
    REQUIRE(second.session != first.session);
    second.command("say still here");
    witness.wait_for_text("still here");
}

TEST_CASE("a session goes on over a new socket: missed output comes once, known commands are not run again") {
    TestClient first(yard().world.port());
    first.hello();
    first.command("mark 1");
    first.wait_for_text("mark 1 of");
    const std::uint64_t seen = first.last_seen;
    first.command("mark 2");
    first.wait_for_text("mark 2 of");
    first.drop();

    TestClient second(yard().world.port());
    json::object hello = with_session(first);
    hello["last_seen"] = seen;
    const json::object welcome = second.hello(hello);
    REQUIRE(second.session == first.session);
    REQUIRE(welcome.at("last_input").as_int64() == 2);
    REQUIRE(welcome.at("next_output").as_int64() == static_cast<std::int64_t>(seen) + 1);
    second.wait_for_text("mark 2 of");
    second.send({{"type", "command"}, {"n", 2}, {"text", "mark 2"}});
    REQUIRE(second.wait_for_type("ack").at("n").as_int64() == 2);
    second.command("mark 3");
    second.wait_for_text("mark 3 of");
    int told = 0;
    for (const json::object& message : second.heard) {
        REQUIRE(words_of(message).find("mark 1 of") == std::string::npos);
        told += words_of(message).find("mark 2 of") != std::string::npos ? 1 : 0;
    }
    REQUIRE(told == 1);
}

TEST_CASE("a socket that takes a session over closes the one before it") {
    TestClient first(yard().world.port());
    first.hello();
    TestClient second(yard().world.port());
    second.hello(with_session(first));
    first.wait_for_code("closed", "taken_over");
    REQUIRE(first.wait_for_close() == 4001);
    second.command("mark 1");
    second.wait_for_text("mark 1 of");
}

TEST_CASE("a second tab shows the same character in a session of its own") {
    TestClient first(yard().world.port());
    const json::object welcome = first.hello();
    TestClient second(yard().world.port());
    REQUIRE(second.hello(with_token(first)).at("character") == welcome.at("character"));
    REQUIRE(second.session != first.session);
    second.command("mark 1");
    second.wait_for_text("mark 1 of");
    first.wait_for_text("mark 1 of");
}

TEST_CASE("an unknown token, a stranger's session and a bad name are refused, and one may greet again") {
    TestClient victim(yard().world.port());
    victim.hello();
    TestClient client(yard().world.port());
    client.send({{"type", "hello"}, {"version", 1}, {"token", std::string(43, 'A')}});
    client.wait_for_code("error", "bad_token");
    client.send({{"type", "hello"}, {"version", 1}, {"name", "X\x1b[2J1"}});
    client.wait_for_code("error", "name_refused");
    client.hello({{"session", victim.session}, {"last_seen", 0}});
    REQUIRE(client.session != victim.session);
    victim.command("mark 1");
    victim.wait_for_text("mark 1 of");
}

TEST_CASE("quitting ends the session for good") {
    TestClient client(yard().world.port());
    client.hello();
    client.command("quit");
    client.wait_for_code("closed", "ended");
    REQUIRE(client.wait_for_close() == 1000);
}

TEST_CASE("health, metrics and the page answer beside the game") {
    const std::uint16_t port = yard().world.port();
    REQUIRE(yard().world.announcement.find("The Yard") != std::string::npos);
    const std::string health = http_get(port, "/healthz");
    REQUIRE(status_of(health) == 200);
    REQUIRE(health.find("\"status\":\"ok\"") != std::string::npos);
    const std::string metrics = http_get(port, "/metrics");
    REQUIRE(metrics.find("kiln_tick_duration_seconds_count") != std::string::npos);
    REQUIRE(metrics.find("kiln_tick_cpu_seconds_count") != std::string::npos);
    REQUIRE(status_of(http_get(port, "/")) == 200);
    REQUIRE(status_of(http_get(port, "/../CMakeLists.txt")) == 404);
}

TEST_CASE("a stopped server tells its players, and the world goes on where it was") {
    const TemporaryFolder folder;
    TestClient client = [&] {
        ServedWorld world(folder.path() / "data");
        TestClient player(world.port());
        player.hello();
        player.command("mark 1");
        player.wait_for_text("mark 1 of 1");
        world.ask_to_stop();
        player.wait_for_code("closed", "stopping");
        REQUIRE(player.wait_for_close() == 1001);
        REQUIRE(world.wait() == 0);
        return player;
    }();
    ServedWorld world(folder.path() / "data");
    TestClient again(world.port());
    again.hello(with_session(client));
    REQUIRE(again.session == client.session);
    again.command("mark 2");
    again.wait_for_text("mark 2 of 2");
}

TEST_CASE("watched content is swapped in, and broken content leaves the world as it was") {
    const TemporaryFolder folder;
    const auto content = folder.path() / "content";
    std::filesystem::copy("tests/server/content", content);
    ServedWorld world(folder.path() / "data", {"--watch"}, content.string());
    TestClient client(world.port());
    client.hello();
    client.command("mark 1");
    client.wait_for_text("mark 1 of 1");
    std::ofstream(content / "more.mud")
        << "module yard\ncommand hum {\n  run \"hum\" by who { tell who \"Hmm [nobody]\" }\n}\n";
    client.wait_for_type("notice");
    client.command("mark 2");
    client.wait_for_text("mark 2 of 2");
    std::ofstream(content / "more.mud")
        << "module yard\ncommand hum {\n  run \"hum\" by who { tell who \"Hmmm.\" }\n}\n";
    client.wait_for_type("notice");
    client.command("hum");
    client.wait_for_text("Hmmm.");
    client.command("mark 3");
    client.wait_for_text("mark 3 of 3");
}

TEST_CASE("a folder that is being served is not served twice") {
    const auto second = run_kiln({"serve", "tests/server/content", "content/std", "--port", "0", "--data",
                                  (yard().folder.path() / "data").string()});
    REQUIRE(second.code == 1);
    REQUIRE(second.output.find("another process is using") != std::string::npos);
}

TEST_CASE("options that make no sense are refused with what would") {
    REQUIRE(run_kiln({"serve", "--port", "99999"}).code == 2);
    REQUIRE(run_kiln({"serve", "--prot", "1"}).output.find("--port") != std::string::npos);
    REQUIRE(run_kiln({"serve", "--watch"}).code == 2);
    REQUIRE(run_kiln({"replay", "--data", "/nowhere"}).code == 1);
}
