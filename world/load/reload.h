#pragma once
// A new image for a running world: what exists is tied to it by name, what is new is made, old fibers go on
// as they were.

#include <string>

#include "world/tick/parts.h"

namespace kiln::world {

// On refusal the old image stays in force and TickResult::reload_problem says why.
void reload(Engine& engine, const std::string& bytes);

}  // namespace kiln::world
