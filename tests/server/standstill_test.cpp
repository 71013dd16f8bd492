// A disk that is full: the world stands still and says so, looking goes on, nothing is lost, and it goes on by
// itself.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/server/housed.h"
#include "tests/server/test_client.h"

using namespace kiln::server;
using namespace kiln::server::test;

namespace {

// Each record asks for room anew.
struct Narrow : Housed {
    Narrow() { config.journal_reserve_bytes = 0; }
};

json::object wait_for_notice(TestClient& client, std::string_view part) {
    return client.wait_for(
        [&](const json::object& message) {
            const json::value* text = message.if_contains("text");
            return message.at("type").as_string() == "notice" && text != nullptr &&
                   std::string_view(text->get_string()).find(part) != std::string_view::npos;
        },
        part);
}

}  // namespace

TEST_CASE("while the disk is full one can look, but nothing happens; then the world goes on") {
    Narrow house;
    house.start();
    TestClient client(house.server->port());
    client.hello();
    client.command("mark 1");
    client.wait_for_text("You carve mark 1 of 1.");
    house.disk.has_room = false;
    client.command("look");              // what was reserved is for this
    wait_for_notice(client, "stands still");
    CHECK(status_of(house.get("/healthz")) == 503);
    CHECK(house.get("/healthz").find("the disk is full") != std::string::npos);
    CHECK(house.get("/metrics").find("kiln_standing_still 1") != std::string::npos);

    client.command("look");
    const json::object seen = client.wait_for(
        [](const json::object& message) { return words_of(message).find("A Bare Yard") != std::string::npos; },
        "the yard");
    CHECK(seen.at("type").as_string() == "aside");
    client.command("total");
    CHECK(client.wait_for_text("There are 1 marks.").at("type").as_string() == "aside");
    const auto refused = client.next_number;
    client.command("mark 2");
    CHECK(static_cast<std::uint64_t>(client.wait_for_code("error", "read_only").at("n").as_int64()) == refused);

    house.disk.has_room = true;
    wait_for_notice(client, "goes on");
    client.command("mark 3");
    client.wait_for_text("You carve mark 3 of 2.");
    CHECK(status_of(house.get("/healthz")) == 200);
    house.stop_and_replay();
}

TEST_CASE("who comes while the disk is full waits at the door and is let in when there is room") {
    Narrow house;
    house.start();
    TestClient first(house.server->port());
    first.hello();
    house.disk.has_room = false;
    first.command("look");
    wait_for_notice(first, "stands still");
    TestClient second(house.server->port()), third(house.server->port());
    second.send({{"type", "hello"}, {"version", 1}});
    third.send({{"type", "hello"}, {"version", 1}});
    wait_for_notice(second, "stands still");
    wait_for_notice(third, "stands still");
    third.drop();
    house.disk.has_room = true;
    second.wait_for_type("welcome");
    second.command("mark 5");
    second.wait_for_text("You carve mark 5 of 1.");
    house.stop_and_replay();
}

TEST_CASE("a tick that could not be written is shown when it can be, not before and not twice") {
    Narrow house;
    house.start();
    TestClient client(house.server->port());
    client.hello();
    client.command("mark 1");
    client.wait_for_text("You carve mark 1 of 1.");
    house.disk.writes_fit = false;
    client.command("mark 2");
    wait_for_notice(client, "stands still");
    for (const json::object& message : client.heard) {
        CHECK(words_of(message).find("mark 2") == std::string::npos);
    }
    // What it did must not be seen yet, so that not even looking is answered.
    client.command("total");
    client.wait_for_code("error", "read_only");
    house.disk.writes_fit = true;
    client.wait_for_text("You carve mark 2 of 2.");
    client.command("total");
    client.wait_for_text("There are 2 marks.");
    house.stop_and_replay();
}

TEST_CASE("a server with a full disk stops in order and loses nothing that was acknowledged") {
    Narrow house;
    house.start();
    int marks = 1;                       // the second, if there was room for it
    {
        TestClient client(house.server->port());
        client.hello();
        client.command("mark 1");
        client.wait_for_text("You carve mark 1 of 1.");
        house.disk.has_room = false;
        client.command("mark 2");
        wait_for_notice(client, "stands still");
        for (const json::object& message : client.heard) {
            marks += words_of(message).find("You carve mark 2 of 2.") == std::string::npos ? 0 : 1;
        }
        house.server->stop();
        client.wait_for_code("closed", "stopping");
        house.server.reset();
    }
    house.disk.has_room = true;
    house.start();
    TestClient later(house.server->port());
    later.hello();
    later.command("total");
    later.wait_for_text("There are " + std::to_string(marks) + " marks.");
}

