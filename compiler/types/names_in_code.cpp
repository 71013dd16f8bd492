#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using vm::Opcode;

namespace {

Base base_of(Kind kind) {
    switch (kind) {
        case Kind::zone_: return Base::zone;
        case Kind::room_: return Base::room;
        case Kind::item_: return Base::item;
        case Kind::npc_: return Base::npc;
        case Kind::effect_: return Base::effect;
        default: return Base::entity;
    }
}

Type template_type(Kind kind) {
    const auto base = base_of(kind);
    return {Base::template_of, false, base == Base::entity ? Base::nothing : base,
            static_cast<std::uint16_t>(kind)};
}

}  // namespace

// ---- self and here

Value Body::self_value(Span span) {
    if (self_ < 0 || context_.owner == nullptr) {
        c_.report(Code::no_self, span);
        return {.type = poison};
    }
    Value value;
    value.type = Type{.base = base_of(context_.owner->kind)};
    value.place = self_;
    value.symbol = context_.owner;
    value.path = "self";
    return value;
}

void Body::load_self(Span span) {
    if (acting_ >= 0) f_.emit(Opcode::move, f_.take(), acting_);
    else move_to(f_.top(), self_value(span));
}

Value Body::here_value(Span span) {
    const int mark = f_.top();
    Value value;
    if (self_ >= 0 && context_.owner != nullptr && context_.owner->kind == Kind::room_) {
        value = self_value(span);
    } else {
        const int whose = self_ >= 0 && context_.owner != nullptr ? self_ : actor_;
        if (whose < 0) {
            c_.report(Code::no_self, span).message = "there is no `here` here";
            return {.type = poison};
        }
        f_.emit(Opcode::move, f_.take(), whose);
        value = call_native(mark, Intrinsic::place_of_, Type{.base = Base::room});
    }
    value.path = "here";
    return value;
}

void Body::load_here(Span span) {
    const int mark = f_.top();
    if (acting_ >= 0) {
        f_.emit(Opcode::move, f_.take(), acting_);
        call_native(mark, Intrinsic::place_of_);
        return;
    }
    move_to(mark, here_value(span));
}

// ---- state

const State* Body::own_state(std::string_view name) const {
    if (context_.owner == nullptr) return nullptr;
    for (const auto* state : context_.owner->states) {
        if (state->name == name) return state;
    }
    return nullptr;
}

// World and zone states are known by name everywhere; the nearest of a name is meant.
const State* Body::shared_state(std::string_view name, schema::Table table) const {
    const State* best = nullptr;
    for (const auto* state : states_called(c_, name)) {
        if (state->table != table) continue;
        if (best == nullptr || state->column.starts_with(context_.scope->module + ".")) best = state;
    }
    return best;
}

// The row that holds a state which is named without an owner, in the next register.
bool Body::load_state_holder(const State& state, Span span) {
    const int mark = f_.top();
    switch (state.table) {
        case schema::Table::world:
            f_.load_integer(f_.take(), -1, c_.program);
            call_native(mark, Intrinsic::singleton_);
            return true;
        case schema::Table::zone: {
            const bool is_zone = context_.owner != nullptr && context_.owner->kind == Kind::zone_;
            if (is_zone && self_ >= 0) {
                move_to(mark, self_value(span));
                return true;
            }
            auto place = here_value(span);
            if (place.is_poison()) return false;
            load_column(mark, c_.program.field(schema::Field::room_zone), Type{.base = Base::zone},
                        in_register(place));
            return true;
        }
        default:
            move_to(mark, self_value(span));
            return self_ >= 0;
    }
}

Value Body::load_column(int mark, std::int32_t field, const Type& type, int from) {
    f_.give_back(mark);
    f_.take();
    const bool blob = vm::is_reference(slot(type));
    f_.emit(blob ? Opcode::load_blob : Opcode::load_field, mark, from, 0, field);
    return temporary(mark, type);
}

std::optional<Value> Body::known_state(const ast::Expression& e) {
    const auto* state = named_state(e.word.text);
    if (state == nullptr) return std::nullopt;
    if (!state->known) return Value{.type = poison};
    const int mark = f_.top();
    if (!load_state_holder(*state, e.span)) return Value{.type = poison};
    auto value = load_column(mark, field_of(*state), state->type, mark);
    value.path = e.word.text;
    return as_known(value);
}

// ---- declarations

const Symbol* Body::template_named(const ast::Expression& e) const {
    if (e.kind != ast::ExpressionKind::name && e.kind != ast::ExpressionKind::member) return nullptr;
    if (e.kind == ast::ExpressionKind::name) {
        if (is_local(e.word.text)) return nullptr;
        const auto resolved = resolve_argument(*context_.scope, context_.environment, e);
        if (resolved.value != &e) {
            return resolved.value->kind == ast::ExpressionKind::name
                       ? find(c_, *resolved.from->file, resolved.value->word.text)
                       : nullptr;
        }
        return find(c_, file(), e.word.text);
    }
    return find_full(c_, c_.written(e.span));
}

