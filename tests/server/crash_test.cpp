// The server is killed with -9 again and again under players who write down what was acknowledged. Afterwards
// every acknowledged command must have been run once, none twice, and no output may be lost or repeated.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <set>

#include "tests/server/served_world.h"
#include "tests/server/test_client.h"

using namespace kiln::server::test;

namespace {

using Clock = std::chrono::steady_clock;

int kills() {
    const char* wanted = std::getenv("KILN_KILLS");
    return wanted == nullptr ? 50 : std::atoi(wanted);
}

// A player whose knowledge outlives server and socket: like the page, it sends again what was not
// acknowledged.
struct Player {
    std::string token;
    std::uint64_t session = 0, last_seen = 0, next_number = 1;
    std::map<std::uint64_t, std::string> waiting;          // sent, not acknowledged
    std::set<std::uint64_t> acknowledged;
    std::map<std::string, int> told;                       // answers seen, by mark
    std::uint64_t marks = 0;
    std::optional<TestClient> client;

    void connect(std::uint16_t port) {
        client.emplace(port);
        json::object hello;
        if (!token.empty()) {
            hello = {{"token", token}, {"session", session}, {"last_seen", last_seen}};
        }
        const json::object welcome = client->hello(hello);
        const bool goes_on = token.empty() || client->session == session;
        REQUIRE(goes_on);                                  // a session survives the crash
        token = client->token;
        session = client->session;
        const auto last_input = static_cast<std::uint64_t>(welcome.at("last_input").as_int64());
        for (const std::uint64_t number : acknowledged) {
            REQUIRE(number <= last_input);                 // nothing acknowledged is lost
        }
        std::erase_if(waiting, [&](const auto& entry) { return entry.first <= last_input; });
        for (const auto& [number, text] : waiting) {
            client->send({{"type", "command"}, {"n", number}, {"text", text}});
        }
    }

    void mark() {
        const std::uint64_t number = next_number++;
        waiting[number] = "mark " + std::to_string(++marks);
        client->send({{"type", "command"}, {"n", number}, {"text", waiting[number]}});
    }

    void hear(const json::object& message) {
        const auto type = message.at("type").as_string();
        if (type == "ack") {
            const auto number = static_cast<std::uint64_t>(message.at("n").as_int64());
            acknowledged.insert(number);
            waiting.erase(number);
        } else if (type == "error") {
            // Refused for speed: it was not run, and the same number is tried again.
            const auto number = static_cast<std::uint64_t>(message.at("n").as_int64());
            if (waiting.contains(number)) {
                client->send({{"type", "command"}, {"n", number}, {"text", waiting[number]}});
            }
        } else if (const json::value* n = message.if_contains("n")) {
            const auto number = static_cast<std::uint64_t>(n->as_int64());
            REQUIRE(type != "gap");
            REQUIRE(number == last_seen + 1);              // no output is lost or repeated
            last_seen = number;
            const std::string words = words_of(message);
            if (words.starts_with("You carve mark ")) {
                ++told[words.substr(15, words.find(" of") - 15)];
            }
        }
    }

    // Reads until the deadline or the end of the connection.
    void listen(Clock::time_point deadline) {
        while (auto message = client->next_message(deadline)) {
            hear(*message);
        }
    }
};

}  // namespace

TEST_CASE("after kill -9 at any moment every acknowledged command has been run exactly once") {
    const TemporaryFolder folder;
    const std::string data = (folder.path() / "data").string();
    std::vector<Player> players(3);
    std::uint64_t seed = 20260101;
    for (int round = 0; round < kills(); ++round) {
        ServedWorld world(data, {"--snapshot-seconds", "1"});
        for (Player& player : players) {
            player.connect(world.port());
        }
        // Some commands and a little listening, then the plug; the moment is different each time.
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const auto deadline = Clock::now() + std::chrono::milliseconds(50 + (seed >> 33) % 500);
        do {
            for (Player& player : players) {
                if (player.waiting.size() < 4) {
                    player.mark();
                }
                player.listen(std::min(deadline, Clock::now() + std::chrono::milliseconds(30)));
            }
        } while (Clock::now() < deadline);
        world.kill();
    }

    ServedWorld world(data);
    std::uint64_t all = 0;
    for (Player& player : players) {
        player.connect(world.port());
        const auto deadline = Clock::now() + patience;
        while (!player.waiting.empty() && Clock::now() < deadline) {
            player.listen(Clock::now() + std::chrono::milliseconds(100));
        }
        REQUIRE(player.waiting.empty());
        player.listen(Clock::now() + std::chrono::milliseconds(500));
        REQUIRE(player.told.size() == player.marks);
        for (const auto& [mark, times] : player.told) {
            INFO("mark " << mark);
            REQUIRE(times == 1);
        }
        all += player.marks;
    }
    TestClient counter(world.port());
    counter.hello();
    counter.command("total");
    counter.wait_for_text("There are " + std::to_string(all) + " marks.");
    REQUIRE(all > static_cast<std::uint64_t>(kills()));
    world.ask_to_stop();
    REQUIRE(counter.wait_for_close() == 1001);
    for (Player& player : players) {
        player.client->wait_for_close();
    }
    REQUIRE(world.wait() == 0);

    const ProgramResult replayed = run_kiln({"replay", "--data", data});
    INFO(replayed.output);
    REQUIRE(replayed.code == 0);
    REQUIRE(replayed.output.find("every state as recorded") != std::string::npos);
}

TEST_CASE("a damaged journal is refused by the server and by replay, with advice") {
    const TemporaryFolder folder;
    const std::filesystem::path data = folder.path() / "data";
    {
        ServedWorld world(data);
        TestClient client(world.port());
        client.hello();
        for (int i = 0; i < 5; ++i) {
            client.command("mark 1");
            client.wait_for_text("You carve");
        }
        world.kill();
    }
    std::filesystem::path segment;
    for (const auto& entry : std::filesystem::directory_iterator(data)) {
        segment = entry.path().extension() == ".kilnjournal" ? entry.path() : segment;
    }
    std::FILE* file = std::fopen(segment.c_str(), "r+b");
    REQUIRE(file != nullptr);
    std::fseek(file, 100, SEEK_SET);
    std::fputc('?', file);
    std::fclose(file);
    const ProgramResult served = run_kiln({"serve", "--data", data.string(), "--port", "0"});
    REQUIRE(served.code == 1);
    REQUIRE(served.output.find("is damaged") != std::string::npos);
    REQUIRE(served.output.find("backup") != std::string::npos);
    REQUIRE(run_kiln({"replay", "--data", data.string()}).code == 1);
}
