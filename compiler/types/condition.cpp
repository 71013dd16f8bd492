#include <limits>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

namespace {

enum class Relation { equal, not_equal, less, less_equal, greater, greater_equal };

Relation relation_of(const std::string& op) {
    if (op == "==") return Relation::equal;
    if (op == "!=") return Relation::not_equal;
    if (op == "<" || op == "below") return Relation::less;
    if (op == "<=") return Relation::less_equal;
    if (op == ">" || op == "above") return Relation::greater;
    return Relation::greater_equal;
}

Relation opposite(Relation relation) {
    switch (relation) {
        case Relation::equal: return Relation::not_equal;
        case Relation::not_equal: return Relation::equal;
        case Relation::less: return Relation::greater_equal;
        case Relation::less_equal: return Relation::greater;
        case Relation::greater: return Relation::less_equal;
        case Relation::greater_equal: return Relation::less;
    }
    return relation;
}

Opcode with_immediate(Relation relation) {
    switch (relation) {
        case Relation::equal: return Opcode::jump_equal_int;
        case Relation::not_equal: return Opcode::jump_not_equal_int;
        case Relation::less: return Opcode::jump_less_int;
        case Relation::less_equal: return Opcode::jump_less_equal_int;
        case Relation::greater: return Opcode::jump_greater_int;
        case Relation::greater_equal: return Opcode::jump_greater_equal_int;
    }
    return Opcode::jump_equal_int;
}

Facts swapped(Facts facts) {
    std::swap(facts.yes, facts.no);
    return facts;
}

}  // namespace

void Body::jump_on(int place, bool when, Label& target) {
    f_.jump(when ? Opcode::jump_if : Opcode::jump_unless, place, 0, target);
}

// Goes to target if the condition is `when`; otherwise the flow goes on below.
Facts Body::branch(const ast::Expression& e, bool when, Label& target) {
    const int mark = f_.top();
    Facts result;
    f_.at(c_.place(e.span));
    const auto& op = e.word.text;
    if (e.kind == ExpressionKind::unary && op == "not") {
        result = swapped(branch(*e.left, !when, target));
    } else if (e.kind == ExpressionKind::binary && (op == "and" || op == "or")) {
        const bool is_and = op == "and";
        const auto known = facts_;
        Label short_cut;
        auto first = branch(*e.left, !is_and, when == is_and ? short_cut : target);
        assume(is_and ? first.yes : first.no);
        auto second = branch(*e.right, when, target);
        facts_ = known;
        f_.bind(short_cut);
        auto& sure = is_and ? result.yes : result.no;
        sure = is_and ? first.yes : first.no;
        const auto& more = is_and ? second.yes : second.no;
        sure.insert(sure.end(), more.begin(), more.end());
    } else if (e.kind == ExpressionKind::binary && (op == "is" || op == "is_not")) {
        result = op == "is" ? ask_is(e, when, target) : swapped(ask_is(e, !when, target));
    } else if (e.kind == ExpressionKind::binary && op == "in") {
        result = ask_in(e, when, target);
    } else if (e.kind == ExpressionKind::binary && op == "has") {
        argument(*e.left, Type{.base = Base::words});
        argument(*e.right, Type{.base = Base::string});
        jump_on(call_native(mark, Intrinsic::has_words_).place, when, target);
    } else if (e.kind == ExpressionKind::binary && op != "+" && op != "-" && op != "*" && op != "/" &&
               op != "mod" && op != "..") {
        result = compare(e, when, target);
    } else {
        result = leaf(e, when, target);
    }
    f_.give_back(mark);
    return result;
}

