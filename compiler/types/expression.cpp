#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

namespace {

bool is_comparison(const std::string& op) {
    return op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=" || op == "below" ||
           op == "above";
}
bool is_arithmetic(const std::string& op) {
    return op == "+" || op == "-" || op == "*" || op == "/" || op == "mod";
}

// Surely true or false, by how it is written.
bool is_question(const ast::Expression& e) {
    if (e.kind == ExpressionKind::chance || e.kind == ExpressionKind::boolean) return true;
    if (e.kind == ExpressionKind::unary) return e.word.text == "not";
    const auto& op = e.word.text;
    return e.kind == ExpressionKind::binary &&
           (is_comparison(op) || op == "and" || op == "is" || op == "is_not" || op == "in" || op == "has" ||
            (op == "or" && is_question(*e.left)));
}

bool is_measure(Base base) {
    return base == Base::percent || base == Base::duration || base == Base::weight || base == Base::money;
}

}  // namespace

Value Body::rolled(Value value, int mark) {
    move_to(mark, value);
    return call_native(mark, Intrinsic::roll_);
}

Value Body::string_literal(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    if (expected.base == Base::string || expected.base == Base::words) {
        const auto words = plain_text(*e.text);
        if (!words) {
            c_.report(Code::text_not_static, e.span);
            return {.type = poison};
        }
        f_.emit(Opcode::load_string, f_.take(), 0, 0, c_.program.string(*words));
        return temporary(mark, Type{.base = Base::string});
    }
    return text(*e.text);
}

Value Body::evaluate(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    f_.at(c_.place(e.span));
    switch (e.kind) {
        case ExpressionKind::integer: {
            const bool price = expected.base == Base::money;
            if (expected.base == Base::dice)
                return constant(expected, vm::Dice{0, 0, static_cast<std::int32_t>(e.number)}.to_slot());
            return constant(Type{.base = price ? Base::money : Base::integer}, e.number);
        }
        case ExpressionKind::clock: return constant(Type{.base = Base::time}, e.number);
        case ExpressionKind::percent: return constant(Type{.base = Base::percent}, e.number);
        case ExpressionKind::duration: return constant(Type{.base = Base::duration}, e.number);
        case ExpressionKind::weight: return constant(Type{.base = Base::weight}, e.number);
        case ExpressionKind::dice: return constant(Type{.base = Base::dice}, e.number);
        case ExpressionKind::boolean: return constant(Type{.base = Base::boolean}, e.number);
        case ExpressionKind::string: return string_literal(e, expected);
        case ExpressionKind::none: {
            const bool typed = expected.base != Base::nothing && expected.base != Base::variable;
            return no_value(mark, with_optional(typed ? expected : Type{.base = Base::entity}, true));
        }
        case ExpressionKind::name: return name(e, expected);
        case ExpressionKind::member: return member(e, expected);
        case ExpressionKind::call: return call(e, expected);
        case ExpressionKind::unary: return unary(e, expected);
        case ExpressionKind::binary: return binary(e, expected);
        case ExpressionKind::chance:
            argument(*e.left, Type{.base = Base::percent});
            return call_native(mark, Intrinsic::chance_);
        case ExpressionKind::spawn:
            if (e.statement == nullptr || e.statement->word.text != "spawn") break;
            require_pure(e.span, "spawn");
            return verb(*e.statement, true);
        case ExpressionKind::list: return list_literal(e, expected);
        case ExpressionKind::index: return as_known(index_of(e));
        case ExpressionKind::each:
        case ExpressionKind::quantity:
        case ExpressionKind::or_else: break;
    }
    c_.report(Code::unexpected, e.span, {"`" + std::string(c_.written(e.span)) + "`"});
    return {.type = poison};
}

Value Body::unary(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    if (e.word.text == "not") return truth(e);
    auto value = evaluate(*e.left, expected);
    if (schema::is_boxed(value.type)) require_present(value, *e.left);
    if (value.is_poison()) return value;
    if (value.type.base == Base::dice) value = rolled(value, mark);
    if (value.type.base != Base::integer && !is_measure(value.type.base)) {
        mismatch(value, Type{.base = Base::integer}, e.left->span);
        return {.type = poison};
    }
    if (value.is_constant) return constant(value.type, -value.number);
    const int from = in_register(value);
    f_.give_back(mark);
    f_.take();
    f_.emit(Opcode::negate, mark, from);
    return temporary(mark, value.type);
}

