// Zones, rooms, exits and doors.

#include <algorithm>

#include "world/actions/actions.h"
#include "world/load/load.h"

namespace kiln::world {

namespace {

using schema::ExitDef;
using schema::Kind;
using schema::PropertyValue;

const PropertyValue* property_of(const ExitDef& exit, std::string_view name) {
    const auto& rows = schema::vocabulary().properties;
    const auto found = std::ranges::find_if(exit.properties, [&](const PropertyValue& value) {
        return rows[value.property].kind == "exit" && rows[value.property].name == name;
    });
    return found == exit.properties.end() ? nullptr : &*found;
}

bool says(const PropertyValue& door, std::string_view word) {
    const auto& vocabulary = schema::vocabulary();
    const auto value = vocabulary.value_of(*vocabulary.enumeration("door_word"), word);
    return value && std::ranges::count(door.integers, static_cast<std::int64_t>(*value)) > 0;
}

const ExitDef* way_out(const Engine& engine, std::uint32_t room, int direction) {
    for (const auto& exit : engine.definition(room).exits) {
        if (exit.direction == direction) return &exit;
    }
    return nullptr;
}

// The exit on the other side that leads back, if there is one.
const ExitDef* way_back(const Engine& engine, std::uint32_t room, const ExitDef& exit) {
    const auto* back = way_out(engine, exit.to, schema::opposite_direction(exit.direction));
    return back && back->to == room ? back : nullptr;
}

Handle exit_in(const Engine& engine, Handle room, int direction) {
    for (const auto exit : engine.store.exits_of(room)) {
        if (engine.store.read(Field::exit_direction, exit) == direction) return exit;
    }
    return {};
}

Handle make_door(Engine& engine, const PropertyValue& words) {
    const auto door = engine.store.create(Table::door);
    const bool locked = says(words, "locked");
    engine.store.write(Field::door_locked, door, locked ? 1 : 0);
    engine.store.write(Field::door_closed, door, locked || says(words, "closed") ? 1 : 0);
    return door;
}

// A door is one thing with two sides: the other side's, if that is there already; else a new one, as this
// side or the other one declares it.
Handle door_for(Engine& engine, std::uint32_t room, const ExitDef& exit) {
    const auto* words = property_of(exit, "door");
    const auto* back = way_back(engine, room, exit);
    if (back) {
        const auto there =
            exit_in(engine, engine.room_of(exit.to), schema::opposite_direction(exit.direction));
        const auto door = engine.store.read_handle(Field::exit_door, there);
        if (engine.store.is_alive(door)) return door;
        if (!words) words = property_of(*back, "door");
    }
    return words ? make_door(engine, *words) : Handle{};
}

Handle make_zone(Engine& engine, std::uint32_t definition) {
    auto& store = engine.store;
    const auto zone = store.create(Table::zone);
    store.write(Field::zone_id, zone, store.next_number(Field::world_next_id));
    store.write(Field::zone_template, zone, engine.template_name(definition));
    return zone;
}

Handle make_room(Engine& engine, std::uint32_t definition) {
    auto& store = engine.store;
    const auto room = store.create(Table::room);
    store.write(Field::room_id, room, store.next_number(Field::world_next_id));
    store.write(Field::room_template, room, engine.template_name(definition));
    return room;
}

}  // namespace

void make_exits(Engine& engine, Handle room) {
    auto& store = engine.store;
    const auto definition = engine.definition_of(room);
    if (definition == no_index) return;
    for (const auto& about : engine.definition(definition).exits) {
        if (!exit_in(engine, room, about.direction).is_nobody()) continue;
        const auto door = door_for(engine, definition, about);
        const auto exit = store.create(Table::exit);
        store.write(Field::exit_room, exit, room);
        store.write(Field::exit_direction, exit, about.direction);
        store.write(Field::exit_to, exit, engine.room_of(about.to));
        store.write(Field::exit_door, exit, door);
        if (const auto* hidden = property_of(about, "hidden"))
            store.write(Field::exit_hidden, exit, hidden->integer);
        if (!way_back(engine, definition, about) || door.is_nobody()) continue;
        const auto there =
            exit_in(engine, engine.room_of(about.to), schema::opposite_direction(about.direction));
        if (!there.is_nobody()) store.write(Field::exit_door, there, door);
    }
}

// New rooms get their spawns and timers too; in a new world all of them are new.
void make_zones_and_rooms(Engine& engine) {
    const auto& definitions = engine.image().definitions;
    std::vector<Handle> made;
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        if (definitions[i].is_abstract || !engine.store.instances(engine.template_name(i)).empty()) continue;
        if (definitions[i].kind == Kind::zone_) made.push_back(make_zone(engine, i));
        if (definitions[i].kind == Kind::room_) made.push_back(make_room(engine, i));
    }
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        if (definitions[i].kind != Kind::room_ || definitions[i].is_abstract ||
            definitions[i].zone == no_index)
            continue;
        const auto zones = engine.store.instances(engine.template_name(definitions[i].zone));
        if (!zones.empty()) engine.store.write(Field::room_zone, engine.room_of(i), zones.front());
    }
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        if (definitions[i].kind == Kind::room_ && !definitions[i].is_abstract)
            make_exits(engine, engine.room_of(i));
    }
    for (const auto entity : made) {
        engine.start_every(entity);
        if (static_cast<Table>(entity.table()) == Table::room) fill_spawns(engine, entity);
        begin_timers(engine, entity);
    }
}

Handle Engine::start_room() const {
    Handle first;
    for (std::uint32_t i = 0; i < image().definitions.size(); ++i) {
        const auto& definition = image().definitions[i];
        if (definition.kind == Kind::zone_) {
            const auto* start = definition.property("start");
            if (start && start->integer >= 0) return room_of(static_cast<std::uint32_t>(start->integer));
        }
        if (first.is_nobody() && definition.kind == Kind::room_ && !definition.is_abstract)
            first = room_of(i);
    }
    return first;
}

}  // namespace kiln::world
