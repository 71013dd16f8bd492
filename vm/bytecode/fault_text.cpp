#include "vm/bytecode/fault_text.h"

#include "vm/bytecode/opcode_table.h"

namespace kiln::vm {

namespace {

std::string_view sign_of(Opcode op) {
    switch (op) {
        case Opcode::add:
        case Opcode::add_int:
        case Opcode::add_known:
        case Opcode::loop_range: return " + ";
        case Opcode::subtract:
        case Opcode::subtract_from:
        case Opcode::subtract_known: return " - ";
        case Opcode::multiply:
        case Opcode::multiply_int: return " * ";
        case Opcode::divide: return " / ";
        default: return "";
    }
}

std::string percent(Slot hundredths) { return std::to_string(hundredths / 100) + "%"; }

std::string about_overflow(Opcode op, const FaultValues& values) {
    const std::string left = std::to_string(values[0]), right = std::to_string(values[1]);
    if (op == Opcode::negate) return "-(" + left + ") is too large for a number";
    if (op == Opcode::scale || op == Opcode::scale_int)
        return percent(values[1]) + " of " + left + " is too large for a number";
    const std::string_view sign = sign_of(op);
    if (sign.empty()) return std::string(fault_text(Fault::overflow));
    return left + std::string(sign) + right + " is too large for a number";
}

std::string about_entity(const Program& program, const Instruction& instruction, Fault fault, Slot entity) {
    if (row_of(instruction.op).operand(3) != 'P') return std::string(fault_text(fault));
    const std::string asked = "`" + program.fields[static_cast<std::size_t>(instruction.imm)].name + "`";
    if (fault == Fault::wrong_kind) return asked + " was asked of something of another kind";
    const bool nobody = Handle::from_slot(entity).is_nobody();
    return asked + (nobody ? " was asked of nobody" : " was asked of something that no longer exists");
}

// Authors count from 1.
std::string counted_from_one(Slot index) {
    return std::to_string(static_cast<Slot>(static_cast<std::uint64_t>(index) + 1));
}

bool asks_for_element(Opcode op) {
    return op == Opcode::list_get || op == Opcode::list_set || op == Opcode::list_insert ||
           op == Opcode::list_remove;
}

}  // namespace

std::string fault_sentence(const Program& program, Fault fault, std::uint32_t function, std::uint32_t pc,
                           const FaultValues& values) {
    if (function >= program.functions.size() || pc >= program.functions[function].code.size())
        return std::string(fault_text(fault));
    const Instruction& instruction = program.functions[function].code[pc];
    if (instruction.op == Opcode::native || instruction.op == Opcode::raise_fault)
        return std::string(fault_text(fault));
    const std::string left = std::to_string(values[0]), right = std::to_string(values[1]);
    switch (fault) {
        case Fault::overflow: return about_overflow(instruction.op, values);
        case Fault::division_by_zero:
            return instruction.op == Opcode::modulo ? left + " mod 0 has no value"
                                                    : "divided " + left + " by 0";
        case Fault::entity_gone:
        case Fault::wrong_kind: return about_entity(program, instruction, fault, values[0]);
        case Fault::index_outside:
            if (!asks_for_element(instruction.op)) break;
            return "the list has " + left + " elements, asked for number " + counted_from_one(values[1]);
        case Fault::list_too_long:
            if (instruction.op != Opcode::list_push && instruction.op != Opcode::list_insert) break;
            return "the list has " + left + " elements and may have no more";
        default: break;
    }
    return std::string(fault_text(fault));
}

}  // namespace kiln::vm