// A condition as a value: 1 or 0.
Value Body::truth(const ast::Expression& e) {
    const int mark = f_.take();
    Label no, end;
    branch(e, false, no);
    f_.emit(Opcode::load_int, mark, 0, 0, 1);
    f_.jump(Opcode::jump, 0, 0, end);
    f_.bind(no);
    f_.emit(Opcode::load_int, mark, 0, 0, 0);
    f_.bind(end);
    return temporary(mark, Type{.base = Base::boolean});
}

// `bow or who.weapon`, `scores[who] or 0`: the first that is there. Of yes and no, whether one is yes.
Value Body::either(const ast::Expression& e, const Type& expected) {
    const int mark = f_.top();
    auto left = evaluate(*e.left, expected);
    if (left.is_poison()) {
        f_.give_back(mark);
        return left;
    }
    const auto inner = with_optional(left.type, false);
    if (inner.base == Base::boolean && !left.type.optional) {
        move_to(mark, left);
        Label end;
        f_.jump(Opcode::jump_if, mark, 0, end);
        f_.give_back(mark);
        move_to(mark, truth(*e.right));
        f_.bind(end);
        return temporary(mark, inner);
    }
    if (!left.type.optional) {
        auto& diagnostic = c_.report(Code::never_missing, e.left->span, {std::string(c_.written(e.left->span))});
        diagnostic.label = "this is always " + type_name(c_, inner);
        f_.give_back(mark);
        return {.type = poison};
    }
    move_to(mark, left);
    const bool is_box = schema::is_boxed(left.type);
    const int flag = f_.take();
    f_.emit(is_box ? Opcode::list_length : Opcode::is_alive, flag, mark);
    f_.give_back(flag);
    Label there, end;
    f_.jump(Opcode::jump_if, flag, 0, there);
    f_.give_back(mark);
    auto right = is_none(*e.right) ? no_value(mark, left.type) : evaluate(*e.right, inner);
    // What stands on the right may be sure to be there.
    const bool sure = !right.type.optional;
    auto type = with_optional(inner, !sure);
    if (schema::is_entity(inner.base) && schema::converts(with_optional(left.type, false), right.type))
        type.base = right.type.base;
    right = convert(std::move(right), type, *e.right, mark);
    if (right.is_poison()) {
        f_.give_back(mark);
        return right;
    }
    move_to(mark, right);
    f_.jump(Opcode::jump, 0, 0, end);
    f_.bind(there);
    if (is_box && sure) f_.emit(Opcode::list_first, mark, mark, 0, flag_of(inner));
    f_.bind(end);
    return temporary(mark, type);
}

Value Body::binary(const ast::Expression& e, Type expected) {
    const auto& op = e.word.text;
    if (is_arithmetic(op)) return arithmetic(e, expected);
    if (op == ".." && (expected.base == Base::range || expected.base == Base::nothing)) return range_literal(e);
    if (op == "or" && !is_question(*e.left)) return either(e, expected);
    if (is_comparison(op) || op == "and" || op == "or" || op == "is" || op == "is_not" || op == "in" ||
        op == "has")
        return truth(e);
    c_.report(Code::unexpected, e.span, {"`" + op + "`"});
    return {.type = poison};
}

Value Body::arithmetic(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    const auto& op = e.word.text;
    const bool is_sum = op == "+" || op == "-";
    // `2d6 + 3` is a throw of its own where dice are wanted.
    if (expected.base == Base::dice && is_sum && e.left->kind == ExpressionKind::dice &&
        e.right->kind == ExpressionKind::integer) {
        auto dice = vm::Dice::from_slot(e.left->number);
        dice.bonus += static_cast<std::int32_t>(op == "-" ? -e.right->number : e.right->number);
        return constant(expected, dice.to_slot());
    }
    const bool numeric = schema::is_integer_like(expected.base) && expected.base != Base::dice;
    auto left = evaluate(*e.left, numeric && (is_sum || expected.base == Base::percent) ? expected : Type{});
    if (schema::is_boxed(left.type)) require_present(left, *e.left);
    if (left.type.base == Base::dice) left = rolled(left, mark);
    const int middle = f_.top();
    auto right = evaluate(*e.right, is_sum && is_measure(left.type.base) ? left.type : Type{});
    if (schema::is_boxed(right.type)) require_present(right, *e.right);
    if (right.type.base == Base::dice) right = rolled(right, middle);
    if (left.is_poison() || right.is_poison()) {
        f_.give_back(mark);
        return {.type = poison};
    }
    return compute(e, std::move(left), std::move(right), mark, expected);
}

