#pragma once
// Which registers an instruction reads and writes, and which are read again later. For verified functions and
// for those on their way there.

#include <bitset>
#include <vector>

#include "vm/bytecode/program.h"

namespace kiln::vm {

using RegisterSet = std::bitset<256>;

struct Effects {
    RegisterSet reads, writes;  // a call writes its whole window: the callee's registers
};
Effects effects_of(const Program& program, const Instruction& instruction);

// Registers that may be read after each instruction, before anything else is written there.
std::vector<RegisterSet> live_after(const Program& program, const Function& function);

}  // namespace kiln::vm
