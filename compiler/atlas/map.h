#pragma once
// Rooms on a grid, laid out by the directions of their exits. Where directions contradict each other the way
// is kept and marked as bent, so that nobody takes the map for the truth.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/atlas/facts.h"

namespace kiln::compiler {

struct MapWay {
    std::size_t from = 0;           // a room of the map
    std::optional<std::size_t> to;  // another one, or none: it leads into another zone
    std::uint32_t target = 0;       // the definition it leads to
    int direction = 0;
    std::optional<int> back;   // the direction of the way back; none: there is no way back
    bool is_straight = false;  // what it leads to lies where it points
    DoorFacts door;
};

struct MapRoom {
    std::uint32_t definition = 0;
    std::string title;
    int column = 0, row = 0, floor = 0;  // from 0; `up` leads to a higher floor
    bool is_entrance = false, is_start = false;
};

struct ZoneMap {
    std::uint32_t zone = 0;
    std::string title;
    int columns = 0, rows = 0, floors = 0;
    std::vector<MapRoom> rooms;  // in the order of their declarations
    std::vector<MapWay> ways;    // both directions of a way are one, told from the room declared first
};

// One map for each zone that has rooms; `zone` is a zone's name or its last part, empty for all.
std::vector<ZoneMap> make_maps(const schema::Image& image, std::string_view zone = {});

// How far a direction leads: columns, rows and floors. All 0 for `in` and `out`.
struct Step {
    int columns = 0, rows = 0, floors = 0;
    bool is_level() const { return floors == 0 && (columns != 0 || rows != 0); }
};
Step step_of(int direction);

}  // namespace kiln::compiler