Value Body::symbol_value(const Symbol& symbol, const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    if (symbol.broken && symbol.index == no_index) return {.type = poison};
    if (expected.base == Base::template_of) {
        if (static_cast<Kind>(expected.detail) == symbol.kind) {
            auto value = constant(schema::with_optional(expected, false), symbol.index);
            value.symbol = &symbol;
            return value;
        }
        auto& diagnostic = c_.report(Code::wrong_kind_of_name, e.span,
                                     {symbol.name, with_article(kind_name(symbol.kind)),
                                      with_article(kind_name(static_cast<Kind>(expected.detail)))});
        diagnostic.also.push_back({symbol.declaration->name.span, "declared here"});
        return {.type = poison};
    }
    switch (symbol.kind) {
        case Kind::room_:
        case Kind::zone_:
        case Kind::npc_: {
            f_.load_definition(f_.take(), symbol.index);
            auto value =
                call_native(mark, Intrinsic::singleton_,
                            Type{.base = base_of(symbol.kind), .optional = symbol.kind == Kind::npc_});
            value.symbol = &symbol;
            value.path = "@" + symbol.full;
            if (const auto* known = fact(value.path)) value.type = known->type;
            return value;
        }
        case Kind::item_:
        case Kind::effect_:
        case Kind::loot_: {
            auto value = constant(template_type(symbol.kind), symbol.index);
            value.symbol = &symbol;
            return value;
        }
        case Kind::const_: {
            if (symbol.declaration->value == nullptr || ++depth_ > 32) return {.type = poison};
            auto inner = context_;
            inner.scope = &symbol;
            inner.environment = nullptr;
            std::swap(context_, inner);
            auto value = evaluate(*symbol.declaration->value, expected);
            std::swap(context_, inner);
            --depth_;
            return value;
        }
        default:
            if (!symbol.broken)
                c_.report(Code::wrong_kind_of_name, e.span,
                          {symbol.name, with_article(kind_name(symbol.kind)), "a value"});
            return {.type = poison};
    }
}

std::optional<Value> Body::trait_parameter(const ast::Expression& e, Type expected) {
    if (context_.environment == nullptr) return std::nullopt;
    for (const auto& binding : context_.environment->bindings) {
        if (binding.name != e.word.text) continue;
        if (binding.value == nullptr) return Value{.type = poison};
        auto inner = context_;
        inner.scope = context_.environment->written_in;
        inner.environment = context_.environment->outer;
        std::swap(context_, inner);
        const int mark = f_.top();
        const bool wants = expected.base != Base::nothing;
        auto value = convert(evaluate(*binding.value, wants ? expected : binding.type), binding.type,
                             *binding.value, mark);
        std::swap(context_, inner);
        return value;
    }
    return std::nullopt;
}

void Body::unknown_name(const ast::Expression& e, Type expected) {
    if (expected.base == Base::template_of) {
        kiln::compiler::need(c_, file(), e.word, static_cast<Kind>(expected.detail));
        return;
    }
    if (expected.base == Base::enumeration) {
        const auto words = enumeration_words(c_, expected.detail);
        std::string list;
        for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
        auto& diagnostic = c_.report(Code::unknown_word, e.span, {e.word.text, list});
        const auto found = closest(e.word.text, words);
        if (found) diagnostic.advice = suggestion(found);
        if (found) diagnostic.fix = Fix{e.span, *found};
        return;
    }
    Candidates candidates{
        {"self", "here", "none"},
        {Kind::room_, Kind::npc_, Kind::item_, Kind::zone_, Kind::const_, Kind::effect_}};
    for (const auto& variable : variables_) candidates.push_back(variable.name);
    if (context_.owner != nullptr) {
        for (const auto* state : context_.owner->states) candidates.push_back(state->name);
    }
    candidates.states = true;
    report_missing(c_, Code::unknown_variable, e.span, {e.word.text}, e.word.text, candidates);
}

// `quest rats` names a quest: what else is called so is not meant.
bool Body::qualifier_fits(const ast::Expression& e) {
    if (e.left == nullptr) return true;
    const auto kind = schema::vocabulary().kind(e.left->word.text);
    const auto* symbol = is_local(e.word.text) ? nullptr : find(c_, file(), e.word.text);
    if (symbol != nullptr && (!kind || symbol->kind == *kind || symbol->broken)) return true;
    if (symbol == nullptr && !is_local(e.word.text)) return true;    // unknown: said by whoever needs it
    const auto what = symbol != nullptr ? with_article(kind_name(symbol->kind)) : std::string("a variable");
    c_.report(Code::wrong_kind_of_name, e.span, {e.word.text, what, with_article(e.left->word.text)});
    return false;
}

Value Body::name(const ast::Expression& e, Type expected) {
    const auto& word = e.word.text;
    if (!qualifier_fits(e)) return {.type = poison};
    if (auto* found = variable(word)) {
        Value value;
        value.type = found->type;
        value.place = found->place;
        value.symbol = found->symbol;
        value.path = word;
        value.lost = found->lost;
        if (found->lost) value.type.optional = true;
        return as_known(value);
    }
    if (word == "self") return self_value(e.span);
    if (word == "here") return here_value(e.span);
    if (auto value = trait_parameter(e, expected)) return *value;
    if (expected.base == Base::enumeration) {
        if (const auto number = enumeration_value(c_, expected.detail, word))
            return constant(schema::with_optional(expected, false), *number);
    }
    if (auto value = known_state(e)) return *value;
    if (context_.owner != nullptr && context_.owner->kind == Kind::effect_ && self_ >= 0) {
        if (const auto field = field_of(self_value(e.span), word))
            return member_of(self_value(e.span), f_.top(), e);
    }
    if (const auto* symbol = find(c_, file(), word)) return symbol_value(*symbol, e, expected);
    if (word == "hour") return call_native(f_.take(), Intrinsic::hour_);
    if (const auto number = enumeration_value(c_, 0, word); number && expected.base == Base::nothing) {
        return constant(Type{.base = Base::enumeration, .detail = 0}, *number);
    }
    if (const auto* own = enumeration_with(c_, word)) {
        const auto enumeration = own->enumeration;
        return constant(Type{.base = Base::enumeration, .detail = enumeration},
                        *enumeration_value(c_, enumeration, word));
    }
    unknown_name(e, expected);
    return {.type = poison};
}

}  // namespace kiln::compiler
