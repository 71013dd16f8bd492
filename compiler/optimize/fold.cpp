#include "compiler/optimize/fold.h"

#include <algorithm>

namespace kiln::compiler {

namespace {

using Number = std::optional<std::int64_t>;

Number divided(std::int64_t left, std::int64_t right) {
    if (right == 0 || right == -1) return std::nullopt;
    return left / right;
}

Number remainder(std::int64_t left, std::int64_t right) {
    if (right == 0) return std::nullopt;
    return right == -1 ? 0 : left % right;
}

Number sum(std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    return __builtin_add_overflow(left, right, &result) ? Number() : result;
}

Number difference(std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    return __builtin_sub_overflow(left, right, &result) ? Number() : result;
}

Number product(std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    return __builtin_mul_overflow(left, right, &result) ? Number() : result;
}

Number of_two(Opcode op, std::int64_t left, std::int64_t right) {
    switch (op) {
        case Opcode::add:
        case Opcode::add_int: return sum(left, right);
        case Opcode::subtract: return difference(left, right);
        case Opcode::subtract_from: return difference(right, left);
        case Opcode::multiply:
        case Opcode::multiply_int: return product(left, right);
        case Opcode::divide:
        case Opcode::divide_int: return divided(left, right);
        case Opcode::modulo:
        case Opcode::modulo_int: return remainder(left, right);
        case Opcode::minimum:
        case Opcode::minimum_int: return std::min(left, right);
        case Opcode::maximum:
        case Opcode::maximum_int: return std::max(left, right);
        case Opcode::equal: return left == right;
        case Opcode::not_equal: return left != right;
        case Opcode::less: return left < right;
        case Opcode::less_equal: return left <= right;
        default: return std::nullopt;
    }
}

bool has_number_inside(Opcode op) { return vm::row_of(op).operands == "ds-i"; }

// The form whose right side is a number; halt if there is none.
Opcode right_form(Opcode op, std::int64_t number) {
    switch (op) {
        case Opcode::add: return Opcode::add_int;
        case Opcode::multiply: return Opcode::multiply_int;
        case Opcode::divide: return number == 0 || number == -1 ? Opcode::halt : Opcode::divide_int;
        case Opcode::modulo: return number == 0 || number == -1 ? Opcode::halt : Opcode::modulo_int;
        case Opcode::scale: return Opcode::scale_int;
        case Opcode::minimum: return Opcode::minimum_int;
        case Opcode::maximum: return Opcode::maximum_int;
        default: return Opcode::halt;
    }
}

// The form whose left side is a number.
Opcode left_form(Opcode op) {
    switch (op) {
        case Opcode::add: return Opcode::add_int;
        case Opcode::subtract: return Opcode::subtract_from;
        case Opcode::multiply: return Opcode::multiply_int;
        case Opcode::minimum: return Opcode::minimum_int;
        case Opcode::maximum: return Opcode::maximum_int;
        default: return Opcode::halt;
    }
}

bool holds(Opcode op, std::int64_t left, std::int64_t right) {
    switch (op) {
        case Opcode::jump_equal:
        case Opcode::jump_equal_int: return left == right;
        case Opcode::jump_not_equal:
        case Opcode::jump_not_equal_int: return left != right;
        case Opcode::jump_less:
        case Opcode::jump_less_int: return left < right;
        case Opcode::jump_less_equal:
        case Opcode::jump_less_equal_int: return left <= right;
        case Opcode::jump_greater_int: return left > right;
        default: return left >= right;
    }
}

Going as_going(bool goes) { return goes ? Going::always : Going::never; }

struct NearForms {
    Opcode jump, right, left;  // with the number on the right side, on the left side
};
constexpr NearForms near_forms[] = {
    {Opcode::jump_equal, Opcode::jump_equal_int, Opcode::jump_equal_int},
    {Opcode::jump_not_equal, Opcode::jump_not_equal_int, Opcode::jump_not_equal_int},
    {Opcode::jump_less, Opcode::jump_less_int, Opcode::jump_greater_int},
    {Opcode::jump_less_equal, Opcode::jump_less_equal_int, Opcode::jump_greater_equal_int},
};

}  // namespace

Number computed(const Instruction& instruction, const KnownNumber& number) {
    const auto& row = vm::row_of(instruction.op);
    if (instruction.op == Opcode::load_int) return instruction.imm;
    if (row.operand(0) != 'd' || row.operand(1) != 's' || vm::is_jump(instruction.op)) return std::nullopt;
    const auto left = number(instruction.b);
    if (!left) return std::nullopt;
    if (instruction.op == Opcode::negate) return difference(0, *left);
    if (instruction.op == Opcode::logical_not) return *left == 0;
    const auto right = has_number_inside(instruction.op) ? Number(instruction.imm)
                       : row.operands == "dss"           ? number(instruction.c)
                                                         : Number();
    return right ? of_two(instruction.op, *left, *right) : std::nullopt;
}

std::optional<Instruction> with_number_inside(const Instruction& instruction, const KnownNumber& number) {
    if (vm::row_of(instruction.op).operands != "dss") return std::nullopt;
    auto made = instruction;
    made.c = 0;
    if (const auto right = number(instruction.c); right && fits_immediate(*right)) {
        // The least number has no opposite that fits.
        const bool negated = instruction.op == Opcode::subtract && fits_immediate(-*right);
        made.op = negated ? Opcode::add_int : right_form(instruction.op, *right);
        made.imm = static_cast<std::int32_t>(negated ? -*right : *right);
        if (made.op != Opcode::halt) return made;
    }
    if (const auto left = number(instruction.b); left && fits_immediate(*left)) {
        made.op = left_form(instruction.op);
        made.b = instruction.c;
        made.imm = static_cast<std::int32_t>(*left);
        if (made.op != Opcode::halt) return made;
    }
    return std::nullopt;
}

Going going_of(const Instruction& jump, const KnownNumber& number) {
    const auto& operands = vm::row_of(jump.op).operands;
    if (operands == "swwi") {
        const auto left = number(jump.a);
        return left ? as_going(holds(jump.op, *left, jump.imm)) : Going::unknown;
    }
    if (jump.op == Opcode::jump_if || jump.op == Opcode::jump_unless) {
        const auto condition = number(jump.a);
        return condition ? as_going((*condition != 0) == (jump.op == Opcode::jump_if)) : Going::unknown;
    }
    for (const auto& forms : near_forms) {
        if (forms.jump != jump.op) continue;
        const auto left = number(jump.a), right = number(jump.b);
        if (left && right) return as_going(holds(jump.op, *left, *right));
        if (jump.a == jump.b) return as_going(holds(jump.op, 0, 0));
    }
    return Going::unknown;
}

std::optional<Instruction> near_form(const Instruction& jump, const KnownNumber& number) {
    for (const auto& forms : near_forms) {
        if (forms.jump != jump.op) continue;
        if (const auto right = number(jump.b); right && fits_immediate(*right))
            return Instruction{forms.right, jump.a, 0, 0, static_cast<std::int32_t>(*right)};
        if (const auto left = number(jump.a); left && fits_immediate(*left))
            return Instruction{forms.left, jump.b, 0, 0, static_cast<std::int32_t>(*left)};
    }
    return std::nullopt;
}

}  // namespace kiln::compiler
