#pragma once
// Proves once, at load, what the interpreter then never checks again: operands in range, jumps to
// instructions, every register typed and assigned before it is read, calls with matching signatures, no way
// back except through a fuel-charging instruction, no way off the end, no suspension where none is declared.

#include <cstdint>
#include <optional>
#include <string>

#include "vm/bytecode/program.h"

namespace kiln::vm {

struct VerifyError {
    std::uint32_t function = 0;  // index, or the count of functions for an error of the program as a whole
    std::uint32_t pc = 0;
    std::string message;                 // one English sentence
};

// Nothing if the program is safe to run. Linear in the size of the code; allocates O(largest function).
std::optional<VerifyError> verify(const Program& program);

// Types of the registers at one instruction of a verified program: what a suspended frame holds there.
// Index = register; SlotType::nothing = not assigned on every path.
std::vector<SlotType> types_at(const Program& program, std::uint32_t function, std::uint32_t pc);

}  // namespace kiln::vm
