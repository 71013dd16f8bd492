// `kiln map`: a small world whose map shows everything a map can show.

#include <catch2/catch.hpp>

#include "tests/cli/command_support.h"

using namespace command_line;

namespace {

constexpr const char* house = R"(module house

zone house { title: "The House" ; entrances: hall ; start: hall }
zone field { title: "The Field" ; entrances: meadow }

room hall {
  title: "The Hall"
  zone: house
  exit north -> parlour
  exit east -> study { door: closed, locked ; name: "the oak door" ; keywords: "door" ; key: oak_key }
  exit down -> cellar
  exit south -> meadow
}
room parlour {
  title: "The Parlour"
  zone: house
  exit south -> hall
  exit east -> parlour { one_way: true }
}
room study {
  title: "The Study"
  zone: house
  exit west -> hall { door: closed, locked ; name: "the oak door" ; keywords: "door" ; key: oak_key }
  exit north -> hall { one_way: true }
}
room cellar { title: "The Cellar" ; zone: house ; exit up -> hall }
room meadow { title: "A & B < Meadow" ; zone: field ; exit north -> hall }

item oak_key { short: "an oak key" ; keywords: "key" ; kind: key }
)";

std::string make_house(const TemporaryFolder& folder) {
    write(folder.at("house.mud"), house);
    return folder.at("house.mud");
}

// Every element that is opened is closed, in order, and no bare & or < stands in the words.
bool is_well_formed(std::string_view text) {
    std::vector<std::string> open;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '&') {
            const auto end = text.find(';', at);
            if (end == std::string_view::npos || end - at > 6) return false;
        }
        if (text[at] != '<') continue;
        const auto end = text.find('>', at);
        if (end == std::string_view::npos) return false;
        const std::string_view tag = text.substr(at + 1, end - at - 1);
        const std::string name(tag.substr(0, tag.find_first_of(" \n/", 1)));
        at = end;
        if (tag.ends_with('/')) continue;
        if (!name.starts_with('/')) {
            open.push_back(name);
        } else if (open.empty() || "/" + open.back() != name) {
            return false;
        } else {
            open.pop_back();
        }
    }
    return open.empty();
}

// The column of the first letter of `words` in its line, and that line's number.
std::pair<int, int> place_of(const std::string& text, const std::string& words) {
    const auto at = text.find(words);
    if (at == std::string::npos) return {-1, -1};
    const auto line = text.rfind('\n', at) + 1;
    int letters = 0;
    for (auto i = line; i < at; ++i) letters += (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    return {letters, static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'))};
}

}  // namespace

TEST_CASE("a map of characters has rooms where the exits point") {
    const TemporaryFolder folder;
    const Run map = kiln("map " + make_house(folder));
    INFO(map.output);
    REQUIRE(map.exit_code == 0);
    const auto hall = place_of(map.output, "The Hall "), parlour = place_of(map.output, "The Parlour ");
    const auto study = place_of(map.output, "The Study "), cellar = place_of(map.output, "The Cellar ");
    CHECK(parlour.second < hall.second);
    CHECK(study.second == hall.second);
    CHECK(study.first > hall.first);
    CHECK(cellar.second > hall.second);
    CHECK(has(map, "a locked door"));
    CHECK(has(map, "players begin here"));
    CHECK(has(map, "The Field"));
    CHECK_FALSE(has(map, "\x1b["));
}

TEST_CASE("a map in words says everything the picture shows") {
    const TemporaryFolder folder;
    const Run map = kiln("map --format words " + make_house(folder));
    INFO(map.output);
    CHECK(has(map, "The House: 4 rooms"));
    CHECK(has(map, "north to The Parlour\n"));
    CHECK(has(map, "east to The Study (the oak door, locked, opens with an oak key)"));
    CHECK(has(map, "down to The Cellar"));
    CHECK(has(map, "south to A & B < Meadow"));
    CHECK(has(map, "no way back"));
}

TEST_CASE("a picture is well formed, names everything, and is written where one wants it") {
    const TemporaryFolder folder;
    const std::string world = make_house(folder), file = folder.at("map.svg");
    const Run run = kiln("map " + world + " -o " + file);
    CHECK(run.exit_code == 0);
    CHECK(run.output.empty());
    const std::string picture = read(file);
    INFO(picture);
    CHECK(picture.starts_with("<svg "));
    CHECK(is_well_formed(picture));
    CHECK_FALSE(is_well_formed("<a><b></a></b>"));
    for (const char* words : {"The Hall", "The Parlour", "The Study", "The Cellar", "A &amp; B &lt; Meadow",
                              "prefers-color-scheme: dark", "km-locked", "km-start", "km-bent"}) {
        CAPTURE(words);
        CHECK(has(picture, words));
    }
    CHECK_FALSE(has(picture, "http://www.w3.org/1999"));
    CHECK(is_well_formed(kiln("map content --format svg").output));
    CHECK(has(kiln("map --format dot " + world), "\"house.hall\" -> \"house.parlour\""));
}

TEST_CASE("a map may be of one zone; what is not there is said") {
    const TemporaryFolder folder;
    const std::string world = make_house(folder);
    const Run field = kiln("map --zone field " + world);
    CHECK(has(field, "Meadow"));
    CHECK_FALSE(has(field, "The Study"));
    CHECK(kiln("map --zone moon " + world).exit_code == 2);
    CHECK(kiln("map --format gif " + world).exit_code == 2);
    CHECK(kiln("map " + world + " -o " + folder.at("no/such/map.svg")).exit_code == 1);
}
