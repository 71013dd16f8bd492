#include <algorithm>

#include "compiler/emit/members.h"
#include "compiler/names/shapes_fit.h"

namespace kiln::compiler {

using ast::MemberKind;
using schema::Definition;
using schema::PropertyValue;

namespace {

constexpr Type direction_type{.base = Base::enumeration, .detail = 0};

// ---- exits

// Whatever direction a line names that was to be an exit: nobody misses it there.
void lose_exits(World& world, const Compilation& c, const Layer& layer, const ast::Member& member) {
    const auto lose = [&](std::string_view word) {
        if (const auto way = enumeration_value(c, 0, word)) world.broken_exits.insert({layer.owner->index, *way});
    };
    lose(member.word.text);
    for (const auto* label : member.labels) {
        if (label != nullptr) lose(label->word.text);
    }
    for (const auto& clause : member.clauses) lose(clause.word.text);
}

bool exit_fits(Compilation& c, const ast::Member& member) {
    if (member.labels.empty() || member.labels.front() == nullptr) {
        c.report(Code::missing, member.span, {"the direction of the exit"});
        return false;
    }
    if (!labels_fit(c, member, 1, true) || !has_no_clauses(c, member)) return false;
    if (!member.target.empty()) return true;
    c.report(Code::missing, member.span, {"`-> room`"});
    return false;
}

void add_exit(Compilation& c, const Layer& layer, const ast::Member& member, Definition& definition,
              std::vector<std::pair<int, Span>>& seen, World& world) {
    if (!exit_fits(c, member)) return lose_exits(world, c, layer, member);
    const auto way = constant_of(c, *layer.from, layer.environment, *member.labels.front(), direction_type);
    const auto* to = need(c, *layer.from->file, member.target, Kind::room_);
    if (!way || to == nullptr) {
        definition.exits.erase(
            std::remove_if(definition.exits.begin(), definition.exits.end(),
                           [&](const auto& exit) { return way && exit.direction == *way; }),
            definition.exits.end());
        if (way) world.broken_exits.insert({layer.owner->index, static_cast<int>(*way)});
        return;
    }
    for (const auto& [direction, span] : seen) {
        if (direction != *way) continue;
        c.report(Code::duplicate_exit, member.labels.front()->span,
                 {std::string(c.written(member.labels.front()->span))})
            .also.push_back({span, "the first one is here"});
        return;
    }
    seen.emplace_back(static_cast<int>(*way), member.labels.front()->span);
    auto place = std::find_if(definition.exits.begin(), definition.exits.end(),
                              [&](const auto& exit) { return exit.direction == *way; });
    if (place == definition.exits.end()) place = definition.exits.insert(place, schema::ExitDef{});
    place->direction = static_cast<std::uint8_t>(*way);
    place->to = to->index;
    place->properties.clear();
    world.exit_spans[{layer.owner->index, static_cast<int>(*way)}] = member.span;
}

void add_exits(World& world, Compilation& c, Symbol& symbol) {
    if (symbol.kind != Kind::room_ || symbol.has_exits) return;
    symbol.has_exits = true;
    auto& definition = world.heads[symbol.index];
    if (symbol.parent != nullptr) {
        add_exits(world, c, const_cast<Symbol&>(*symbol.parent));
        definition.exits = world.heads[symbol.parent->index].exits;
    }
    for (const auto& layer : symbol.layers) {
        if (layer.owner != &symbol) continue;
        std::vector<std::pair<int, Span>> seen;
        for (const auto* member : layer.from->declaration->members) {
            if (member->kind != MemberKind::block) continue;
            if (member->word.text == "exit")
                add_exit(c, layer, *member, definition, seen, world);
            else if (schema::vocabulary().block("room", member->word.text) == schema::Block::none)
                lose_exits(world, c, layer, *member);
        }
    }
}

// ---- one definition

void check_required(Compilation& c, const Symbol& symbol, const Definition& definition) {
    if (definition.is_abstract || symbol.broken) return;
    const auto kind = kind_name(symbol.kind);
    for (const auto& row : schema::vocabulary().properties) {
        if (row.kind != kind || !row.required) continue;
        const auto index = property_index(row);
        const bool written = std::any_of(definition.properties.begin(), definition.properties.end(),
                                         [&](const PropertyValue& value) { return value.property == index; });
        if (!written && !c.has_member(symbol, row.name) && !c.unsure)
            c.report(Code::missing_property, symbol.declaration->name.span, {kind, std::string(row.name)});
    }
}

// "a weapon", "a weapon or a wand"
std::string in_words(const std::vector<std::string_view>& kinds) {
    std::string result;
    for (const auto kind : kinds) result += (result.empty() ? "" : " or ") + with_article(kind);
    return result;
}

// What only makes sense for weapons cannot stand in a key.
void check_item_kind(Compilation& c, const Symbol& symbol, const Members& members) {
    const auto* kind = said(members.properties, "item", "kind");
    const auto& kinds = schema::vocabulary().item_kinds;
    if (kind == nullptr && (symbol.declaration->is_abstract || c.has_member(symbol, "kind"))) return;
    const auto& own = kinds[kind != nullptr ? static_cast<std::size_t>(kind->value.integer) : 0];
    for (const auto& one : members.properties) {
        const auto name = schema::vocabulary().properties[one.value.property].name;
        const auto fitting = schema::vocabulary().item_kinds_of(name);
        if (fitting.empty() || std::find(fitting.begin(), fitting.end(), own.name) != fitting.end()) continue;
        auto& diagnostic = c.report(Code::other_item_kind, one.head, {std::string(name), in_words(fitting),
                                                                      with_article(own.name)});
        if (kind == nullptr) {
            diagnostic.advice = "write `kind: " + std::string(fitting.front()) + "`";
        } else {
            diagnostic.also.push_back({kind->span, "its kind is said here"});
        }
    }
}

void name_parameters(Compilation& c, const Symbol& symbol, Definition& definition) {
    if (symbol.kind != Kind::quest_) return;
    const auto roles = roles_of(c, {&symbol, &symbol, nullptr});
    const auto fixed = schema::vocabulary().roles_of("quest").size();
    for (auto i = fixed; i < roles.all.size(); ++i)
        definition.parameters.push_back({roles.all[i].name, roles.all[i].type, {}, false});
}

void find_zone(Compilation& c, const Symbol& symbol, Definition& definition) {
    const auto* zone_row = schema::vocabulary().property("room", "zone");
    for (const auto& value : definition.properties) {
        if (value.property == property_index(*zone_row))
            definition.zone = static_cast<std::uint32_t>(value.integer);
    }
    if (definition.zone != no_index || definition.is_abstract || c.has_member(symbol, "zone")) return;
    const auto& zones = zones_of(c, symbol.module);
    if (zones.size() == 1)
        definition.zone = zones.front()->index;
    else if (!c.world.module_is_lost && !c.world.odd_modules.contains(symbol.module))
        report_missing(c, Code::no_zone, symbol.declaration->name.span, {}, "the zone of " + symbol.module, {});
}

// `default room { sector: inside }` of the zone, where the room says nothing itself.
void add_defaults(Compilation& c, Definition& room) {
    const auto* zone = room.zone == no_index ? nullptr : find_full(c, c.world.heads[room.zone].name);
    if (zone == nullptr || zone->broken) return;
    for (auto& one : read_defaults(c, *zone, room.name)) {
        const auto& row = schema::vocabulary().properties[one.value.property];
        if (room.property(row.name) == nullptr) room.properties.push_back(std::move(one.value));
    }
}

}  // namespace

void declare_exits(World& world, Compilation& c) {
    for (auto& symbol : world.symbols) add_exits(world, c, symbol);
}

void emit_definition(Compilation& c, const Symbol& symbol) {
    auto definition = c.world.heads[symbol.index];
    if (symbol.kind == Kind::trait_) {
        c.image.definitions.push_back(std::move(definition));
        return;
    }
    const auto members = merged_members(c, symbol);
    Lowering(c, definition).run(members);
    name_parameters(c, symbol, definition);
    if (symbol.kind == Kind::item_) check_item_kind(c, symbol, members);
    if (symbol.kind == Kind::room_ && !symbol.broken) {
        find_zone(c, symbol, definition);
        add_defaults(c, definition);
    }
    check_required(c, symbol, definition);
    c.image.definitions.push_back(std::move(definition));
}

}  // namespace kiln::compiler
