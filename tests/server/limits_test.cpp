// Limits of server/config.h that no other test reaches.

#include <catch2/catch.hpp>

#include "server/game_loop/pace.h"
#include "server/session/inbox.h"
#include "server/session/token_bucket.h"
#include "server/store/store.h"
#include "tests/server/housed.h"
#include "tests/server/test_client.h"
#include "world/limits.h"

using namespace kiln::server;
using namespace kiln::server::test;
using namespace std::chrono_literals;

// The server refuses what the world would cut.
static_assert(line_bytes == kiln::world::limits::line_bytes);

namespace {

// How many of so many tries at once are let through, and how many more after a second.
std::pair<int, int> let_through(double rate, double burst) {
    TokenBucket bucket(rate, burst);
    const auto start = std::chrono::steady_clock::now();
    const auto tries = [&](std::chrono::steady_clock::time_point at) {
        int count = 0;
        for (int i = 0; i < 1000; ++i) count += bucket.take(at) ? 1 : 0;
        return count;
    };
    const int first = tries(start);
    return {first, tries(start + 1s)};
}

}  // namespace

TEST_CASE("rates allow a burst at once and then so many a second") {
    const RateLimits rates;
    CHECK(let_through(rates.commands_per_second, rates.command_burst) == std::pair(30, 10));
    CHECK(let_through(rates.messages_per_second, rates.message_burst) == std::pair(200, 50));
    CHECK(let_through(rates.bad_messages_per_second, rates.bad_message_burst) == std::pair(10, 1));
}

TEST_CASE("what waits for the next tick is bounded, but who comes and goes is always noted") {
    Inbox inbox;
    for (std::size_t i = 0; i < inbox_items; ++i) REQUIRE(inbox.put({Arrival::Kind::line, 1, i, {}, {}}));
    CHECK_FALSE(inbox.put({Arrival::Kind::line, 1, 0, {}, {}}));
    CHECK_FALSE(inbox.put({Arrival::Kind::seen, 1, 0, {}, {}}));
    CHECK(inbox.put({Arrival::Kind::login, 2, 0, {}, {}}));
    CHECK(inbox.put({Arrival::Kind::gone, 1, 0, {}, {}}));
    CHECK(inbox.take_all().size() == inbox_items + 2);
    CHECK(inbox.put({Arrival::Kind::line, 1, 0, {}, {}}));
}

TEST_CASE("a short stall is made up for, a long one is not") {
    const Pace::Clock::time_point start{};
    const auto ticks_within = [&](Pace::Clock::duration stall) {
        Pace pace(start, 100ms);
        const auto now = start + stall;
        int at_once = 0;
        for (; pace.next() <= now; ++at_once) pace.has_run(now);
        return at_once;
    };
    CHECK(ticks_within(0ms) == 1);
    CHECK(ticks_within(250ms) == 3);
    CHECK(ticks_within(catch_up_ticks * 100ms) == catch_up_ticks + 1);
    // One that is late, and one at the new anchor: not six hundred.
    CHECK(ticks_within(60s) == 2);
}

TEST_CASE("a token is of so many random bytes and holds for so many days") {
    // Six bits a letter.
    CHECK(make_token().size() == (token_bytes * 8 + 5) / 6);
    Housed house;
    house.start();
    std::string token;
    const auto now = [] {
        const auto since = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::seconds>(since).count();
    };
    const auto before = now();
    {
        TestClient client(house.server->port());
        client.hello();
        token = client.token;
    }
    const auto after = now();
    house.server.reset();
    auto store = Store::open(house.data() / "store.sqlite");
    REQUIRE(store);
    CHECK(*(*store)->find_token(token, before + token_days * 86'400 - 1));
    CHECK_FALSE(*(*store)->find_token(token, after + token_days * 86'400));
}

TEST_CASE("session numbers go on behind the block that a stopped server had reserved") {
    Housed house;
    for (std::uint64_t round = 0; round < 2; ++round) {
        house.start();
        TestClient client(house.server->port());
        client.hello();
        CHECK(client.session == 1 + round * session_block);
        house.server.reset();
    }
}

TEST_CASE("who connects and does not say hello is sent away") {
    Housed house;
    house.config.network.hello = 1s;
    house.start();
    TestClient silent(house.server->port()), greeted(house.server->port());
    greeted.hello();
    silent.wait_for_code("closed", "no_hello");
    greeted.command("total");
    greeted.wait_for_text("There are 0 marks.");
}
