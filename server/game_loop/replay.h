#pragma once
// Brings a world from a snapshot to the end of its journal, checking the state after every record.

#include <expected>
#include <memory>
#include <span>
#include <string>

#include "server/journal/journal.h"
#include "world/world.h"

namespace kiln::server {

struct ReplayedWorld {
    std::unique_ptr<world::World> world;
    std::uint64_t ticks = 0, records = 0, inputs = 0;
};
// Refuses loudly where the world does not come out as it was: a world that differs is not that world.
std::expected<ReplayedWorld, std::string> replay(const Recovered& recovered);

}  // namespace kiln::server
