#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

// The new value of something of `type`, in the register that is free now. `current` loads the old one for +=
// and -=.
Value Body::assigned(const ast::Statement& s, const Type& type, std::function<Value(int)> current) {
    const int mark = f_.top();
    if (s.word.text == "=") return move_to(mark, need(*s.right, type));
    auto left = current(mark);
    const int middle = f_.top();
    auto right = evaluate(*s.right, with_optional(type, false));
    if (right.type.base == Base::dice) right = rolled(right, middle);
    return increased(s, std::move(left), std::move(right), mark, type);
}

// `+=` and `-=`: the sum, in register `mark`. Lists and sets take in all that stands on the right.
Value Body::increased(const ast::Statement& s, Value left, Value right, int mark, const Type& type) {
    if (left.is_poison() || right.is_poison()) {
        f_.give_back(mark);
        return {.type = poison};
    }
    const bool adds = s.word.text == "+=";
    if (adds && type.base == Base::list && right.type == type) {
        const int more = in_register(right);
        const int list = f_.take();
        f_.emit(Opcode::share, list, in_register(left));
        f_.emit(Opcode::list_extend, list, more);
        left = temporary(list, type);
        return move_to(mark, left);
    }
    ast::Expression sum;
    sum.kind = ExpressionKind::binary;
    sum.span = s.span;
    sum.word = s.word;
    sum.word.text = adds ? "+" : "-";
    return move_to(mark, compute(sum, std::move(left), std::move(right), mark, type));
}

void Body::assign_variable(const ast::Statement& s, Variable& variable) {
    const int place = variable.place;
    auto type = variable.type;
    const auto value = assigned(s, type, [&](int) {
        auto now = name(*s.left, {});
        require_present(now, *s.left);
        return now;
    });
    if (value.is_poison()) return;
    f_.emit(has_parts(type) ? Opcode::share : Opcode::move, place, value.place);
    auto* changed = this->variable(s.left->word.text);
    changed->lost = false;
    changed->symbol = value.symbol;
    forget(changed->name);
}

// A part of a variable or a state: everything that is asked on the right and in brackets comes first.
void Body::assign_part(const ast::Statement& s, Place place) {
    const bool replaces = s.word.text == "=";
    const auto type = place.last_type();
    evaluate_steps(place);
    const int right_at = f_.top();
    Value right;
    if (replaces) {
        right = need(*s.right, type);
    } else {
        right = evaluate(*s.right, with_optional(type, false));
        if (right.type.base == Base::dice) right = rolled(right, right_at);
    }
    if (right.is_poison()) return;
    right = move_to(right_at, right);
    change(place, replaces, [&](int reg) {
        Value left;
        left.type = type;
        left.place = reg;
        if (replaces) {
            f_.emit(has_parts(type) ? Opcode::share : Opcode::move, reg, right.place);
        } else {
            require_present(left, *s.left);
            increased(s, left, right, reg, type);
        }
    });
    forget(path_of(*s.left));
}

void Body::store(const ast::Statement& s, int holder, std::int32_t field, const Type& type) {
    const auto value = assigned(s, type, [&](int mark) {
        auto now = load_column(mark, field, type, holder);
        now.path = path_of(*s.left);
        now = as_known(now);
        require_present(now, *s.left);
        return now;
    });
    if (value.is_poison()) return;
    f_.at(c_.place(s.span));
    f_.emit(vm::is_reference(slot(type)) ? Opcode::store_blob : Opcode::store_field, holder, value.place, 0,
            field);
    forget(path_of(*s.left));
}

void Body::assign_member(const ast::Statement& s) {
    const auto& e = *s.left;
    auto left = evaluate(*e.left);
    if (left.is_poison()) return;
    require_present(left, *e.left);
    const int holder = in_register(left);
    if (const auto* state = state_of(left, e.word.text)) {
        if (state->known) store(s, holder, field_of(*state), state->type);
        return;
    }
    const auto field = field_of(left, e.word.text);
    if (!field) {
        const bool asked = intrinsic_of(schema::Form::property, e.word.text, left.type).has_value();
        if (asked) c_.report(Code::cannot_assign, e.span, {"`" + e.word.text + "`"});
        else unknown_member(left, e);
        return;
    }
    const auto& row = schema::vocabulary().row(*field);
    if (row.access != schema::Access::write) {
        c_.report(Code::cannot_assign, e.span, {"`" + e.word.text + "`"}).label = std::string(row.meaning);
        return;
    }
    store(s, holder, c_.program.field(*field), row.type);
}

bool Body::assign_statement(const ast::Statement& s) {
    const auto& target = *s.left;
    if (target.kind == ExpressionKind::index || target.kind == ExpressionKind::member) {
        if (auto place = place_of(target); place && !place->steps.empty()) {
            assign_part(s, std::move(*place));
            return false;
        }
    }
    if (target.kind == ExpressionKind::index) {
        const auto errors = c_.reporter.all().size();
        evaluate(target);
        if (c_.reporter.all().size() == errors) c_.report(Code::not_changeable, target.span, {"this"});
        return false;
    }
    if (target.kind == ExpressionKind::name) {
        if (auto* found = variable(target.word.text)) {
            assign_variable(s, *found);
            return false;
        }
    }
    require_pure(s.span, std::string(c_.written(target.span)));
    if (target.kind == ExpressionKind::member) {
        assign_member(s);
        return false;
    }
    if (target.kind != ExpressionKind::name) {
        c_.report(Code::cannot_assign, target.span, {"this"});
        return false;
    }
    const auto* state = named_state(target.word.text);
    if (state == nullptr) {
        const auto* symbol = find(c_, file(), target.word.text);
        const bool is_self_field = context_.owner != nullptr && context_.owner->kind == Kind::effect_ &&
                                   self_ >= 0 && field_of(self_value(target.span), target.word.text);
        if (symbol != nullptr || is_self_field || target.word.text == "self" || target.word.text == "here") {
            c_.report(Code::cannot_assign, target.span, {"`" + target.word.text + "`"});
        } else {
            unknown_name(target, {});
        }
        return false;
    }
    if (!state->known) return false;
    const int holder = f_.top();
    if (load_state_holder(*state, target.span))
        store(s, holder, field_of(*state), state->type);
    return false;
}

}  // namespace kiln::compiler
