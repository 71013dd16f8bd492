// Many people in one place: what each of them reads stays bounded, and says that it is not all.

#include <catch2/catch.hpp>

#include "tests/world/village.h"
#include "world/limits.h"

using namespace kiln::world;
using namespace kiln::world::test;
using Catch::Matchers::Contains;

namespace {

// So many players on the square, with sessions 1, 2, ...
struct Crowd {
    Visit visit{Village{}};
    explicit Crowd(std::uint64_t people) {
        std::vector<Input> inputs;
        for (std::uint64_t i = 2; i <= people; ++i) inputs.push_back(attach_input(i));
        tick(*visit.world, inputs);
    }
    // The first `speakers` say something in one tick.
    TickResult talk(std::uint64_t speakers) {
        std::vector<Input> inputs;
        for (std::uint64_t i = 1; i <= speakers; ++i)
            inputs.push_back(command_input(i, 1, "say I am number " + std::to_string(i)));
        return tick(*visit.world, inputs);
    }
};

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

}  // namespace

TEST_CASE("in a small company everybody reads everything") {
    // Marta is there, too.
    constexpr std::uint64_t most = limits::crowd - 1;
    Crowd few(most);
    const auto result = few.talk(20);
    for (const std::uint64_t reader : {std::uint64_t{1}, std::uint64_t{7}, most})
        CHECK(lines_in(few.visit.reads(reader, result)) == 20);
    Crowd one_more(most + 1);
    const auto heard = one_more.talk(20);
    CHECK(lines_in(one_more.visit.reads(most, heard)) == limits::crowd_lines_per_tick + 1);
}

TEST_CASE("in a crowd bystanders read a few doings a tick and how many they have missed") {
    Crowd many(60);
    const auto result = many.talk(40);
    const auto bystander = many.visit.reads(60, result);
    CHECK(lines_in(bystander) == limits::crowd_lines_per_tick + 1);
    CHECK_THAT(bystander, Contains("Wanderer-1 says, \"I am number 2\"\n"));
    const auto more = std::to_string(40 - limits::crowd_lines_per_tick);
    CHECK_THAT(bystander, Contains("In the crowd, " + more + " more things happen at once.\n"));
    // Who does something always reads it.
    CHECK_THAT(many.visit.reads(40, result), Contains("You say, \"I am number 40\"\n"));
    // The next tick begins anew.
    const auto later = tick(*many.visit.world, {command_input(50, 1, "say and I?")});
    CHECK_THAT(many.visit.reads(60, later), Contains("and I?"));
}

TEST_CASE("whom a doing concerns reads it in any crowd") {
    Crowd many(60);
    std::vector<Input> inputs;
    for (std::uint64_t i = 2; i <= 40; ++i) inputs.push_back(command_input(i, 1, "say me!"));
    inputs.push_back(command_input(1, 1, "get lamp"));
    tick(*many.visit.world, {command_input(1, 1, "get lamp")});
    inputs.back() = command_input(1, 2, "give lamp to wanderer-59");
    const auto result = tick(*many.visit.world, inputs);
    CHECK_THAT(many.visit.reads(60, result), Contains("Anna gives an iron lamp to you.\n"));
    CHECK_FALSE(many.visit.reads(58, result).find("gives") != std::string::npos);
}

TEST_CASE("a crowd is told in one line, some by name and the others by number") {
    Crowd some(5);
    CHECK_THAT(some.visit.does("look"),
               Contains("Wanderer-1, Wanderer-2, Wanderer-3 and Wanderer-4 are here.\n"));
    Crowd many(60);
    const auto result = tick(*many.visit.world, {command_input(1, 1, "look")});
    const auto seen = many.visit.reads(1, result);
    CHECK_THAT(seen, Contains("Wanderer-1, Wanderer-2, "));
    const auto last = "Wanderer-" + std::to_string(limits::people_named);
    const auto others = std::to_string(59 - limits::people_named);
    CHECK_THAT(seen, Contains(last + " and " + others + " others are here.\n"));
    CHECK(lines_in(seen) < 12);
    std::string data;
    for (const auto& output : result.outputs)
        if (output->kind == Output::Kind::room) data = output->data;
    const auto next = "Wanderer-" + std::to_string(limits::people_named + 1);
    CHECK_THAT(data, Contains(last) && !Contains(next) && Contains("\"others\":" + others));
}

TEST_CASE("those who sit or sleep in a crowd are told apart from those who stand") {
    Crowd some(5);
    tick(*some.visit.world,
         {command_input(2, 1, "sit"), command_input(3, 1, "sit"), command_input(4, 1, "sleep")});
    const auto seen = some.visit.does("look");
    CHECK_THAT(seen, Contains("Wanderer-1 and Wanderer-2 are sitting here.\n"));
    CHECK_THAT(seen, Contains("Wanderer-3 is asleep here.\n"));
    CHECK_THAT(seen, Contains("Wanderer-4 is here.\n"));
}

TEST_CASE("who is in the world is listed up to a number, and the others are counted") {
    Crowd many(limits::players_listed + 5);
    const auto seen = many.visit.does("who");
    CHECK(lines_in(seen) == limits::players_listed + 2);
    CHECK_THAT(seen, Contains("  and five more\n"));
    CHECK_THAT(seen, Contains("105 players are in the world.\n"));
}

TEST_CASE("words for many readers are made once and shared") {
    Crowd few(10);
    const auto result = few.talk(1);
    std::vector<const Output::Body*> bodies;
    for (const auto& output : result.outputs)
        if (output->topic == "say" && output.session != 1) bodies.push_back(output.body.get());
    REQUIRE(bodies.size() == 9);
    CHECK(std::ranges::count(bodies, bodies.front()) == 9);
}
