#include <catch2/catch.hpp>

#include "world/commands/command_table.h"
#include "world/commands/targets.h"
#include "world/commands/words.h"
#include "world/limits.h"

using namespace kiln::world;

TEST_CASE("what nobody may send is taken out of a line") {
    CHECK(cleaned("  say\thi\x1b[31m there\x07 ") == "say hi[31m there");
    CHECK(cleaned("a\xe2\x80\xae"
                  "b\xc2\x9b"
                  "c") == "abc");
    CHECK(cleaned(std::string(3000, 'x')).size() == limits::line_bytes);
    CHECK(cleaned(std::string(limits::line_bytes - 1, 'x') + "\xc3\xa9").size() == limits::line_bytes - 1);
}

TEST_CASE("short forms of talking are spelled out") {
    CHECK(spelled_out("'hello there") == "say hello there");
    CHECK(spelled_out(":waves") == "emote waves");
    CHECK(spelled_out("look") == "look");
}

TEST_CASE("quotes keep words together and apostrophes do not") {
    const Words words = split_line("cast 'Magic Missile' don't stop");
    REQUIRE(words.size() == 4);
    CHECK(words.words[1] == "magic missile");
    CHECK(words.words[2] == "don't");
    CHECK(words.rest(2) == "don't stop");
    CHECK(words.between(0, 2) == "cast 'Magic Missile'");
}

TEST_CASE("the first letter means the command that people expect") {
    const std::pair<std::string_view, std::string_view> expected[] = {
        {"n", "north"},  {"e", "east"}, {"s", "south"},     {"w", "west"},      {"u", "up"},
        {"d", "down"},   {"l", "look"}, {"i", "inventory"}, {"k", "kill"},      {"g", "get"},
        {"h", "help"},   {"o", "open"}, {"c", "cast"},      {"t", "tell"},      {"r", "reply"},
        {"f", "flee"},   {"p", "put"},  {"ex", "exits"},    {"exa", "examine"}, {"eq", "equipment"},
        {"sc", "score"}, {"sa", "say"}, {"dr", "drop"},     {"so", "south"},    {"se", "southeast"},
    };
    for (const auto& [typed, name] : expected) {
        const CommandRow* row = exact_row(typed) ? exact_row(typed) : abbreviated_row(typed);
        REQUIRE(row != nullptr);
        if (typed == "se") {
            CHECK(row->number == 7);
        } else {
            CHECK(row->name == name);
        }
    }
    CHECK(abbreviated_row("qui") == nullptr);
}

TEST_CASE("every command can be typed in full and says what it is for") {
    for (const auto& row : command_table()) {
        CHECK(row.handler != nullptr);
        CHECK(row.minimum <= row.name.size());
        CHECK(exact_row(row.name) == &row);
    }
}

TEST_CASE("ordinals, counts and all are told apart") {
    const auto wanted = [](std::string_view line) { return parse_wanted(split_line(line).words); };
    CHECK(wanted("2.rat").ordinal == 2);
    CHECK(wanted("second rat").ordinal == 2);
    CHECK(wanted("the second rat").ordinal == 2);
    CHECK(wanted("rat 2").ordinal == 2);
    CHECK(wanted("3 arrows").count == 3);
    CHECK(wanted("all.key").all);
    CHECK(wanted("all.key").words == std::vector<std::string>{"key"});
    CHECK(wanted("all the keys").words == std::vector<std::string>{"keys"});
    CHECK(wanted("all").words.empty());
    CHECK(wanted("the short sword").words.size() == 2);
    CHECK(wanted("it").it);
    CHECK(wanted("me").me);
    CHECK(wanted("0.rat").ordinal == 1);
}

TEST_CASE("names fit by their words, their beginnings and their plurals") {
    const std::vector<std::string> keywords{"iron", "key"};
    CHECK(fit_of(keywords, {"key"}) == Fit::exact);
    CHECK(fit_of(keywords, {"keys"}) == Fit::exact);
    CHECK(fit_of(keywords, {"ir", "key"}) == Fit::prefix);
    CHECK(fit_of(keywords, {"ron"}) == Fit::none);
    CHECK(fit_of(keywords, {"iron", "lamp"}) == Fit::none);
}

TEST_CASE("a slip finds the nearest word first") {
    CHECK(nearest_words("loko", {"lock", "look", "kill"}, 3).front() == "look");
    CHECK(nearest_words("xyzzy", {"look", "kill"}, 3).empty());
    CHECK(nearest_words("giv", {"give"}, 3).size() == 1);
}
