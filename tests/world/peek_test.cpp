// Looking at a world that stands still.

#include <catch2/catch.hpp>

#include "tests/world/village.h"

using namespace kiln::world;
using namespace kiln::world::test;
using Catch::Matchers::Contains;

namespace {

struct Still {
    Visit visit{Village{}};
    Still() { tick(*visit.world, {attach_input(2, "Berta")}); }
    // What a line shows, or "refused".
    std::string shows(const std::string& line, std::uint64_t session = 1) {
        const auto hash = visit.world->hash();
        const auto saved = visit.world->save();
        const auto shown = visit.world->peek(session, line);
        CHECK(visit.world->hash() == hash);
        CHECK(visit.world->full_hash() == hash);
        CHECK(visit.world->save() == saved);
        CHECK(visit.world->probe().wrong_rollbacks() == 0);
        if (!shown) return "refused";
        std::string words;
        for (const auto& output : *shown) words += plain_text(output) + "\n";
        return words;
    }
};

}  // namespace

TEST_CASE("what only looks is shown, and leaves no trace") {
    Still still;
    CHECK_THAT(still.shows("look"), Contains("A quiet square."));
    CHECK_THAT(still.shows("look lamp"), !Contains("refused"));
    CHECK_THAT(still.shows("who"), Contains("Berta") && Contains("Anna"));
    CHECK_THAT(still.shows("inventory"), !Contains("refused"));
    CHECK_THAT(still.shows("score"), !Contains("refused"));
    CHECK_THAT(still.shows("help"), !Contains("refused"));
    CHECK_THAT(still.shows("exits"), Contains("East: the door, closed."));
    CHECK_THAT(still.shows("frobnicate"), Contains("You do not know how to"));
}

TEST_CASE("what would change anything, or reach anybody else, is refused") {
    Still still;
    for (const char* line : {"get lamp", "north", "say hello", "tell berta hello", "emote waves", "sit", "quit",
                             "kill marta", "brief"}) {
        INFO(line);
        CHECK(still.shows(line) == "refused");
    }
    still.visit.does("get lamp");
    CHECK(still.shows("give lamp to berta") == "refused");
    CHECK(still.shows("drop lamp") == "refused");
    // Also where nobody else listens.
    still.visit.does("north");
    CHECK(still.shows("say hello") == "refused");
}

TEST_CASE("who is not in the world cannot look at it") {
    Still still;
    CHECK(still.shows("look", 77) == "refused");
    still.visit.does("quit");
    CHECK(still.shows("look") == "refused");
}

TEST_CASE("the world goes on after a look as if nobody had looked") {
    Still still, other;
    still.shows("look");
    still.shows("get lamp");
    const auto one = tick(*still.visit.world, {command_input(1, 1, "get lamp")});
    const auto two = tick(*other.visit.world, {command_input(1, 1, "get lamp")});
    CHECK(one.hash == two.hash);
    CHECK(one.outputs == two.outputs);
    CHECK(one.slices == two.slices);
}