Facts Body::leaf(const ast::Expression& e, bool when, Label& target) {
    auto value = evaluate(e);
    if (value.is_poison()) return {};
    const bool is_answer = value.type.base == Base::boolean;
    if (schema::is_entity(value.type.base) || (schema::is_boxed(value.type) && !is_answer))
        return presence(std::move(value), e, when, target);
    if (is_answer && value.type.optional) {
        c_.report(Code::not_a_condition, e.span, {type_name(c_, value.type)}).advice =
            "write `" + std::string(c_.written(e.span)) + " == true`, or `!= none`";
        return {};
    }
    if (value.type.base == Base::boolean) {
        jump_on(in_register(value), when, target);
        return {};
    }
    if (value.type.base == Base::nothing) {
        c_.report(Code::no_value, e.span);
        return {};
    }
    auto& diagnostic = c_.report(Code::not_a_condition, e.span, {type_name(c_, value.type)});
    const bool counts = value.type.base == Base::integer || value.type.base == Base::money;
    if (counts) {
        const auto fixed = std::string(c_.written(e.span)) + " > 0";
        diagnostic.advice = "do you mean `" + fixed + "`?";
        diagnostic.fix = Fix{e.span, fixed};
    }
    return {};
}

// Is somebody there? Creatures must be in the world, too.
Facts Body::presence(Value value, const ast::Expression& e, bool when, Label& target) {
    const int mark = f_.top();
    const auto path = value.path.empty() ? path_of(e) : value.path;
    auto type = value.type;
    type.optional = false;
    const bool creature = type.base == Base::creature || type.base == Base::npc || type.base == Base::player;
    if (schema::is_boxed(value.type)) {
        const int from = in_register(value);
        const int flag = f_.take();
        f_.emit(Opcode::list_length, flag, from);
        jump_on(flag, when, target);
    } else if (creature) {
        move_to(mark, value);
        jump_on(call_native(mark, Intrinsic::is_here_).place, when, target);
    } else {
        const int from = in_register(value);
        const int flag = f_.take();
        f_.emit(Opcode::is_alive, flag, from);
        jump_on(flag, when, target);
    }
    Facts facts;
    if (!path.empty()) facts.yes.push_back({path, type, value.symbol});
    return facts;
}

Facts Body::compare(const ast::Expression& e, bool when, Label& target) {
    const int mark = f_.top();
    const auto relation = relation_of(e.word.text);
    if (is_none(*e.right) && (relation == Relation::equal || relation == Relation::not_equal)) {
        auto value = evaluate(*e.left);
        if (value.is_poison()) return {};
        const bool there = (relation == Relation::not_equal) == when;
        auto facts = presence(std::move(value), *e.left, there, target);
        return relation == Relation::not_equal ? facts : swapped(facts);
    }
    // A word of a list on the left is understood by what stands on the right.
    const auto& l = *e.left;
    const bool bare = l.kind == ExpressionKind::name && !is_local(l.word.text) &&
                      template_named(l) == nullptr && l.word.text != "self" && l.word.text != "here" &&
                      own_state(l.word.text) == nullptr &&
                      shared_state(l.word.text, schema::Table::world) == nullptr;
    Value left, right;
    if (bare && e.right->kind != ExpressionKind::name && e.right->kind != ExpressionKind::integer) {
        right = evaluate(*e.right);
        left = evaluate(l, right.type);
    } else {
        left = evaluate(l);
        if (left.type.base == Base::dice) left = rolled(left, mark);
        auto wanted = left.type;
        wanted.optional = true;
        right = evaluate(*e.right, left.is_poison() ? Type{} : wanted);
    }
    if (right.type.base == Base::dice) right = rolled(right, f_.top());
    if (left.is_poison() || right.is_poison()) return {};
    if (has_parts(left.type) || has_parts(right.type)) return compare_parts(e, left, right, when, target);
    if (left.type.base == Base::integer && right.type.base == Base::money && left.is_constant)
        left.type = right.type;
    if (right.type.base == Base::integer && left.type.base == Base::money && right.is_constant)
        right.type = left.type;
    const bool equality = relation == Relation::equal || relation == Relation::not_equal;
    const bool both_entities = schema::is_entity(left.type.base) && schema::is_entity(right.type.base);
    const auto is_string = [](Base base) { return base == Base::string || base == Base::words; };
    const bool both_strings = is_string(left.type.base) && is_string(right.type.base);
    const bool integers = schema::is_integer_like(left.type.base) || left.type.base == Base::template_of;
    const bool ordered = integers && left.type.base != Base::boolean && left.type.base != Base::template_of;
    const bool alike = left.type.base == right.type.base &&
                       (left.type.base != Base::enumeration || left.type.detail == right.type.detail);
    const bool fits = equality ? both_entities || both_strings || (integers && alike) : ordered && alike;
    if (!fits) {
        c_.report(Code::cannot_compare, e.span, {type_name(c_, left.type), type_name(c_, right.type)});
        return {};
    }
    f_.at(c_.place(e.span));
    if (both_entities || both_strings) {
        const int a = in_register(left), b = in_register(right);
        const int flag = f_.take();
        f_.emit(both_entities ? Opcode::same : Opcode::string_equal, flag, a, b);
        jump_on(flag, (relation == Relation::equal) == when, target);
        return {};
    }
    const auto taken = when ? relation : opposite(relation);
    const bool is_number = right.is_constant && right.type.base != Base::template_of;
    const bool small = is_number && right.number >= std::numeric_limits<std::int32_t>::min() &&
                       right.number <= std::numeric_limits<std::int32_t>::max();
    const int a = in_register(left);
    if (small) {
        f_.jump_with(with_immediate(taken), a, static_cast<std::int32_t>(right.number), target);
        return {};
    }
    const int b = in_register(right);
    switch (taken) {
        case Relation::equal: f_.jump(Opcode::jump_equal, a, b, target); break;
        case Relation::not_equal: f_.jump(Opcode::jump_not_equal, a, b, target); break;
        case Relation::less: f_.jump(Opcode::jump_less, a, b, target); break;
        case Relation::less_equal: f_.jump(Opcode::jump_less_equal, a, b, target); break;
        case Relation::greater: f_.jump(Opcode::jump_less, b, a, target); break;
        case Relation::greater_equal: f_.jump(Opcode::jump_less_equal, b, a, target); break;
    }
    return {};
}

