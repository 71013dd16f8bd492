#pragma once
// The timer wheel: rows of the table timer, in order of (due, sequence).

#include "world/tick/parts.h"

namespace kiln::world {

// Runs every timer that is due, each in slices of its own, and the events that follow from it.
void run_timers(Engine& engine);

}  // namespace kiln::world
