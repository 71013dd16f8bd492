#pragma once
// One person alone in a world in this process: what `kiln play` is made of. No sockets and no clock; whoever
// holds it says when time passes.

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace kiln::scenario {

struct SoloOptions {
    std::uint64_t seed = 1;
    std::string name;                   // empty: a guest's
    std::optional<std::uint32_t> room;  // definition; without, where players begin
};

// What one tick has brought.
struct News {
    std::vector<world::Output> outputs;  // the player's own, in order
    std::vector<world::FaultReport> faults;
    std::string reload_problem;  // the world has refused a new image and goes on as it was
    bool has_ended = false;      // the player has left the world
};

class Solo {
 public:
    // The error is a sentence: an image that cannot run, a name that cannot be.
    static std::expected<Solo, std::string> begin(const schema::Image& image, const SoloOptions& options,
                                                  News& first);

    News type(std::string_view line);         // the line and one tick
    News pass();                              // one tick
    News reload(const schema::Image& image);  // from now on the world is this one
    std::uint32_t tick_ms() const { return world_->tick_ms(); }

 private:
    Solo() = default;
    News tick(std::vector<world::Input> inputs);

    std::unique_ptr<world::World> world_;
    std::uint64_t session_ = 0, lines_ = 0;
    std::uint64_t seen_ = 0, told_ = 0;  // outputs, and up to where the world knows it
};

}  // namespace kiln::scenario