// Lists, sets, maps, records and what may be missing are equal or not, all through.
Facts Body::compare_parts(const ast::Expression& e, Value left, Value right, bool when, Label& target) {
    const auto relation = relation_of(e.word.text);
    const bool equality = relation == Relation::equal || relation == Relation::not_equal;
    auto type = schema::is_boxed(left.type) ? left.type : schema::is_boxed(right.type) ? right.type : left.type;
    const auto fits = [&](const Type& one) {
        return schema::converts(one, type) && schema::converts(with_optional(type, one.optional), one);
    };
    if (!equality || !fits(left.type) || !fits(right.type)) {
        c_.report(Code::cannot_compare, e.span, {type_name(c_, left.type), type_name(c_, right.type)});
        return {};
    }
    if (type.optional && !left.type.optional) left = boxed(f_.top(), left);
    const int one = in_register(left);
    if (type.optional && !right.type.optional) right = boxed(f_.top(), right);
    const int other = in_register(right);
    const int flag = f_.take();
    f_.emit(Opcode::value_equal, flag, one, other, static_cast<std::int32_t>(slot(type)));
    jump_on(flag, (relation == Relation::equal) == when, target);
    return {};
}

// `x is player`, `x is open`: a row of the vocabulary. known = false if the word is none.
Value Body::adjective_test(Value left, int mark, const ast::Expression& e, Facts& facts, bool& known) {
    const auto& word = e.right->word.text;
    auto receiver = left.type;
    const auto row = intrinsic_of(schema::Form::adjective, word, receiver);
    known = row.has_value();
    if (!row) return left;
    const auto path = left.path.empty() ? path_of(*e.left) : left.path;
    const bool sorts =
        *row == Intrinsic::is_player_ || *row == Intrinsic::is_npc_ || *row == Intrinsic::is_item_;
    if (!sorts) {
        require_present(left, *e.left);
    } else if (!path.empty()) {
        const auto base = *row == Intrinsic::is_player_ ? Base::player
                          : *row == Intrinsic::is_npc_  ? Base::npc
                                                        : Base::item;
        facts.yes.push_back({path, Type{.base = base}, left.symbol});
        const bool either = receiver.base == Base::creature && !receiver.optional && base != Base::item;
        if (either)
            facts.no.push_back(
                {path, Type{.base = base == Base::player ? Base::npc : Base::player}, nullptr});
    }
    move_to(mark, left);
    return call_native(mark, *row);
}

