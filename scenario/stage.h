#pragma once
// One test's world with its players: types for them, keeps what they see, moves virtual time.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "world/probe.h"
#include "world/world.h"

namespace kiln::scenario {

class Stage {
 public:
    // A new world. If it cannot be made, problem() says why and nothing else may be called.
    Stage(std::shared_ptr<const world::PreparedImage> image, std::uint64_t seed);

    bool add_player(const schema::TestStep& step);
    void type(std::uint8_t player, const std::string& line);  // one command, one tick
    void advance(std::int64_t milliseconds);
    bool restart();                            // save, throw away, restore
    std::int64_t ask(std::uint32_t function);  // an expectation: a function of the players, no time passes
    void perform(std::uint32_t function);      // a step that acts: one tick for what it causes
    void roll_loot(
        const schema::LootTrial& trial,
        const std::function<void(std::int64_t run, std::uint32_t item, std::int64_t count)>& on_drop);

    // What the player read since the last action that followed an expectation. Calling looked() marks one.
    const std::string& seen_by(std::uint8_t player) const;
    void looked() { was_looked_at_ = true; }
    const std::string& name_of(std::uint8_t player) const;
    bool has_faulted() const { return !faults_.empty(); }
    const world::FaultReport& first_fault() const { return faults_.front(); }
    const std::string& problem() const { return problem_; }
    std::uint64_t ticks() const { return world_ ? world_->tick_number() : 0; }
    const std::string& transcript() const { return transcript_; }

 private:
    struct Player {
        std::string name;
        vm::Handle creature;
        std::uint64_t session = 0, commands = 0;
        std::string seen;
    };
    std::int64_t call(std::uint32_t function);
    void act();  // an action begins: forget what was looked at
    void tick(std::span<const world::Input> inputs);
    void keep(const world::TickResult& result);
    std::string time() const;

    std::shared_ptr<const world::PreparedImage> image_;
    std::unique_ptr<world::World> world_;
    std::vector<Player> players_;
    std::vector<world::FaultReport> faults_;
    std::string problem_, transcript_, nothing_;
    std::string locals_;                                       // what `let` has named so far, as it is kept
    bool was_looked_at_ = false;
};

}  // namespace kiln::scenario
