// What the opcodes of lists, sets, maps and records demand and leave.

#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/type_flow.h"

namespace kiln::vm {

namespace {

using CompositeKind = CompositeType::Kind;

}  // namespace

const CompositeType* TypeFlow::require_composite(std::uint32_t index) {
    const CompositeType* const type = composite_of(program_, current_[index].type);
    if (type == nullptr) require(index, SlotType::integers);
    return type;
}

// What is composite itself is shared on its way in or out.
bool TypeFlow::require_flag(const Instruction& instruction, SlotType part) {
    if (instruction.imm == (is_composite(part) ? 1 : 0)) return true;
    return fail("the flag does not say whether " + describe(program_, part) + " has parts");
}

bool TypeFlow::require_imm_type(const Instruction& instruction, std::uint32_t index) {
    return require(index, type_of_imm(instruction));
}

bool TypeFlow::step_composite(const Instruction& instruction) {
    switch (instruction.op) {
        case Opcode::share:
            if (require_composite(instruction.b) == nullptr) return false;
            define(instruction.a, current_[instruction.b].type);
            return true;
        case Opcode::list_new:
        case Opcode::gather: return step_made(instruction, type_of_imm(instruction));
        case Opcode::value_equal:
            if (!require_imm_type(instruction, instruction.b) ||
                !require_imm_type(instruction, instruction.c))
                return false;
            define(instruction.a, SlotType::integer);
            return true;
        case Opcode::map_put:
        case Opcode::map_remove: {
            const auto* const map = require_composite(instruction.a);
            return map != nullptr && step_map(instruction, *map);
        }
        case Opcode::map_get:
        case Opcode::map_key:
        case Opcode::map_length:
        case Opcode::map_list: {
            const auto* const map = require_composite(instruction.b);
            return map != nullptr && step_map(instruction, *map);
        }
        case Opcode::record_get: {
            const auto* const record = require_composite(instruction.b);
            return record != nullptr && step_record(instruction, *record);
        }
        case Opcode::record_set: {
            const auto* const record = require_composite(instruction.a);
            return record != nullptr && step_record(instruction, *record);
        }
        case Opcode::list_get:
        case Opcode::list_first:
        case Opcode::list_length:
        case Opcode::list_slice:
        case Opcode::list_find:
        case Opcode::list_begin:
        case Opcode::loop_list: {
            const auto* const list = require_composite(instruction.b);
            return list != nullptr && step_list(instruction, *list);
        }
        case Opcode::list_push:
        case Opcode::list_set:
        case Opcode::list_insert:
        case Opcode::list_remove:
        case Opcode::list_extend:
        case Opcode::list_sort:
        case Opcode::list_reverse:
        case Opcode::set_add: {
            const auto* const list = require_composite(instruction.a);
            return list != nullptr && step_list(instruction, *list);
        }
        default: return fail("no rule allows this opcode");
    }
}

bool TypeFlow::step_made(const Instruction& instruction, SlotType type) {
    const CompositeType& made = *composite_of(program_, type);
    const bool is_record = made.kind == CompositeKind::record;
    if (instruction.op == Opcode::list_new) {
        define(instruction.a, type);
        return true;
    }
    if (made.kind != CompositeKind::list && !is_record) return fail("only lists and records are gathered");
    if (is_record && instruction.c != made.parts.size())
        return fail("the record has " + std::to_string(made.parts.size()) + " fields");
    for (std::uint32_t i = 0; i < instruction.c; ++i) {
        const SlotType part = is_record ? made.parts[i] : made.parts[0];
        if (!require(instruction.b + i, part)) return false;
        // Given away, so that nobody else holds them.
        if (is_composite(part)) define(instruction.b + i, SlotType::nothing);
    }
    define(instruction.a, type);
    return true;
}

bool TypeFlow::step_list(const Instruction& instruction, const CompositeType& list) {
    using Kind = CompositeKind;
    const SlotType element = list.parts[0];
    const bool is_list = list.kind == Kind::list, is_set = list.kind == Kind::set;
    const auto integer = SlotType::integer;
    const auto a = instruction.a, b = instruction.b, c = instruction.c;
    const auto no_list = [&] { return fail(describe(program_, current_[a].type) + " is no list"); };
    switch (instruction.op) {
        case Opcode::list_get:
            if (!is_list && !is_set) return no_list();
            if (!require(c, integer) || !require_flag(instruction, element)) return false;
            define(a, element);
            return true;
        case Opcode::list_first:
            if (!is_list && !is_set) return no_list();
            if (!require_flag(instruction, element)) return false;
            define(a, element);
            return true;
        case Opcode::list_length:
            if (!is_list && !is_set) return no_list();
            define(a, integer);
            return true;
        case Opcode::list_find:
            if (list.kind == Kind::record) return no_list();
            if (!require_imm_type(instruction, b) || !require(c, element)) return false;
            define(a, integer);
            return true;
        case Opcode::list_slice:
            if (!is_list) return no_list();
            if (!require(c, integer) || !require(c + 1u, integer)) return false;
            define(a, current_[b].type);
            return true;
        case Opcode::list_push:
            return (is_list || no_list()) && require(b, element) && require_flag(instruction, element);
        case Opcode::list_set:
        case Opcode::list_insert:
            return (is_list || no_list()) && require(b, integer) && require(c, element) &&
                   require_flag(instruction, element);
        case Opcode::list_remove: return (is_list || is_set || no_list()) && require(b, integer);
        case Opcode::list_extend: return (is_list || no_list()) && require(b, current_[a].type);
        case Opcode::list_sort:
            if (instruction.imm < 0 || instruction.imm > 3) return fail("lists are not sorted this way");
            return (is_list || no_list()) &&
                   require(b, instruction.imm >= 2 ? SlotType::strings : SlotType::integers);
        case Opcode::list_reverse: return is_list || no_list();
        case Opcode::list_begin:
        case Opcode::loop_list: return is_list || is_set ? step_walk(instruction, element) : no_list();
        default: return is_set ? require_imm_type(instruction, a) && require(b, element) : no_list();
    }
}

// Elements come one after the other into a register; those that have parts are asked for with list_get.
bool TypeFlow::step_walk(const Instruction& instruction, SlotType element) {
    const auto a = instruction.a, b = instruction.b, c = instruction.c;
    if (a == b || c == a || c == b)
        return fail("the list, its index and its element need registers of their own");
    if (is_composite(element)) return fail("elements that have parts are not walked over");
    const bool goes_on = instruction.op == Opcode::loop_list;
    if (goes_on && (!require(a, SlotType::integer) || !require(c, element))) return false;
    define(a, SlotType::integer);
    define(c, element);
    return true;
}

bool TypeFlow::step_map(const Instruction& instruction, const CompositeType& map) {
    const auto a = instruction.a, b = instruction.b, c = instruction.c;
    if (map.kind != CompositeKind::map) return fail("only a map has keys and values");
    const SlotType key = map.parts[0], value = map.parts[1];
    switch (instruction.op) {
        case Opcode::map_put: return require_imm_type(instruction, a) && require(b, key) && require(c, value);
        case Opcode::map_remove: return require(b, SlotType::integer);
        case Opcode::map_length: define(a, SlotType::integer); return true;
        case Opcode::map_list: {
            const auto& made = *composite_of(program_, type_of_imm(instruction));
            const bool fits = c <= 1 && made.kind == CompositeKind::list && made.parts[0] == (c == 0 ? key : value);
            if (!fits) return fail("this is not what the map is a list of");
            define(a, type_of_imm(instruction));
            return true;
        }
        default: {
            const SlotType part = instruction.op == Opcode::map_key ? key : value;
            if (!require(c, SlotType::integer) || !require_flag(instruction, part)) return false;
            define(a, part);
            return true;
        }
    }
}

bool TypeFlow::step_record(const Instruction& instruction, const CompositeType& record) {
    if (record.kind != CompositeKind::record || instruction.c >= record.parts.size())
        return fail("there is no such field");
    const SlotType part = record.parts[instruction.c];
    if (!require_flag(instruction, part)) return false;
    if (instruction.op == Opcode::record_set) return require(instruction.b, part);
    define(instruction.a, part);
    return true;
}

}  // namespace kiln::vm
