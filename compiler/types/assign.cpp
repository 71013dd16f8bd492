#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using vm::Opcode;

// The new value of something of `type`, in the register that is free now. `current` loads the old one for +=
// and -=.
Value Body::assigned(const ast::Statement& s, Type type, std::function<Value(int)> current) {
    const int mark = f_.top();
    if (s.word.text == "=") return move_to(mark, need(*s.right, type));
    ast::Expression sum;
    sum.kind = ExpressionKind::binary;
    sum.span = s.span;
    sum.word = s.word;
    sum.word.text = s.word.text == "-=" ? "-" : "+";
    auto left = current(mark);
    const int middle = f_.top();
    auto right = evaluate(*s.right, type);
    if (right.type.base == Base::dice) right = rolled(right, middle);
    if (left.is_poison() || right.is_poison()) {
        f_.give_back(mark);
        return {.type = poison};
    }
    return move_to(mark, compute(sum, std::move(left), std::move(right), mark, type));
}

void Body::assign_variable(const ast::Statement& s, Variable& variable) {
    const int place = variable.place;
    auto type = variable.type;
    const auto value = assigned(s, type, [&](int) {
        Value now;
        now.type = type;
        now.place = place;
        return now;
    });
    if (value.is_poison()) return;
    f_.emit(Opcode::move, place, value.place);
    auto* changed = this->variable(s.left->word.text);
    changed->lost = false;
    changed->symbol = value.symbol;
    forget(changed->name);
}

void Body::store(const ast::Statement& s, int holder, std::int32_t field, Type type) {
    const auto value = assigned(s, type, [&](int mark) { return load_column(mark, field, type, holder); });
    if (value.is_poison()) return;
    f_.at(c_.place(s.span));
    f_.emit(vm::is_reference(schema::slot_type(type)) ? Opcode::store_blob : Opcode::store_field, holder,
            value.place, 0, field);
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
    const auto* state = own_state(target.word.text);
    if (state != nullptr && state->is_of_players) state = nullptr;
    if (state == nullptr) state = shared_state(target.word.text, schema::Table::zone);
    if (state == nullptr) state = shared_state(target.word.text, schema::Table::world);
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
