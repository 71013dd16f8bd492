// Formulas that fault: what they would have decided does not happen, and who wrote them learns where.

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/compile.h"
#include "tests/world/village.h"
#include "world/limits.h"

using namespace kiln::world;
using namespace kiln::world::test;
using Catch::Matchers::Contains;

namespace {

constexpr std::string_view cellar = R"(module cellar

zone cellar_zone {
  title: "The Cellar"
  start: cellar_room
}

room cellar_room {
  title: "A Cellar"
  description: "Barrels."
  exit up -> attic
  place lamp
  spawn rat max 1

  on command "pull rope" by who {
    tell who "The rope gives."
    give lamp to who
    tell who "A lamp falls down."
  }
  on command "push barrel" when 10 / (who.level - who.level) > 3 by who { tell who "It rolls." }
}

room attic {
  title: "An Attic"
  description: "[if 10 / (marks - marks) > 3]Dust.[else]Cobwebs.[end]"
  exit down -> cellar_room
  before enter(who) when 10 / (marks - marks) > 3 { tell who "You should not read this." }
}

world state marks: int = 0

item lamp {
  short: "a lamp"
  weight: 1kg
}

npc rat {
  short: "a rat"
  level: 1
  hp: 1
  damage: 1d2
}
)";

// content/std with one formula's right side replaced, and the cellar.
kiln::schema::Image cellar_with(std::string_view formula, std::string_view right_side) {
    std::vector<kiln::compiler::Source> sources{{"cellar.mud", std::string(cellar)}};
    for (const auto& entry : std::filesystem::recursive_directory_iterator("content/std")) {
        if (entry.path().extension() != ".mud") continue;
        std::ifstream file(entry.path());
        std::ostringstream stream;
        stream << file.rdbuf();
        std::string text = stream.str();
        if (const auto begin = text.find("formula " + std::string(formula)); begin != std::string::npos) {
            const auto from = text.find('=', begin) + 1;
            const auto end = std::min(text.find("\nformula", from), text.find("\n\n", from));
            text.replace(from, end - from, " " + std::string(right_side));
        }
        sources.push_back({entry.path().string(), std::move(text)});
    }
    auto result = kiln::compiler::compile(std::move(sources));
    REQUIRE(result.image.has_value());
    return std::move(*result.image);
}

std::string words_of(const TickResult& result) {
    std::string words;
    for (const auto& output : result.outputs)
        if (output->kind == Output::Kind::text) words += plain_text(output) + "\n";
    return words;
}

struct Cellar {
    std::unique_ptr<World> world;
    std::uint64_t number = 0;
    explicit Cellar(const kiln::schema::Image& image) {
        auto made = World::create(kiln::schema::write_image(image), {});
        REQUIRE(made);
        world = std::move(*made);
        tick(*world, {attach_input(1, "Anna")});
    }
    TickResult does(std::string line) { return tick(*world, {command_input(1, ++number, std::move(line))}); }
    void takes(const kiln::schema::Image& image) {
        const auto result =
            tick(*world, {{.kind = Input::Kind::image, .text = kiln::schema::write_image(image)}});
        REQUIRE(result.reload_problem.empty());
    }
    std::size_t count(std::string_view definition) const { return world->entities(definition).size(); }
};

constexpr std::string_view faulty_chance = "100% * (attacker.level / (target.level - target.level))";
constexpr std::string_view neutral = "Something went wrong, and what you tried has not happened. (report 1)\n";

}  // namespace

TEST_CASE("a rule that faults takes the command back and is reported with its place") {
    Cellar cellar(cellar_with("carry_limit", "who.level / (who.level - who.level) * 1kg"));
    const auto result = cellar.does("get lamp");
    CHECK(words_of(result) == neutral);
    REQUIRE(result.faults.size() == 1);
    CHECK(result.faults[0].fault == "division_by_zero");
    CHECK_THAT(result.faults[0].file, Contains("std/rules.mud"));
    CHECK(result.faults[0].line > 0);
    CHECK(cellar.world->probe().wrong_rollbacks() == 0);
    CHECK_THAT(words_of(cellar.does("look")), Contains("A lamp lies here."));
}

