#include "server/game_loop/replay.h"

namespace kiln::server {

std::expected<ReplayedWorld, std::string> replay(const Recovered& recovered) {
    if (!recovered.records.empty() && recovered.semantics != world::semantics_version) {
        return std::unexpected("the journal was written by a program of semantics version " +
                               std::to_string(recovered.semantics) + "; this one has " +
                               std::to_string(world::semantics_version) +
                               ". Start and stop the old program once: it leaves an empty journal");
    }
    auto restored = world::World::restore(recovered.snapshot.state);
    if (!restored) {
        return std::unexpected("the snapshot cannot be restored: " + restored.error().message);
    }
    ReplayedWorld replayed;
    replayed.world = std::move(*restored);
    world::World& world = *replayed.world;
    if (world.tick_number() != recovered.snapshot.tick || world.hash() != recovered.snapshot.hash) {
        return std::unexpected("the snapshot of tick " + std::to_string(recovered.snapshot.tick) +
                               " does not restore the world that was saved");
    }
    for (const Record& record : recovered.records) {
        while (world.tick_number() + 1 < record.tick) {
            world.tick({});
            ++replayed.ticks;
        }
        const world::TickResult result = world.tick(record.inputs);
        ++replayed.ticks;
        ++replayed.records;
        replayed.inputs += record.inputs.size();
        if (result.tick != record.tick || result.hash != record.hash) {
            return std::unexpected("replay differs at tick " + std::to_string(record.tick) +
                                   ": the world does not come out as it was. Keep the folder and report "
                                   "this; nothing has been changed");
        }
    }
    return replayed;
}

}  // namespace kiln::server
