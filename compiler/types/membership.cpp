// `x in y`: among the elements of a list, within a stretch of numbers, or in a place of the world.

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

// `x in list`, `key in map`, `n in 1..6`.
Facts Body::ask_among(const ast::Expression& e, const Type& type, bool when, Label& target) {
    const int mark = f_.top();
    if (type.base == Base::range) {
        argument(*e.left, number_type);
        const int range = f_.top();
        argument(*e.right, type);
        const int low = f_.take(), high = f_.take();
        f_.emit(Opcode::record_get, low, range, 0, 0);
        f_.emit(Opcode::record_get, high, range, 1, 0);
        f_.emit(Opcode::less_equal, low, low, mark);
        f_.emit(Opcode::less_equal, high, mark, high);
        f_.emit(Opcode::minimum, low, low, high);
        jump_on(low, when, target);
        f_.give_back(mark);
        return {};
    }
    const int result = f_.take();
    const int what = f_.top();
    argument(*e.left, with_optional(schema::element_of(type), false));
    const auto of = borrow(*e.right);
    if (!of.value.is_poison())
        f_.emit(Opcode::list_find, result, of.value.place, what, static_cast<std::int32_t>(slot(type)));
    give_back(of);
    f_.jump_with(when ? Opcode::jump_greater_equal_int : Opcode::jump_less_int, result, 0, target);
    f_.give_back(mark);
    return {};
}

// `n in 1..6`, `time in 22:00..06:00`: both ends belong to it.
Facts Body::ask_stretch(const ast::Expression& e, bool when, Label& target) {
    const int mark = f_.top();
    auto value = evaluate(*e.left);
    if (schema::is_boxed(value.type)) require_present(value, *e.left);
    if (value.type.base == Base::dice) value = rolled(value, mark);
    const bool counts = schema::is_integer_like(value.type.base) && value.type.base != Base::boolean;
    if (!value.is_poison() && !counts) mismatch(value, Type{.base = Base::integer}, e.left->span);
    if (value.is_poison() || !counts) return {};
    move_to(mark, value);
    const int low = f_.top();
    argument(*e.right->left, value.type);
    argument(*e.right->right, value.type);
    const int high = low + 1, turned = f_.take();
    // A stretch of the day may go over midnight.
    f_.emit(Opcode::less, turned, high, low);
    f_.emit(Opcode::less_equal, low, low, mark);
    f_.emit(Opcode::less_equal, high, mark, high);
    if (value.type.base == Base::time) {
        Label over, end;
        f_.jump(Opcode::jump_if, turned, 0, over);
        f_.emit(Opcode::minimum, low, low, high);
        f_.jump(Opcode::jump, 0, 0, end);
        f_.bind(over);
        f_.emit(Opcode::maximum, low, low, high);
        f_.bind(end);
    } else {
        f_.emit(Opcode::minimum, low, low, high);
    }
    jump_on(low, when, target);
    f_.give_back(mark);
    return {};
}

Facts Body::ask_in(const ast::Expression& e, bool when, Label& target) {
    const int mark = f_.top();
    if (e.right->kind == ExpressionKind::binary && e.right->word.text == "..") return ask_stretch(e, when, target);
    if (const auto among = known_path(*e.right); among && has_parts(among->type)) {
        if (schema::is_boxed(among->type)) {
            auto value = *among;
            require_present(value, *e.right);
            return {};
        }
        if (among->type.base != Base::record) return ask_among(e, among->type, when, target);
    }
    const auto* symbol = template_named(*e.left);
    if (symbol != nullptr && symbol->kind == Kind::item_ && e.right->kind != ExpressionKind::list) {
        // The name of an item asks whether there is any of it.
        argument(*e.right, Type{.base = Base::entity});
        f_.load_definition(f_.take(), symbol->index);
        const auto count = call_native(mark, Intrinsic::count_);
        f_.jump_with(when ? Opcode::jump_greater_int : Opcode::jump_less_equal_int, count.place, 0, target);
        return {};
    }
    auto left = evaluate(*e.left);
    if (left.is_poison()) return {};
    const bool is_entity = schema::is_entity(left.type.base);
    if (schema::is_boxed(left.type)) require_present(left, *e.left);
    if (left.is_poison()) return {};
    const auto path = left.path.empty() ? path_of(*e.left) : left.path;
    const int what = in_register(left);
    Label absent;
    if (is_entity && left.type.optional) {
        const int flag = f_.take();
        f_.emit(Opcode::is_alive, flag, what);
        jump_on(flag, false, when ? absent : target);
        f_.give_back(flag);
    }
    const int base = f_.top();
    auto place = evaluate(*e.right, schema::list_of(with_optional(left.type, false)));
    if (place.is_poison()) return {};
    move_to(base, place);
    const bool is_list = place.type.base == Base::list || place.type.base == Base::set;
    if (is_list && schema::converts(with_optional(left.type, false), schema::element_of(place.type))) {
        f_.emit(Opcode::list_find, base, base, what, static_cast<std::int32_t>(slot(place.type)));
        f_.jump_with(when ? Opcode::jump_greater_equal_int : Opcode::jump_less_int, base, 0, target);
    } else if (is_entity && schema::is_entity(place.type.base)) {
        require_present(place, *e.right);
        f_.emit(Opcode::move, f_.take(), what);
        jump_on(call_native(base, Intrinsic::contains_).place, when, target);
    } else {
        const bool wrong_left = !is_entity && !is_list;
        if (wrong_left) mismatch(left, Type{.base = Base::entity}, e.left->span);
        else c_.report(Code::cannot_compare, e.span, {type_name(c_, left.type), type_name(c_, place.type)});
    }
    f_.bind(absent);
    Facts facts;
    auto type = left.type;
    type.optional = false;
    if (!path.empty() && is_entity) facts.yes.push_back({path, type, left.symbol});
    f_.give_back(mark);
    return facts;
}

}  // namespace kiln::compiler
