#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;

// A state that `left.name` reads: of what left is known to be made from, or kept by players.
const State* Body::state_of(const Value& left, std::string_view name) const {
    const auto table = schema::table_of(left.type.base);
    if (left.symbol != nullptr) {
        for (const auto* state : left.symbol->states) {
            if (state->name == name && state->table == table && !state->is_of_players) return state;
        }
    }
    const State* best = nullptr;
    for (const auto* state : states_called(c_, name)) {
        if (state->table != table) continue;
        const bool fits =
            table == schema::Table::zone || (state->is_of_players && left.type.base != Base::npc);
        if (!fits) continue;
        const bool own = context_.owner != nullptr && state->owner == context_.owner;
        const bool near = state->column.starts_with(context_.scope->module + ".");
        if (best == nullptr || own || (near && best->owner != context_.owner)) best = state;
    }
    return best;
}

std::optional<schema::Field> Body::field_of(const Value& left, std::string_view name) const {
    const auto table = schema::table_of(left.type.base);
    if (table == schema::Table::none) return std::nullopt;
    const auto field = schema::vocabulary().field(table, name);
    if (!field || schema::vocabulary().row(*field).access == schema::Access::hidden) return std::nullopt;
    return field;
}

// The row of a word whose receiver fits best: `name of: exit` before `name of: entity`.
std::optional<Intrinsic> Body::intrinsic_of(schema::Form form, std::string_view word, Type receiver) const {
    std::optional<Intrinsic> best;
    receiver.optional = false;
    const auto& rows = schema::vocabulary().intrinsics;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].form != form || rows[i].word != word || rows[i].parameters.empty()) continue;
        const auto wanted = rows[i].parameters.front().type;
        if (!schema::converts(receiver, wanted)) continue;
        if (!best || wanted.base == receiver.base) best = static_cast<Intrinsic>(i);
    }
    return best;
}

void Body::unknown_member(const Value& left, const ast::Expression& e) {
    std::vector<std::string> candidates;
    const auto table = schema::table_of(left.type.base);
    if (table != schema::Table::none) {
        for (const auto& row : schema::fields_of(table)) {
            if (row.access != schema::Access::hidden) candidates.emplace_back(row.name);
        }
    }
    for (const auto& row : schema::vocabulary().intrinsics) {
        const bool asks = row.form == schema::Form::property || row.form == schema::Form::method;
        if (asks && !row.parameters.empty() && schema::converts(left.type, row.parameters.front().type))
            candidates.emplace_back(row.word);
    }
    for (const auto& row : schema::vocabulary().collections) {
        const bool asks = row.form == "property" || row.form == "method" || row.form == "take";
        if (asks && row.whole == left.type.base) candidates.emplace_back(row.word);
    }
    if (left.symbol != nullptr) {
        for (const auto* state : left.symbol->states) candidates.push_back(state->name);
    }
    if (table == schema::Table::creature) {
        for (auto& name : names_of_player_states(c_)) candidates.push_back(std::move(name));
    }
    auto shown = left.type;
    shown.optional = false;
    auto& diagnostic = c_.report(Code::unknown_member, e.word.span.end > 0 ? e.word.span : e.span,
                                 {type_name(c_, shown), e.word.text});
    const auto found = closest(e.word.text, candidates);
    if (!found) return;
    diagnostic.advice = suggestion(found);
    diagnostic.fix = Fix{e.word.span, *found};
}

// `left.word`, with left in a register at or below mark.
Value Body::member_of(Value left, int mark, const ast::Expression& e) {
    const auto& word = e.word.text;
    const int from = in_register(left);
    if (const auto* state = state_of(left, word)) {
        if (!state->known) return {.type = poison};
        return load_column(mark, field_of(*state), state->type, from);
    }
    if (const auto field = field_of(left, word)) {
        auto type = schema::vocabulary().row(*field).type;
        // What a creature fights, or who caused an effect, may be nobody; rooms and zones are always there.
        type.optional = type.base == Base::creature && !(left.type.base == Base::effect && word == "victim");
        return load_column(mark, c_.program.field(*field), type, from);
    }
    for (const auto form : {schema::Form::property, schema::Form::adjective}) {
        const auto row = intrinsic_of(form, word, left.type);
        if (!row) continue;
        move_to(mark, left);
        return call_native(mark, *row);
    }
    if (left.symbol == nullptr || !left.symbol->broken) unknown_member(left, e);
    return {.type = poison};
}

Value Body::member(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    if (e.left->kind == ExpressionKind::name && !is_local(e.left->word.text)) {
        if (const auto* found = find_full(c_, c_.written(e.span))) return symbol_value(*found, e, expected);
        const auto* symbol = find(c_, file(), e.left->word.text);
        if (symbol != nullptr && symbol->kind == Kind::enum_) {
            if (const auto number = enumeration_value(c_, symbol->enumeration, e.word.text)) {
                return constant(Type{.base = Base::enumeration, .detail = symbol->enumeration}, *number);
            }
            const auto words = enumeration_words(c_, symbol->enumeration);
            std::string list;
            for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
            c_.report(Code::unknown_word, e.word.span, {e.word.text, list}).advice =
                suggestion(closest(e.word.text, words));
            return {.type = poison};
        }
    }
    if (const auto whole = known_path(*e.left); whole && has_parts(whole->type)) {
        auto part = part_of(e, whole->type);
        part.path = path_of(e);
        return part.is_poison() ? part : as_known(part);
    }
    auto left = evaluate(*e.left);
    if (left.is_poison()) return left;
    require_present(left, *e.left);
    if (left.is_poison()) return left;
    if (has_parts(left.type)) {
        const int from = in_register(left);
        f_.give_back(std::max(mark, from + 1));
        const int result = f_.take();
        auto part = collection_property({left, std::nullopt}, e, result);
        if (part.is_poison()) return part;
        part = move_to(mark, part);
        part.path = path_of(e);
        return as_known(part);
    }
    auto value = member_of(std::move(left), mark, e);
    value.path = path_of(e);
    return value.is_poison() ? value : as_known(value);
}

Value Body::unknown_exit(const Value& room, const ast::Expression& e) {
    auto& diagnostic = c_.report(Code::unknown_member, e.span,
                                 {"`" + room.symbol->name + "`", std::string(c_.written(e.span))});
    diagnostic.also.push_back({room.symbol->declaration->name.span, "this room"});
    return {.type = poison};
}

}  // namespace kiln::compiler
