#pragma once
// A player's line: split, matched against the command table and the `command` declarations, carried out.

#include <string>
#include <string_view>

#include "world/engine.h"

namespace kiln::world {

struct CommandOutcome {
    bool undo = false;                   // `fail`: the slice must be rolled back before the refusal is shown
    std::vector<StyledRun> refusal;      // shown after undoing
    std::int64_t lag_ms = 0;             // before the creature acts again
    std::string verb;                    // what it was taken for, never what was typed; empty: for nothing
};

// One line of one creature, inside a slice that the caller began and will commit or roll back. Never throws;
// whatever is typed gets an answer.
CommandOutcome run_command(Engine& engine, Handle creature, std::string_view line);

}  // namespace kiln::world
