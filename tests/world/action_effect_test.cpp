#include <catch2/catch.hpp>

#include <map>

#include "tests/world/village.h"

using namespace kiln;
using namespace kiln::world;
using namespace kiln::world::test;
using Catch::Matchers::Contains;
using vm::SlotType;

namespace {

// `on command "<word>"` of the square that applies an effect to whoever types it.
std::uint32_t apply_on_command(Village& village, const std::string& word, std::int64_t stacking,
                               std::int64_t most = 1) {
    auto& builder = village.builder;
    const auto effect = builder.definition(schema::Kind::effect_, "village." + word);
    builder.text(effect, "name", "a strange " + word);
    builder.integer(effect, "duration", 5'000);
    builder.integer(effect, "stacking", stacking);
    builder.integer(effect, "stacking_max", most);
    Code change(builder, word + ".change", {SlotType::entity}, SlotType::integer);
    change.integer(1, 3).op(Opcode::ret, 1);
    builder.image.definitions[effect].changes.push_back(
        {.stat = 0, .percent = false, .function = change.done()});
    Code code(builder, "village.square." + word, {SlotType::entity, SlotType::entity});
    code.integer(2, static_cast<std::int32_t>(effect))
        .op(Opcode::move, 3, 1)
        .integer(4, 0)
        .op(Opcode::load_nobody, 5);
    code.call(2, "apply");
    auto& handler = builder.handler("village.square." + word, village.square, Event::command_, code.done());
    handler.overlap = HandlerDef::Overlap::parallel;
    handler.patterns.push_back({{{.word = word}}});
    return effect;
}

}  // namespace

TEST_CASE("an effect changes a stat while it lasts, and no longer") {
    Village village;
    apply_on_command(village, "glow", 0);
    Visit anna{village};
    anna.does("glow");
    CHECK_THAT(anna.does("affects"), Contains("a strange glow, for 5 seconds."));
    CHECK_THAT(anna.does("score"), Contains("Strength 13 (10+3)"));
    anna.does("glow");
    CHECK_THAT(anna.does("score"), Contains("Strength 13 (10+3)"));
    advance(*anna.world, 60);
    CHECK_THAT(anna.does("score"), Contains("Strength 10,"));
    CHECK(anna.does("affects") == "Nothing special works on you.\n");
    CHECK(anna.world->entities("village.glow").empty());
}

TEST_CASE("independent effects add up and intensifying ones count their stacks") {
    Village village;
    apply_on_command(village, "swarm", 2);
    apply_on_command(village, "venom", 4, 3);
    Visit anna{village};
    anna.does("swarm");
    anna.does("swarm");
    CHECK_THAT(anna.does("score"), Contains("Strength 16 (10+6)"));
    for (int i = 0; i < 5; ++i) anna.does("venom");
    CHECK_THAT(anna.does("affects"), Contains("a strange venom, three-fold"));
    CHECK(anna.world->entities("village.venom").size() == 1);
}

TEST_CASE("eating heals and uses the food up") {
    Visit anna{Village{}};
    anna.does("get apple");
    CHECK_THAT(anna.does("eat apple"), Contains("You eat a red apple."));
    advance(*anna.world, 2);
    CHECK(anna.world->entities("village.apple").empty());
    CHECK_THAT(anna.does("eat lamp"), Contains("You need to pick it up first."));
}

TEST_CASE("a picky loot table drops what it says, whoever rolls") {
    Village village;
    auto& builder = village.builder;
    const auto loot = builder.definition(schema::Kind::loot_, "village.hoard");
    auto& rows = builder.image.definitions[loot].loot;
    rows.push_back({.always = true, .target = village.key, .low = 2, .high = 2});
    rows.push_back(
        {.kind = schema::LootRow::Kind::gold, .always = true, .dice = vm::Dice{0, 0, 7}.to_slot()});
    rows.push_back({.kind = schema::LootRow::Kind::pick, .always = true, .picks = 2, .distinct = true});
    rows.push_back({.weight = 50, .target = village.lamp, .parent = 2});
    rows.push_back({.weight = 50, .target = village.apple, .parent = 2});
    rows.push_back({.weight = 2'500, .target = village.sword});
    auto world = make_world(builder);
    std::map<std::uint32_t, std::int64_t> sums;
    world->probe().roll_loot(
        loot, 1, 1'000, [&](std::int64_t, std::uint32_t item, std::int64_t count) { sums[item] += count; });
    CHECK(sums[village.key] == 2'000);
    CHECK(sums[schema::no_index] == 7'000);
    CHECK(sums[village.lamp] == 1'000);
    CHECK(sums[village.apple] == 1'000);
    CHECK(sums[village.sword] > 200);
    CHECK(sums[village.sword] < 300);
}
