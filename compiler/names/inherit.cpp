#include <algorithm>

#include "compiler/names/model.h"

namespace kiln::compiler {

namespace {

bool can_inherit(Kind kind) {
    return kind != Kind::none && schema::vocabulary().kinds[static_cast<std::size_t>(kind)].inherits;
}

void find_parent(Compilation& c, Symbol& symbol) {
    const auto& word = symbol.declaration->parent;
    if (word.empty()) return;
    if (!can_inherit(symbol.kind)) {
        if (!symbol.broken) c.report(Code::not_inheritable, word.span, {kind_name(symbol.kind)});
        return;
    }
    symbol.parent = need(c, *symbol.file, word, symbol.kind);
}

void report_arguments(Compilation& c, const ast::Declaration::Use& use, const Symbol& trait) {
    const auto count = trait.parameters.size();
    c.report(
        Code::wrong_argument_count, use.name.span,
        {trait.name, count == 0 ? "nothing" : std::to_string(count) + (count == 1 ? " value" : " values"),
         std::to_string(use.arguments.size())});
}

const Environment* bind_arguments(World& world, Compilation& c, const Symbol& user,
                                  const ast::Declaration::Use& use, const Symbol& trait) {
    auto& environment = world.environments.emplace_back();
    environment.written_in = &user;
    for (const auto& parameter : trait.parameters)
        environment.bindings.push_back({parameter.name, parameter.type, parameter.value});
    std::size_t next = 0;
    bool fits = true;
    for (const auto& argument : use.arguments) {
        std::size_t at = next;
        if (argument.name.empty()) {
            ++next;
        } else {
            for (at = 0; at < trait.parameters.size() && trait.parameters[at].name != argument.name.text;)
                ++at;
        }
        if (at < environment.bindings.size())
            environment.bindings[at].value = argument.value;
        else
            fits = false;
    }
    for (const auto& binding : environment.bindings) fits = fits && binding.value != nullptr;
    if (!fits) {
        if (!trait.broken) report_arguments(c, use, trait);
        for (auto& binding : environment.bindings) binding.value = nullptr;
    }
    return &environment;
}

void find_traits(World& world, Compilation& c, Symbol& symbol) {
    for (const auto& use : symbol.declaration->traits) {
        if (!can_inherit(symbol.kind) && symbol.kind != Kind::trait_) {
            if (!symbol.broken) c.report(Code::not_inheritable, use.name.span, {kind_name(symbol.kind)});
            continue;
        }
        const auto* trait = need(c, *symbol.file, use.name, Kind::trait_);
        if (trait != nullptr) symbol.traits.push_back({trait, bind_arguments(world, c, symbol, use, *trait)});
    }
}

// A parent chain that comes back to itself is cut at the place where it was found.
void cut_cycles(Compilation& c, Symbol& symbol) {
    int steps = 0;
    for (const auto* next = symbol.parent; next != nullptr && steps < 1000; next = next->parent, ++steps) {
        if (next != &symbol) continue;
        c.report(Code::parent_cycle, symbol.declaration->parent.span, {symbol.name});
        symbol.parent = nullptr;
        return;
    }
    if (steps >= 1000) symbol.parent = nullptr;
}

void add_trait_layers(Symbol& owner, const Symbol::TraitUse& use, int depth) {
    if (depth > 16) return;
    for (const auto& inner : use.trait->traits) add_trait_layers(owner, inner, depth + 1);
    owner.layers.push_back({use.trait, &owner, use.environment});
}

void link(Symbol& symbol) {
    if (symbol.linked) return;
    symbol.linked = true;
    if (symbol.parent != nullptr) {
        link(const_cast<Symbol&>(*symbol.parent));
        symbol.layers = symbol.parent->layers;
        symbol.broken = symbol.broken || symbol.parent->broken;
    }
    for (const auto& use : symbol.traits) add_trait_layers(symbol, use, 0);
    symbol.layers.push_back({&symbol, &symbol, nullptr});
}

schema::Table holder_of(Compilation& c, const Symbol& owner, const ast::Member& member) {
    const auto& word = member.owner.text;
    if (word == "player") return schema::Table::creature;
    if (word == "zone") return schema::Table::zone;
    if (word == "world") return schema::Table::world;
    const auto table = owner.kind == Kind::none
                           ? schema::Table::none
                           : schema::vocabulary().kinds[static_cast<std::size_t>(owner.kind)].table;
    if (word.empty() && table != schema::Table::none) return table;
    c.report(Code::unknown_member_shape, member.span,
             {owner.kind == Kind::none ? "a file" : with_article(kind_name(owner.kind)),
              word.empty() ? "state" : word + " state"});
    return schema::Table::none;
}

// A text belongs to the moment in which it is made.
bool can_be_kept(const Compilation& c, const Type& type) {
    if (type.base == Base::text || type.base == Base::nothing) return false;
    const auto kept = [&](const Type& part) { return can_be_kept(c, part); };
    if (type.base == Base::record) {
        for (const auto& field : c.world.records[type.detail].fields) {
            if (!kept(field.type)) return false;
        }
    }
    return std::all_of(type.parts.begin(), type.parts.end(), kept);
}

Type type_of_state(Compilation& c, const Layer& layer, const ast::Member& member) {
    constexpr Type poison{.base = Base::variable};
    if (member.type.empty()) {
        c.report(Code::missing, member.word.span, {"the type of `" + member.word.text + "`"});
        return poison;
    }
    auto type = resolve_type(c, *layer.from->file, member.type).value_or(poison);
    if (!can_be_kept(c, type)) {
        c.report(Code::type_mismatch, member.type.span,
                 {type_name(c, type), "something that can be kept, such as a string,"});
        return poison;
    }
    if (schema::is_entity(type.base)) type.optional = true;
    return type;
}

bool is_known_already(Compilation& c, const Symbol& owner, const State& state) {
    for (const auto* known : owner.states) {
        if (known->name != state.name) continue;
        c.report(Code::duplicate_name, state.span, {state.name})
            .also.push_back({known->span, "the first one is here"});
        return true;
    }
    return false;
}

}  // namespace

// Defined beside the evaluation of constants.
void state_default(Compilation& c, const Symbol& from, const ast::Expression* value, schema::StateDef& state);

namespace {

void declare_state(World& world, Compilation& c, Symbol& owner, const Layer& layer,
                   const ast::Member& member) {
    const auto table = holder_of(c, owner, member);
    if (table == schema::Table::none) return;
    State made;
    made.name = member.word.text;
    made.column = owner.full + "." + made.name;
    made.table = table;
    made.owner = owner.kind == Kind::none ? nullptr : &owner;
    made.is_of_players = member.owner.text == "player";
    made.span = member.word.span;
    if (is_known_already(c, owner, made)) return;
    made.type = type_of_state(c, layer, member);
    auto& state = world.states.emplace_back(std::move(made));
    world.states_by_name[state.name].push_back(&state);
    owner.states.push_back(&state);
    if (state.type.base == Base::variable) return;
    state.known = true;
    const auto* value = member.values.empty() ? nullptr : member.values.front().value;
    auto& row = world.state_rows.emplace_back();
    row.name = state.column;
    row.table = state.table;
    row.type = state.type;
    row.owner = state.owner != nullptr ? owner.index : no_index;
    state_default(c, *layer.from, value, row);
}

void declare_states_of(World& world, Compilation& c, Symbol& symbol) {
    if (symbol.has_states) return;
    symbol.has_states = true;
    if (symbol.parent != nullptr) {
        declare_states_of(world, c, const_cast<Symbol&>(*symbol.parent));
        symbol.states = symbol.parent->states;
    }
    for (const auto& layer : symbol.layers) {
        if (layer.owner != &symbol) continue;
        for (const auto* member : layer.from->declaration->members) {
            if (member->kind == ast::MemberKind::state) declare_state(world, c, symbol, layer, *member);
        }
    }
}

}  // namespace

void link_all(World& world, Compilation& c) {
    for (auto& symbol : world.symbols) {
        if (symbol.linked) continue;
        find_parent(c, symbol);
        find_traits(world, c, symbol);
    }
    for (auto& symbol : world.symbols) cut_cycles(c, symbol);
    for (auto& symbol : world.symbols) {
        link(symbol);
        if (symbol.index == no_index) continue;
        auto& head = world.heads[symbol.index];
        if (symbol.parent != nullptr) head.parent = symbol.parent->index;
        for (const auto& use : symbol.traits) head.traits.push_back(use.trait->index);
    }
}

void declare_states(World& world, Compilation& c) {
    for (auto& symbol : world.symbols) {
        if (symbol.kind != Kind::trait_) declare_states_of(world, c, symbol);
    }
}

}  // namespace kiln::compiler
