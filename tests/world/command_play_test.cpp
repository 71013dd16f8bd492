#include <catch2/catch.hpp>

#include "tests/world/village.h"

using namespace kiln::world;
using namespace kiln::world::test;
using Catch::Matchers::Contains;

TEST_CASE("looking shows the place, its exits and what is in it") {
    Visit anna{Village{}};
    const std::string seen = anna.does("look");
    CHECK_THAT(seen, Contains("The Square\nA quiet square.\nExits: north, east (closed).\n"));
    CHECK_THAT(seen, Contains("An iron lamp lies here.\n"));
    CHECK_THAT(seen, Contains("Two brass keys lie here.\n"));
    CHECK_THAT(seen, Contains("Marta the baker is here.\n"));
}

TEST_CASE("what is picked up is carried, and what is dropped lies there") {
    Visit anna{Village{}};
    CHECK(anna.does("get lamp") == "You pick up an iron lamp.\n");
    CHECK_THAT(anna.does("i"), Contains("  an iron lamp\n"));
    CHECK(anna.does("drop it") == "You drop an iron lamp.\n");
    CHECK(anna.does("get the red app") == "You pick up a red apple.\n");
    CHECK(anna.does("get all.key") == "You pick up a brass key.\nYou pick up a brass key.\n");
    CHECK(anna.does("get unicorn") == "You see no unicorn here.\n");
    CHECK(anna.does("get marta") == "People do not like to be picked up.\n");
}

TEST_CASE("containers take things and give them back") {
    Visit anna{Village{}};
    anna.does("get all");
    anna.does("drop chest");
    CHECK(anna.does("put lamp in chest") == "You put an iron lamp in the wooden chest.\n");
    CHECK(anna.does("put apple chest") == "You put a red apple in the wooden chest.\n");
    CHECK(anna.does("put sword in chest") == "The wooden chest is full.\n");
    CHECK(anna.does("look in chest") == "In the wooden chest: an iron lamp and a red apple.\n");
    CHECK(anna.does("get lamp from chest") == "You take an iron lamp from the wooden chest.\n");
    CHECK(anna.does("get apple chest") == "You take a red apple from the wooden chest.\n");
    CHECK(anna.does("look in chest") == "The wooden chest is empty.\n");
}

TEST_CASE("things are given in either order") {
    Visit anna{Village{}};
    anna.does("get all");
    CHECK(anna.does("give lamp to marta") == "You give an iron lamp to Marta the baker.\n");
    CHECK(anna.does("give marta the apple") == "You give a red apple to Marta the baker.\n");
    CHECK(anna.does("give 5 gold to marta") == "You have no gold at all.\n");
}

TEST_CASE("what is worn shows and must come off before it is dropped") {
    Visit anna{Village{}};
    anna.does("get sword");
    CHECK(anna.does("wield sword") == "You wield a short sword.\n");
    CHECK_THAT(anna.does("eq"), Contains("a short sword in your hand"));
    CHECK(anna.does("drop sword") == "You must take off the short sword first.\n");
    CHECK(anna.does("remove sword") == "You stop using a short sword.\n");
    CHECK(anna.does("wear apple") == "You need to pick it up first.\n");
    CHECK(anna.does("wear unicorn") == "You have no unicorn.\n");
}

TEST_CASE("ways, doors and refusals all say why") {
    Visit anna{Village{}};
    CHECK(anna.does("e") == "The door is closed.\n");
    CHECK(anna.does("open east") == "The door is locked.\n");
    CHECK(anna.does("unlock door") == "You have no key that fits the door.\n");
    CHECK(anna.does("open west") == "There is no door in that direction.\n");
    CHECK(anna.does("up") == "You cannot go that way.\n");
    CHECK_THAT(anna.does("go north"), Contains("The Shed"));
    anna.does("sit");
    CHECK(anna.does("s") == "You need to stand up first.\n");
    CHECK_THAT(anna.does("sleep"), Contains("You lie down and fall asleep."));
    CHECK(anna.does("look") == "You are asleep. Wake up first.\n");
    CHECK(anna.does("wake up") == "You wake and stand up.\n");
}

TEST_CASE("an unknown word gets a suggestion") {
    Visit anna{Village{}};
    CHECK(anna.does("lokk") == "You do not know how to \"lokk\". Did you mean look or lock?\n");
    CHECK_THAT(anna.does("xyzzy"), Contains("Type commands to see what you can do."));
    CHECK_THAT(anna.does("help get"), Contains("get <thing> [from <container>]"));
    CHECK_THAT(anna.does("help"), Contains("help <word>"));
    CHECK(anna.does("qui").find("leave") == std::string::npos);
    CHECK(anna.does("save") == "The world never forgets; there is nothing to save.\n");
}

TEST_CASE("speech reaches everybody here, each in the right person") {
    Visit anna{Village{}};
    tick(*anna.world, {attach_input(2, "Berta")});
    const auto said = tick(*anna.world, {command_input(1, ++anna.number, "'hello {who} [x]")});
    CHECK(anna.reads(1, said) == "You say, \"hello {who} [x]\"\n");
    CHECK(anna.reads(2, said) == "Anna says, \"hello {who} [x]\"\n");
    const auto told = tick(*anna.world, {command_input(1, ++anna.number, "tell ber are you there?")});
    CHECK(anna.reads(2, told) == "Anna tells you, \"are you there?\"\n");
    const auto replied = tick(*anna.world, {command_input(2, 1, "reply yes")});
    CHECK(anna.reads(1, replied) == "Berta tells you, \"yes\"\n");
    const auto shown = tick(*anna.world, {command_input(1, ++anna.number, ":waves.")});
    CHECK(anna.reads(2, shown) == "Anna waves.\n");
    CHECK_THAT(anna.does("who"), Contains("Two players are in the world."));
}

TEST_CASE("no line, however strange, faults or stays without an answer") {
    Visit anna{Village{}};
    for (const std::string line : {"get",
                                   "put",
                                   "give",
                                   "get from",
                                   "get all from",
                                   "put all in all",
                                   "give to to to",
                                   "2.",
                                   "all.",
                                   "look at",
                                   "look in",
                                   "open",
                                   "kill",
                                   "tell",
                                   "reply",
                                   "say",
                                   ":",
                                   "'",
                                   "\"",
                                   "drop all.all",
                                   "wear all",
                                   "remove all",
                                   "go",
                                   "go to the",
                                   "help help help",
                                   "get 99999999999999999999",
                                   "look 5.5.5",
                                   "give 5 gold",
                                   "give 99999999999999999999 gold to marta",
                                   "put chest in chest"}) {
        INFO(line);
        CHECK_FALSE(anna.does(line).empty());
    }
    CHECK(anna.does("").empty());
}