TEST_CASE("a rule that faults within a handler takes the handler's slice back, with what it has said") {
    Cellar cellar(cellar_with("carry_limit", "who.level / (who.level - who.level) * 1kg"));
    const auto result = cellar.does("pull rope");
    CHECK(words_of(result) == neutral);
    CHECK(result.faults.size() == 1);
    CHECK_THAT(words_of(cellar.does("look")), Contains("A lamp lies here."));
}

TEST_CASE("a fight whose first blow faults is not begun") {
    Cellar cellar(cellar_with("hit_chance", faulty_chance));
    CHECK(words_of(cellar.does("kill rat")) == neutral);
    CHECK(advance(*cellar.world, 120).faults.empty());
}

TEST_CASE("a fight whose rule faults is put off, not decided, and goes on when the rule is mended") {
    Cellar cellar(cellar_with("hit_chance", "0%"));
    CHECK_THAT(words_of(cellar.does("kill rat")), Contains("You attack the rat!"));
    cellar.takes(cellar_with("hit_chance", faulty_chance));
    const auto bad = advance(*cellar.world, 120);
    CHECK(!bad.faults.empty());
    CHECK_THAT(words_of(bad), !Contains("misses"));
    CHECK(cellar.count("cellar.rat") == 1);
    // Reports do not come in floods: each fighter's round is tried again after some seconds.
    CHECK(bad.faults.size() <= 2 * (12'000 / limits::retry_ms + 1));
    cellar.takes(cellar_with("hit_chance", "100%"));
    const auto good = advance(*cellar.world, 120);
    CHECK(good.faults.empty());
    CHECK_THAT(words_of(good), Contains("You gain "));
    CHECK(cellar.count("cellar.rat") == 0);
}

TEST_CASE("who is killed dies, also when the rule for the reward faults") {
    Cellar cellar(cellar_with("kill_xp", "victim.level / (victim.level - victim.level)"));
    const auto result = cellar.does("kill rat");
    REQUIRE(result.faults.size() == 1);
    CHECK_THAT(result.faults[0].file, Contains("std/rules.mud"));
    CHECK(cellar.count("cellar.rat") == 0);
    CHECK(cellar.count("std.things.corpse") == 1);
    CHECK_THAT(words_of(result), !Contains("You gain "));
}

TEST_CASE("a prompt whose rule faults is left out and the world goes on") {
    Cellar cellar(cellar_with("xp_for_level", "level / (level - level)"));
    const auto result = cellar.does("look");
    CHECK_THAT(words_of(result), Contains("A Cellar"));
    CHECK(!result.faults.empty());
    for (const auto& output : result.outputs) CHECK(output->kind != Output::Kind::prompt);
}

TEST_CASE("a condition that faults: its handler does not run, and that is reported") {
    Cellar cellar(cellar_with("kill_xp", "1"));
    const auto result = cellar.does("push barrel");
    CHECK(words_of(result) == neutral);
    REQUIRE(result.faults.size() == 1);
    CHECK(result.faults[0].file == "cellar.mud");
    CHECK_THAT(result.faults[0].handler, Contains("cellar_room"));
}

TEST_CASE("a condition of a before handler that faults prevents, as a fault in its body would") {
    Cellar cellar(cellar_with("kill_xp", "1"));
    const auto result = cellar.does("up");
    CHECK(words_of(result) == "Something keeps you from going there.\n");
    CHECK(result.faults.size() == 1);
    CHECK(cellar.world->players()[0].room == "cellar.cellar_room");
}

TEST_CASE("a text whose condition faults is left out, and the rest is shown") {
    auto image = cellar_with("kill_xp", "1");
    for (auto& handler : image.handlers) handler.condition = kiln::schema::no_index;
    Cellar cellar(image);
    const auto result = cellar.does("up");
    CHECK_THAT(words_of(result), Contains("An Attic\n") && Contains("Exits: down.\n") && !Contains("Dust"));
    REQUIRE(result.faults.size() >= 1);
    CHECK(result.faults[0].file == "cellar.mud");
}