namespace {

struct Rule {
    Opcode op = Opcode::halt;
    Type type;
    bool swapped = false;
};

// What an operator makes of two types; halt if nothing.
Rule rule_of(const std::string& op, Value& left, Value& right, Type expected) {
    auto a = left.type.base, b = right.type.base;
    if (op == "+" || op == "-" || op == "mod") {
        if (a == Base::money && b == Base::integer && right.is_constant) b = right.type.base = Base::money;
        if (b == Base::money && a == Base::integer && left.is_constant) a = left.type.base = Base::money;
        const bool fits = a == b && (a == Base::integer || is_measure(a));
        return {fits ? (op == "+"   ? Opcode::add
                        : op == "-" ? Opcode::subtract
                                    : Opcode::modulo)
                     : Opcode::halt,
                left.type, false};
    }
    if (op == "*") {
        const bool is_share = expected.base == Base::percent && ((a == Base::percent && b == Base::integer) ||
                                                                 (b == Base::percent && a == Base::integer));
        if (is_share) return {Opcode::multiply, Type{.base = Base::percent}, false};
        if (b == Base::percent && (a == Base::integer || is_measure(a)))
            return {Opcode::scale, left.type, false};
        if (a == Base::percent && (b == Base::integer || is_measure(b)))
            return {Opcode::scale, right.type, true};
        if (b == Base::integer && (a == Base::integer || is_measure(a)))
            return {Opcode::multiply, left.type, false};
        if (a == Base::integer && is_measure(b)) return {Opcode::multiply, right.type, false};
        return {};
    }
    if (b == Base::integer && (a == Base::integer || is_measure(a)))
        return {Opcode::divide, left.type, false};
    if (a == b && is_measure(a)) return {Opcode::divide, Type{.base = Base::integer}, false};
    return {};
}

std::optional<std::int64_t> fold(Opcode op, std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    switch (op) {
        case Opcode::add: return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
        case Opcode::subtract:
            return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
        case Opcode::multiply:
            return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
        case Opcode::divide: return b == -1 ? fold(Opcode::multiply, a, -1) : std::optional(a / b);
        case Opcode::modulo: return b == -1 ? 0 : a % b;
        default: return std::nullopt;
    }
}

}  // namespace

Value Body::compute(const ast::Expression& e, Value left, Value right, int mark, Type expected) {
    const auto& op = e.word.text;
    const auto rule = rule_of(op, left, right, expected);
    if (rule.op == Opcode::halt) {
        c_.report(Code::cannot_compute, e.span, {op, type_name(c_, left.type), type_name(c_, right.type)});
        f_.give_back(mark);
        return {.type = poison};
    }
    if ((rule.op == Opcode::divide || rule.op == Opcode::modulo) && right.is_constant && right.number == 0) {
        c_.report(Code::division_by_zero, e.span);
        return {.type = poison};
    }
    if (left.is_constant && right.is_constant && rule.op != Opcode::scale) {
        if (const auto folded = fold(rule.op, left.number, right.number)) return constant(rule.type, *folded);
        c_.report(Code::number_too_large, e.span);
        return {.type = poison};
    }
    const bool small = right.is_constant && right.number > -1'000'000'000 && right.number < 1'000'000'000;
    f_.at(c_.place(e.span));
    if (small && (rule.op == Opcode::add || rule.op == Opcode::subtract)) {
        const int from = in_register(left);
        f_.give_back(mark);
        f_.take();
        f_.emit(Opcode::add_int, mark, from, 0,
                static_cast<std::int32_t>(rule.op == Opcode::add ? right.number : -right.number));
        return temporary(mark, rule.type);
    }
    int a = in_register(left), b = in_register(right);
    if (rule.swapped) std::swap(a, b);
    f_.give_back(mark);
    f_.take();
    f_.emit(rule.op, mark, a, b);
    return temporary(mark, rule.type);
}

}  // namespace kiln::compiler
