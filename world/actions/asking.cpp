#include "world/actions/asking.h"

#include <algorithm>

namespace kiln::world {

std::int64_t integer_property(const Engine& engine, Handle entity, std::string_view name,
                              std::int64_t otherwise) {
    const auto* value = property_of(engine, entity, name);
    return value == nullptr || value->kind != schema::PropertyValue::Kind::integer ? otherwise
                                                                                   : value->integer;
}

bool has_flag(const Engine& engine, Handle entity, std::int64_t flag) {
    const auto* value = property_of(engine, entity, "flags");
    return value != nullptr && std::ranges::find(value->integers, flag) != value->integers.end();
}

bool is_player(const Engine& engine, Handle who) {
    return table_of(who) == Table::creature && engine.store.read(Field::creature_is_player, who) != 0;
}

bool is_npc(const Engine& engine, Handle who) {
    return is_a(engine, who, Table::creature) && !is_player(engine, who);
}

bool is_dying(const Engine& engine, Handle who) { return engine.store.read(Field::creature_dying, who) != 0; }

bool is_active(const Engine& engine, Handle who) {
    return is_a(engine, who, Table::creature) && !is_dying(engine, who) && !room_of(engine, who).is_nobody();
}

Position position_of(const Engine& engine, Handle who) {
    return static_cast<Position>(engine.store.read(Field::creature_position, who));
}

Handle room_of(const Engine& engine, Handle creature) {
    return engine.store.read_handle(Field::creature_place, creature);
}

ItemKind kind_of(const Engine& engine, Handle item) {
    return static_cast<ItemKind>(integer_property(engine, item, "kind"));
}

WearSlot slot_of(const Engine& engine, Handle item) {
    return static_cast<WearSlot>(engine.store.read(Field::item_slot, item));
}

bool is_container(const Engine& engine, Handle item) {
    const ItemKind kind = kind_of(engine, item);
    return kind == ItemKind::container || kind == ItemKind::corpse ||
           integer_property(engine, item, "capacity") > 0;
}

bool is_gone(const Engine& engine, Handle effect) {
    return engine.store.read(Field::effect_ends_at, effect) < 0;
}

std::vector<Handle> people_in(const Engine& engine, Handle room) {
    std::vector<Handle> people;
    for (const Handle who : engine.store.occupants(room)) {
        if (is_active(engine, who)) people.push_back(who);
    }
    return people;
}

std::vector<Handle> things_in(const Engine& engine, Handle place) {
    const auto things = engine.store.contents(place);
    return {things.begin(), things.end()};
}

std::vector<Handle> carried_by(const Engine& engine, Handle who) {
    std::vector<Handle> things;
    for (const Handle item : engine.store.contents(who)) {
        if (slot_of(engine, item) == WearSlot::none) things.push_back(item);
    }
    return things;
}

std::vector<Handle> worn_by(const Engine& engine, Handle who) {
    std::vector<Handle> things;
    for (const Handle item : engine.store.contents(who)) {
        if (slot_of(engine, item) != WearSlot::none) things.push_back(item);
    }
    std::ranges::stable_sort(things, {}, [&](Handle item) { return slot_of(engine, item); });
    return things;
}

std::vector<Handle> effects_of(const Engine& engine, Handle who) {
    std::vector<Handle> effects;
    for (const Handle effect : engine.store.effects_on(who)) {
        if (!is_gone(engine, effect)) effects.push_back(effect);
    }
    return effects;
}

Handle worn_in(const Engine& engine, Handle who, WearSlot slot) {
    for (const Handle item : engine.store.contents(who)) {
        if (slot_of(engine, item) == slot) return item;
    }
    return {};
}

Handle exit_toward(const Engine& engine, Handle room, int direction) {
    for (const Handle exit : engine.store.exits_of(room)) {
        if (engine.store.read(Field::exit_direction, exit) == direction) return exit;
    }
    return {};
}

bool exit_is_visible(const Engine& engine, Handle exit) {
    return engine.store.is_alive(exit) && engine.store.read(Field::exit_hidden, exit) == 0;
}

bool exit_is_closed(const Engine& engine, Handle exit) {
    return engine.store.read(Field::door_closed, engine.store.read_handle(Field::exit_door, exit)) != 0;
}

bool exit_is_locked(const Engine& engine, Handle exit) {
    return engine.store.read(Field::door_locked, engine.store.read_handle(Field::exit_door, exit)) != 0;
}

Handle holder_of(const Engine& engine, Handle item) {
    Handle place = item;
    for (int depth = 0; depth < deepest_nesting && table_of(place) == Table::item; ++depth) {
        place = engine.store.read_handle(Field::item_place, place);
    }
    return is_a(engine, place, Table::creature) ? place : Handle{};
}

bool is_inside(const Engine& engine, Handle what, Handle place) {
    for (int depth = 0; depth < deepest_nesting && !what.is_nobody(); ++depth) {
        if (what == place) return true;
        what = table_of(what) == Table::item       ? engine.store.read_handle(Field::item_place, what)
               : table_of(what) == Table::creature ? room_of(engine, what)
                                                   : Handle{};
    }
    return false;
}

namespace {

std::int64_t weight_within(const Engine& engine, Handle item, int depth) {
    std::int64_t weight = engine.store.read(Field::item_weight, item);
    if (depth >= deepest_nesting) return weight;
    for (const Handle inner : engine.store.contents(item)) weight += weight_within(engine, inner, depth + 1);
    return weight;
}

}  // namespace

std::int64_t weight_of(const Engine& engine, Handle item) { return weight_within(engine, item, 0); }

std::int64_t load_of(const Engine& engine, Handle who) {
    std::int64_t load = 0;
    for (const Handle item : engine.store.contents(who)) load += weight_of(engine, item);
    return load;
}

std::uint32_t standard_item(const Engine& engine, std::string_view name) {
    const std::string ending = "." + std::string(name);
    const auto& definitions = engine.image().definitions;
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        const auto& definition = definitions[i];
        if (definition.kind != schema::Kind::item_ || definition.is_abstract) continue;
        if (definition.name.starts_with("std.") && definition.name.ends_with(ending)) return i;
    }
    return schema::no_index;
}

bool can_carry(Engine& engine, Handle who, Handle item) {
    if (is_npc(engine, who)) return true;
    const Slot arguments[1] = {who.to_slot()};
    return load_of(engine, who) + weight_of(engine, item) <= engine.rule(Rule::carry_limit, arguments);
}

std::int64_t per_hundred(std::int64_t part, std::int64_t whole) {
    return whole <= 0 ? 0 : part * 100 / whole;
}

}  // namespace kiln::world
