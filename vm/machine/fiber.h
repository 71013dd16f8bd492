#pragma once
// Suspension: frames and what they refer to, as plain data and back. Private to this folder.
//
// The words of a fiber:
//   1 word       frames, 16 bits; format, 16 bits; words of the arena, 32 bits
//   each frame   {pc, 32 bits; function in the upper half}, then the registers that are kept, ascending.
//                Outermost frame first. `pc` is the instruction after the call that is in progress.
//   arena        blocks of words, each before everything that refers to it:
//                {slot type, 16 bits; count, 24 bits; of texts the text's index, 24 bits} and
//                string   its bytes, padded with zeros     text   the arguments     composites   their slots
// References are constants of the program or count the arena's words from 1, so that 0 is empty here as well.

#include <optional>

#include "vm/machine/state.h"

namespace kiln::vm {

constexpr std::uint32_t fiber_format = 2;

// The run that has just been suspended at `pc`.
void capture_fiber(const Context& context, const Prepared* pc, Fiber& fiber);

// Rebuilds frames, registers and references; state.top and state.base are the innermost frame's, whose
// register for the answer is still to be filled. A fiber that does not fit the program in every respect is
// Fault::bad_argument.
struct Restored {
    Fault fault = Fault::none;
    const Prepared* pc = nullptr;  // where to go on
    Slot* answer = nullptr;
};
Restored restore_fiber(MachineState& state, const LoadedProgram& loaded, FiberView fiber);

}  // namespace kiln::vm
