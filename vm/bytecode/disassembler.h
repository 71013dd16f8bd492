#pragma once
// Prints programs for people: `kiln dis`, fault reports, golden tests.

#include <string>

#include "vm/bytecode/program.h"

namespace kiln::vm {

std::string disassemble(const Program& program);
std::string disassemble(const Program& program, std::uint32_t function);
std::string disassemble(const Program& program, std::uint32_t function,
                        std::uint32_t pc);  // one line, no newline

}  // namespace kiln::vm
