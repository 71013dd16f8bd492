#pragma once
// What a fault says to the author: the sentence of faults.def, or a better one where the values are known.

#include <array>
#include <string>

#include "vm/bytecode/program.h"

namespace kiln::vm {

// What an instruction was working with when it faulted: its operands, left to right; of lists {length,
// element asked for}, of fields {entity}. Zeros where there is nothing to tell.
using FaultValues = std::array<Slot, 2>;

// "divided 7 by 0", "the list has 3 elements, asked for number 5".
std::string fault_sentence(const Program& program, Fault fault, std::uint32_t function, std::uint32_t pc,
                           const FaultValues& values);

}  // namespace kiln::vm
