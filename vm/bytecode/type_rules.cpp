// What each opcode demands of the registers it reads and what it leaves in those it writes.

#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/type_flow.h"

namespace kiln::vm {

namespace {

// Types of the register operands of the opcodes whose types are always the same, one letter an operand:
// integer, entity, string. Opcodes that look at something else have no row here.
constexpr std::string_view irregular = "?";

constexpr std::string_view regular_types(Opcode op) {
    switch (op) {
        case Opcode::load_int:
        case Opcode::load_const:
        case Opcode::jump_if:
        case Opcode::jump_unless:
        case Opcode::jump_less_int:
        case Opcode::jump_less_equal_int:
        case Opcode::jump_greater_int:
        case Opcode::jump_greater_equal_int:
        case Opcode::jump_equal_int:
        case Opcode::jump_not_equal_int: return "i";
        case Opcode::add_int:
        case Opcode::subtract_from:
        case Opcode::multiply_int:
        case Opcode::divide_int:
        case Opcode::modulo_int:
        case Opcode::scale_int:
        case Opcode::minimum_int:
        case Opcode::maximum_int:
        case Opcode::negate:
        case Opcode::logical_not:
        case Opcode::jump_equal:
        case Opcode::jump_not_equal:
        case Opcode::jump_less:
        case Opcode::jump_less_equal:
        case Opcode::loop_range: return "ii";
        case Opcode::add:
        case Opcode::subtract:
        case Opcode::multiply:
        case Opcode::divide:
        case Opcode::modulo:
        case Opcode::scale:
        case Opcode::minimum:
        case Opcode::maximum:
        case Opcode::equal:
        case Opcode::not_equal:
        case Opcode::less:
        case Opcode::less_equal: return "iii";
        case Opcode::load_string: return "s";
        case Opcode::load_nobody:
        case Opcode::jump_alive:
        case Opcode::jump_gone: return "e";
        case Opcode::jump_same:
        case Opcode::jump_not_same: return "ee";
        case Opcode::same: return "iee";
        case Opcode::is_alive: return "ie";
        case Opcode::string_equal: return "iss";
        case Opcode::jump:
        case Opcode::loop:
        case Opcode::inlined:
        case Opcode::raise_fault: return "";
        default: return irregular;
    }
}

constexpr SlotType letter_type(char letter) {
    return letter == 'e' ? SlotType::entity : letter == 's' ? SlotType::string : SlotType::integer;
}

bool is_store(Opcode op) {
    return op == Opcode::store_field || op == Opcode::store_known || op == Opcode::store_blob ||
           op == Opcode::put_blob || op == Opcode::return_blob;
}
bool is_blob(Opcode op) {
    return op == Opcode::load_blob || op == Opcode::take_blob || op == Opcode::store_blob ||
           op == Opcode::put_blob || op == Opcode::return_blob;
}
bool is_of_known(Opcode op) {
    return op == Opcode::load_known || op == Opcode::store_known || op == Opcode::add_known ||
           op == Opcode::subtract_known;
}

}  // namespace

bool TypeFlow::require(std::uint32_t index, SlotType type) {
    if (!check_register(index)) return false;
    const SlotType held = current_[index].type;
    if (held == type) return true;
    const std::string name = "register " + std::to_string(index);
    if (held == SlotType::nothing) return fail(name + " is read but not assigned on every path");
    return fail(name + " holds " + describe(program_, held) + " where " + describe(program_, type) + " is needed");
}

// The entity whose field is asked for. Once a checked form has passed, it is known.
bool TypeFlow::require_entity(std::uint32_t index, const FieldImport& field, bool is_known) {
    if (!require(index, SlotType::entity)) return false;
    const auto known_in = static_cast<std::uint8_t>(field.table + 1);
    if (is_known && current_[index].known_in != known_in)
        return fail("register " + std::to_string(index) + " has not been checked on every path");
    current_[index].known_in = known_in;
    return true;
}

void TypeFlow::define(std::uint32_t index, SlotType type) { current_[index] = {type}; }

bool TypeFlow::step(const Instruction& instruction) {
    const std::string_view types = regular_types(instruction.op);
    return types == irregular ? step_irregular(instruction) : step_regular(instruction, types);
}

bool TypeFlow::step_regular(const Instruction& instruction, std::string_view types) {
    const OpcodeRow& row = row_of(instruction.op);
    const std::uint8_t registers[] = {instruction.a, instruction.b, instruction.c};
    const bool reads_its_target = instruction.op == Opcode::loop_range;
    for (std::size_t field = 0; field < types.size(); ++field) {
        if (row.operand(field) == 'd' && !reads_its_target) continue;
        if (!require(registers[field], letter_type(types[field]))) return false;
    }
    if (row.operand(0) == 'd') define(instruction.a, letter_type(types[0]));
    return true;
}

bool TypeFlow::step_irregular(const Instruction& instruction) {
    const auto index = static_cast<std::size_t>(instruction.imm);
    switch (instruction.op) {
        case Opcode::move:
            if (current_[instruction.b].type == SlotType::nothing)
                return require(instruction.b, SlotType::integer);
            if (is_composite(current_[instruction.b].type))
                return fail("what has parts is shared, not moved");
            current_[instruction.a] = current_[instruction.b];
            return true;
        case Opcode::call: {
            const Function& callee = program_.functions[index];
            return step_call(instruction, callee.parameters, callee.result, callee.may_suspend);
        }
        case Opcode::native: {
            const NativeImport& native = program_.natives[index];
            return step_call(instruction, native.parameters, native.result, native.may_suspend);
        }
        case Opcode::ret:
        case Opcode::ret_int:
        case Opcode::ret_nothing: return step_return(instruction);
        case Opcode::check_entity:
        case Opcode::load_field:
        case Opcode::load_known:
        case Opcode::store_field:
        case Opcode::store_known:
        case Opcode::add_known:
        case Opcode::subtract_known:
        case Opcode::load_blob:
        case Opcode::take_blob:
        case Opcode::store_blob:
        case Opcode::put_blob:
        case Opcode::return_blob: return step_field(instruction);
        case Opcode::make_text: return step_text(instruction);
        default: return step_composite(instruction);
    }
}

// The callee's window begins at `a`: whatever stood there and above is gone when it returns. Anybody may have
// ceased meanwhile.
bool TypeFlow::step_call(const Instruction& instruction, const std::vector<SlotType>& parameters,
                         SlotType result, bool may_suspend) {
    if (may_suspend && !function_.may_suspend)
        return fail("this may suspend, but the function does not say so");
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (!require(instruction.a + static_cast<std::uint32_t>(i), parameters[i])) return false;
    }
    std::fill(current_.begin() + instruction.a, current_.end(), Register{});
    for (std::size_t i = 0; i < instruction.a; ++i) current_[i].known_in = 0;
    define(instruction.a, result);
    return true;
}

