#pragma once
// A world of any size out of a seed: zones of rooms with doors, keys, creatures, loot, handlers that wait,
// texts with tags. Same size and seed, same bytes, on every machine. All of it is valid beside content/std.

#include <cstdint>
#include <string>
#include <vector>

namespace kiln::bench {

struct WorldSize {
    std::uint64_t seed = 1;
    int zones = 150;
    int rooms = 12'700;  // of all zones together
    int things = 8'500;  // items and npcs
    int handlers = 1'500;
    int largest_file_lines = 10'000;  // the first zone is a city in one file of so many lines; 0 = none
};

struct WorldFile {
    std::string name, text;  // "great_city/rooms.mud"
};

std::vector<WorldFile> big_world(const WorldSize& size = {});

}  // namespace kiln::bench
