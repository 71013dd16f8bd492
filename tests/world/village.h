#pragma once
// A small village made by hand, with rules: enough to walk, handle things, talk and fight in. Nobody's blow
// misses.

#include "tests/world/small_world.h"

namespace kiln::world::test {

struct Village {
    ImageBuilder builder;
    std::uint32_t zone = 0, square = 0, shed = 0, chapel = 0;
    std::uint32_t lamp = 0, sword = 0, chest = 0, rat = 0, marta = 0, key = 0, apple = 0;
    Village();
    std::uint32_t item(std::string name, std::string shown, std::int64_t kind);
    void lies_in(std::uint32_t room, std::uint32_t what, std::int64_t max = 1);
    schema::Text& text_of(std::uint32_t index) { return builder.image.texts[index]; }
};

// One player in it, who types lines and reads what comes back.
struct Visit {
    std::unique_ptr<World> world;
    std::uint64_t session = 1, number = 0;
    explicit Visit(const Village& village, std::string name = "Anna");
    std::string does(std::string line);              // everything this player read in that tick, a line each
    std::string reads(std::uint64_t of_session, const TickResult& result) const;
};

}  // namespace kiln::world::test