bool TypeFlow::step_return(const Instruction& instruction) {
    const bool with_value = instruction.op != Opcode::ret_nothing;
    if (with_value != (function_.result != SlotType::nothing))
        return fail(with_value ? "no value may be returned here" : "a value must be returned here");
    if (instruction.op == Opcode::ret) return require(instruction.a, function_.result);
    return !with_value || function_.result == SlotType::integer ||
           fail("an integer is returned where " + describe(program_, function_.result) + " is needed");
}

bool TypeFlow::step_field(const Instruction& instruction) {
    const Opcode op = instruction.op;
    const FieldImport& field = program_.fields[static_cast<std::size_t>(instruction.imm)];
    const bool changes = op == Opcode::add_known || op == Opcode::subtract_known;
    if (op != Opcode::check_entity && is_blob(op) != is_reference(field.type))
        return fail("field " + field.name + " is not accessed this way");
    if ((is_store(op) || changes) && !field.writable)
        return fail("field " + field.name + " cannot be written");
    const bool loads = op == Opcode::load_field || op == Opcode::load_known || op == Opcode::load_blob ||
                       op == Opcode::take_blob;
    const auto entity = loads ? instruction.b : instruction.a;
    // return_blob looks at the entity and says nothing: whoever is gone is not known afterwards.
    const bool is_sound = op == Opcode::return_blob ? require(entity, SlotType::entity)
                                                    : require_entity(entity, field, is_of_known(op));
    if (!is_sound) return false;
    if (is_store(op)) {
        if (!require(instruction.b, field.type)) return false;
        const bool gives = op == Opcode::put_blob || op == Opcode::return_blob;
        if (gives) define(instruction.b, SlotType::nothing);
        return true;
    }
    if (loads) define(instruction.a, field.type);
    if (!changes) return true;
    if (field.type != SlotType::integer) return fail("field " + field.name + " is no number");
    if (!require(instruction.b, SlotType::integer)) return false;
    define(instruction.c, SlotType::integer);
    return true;
}

bool TypeFlow::step_text(const Instruction& instruction) {
    const auto& arguments = program_.texts[static_cast<std::size_t>(instruction.imm)].arguments;
    if (instruction.c != arguments.size()) {
        return fail("the text takes " + std::to_string(arguments.size()) + " arguments, not " +
                    std::to_string(instruction.c));
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!require(instruction.b + static_cast<std::uint32_t>(i), arguments[i])) return false;
    }
    define(instruction.a, SlotType::text);
    return true;
}

}  // namespace kiln::vm
