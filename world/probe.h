#pragma once
// What tests may do to a world beside ticking it. Never used by the server.

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "world/world.h"

namespace kiln::world {

class World::Probe {
   public:
    virtual ~Probe() = default;
    // A player character in a room, with a session that collects its outputs. Returns its handle and session
    // number.
    struct TestPlayer { vm::Handle creature; std::uint64_t session = 0; };
    virtual TestPlayer add_player(std::string_view name, std::uint32_t room_definition,
                                  std::span<const schema::PropertyValue> properties) = 0;
    // Runs a compiled function in a slice of its own (test `check` and `code` steps); commits unless it
    // faults.
    // `locals` is what an earlier step handed on, the function's last parameter if it takes one more; what it
    // hands on itself comes back.
    struct CallResult {
        std::int64_t value = 0;
        std::optional<std::string> locals;
        std::optional<FaultReport> fault;
    };
    virtual CallResult call(std::uint32_t function, std::span<const vm::Slot> arguments,
                            std::string_view locals = {}) = 0;
    // Rolls a loot table `runs` times from the unchanged state: (item definition, count) per run.
    virtual void roll_loot(
        std::uint32_t loot, std::int64_t killer_level, std::int64_t runs,
        const std::function<void(std::int64_t run, std::uint32_t item, std::int64_t count)>& on_drop) = 0;
    // Proofs: every scalar of the state in a fixed order; flipping one must change full_hash().
    virtual std::size_t scalar_count() const = 0;
    virtual void flip_scalar(std::size_t index) = 0;
    // Proof of atomicity: the next handler slice stops with out_of_fuel before its n-th instruction.
    virtual void abort_next_slice_after(std::uint64_t instructions) = 0;
    virtual std::uint64_t instructions_of_last_slice() const = 0;
    // Slices and savepoints taken back so far, and those after which the hash was not the one before: must
    // stay 0.
    virtual std::uint64_t rollbacks() const = 0;
    virtual std::uint64_t wrong_rollbacks() const = 0;
};

}  // namespace kiln::world
