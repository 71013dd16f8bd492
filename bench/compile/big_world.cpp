#include "bench/compile/big_world.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "bench/compile/zone_writer.h"

namespace kiln::bench {

namespace {

std::vector<std::string> zone_names(const WorldSize& size) {
    Dice dice(size.seed);
    std::vector<std::string> names;
    std::set<std::string> taken;
    while (static_cast<int>(names.size()) < size.zones) {
        auto name = std::string(adjective(dice)) + "_" + std::string(place_noun(dice)) + "s";
        if (taken.insert(name).second) names.push_back(std::move(name));
    }
    return names;
}

int share(int of, int parts, int number) { return of / parts + (number < of % parts ? 1 : 0); }

}  // namespace

std::vector<WorldFile> big_world(const WorldSize& size) {
    constexpr int lines_per_room = 14;
    const auto names = zone_names(size);
    const int city = std::min(size.rooms / 2, size.largest_file_lines / lines_per_room);
    std::vector<WorldFile> files;
    for (int z = 0; z < size.zones; ++z) {
        ZonePlan plan;
        plan.number = z;
        plan.name = names[static_cast<std::size_t>(z)];
        if (z > 0) plan.before = names[static_cast<std::size_t>(z) - 1];
        if (z + 1 < size.zones) plan.next = names[static_cast<std::size_t>(z) + 1];
        plan.rooms =
            std::max(4, z == 0 && city > 0 ? city : share(size.rooms - city, std::max(1, size.zones - 1), z));
        if (z == 0 && city > 0) plan.rooms_per_file = city;
        const int things = share(size.things, size.zones, z);
        plan.npcs = std::max(1, things * 2 / 5);
        plan.items = std::max(1, things - plan.npcs);
        plan.handlers = share(size.handlers, size.zones, z);
        auto made = ZoneWriter(plan, size.seed).write();
        std::move(made.begin(), made.end(), std::back_inserter(files));
    }
    return files;
}

}  // namespace kiln::bench