// `x is iron_key`: made from it. A room or zone is that very one.
Value Body::template_test(Value left, int mark, const ast::Expression& e, const Symbol& symbol,
                          Facts& facts) {
    const auto path = left.path.empty() ? path_of(*e.left) : left.path;
    move_to(mark, left);
    if (symbol.kind == Kind::room_ || symbol.kind == Kind::zone_) {
        auto place = symbol_value(symbol, *e.right, {});
        const int other = in_register(place);
        f_.give_back(mark + 1);
        f_.emit(Opcode::same, mark, mark, other);
        return temporary(mark, Type{.base = Base::boolean});
    }
    f_.load_definition(f_.take(), symbol.index);
    const auto base = symbol.kind == Kind::item_  ? Base::item
                      : symbol.kind == Kind::npc_ ? Base::npc
                                                  : Base::effect;
    if (!path.empty()) facts.yes.push_back({path, Type{.base = base}, &symbol});
    return call_native(mark, Intrinsic::is_of_);
}

Facts Body::ask_is(const ast::Expression& e, bool when, Label& target) {
    const int mark = f_.top();
    const auto equal = [&] {
        auto same = e;
        same.word.text = "==";
        return compare(same, when, target);
    };
    const auto& right = *e.right;
    if (right.kind != ExpressionKind::name || is_none(right)) return equal();
    const bool is_word = !is_local(right.word.text);
    const auto local = is_word ? std::nullopt : known_path(right);
    const bool is_template = local && local->type.base == Base::template_of;
    if (!is_word && !is_template) return equal();
    auto left = evaluate(*e.left);
    if (left.is_poison()) return {};
    if (!schema::is_entity(left.type.base)) {
        f_.give_back(mark);
        return equal();
    }
    if (is_template) {
        // A variable that names a declaration: was it made from that one?
        move_to(mark, left);
        pass_template(mark + 1, name(right, {}));
        f_.give_back(mark + 1);
        jump_on(call_native(mark, Intrinsic::is_of_).place, when, target);
        return {};
    }
    Facts facts;
    bool known = false;
    auto value = adjective_test(left, mark, e, facts, known);
    if (!known) {
        const auto* symbol = template_named(right);
        if (symbol != nullptr && symbol->broken) return {};
        const bool made = symbol != nullptr && (symbol->kind == Kind::item_ || symbol->kind == Kind::npc_ ||
                                                symbol->kind == Kind::effect_ ||
                                                symbol->kind == Kind::room_ || symbol->kind == Kind::zone_);
        if (!made) {
            if (right.word.text == "self" || right.word.text == "here" ||
                own_state(right.word.text) != nullptr)
                return equal();
            auto words = names_of_kinds(c_, {Kind::item_, Kind::npc_, Kind::room_});
            std::string list;
            for (const auto& row : schema::vocabulary().intrinsics) {
                const bool asks = row.form == schema::Form::adjective &&
                                  schema::converts(left.type, row.parameters.front().type);
                if (!asks) continue;
                words.emplace_back(row.word);
                list += (list.empty() ? "" : ", ") + std::string(row.word);
            }
            auto& diagnostic = c_.report(Code::unknown_word, right.span,
                                         {right.word.text, list + ", or the name of something declared"});
            const auto found = closest(c_, right.word.text, words);
            if (found) diagnostic.advice = suggestion(found);
            if (found) diagnostic.fix = Fix{right.span, *found};
            return {};
        }
        value = template_test(left, mark, e, *symbol, facts);
    }
    jump_on(value.place, when, target);
    return facts;
}

}  // namespace kiln::compiler
