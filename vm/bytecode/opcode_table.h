#pragma once
// opcodes.def as an array, for everything that works row by row: verifier, disassembler, assembler of the
// tests.

#include <iterator>
#include <string_view>

#include "vm/bytecode/program.h"

namespace kiln::vm {

struct OpcodeRow {
    std::string_view name;
    std::string_view operands;  // one letter for each of a, b, c, imm; missing ones are unused
    int fuel = 0;

    constexpr char operand(std::size_t field) const {
        return field < operands.size() ? operands[field] : '-';
    }
};

inline constexpr OpcodeRow opcode_rows[] = {
#define KILN_OPCODE(name, operands, fuel, meaning) {#name, operands, fuel},
#include "vm/bytecode/opcodes.def"
#undef KILN_OPCODE
};

inline constexpr std::size_t opcode_count = std::size(opcode_rows);

inline constexpr int fault_count = 0
#define KILN_FAULT(name, text) +1
#include "vm/bytecode/faults.def"
#undef KILN_FAULT
    ;

}  // namespace kiln::vm
