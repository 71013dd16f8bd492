#pragma once
// Suspension: frames and what they refer to, as plain data and back. Private to this folder.

#include <optional>

#include "vm/machine/state.h"

namespace kiln::vm {

// The run that has just been suspended at `pc`.
Fiber capture_fiber(const Context& context, const Instruction* pc);

// Rebuilds frames, registers and references; state.top and state.base are the innermost frame's, whose
// register for the answer is still to be filled. A fiber that does not fit the program in every respect is
// Fault::bad_argument.
struct Restored {
    Fault fault = Fault::none;
    const Instruction* pc = nullptr;  // where to go on
    Slot* answer = nullptr;
};
Restored restore_fiber(const Context& context, const Fiber& fiber);

}  // namespace kiln::vm
