#pragma once
// opcodes.def as an array, for everything that works row by row: verifier, disassembler, optimiser, assembler
// of the tests.

#include <iterator>
#include <optional>
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

constexpr const OpcodeRow& row_of(Opcode op) { return opcode_rows[static_cast<std::size_t>(op)]; }

// The type that an instruction with the operand Y names; nothing if it can be none.
constexpr SlotType type_of_imm(const Instruction& instruction) {
    return instruction.imm >= 0 && instruction.imm <= 0xffff ? static_cast<SlotType>(instruction.imm)
                                                             : SlotType::nothing;
}

// ---- where the flow goes on

constexpr bool leads_back(Opcode op) { return row_of(op).operand(3) == 'l'; }
constexpr bool is_near_jump(Opcode op) { return row_of(op).operand(1) == 'w'; }  // its target is a distance
constexpr bool is_jump(Opcode op) {
    return leads_back(op) || is_near_jump(op) || row_of(op).operand(3) == 't';
}
// Nothing comes after it but its target, if it has one.
constexpr bool ends_flow(Opcode op) {
    return op == Opcode::jump || op == Opcode::loop || op == Opcode::ret || op == Opcode::ret_int ||
           op == Opcode::ret_nothing || op == Opcode::raise_fault;
}

// Of a jump that stands at `pc`; may be any number in a program that is not verified.
constexpr std::int64_t target_of(const Instruction& jump, std::uint32_t pc) {
    if (leads_back(jump.op)) return jump.loop_target();
    return is_near_jump(jump.op) ? std::int64_t{pc} + jump.distance() : jump.imm;
}

}  // namespace kiln::vm