TEST_CASE("when the disk fails to synchronise, the process ends and says so; nothing of that tick is shown") {
    int ports[2], errors[2], cue[2];
    REQUIRE(::pipe(ports) == 0);
    REQUIRE(::pipe(errors) == 0);
    REQUIRE(::pipe(cue) == 0);
    Narrow house;
    const pid_t process = ::fork();
    if (process == 0) {
        ::dup2(errors[1], STDERR_FILENO);
        house.start();
        const std::uint16_t port = house.server->port();
        [[maybe_unused]] auto told = ::write(ports[1], &port, sizeof port);
        char byte = 0;
        told = ::read(cue[0], &byte, 1);
        house.disk.syncs = false;
        told = ::write(ports[1], &byte, 1);
        for (;;) {
            ::pause();
        }
    }
    ::close(ports[1]);
    ::close(errors[1]);
    std::uint16_t port = 0;
    REQUIRE(::read(ports[0], &port, sizeof port) == sizeof port);
    TestClient client(port);
    client.hello();
    client.command("mark 1");
    client.wait_for_text("You carve mark 1 of 1.");
    char byte = 0;
    REQUIRE(::write(cue[1], &byte, 1) == 1);
    REQUIRE(::read(ports[0], &byte, 1) == 1);
    client.heard.clear();
    client.command("mark 2");
    client.wait_for_close();
    for (const json::object& message : client.heard) {
        CHECK(message.at("type").as_string() != "ack");
        CHECK(words_of(message).find("mark 2") == std::string::npos);
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 74);
    std::string words;
    char buffer[4096];
    for (ssize_t count = 0; (count = ::read(errors[0], buffer, sizeof buffer)) > 0;) {
        words.append(buffer, static_cast<std::size_t>(count));
    }
    CHECK(words.find("Kiln stops: cannot synchronise: Input/output error") != std::string::npos);
    for (const int end : {ports[0], errors[0], cue[0], cue[1]}) {
        ::close(end);
    }
}

TEST_CASE("the real program stands still at a limit on the size of its files and goes on when it is lifted") {
    const TemporaryFolder folder;
    const auto data = folder.path() / "data";
    std::string token;
    {
        ServedWorld world(data, {"--tick-ms", "20"});
        TestClient client(world.port());
        client.hello();
        client.command("mark 1");
        client.wait_for_text("You carve mark 1 of 1.");
        rlimit limit{};
        REQUIRE(::prlimit(world.process(), RLIMIT_FSIZE, nullptr, &limit) == 0);
        rlimit small = limit;
        small.rlim_cur = 100;
        REQUIRE(::prlimit(world.process(), RLIMIT_FSIZE, &small, nullptr) == 0);
        client.command("mark 2");
        wait_for_notice(client, "stands still");
        REQUIRE(::prlimit(world.process(), RLIMIT_FSIZE, &limit, nullptr) == 0);
        client.wait_for_text("You carve mark 2 of 2.");
        client.command("mark 3");
        client.wait_for_text("You carve mark 3 of 3.");
        token = client.token;
        world.kill();
    }
    ServedWorld again(data);
    TestClient client(again.port());
    client.hello({{"token", token}});
    client.command("total");
    client.wait_for_text("There are 3 marks.");
}

TEST_CASE("kiln repair finds damage, changes nothing by itself, and with --cut the world is served again") {
    const TemporaryFolder folder;
    const auto data = folder.path() / "data";
    {
        ServedWorld world(data, {"--tick-ms", "20"});
        TestClient client(world.port());
        client.hello();
        for (int i = 1; i <= 3; ++i) {
            client.command("mark " + std::to_string(i));
            client.wait_for_text("You carve mark " + std::to_string(i) + " of");
        }
        world.kill();
    }
    const std::string words = data.string();
    CHECK(run_kiln({"repair", "--data", words}).output == words + ": nothing is damaged\n");
    std::filesystem::path journal;
    for (const auto& entry : std::filesystem::directory_iterator(data)) {
        if (entry.path().extension() == ".kilnjournal") {
            journal = entry.path();
        }
    }
    std::string bytes = *real_disk().read(journal);
    const auto typed = bytes.rfind("mark 3");
    REQUIRE(typed != std::string::npos);
    bytes[typed + 5] = '4';
    REQUIRE(real_disk().replace(journal, bytes));

    const auto refused = run_kiln({"serve", "--data", words, "--port", "0"});
    CHECK(refused.code == 1);
    CHECK(refused.output.find("kiln repair") != std::string::npos);
    const auto looked = run_kiln({"repair", "--data", words});
    CHECK(looked.code == 1);
    CHECK(looked.output.find("--cut") != std::string::npos);
    CHECK(*real_disk().read(journal) == bytes);
    CHECK(run_kiln({"repair", "--data", words, "--cut"}).code == 0);
    ServedWorld world(data);
    TestClient client(world.port());
    client.hello();
    client.command("total");
    client.wait_for_text("There are 2 marks.");
}
