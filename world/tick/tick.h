#pragma once
// One tick: inputs in order, timers that are due, events after each, then what players see of it all.

#include "world/tick/parts.h"

namespace kiln::world {

TickResult run_tick(Engine& engine, std::span<const Input> inputs);
// What ends a tick, and a probe's slice too: numbers that changed, prompts, rows free again.
void show_changes(Engine& engine);

}  // namespace kiln::world
