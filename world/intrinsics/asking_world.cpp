// Questions about places, and what and who is in them. Nothing here writes.
#include <algorithm>

#include "world/actions/asking.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

namespace {

vm::NativeResult people(Engine& engine, vm::NativeCall& call, bool players, bool npcs) {
    std::vector<Handle> found;
    for (const Handle who : people_in(engine, entity_at(call, 0))) {
        if (is_player(engine, who) ? players : npcs) found.push_back(who);
    }
    return list_answer(call, found);
}

std::vector<Handle> made_from(const Engine& engine, Handle place, Slot definition) {
    std::vector<Handle> found;
    for (const Handle item : engine.store.contents(place)) {
        if (engine.is_made_from(item, static_cast<std::uint32_t>(definition))) found.push_back(item);
    }
    return found;
}

}  // namespace

KILN_BODY(place_of) { return answer(engine.place_room(entity_at(call, 0))); }
KILN_BODY(room) { return answer(engine.place_room(entity_at(call, 0))); }
KILN_BODY(players) { return people(engine, call, true, false); }
KILN_BODY(npcs) { return people(engine, call, false, true); }
KILN_BODY(creatures) { return people(engine, call, true, true); }
KILN_BODY(items) { return list_answer(call, things_in(engine, entity_at(call, 0))); }

KILN_BODY(exits) {
    std::vector<Handle> found;
    for (const Handle exit : engine.store.exits_of(entity_at(call, 0))) {
        if (exit_is_visible(engine, exit)) found.push_back(exit);
    }
    return list_answer(call, found);
}

KILN_BODY(zone_players) {
    std::vector<Handle> found;
    engine.store.for_each(Table::creature, [&](Handle who) {
        const bool in_world = is_player(engine, who) && is_active(engine, who);
        if (in_world && engine.zone_of(room_of(engine, who)) == entity_at(call, 0)) found.push_back(who);
    });
    return list_answer(call, found);
}

KILN_BODY(exit) {
    const Handle exit = exit_toward(engine, entity_at(call, 0), static_cast<int>(integer_at(call, 1)));
    return exit.is_nobody() ? faulted(vm::Fault::missing_value) : answer(exit);
}

KILN_BODY(container) { return answer(engine.store.read_handle(Field::item_place, entity_at(call, 0))); }
KILN_BODY(owner) { return answer(holder_of(engine, entity_at(call, 0))); }

KILN_BODY(carries) { return answer(!made_from(engine, entity_at(call, 0), integer_at(call, 1)).empty()); }

KILN_BODY(wears) {
    const auto found = made_from(engine, entity_at(call, 0), integer_at(call, 1));
    return answer(
        std::ranges::any_of(found, [&](Handle item) { return slot_of(engine, item) != WearSlot::none; }));
}

KILN_BODY(count) {
    return answer(static_cast<Slot>(made_from(engine, entity_at(call, 0), integer_at(call, 1)).size()));
}

KILN_BODY(first) {
    const auto found = made_from(engine, entity_at(call, 0), integer_at(call, 1));
    return answer(found.empty() ? Handle{} : found.front());
}

KILN_BODY(contains) {
    const Handle place = entity_at(call, 0);
    const Handle what = entity_at(call, 1);
    if (!engine.store.is_alive(place) || !engine.store.is_alive(what)) return answer(false);
    if (table_of(place) == Table::zone) return answer(engine.zone_of(engine.place_room(what)) == place);
    if (table_of(what) == Table::item)
        return answer(engine.store.read_handle(Field::item_place, what) == place);
    if (table_of(what) == Table::creature)
        return answer(room_of(engine, what) == place && is_active(engine, what));
    return answer(false);
}

KILN_BODY(is_open) { return answer(!exit_is_closed(engine, entity_at(call, 0))); }
KILN_BODY(is_closed) { return answer(exit_is_closed(engine, entity_at(call, 0))); }
KILN_BODY(is_locked) { return answer(exit_is_locked(engine, entity_at(call, 0))); }

KILN_BODY(one_of) {
    KILN_CHECK(check_definition(engine, integer_at(call, 0), schema::Kind::item_));
    const auto name = engine.template_name(static_cast<std::uint32_t>(integer_at(call, 0)));
    return answer(static_cast<Slot>(engine.store.instances(name).size()));
}

// Numbers of the image that runs now: that is whose code will hand the answer back.
KILN_BODY(template_index) {
    const auto index = engine.definition_called(integer_at(call, 0), engine.running_image());
    return index == schema::no_index ? faulted(vm::Fault::missing_value) : answer(static_cast<Slot>(index));
}

KILN_BODY(singleton) {
    const Slot index = integer_at(call, 0);
    if (index == -1) return answer(engine.store.world_row());
    if (index < 0 || static_cast<std::size_t>(index) >= engine.image().definitions.size()) {
        return faulted(vm::Fault::bad_argument);
    }
    const auto definition = static_cast<std::uint32_t>(index);
    if (engine.definition(definition).kind == schema::Kind::room_) return answer(engine.room_of(definition));
    for (const Handle one : engine.store.instances(engine.template_name(definition))) {
        if (table_of(one) != Table::creature || is_active(engine, one)) return answer(one);
    }
    return answer(Handle{});
}

}  // namespace kiln::world
