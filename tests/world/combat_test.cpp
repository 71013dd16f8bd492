#include <catch2/catch.hpp>

#include "tests/world/village.h"

using namespace kiln;
using namespace kiln::world;
using namespace kiln::world::test;
using Catch::Matchers::Contains;

TEST_CASE("a fight goes on by itself until one is dead, and rewards the other") {
    Visit anna{Village{}};
    anna.does("get sword");
    anna.does("wield sword");
    CHECK_THAT(anna.does("n"), Contains("Three rats are here."));
    const std::string first = anna.does("kill rat");
    CHECK_THAT(first, Contains("You attack the rat!\n"));
    CHECK_THAT(first, Contains("You hit the rat savagely. [4]\n"));
    const std::string rest = anna.reads(1, advance(*anna.world, 45));
    CHECK_THAT(rest, Contains("The rat hits you"));
    CHECK_THAT(rest, Contains("The rat is dead!\n"));
    CHECK_THAT(rest, Contains("You gain 90 experience.\n"));
    CHECK_THAT(rest, Contains("You are now level 2!"));
    CHECK(anna.world->entities("village.rat").size() == 2);
    CHECK_THAT(anna.does("look"), Contains("Two rats are here."));
}

TEST_CASE("a player who dies loses nothing and wakes at home") {
    Village village;
    village.builder.integer(village.marta, "damage", vm::Dice{0, 0, 50}.to_slot());
    Visit anna{village};
    anna.does("get all");
    anna.does("kill marta");
    const std::string read = anna.reads(1, advance(*anna.world, 30));
    CHECK_THAT(read, Contains("You die."));
    CHECK_THAT(read, Contains("You wake up, whole, with everything you had."));
    CHECK_THAT(anna.does("i"), Contains("an iron lamp"));
    REQUIRE(anna.world->players().size() == 1);
    CHECK(anna.world->players()[0].hp == anna.world->players()[0].max_hp);
}

TEST_CASE("players, peaceful places and peaceful people are left alone") {
    Village village;
    village.builder.image.definitions[village.marta].properties.push_back(
        {.property = 0, .kind = schema::PropertyValue::Kind::integers, .integers = {2}});
    const auto& rows = schema::vocabulary().properties;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind == "npc" && rows[i].name == "flags") {
            village.builder.image.definitions[village.marta].properties.back().property =
                static_cast<std::uint16_t>(i);
        }
    }
    Visit anna{village};
    tick(*anna.world, {attach_input(2, "Berta")});
    CHECK(anna.does("kill berta") == "Players do not attack each other in this world.\n");
    CHECK(anna.does("kill marta") == "Marta the baker means no harm to anybody. Leave her in peace.\n");
    CHECK(anna.does("kill me") == "You would rather not hurt yourself.\n");
    CHECK(anna.does("kill lamp") == "That is not alive.\n");
}

TEST_CASE("the corpse of an npc keeps what it had, under its name") {
    Village village;
    const auto corpse = village.item("corpse", "a corpse", 10);
    village.builder.image.definitions[corpse].name = "std.things.corpse";
    village.builder.image.definitions[village.rat].spawns.push_back(
        {.what = village.apple, .where = schema::SpawnDef::Where::carried});
    Visit anna{village};
    anna.does("n");
    anna.does("kill rat");
    advance(*anna.world, 200);
    CHECK_THAT(anna.does("look"), Contains("The corpse of a rat lies here."));
    CHECK(anna.does("look in corpse") == "In the corpse of a rat: a red apple.\n");
    CHECK(anna.does("get all from corpse") == "You take a red apple from the corpse of a rat.\n");
}

TEST_CASE("one can flee from a fight but not walk out of it") {
    Visit anna{Village{}};
    anna.does("n");
    anna.does("kill rat");
    CHECK_THAT(anna.does("s"), Contains("Try to flee."));
    CHECK_THAT(anna.does("flee"), Contains("You turn and flee!\n"));
    CHECK(anna.reads(1, advance(*anna.world, 60)).find("hits") == std::string::npos);
}
