// Moving, making and unmaking.
#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/inner.h"
#include "world/actions/telling.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

namespace {

constexpr std::int64_t most_gold = 1'000'000'000'000;

bool can_hold(const Engine& engine, Handle place) {
    const Table table = table_of(place);
    return engine.store.is_alive(place) &&
           (table == Table::room || table == Table::creature || table == Table::item);
}

// `at` left out means here: the room of the handler's self.
Handle place_or_here(const Engine& engine, Handle place) {
    return place.is_nobody() ? engine.place_room(engine.cause().owner) : place;
}

vm::NativeResult make_many(Engine& engine, vm::NativeCall& call, Slot count, Slot what, Handle where,
                           bool npcs) {
    KILN_CHECK(check_definition(engine, what, npcs ? schema::Kind::npc_ : schema::Kind::item_));
    if (count < 0) return faulted(vm::Fault::bad_argument);
    KILN_CHECK(engine.count_spawns(count));
    const Handle place = place_or_here(engine, where);
    const Handle room = npcs ? engine.place_room(place) : place;
    if (npcs ? room.is_nobody() : !can_hold(engine, room)) return faulted(vm::Fault::entity_gone);
    KILN_CHECK(charge(call, count * (npcs ? 40 : 25)));
    std::vector<Handle> made;
    const auto definition = static_cast<std::uint32_t>(what);
    for (Slot i = 0; i < count; ++i) {
        made.push_back(npcs ? engine.make_npc(definition, room) : engine.make_item(definition, room));
    }
    return list_answer(call, made);
}

vm::NativeResult make_one(Engine& engine, Slot what, Handle where, bool npc) {
    KILN_CHECK(check_definition(engine, what, npc ? schema::Kind::npc_ : schema::Kind::item_));
    KILN_CHECK(engine.count_spawns(1));
    const Handle place = place_or_here(engine, where);
    const Handle room = npc ? engine.place_room(place) : place;
    if (npc ? room.is_nobody() : !can_hold(engine, room)) return faulted(vm::Fault::entity_gone);
    const auto definition = static_cast<std::uint32_t>(what);
    return answer(npc ? engine.make_npc(definition, room) : engine.make_item(definition, room));
}

// Both read it; who gives is the handler's self where that is a creature.
void tell_gift(Engine& engine, Handle item, Handle to) {
    const Handle giver = engine.cause().owner;
    const Name names[] = {{"giver", giver}, {"item", item}, {"to", to}};
    if (is_a(engine, giver, Table::creature) && giver != to) {
        return room_sentence(engine, room_of(engine, to), Handle{}, "{Giver} {gives} {item} to {to}.", names);
    }
    const Name taker[] = {{"to", to}, {"item", item}};
    tell_sentence(engine, to, "action", "{To} {receives} {item}.", taker);
}

vm::NativeResult hand_over(Engine& engine, Handle item, Handle to) {
    const Handle giver = engine.cause().owner;
    place_item(engine, item, to);
    tell_gift(engine, item, to);
    engine.after(Event::give_, to, room_of(engine, to),
                 {{item.to_slot(), giver.to_slot(), to.to_slot()}, {}});
    return answer(true);
}

vm::NativeResult change(Engine& engine, vm::NativeCall& call, DoorChange change) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::exit));
    set_door(engine, entity_at(call, 0), change);
    return nothing();
}

vm::NativeResult set_hidden(Engine& engine, vm::NativeCall& call, bool hidden) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::exit));
    engine.store.write(Field::exit_hidden, entity_at(call, 0), Slot{hidden});
    return nothing();
}

}  // namespace

KILN_BODY(move) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    KILN_CHECK(must_be(engine, entity_at(call, 1), Table::room));
    relocate(engine, entity_at(call, 0), entity_at(call, 1));
    return nothing();
}

KILN_BODY(go) {
    const Handle who = entity_at(call, 0);
    const Slot way = integer_at(call, 1);
    KILN_CHECK(must_be(engine, who, Table::creature));
    if (way < 0 || way >= direction_count) return faulted(vm::Fault::bad_argument);
    return answer(walk(engine, who, static_cast<int>(way)).done);
}

KILN_BODY(put) {
    const Handle item = entity_at(call, 0);
    const Handle place = entity_at(call, 1);
    KILN_CHECK(must_be(engine, item, Table::item));
    if (!engine.store.is_alive(place)) return faulted(vm::Fault::entity_gone);
    if (!can_hold(engine, place) || is_inside(engine, place, item)) return faulted(vm::Fault::bad_argument);
    place_item(engine, item, place);
    return nothing();
}

KILN_BODY(give) {
    const Handle item = entity_at(call, 0);
    const Handle to = entity_at(call, 1);
    KILN_CHECK(must_be(engine, item, Table::item));
    KILN_CHECK(must_be(engine, to, Table::creature));
    if (!is_active(engine, to) || !can_carry(engine, to, item)) return answer(false);
    return hand_over(engine, item, to);
}

KILN_BODY(give_new) {
    const Handle to = entity_at(call, 1);
    KILN_CHECK(check_definition(engine, integer_at(call, 0), schema::Kind::item_));
    KILN_CHECK(must_be(engine, to, Table::creature));
    KILN_CHECK(engine.count_spawns(1));
    if (!is_active(engine, to)) return answer(false);
    const Handle item = engine.make_item(static_cast<std::uint32_t>(integer_at(call, 0)), to);
    const Slot arguments[1] = {to.to_slot()};
    if (is_player(engine, to) && load_of(engine, to) > engine.rule(Rule::carry_limit, arguments)) {
        engine.unmake(item);
        return answer(false);
    }
    return hand_over(engine, item, to);
}

KILN_BODY(give_gold) {
    const Slot amount = integer_at(call, 0);
    const Handle to = entity_at(call, 1);
    KILN_CHECK(must_be(engine, to, Table::creature));
    if (amount < 0 || amount > most_gold) return faulted(vm::Fault::bad_argument);
    const Slot gold = engine.store.read(Field::creature_gold, to);
    if (gold > most_gold) return faulted(vm::Fault::overflow);
    engine.store.write(Field::creature_gold, to, gold + amount);
    return nothing();
}

KILN_BODY(take) {
    const Handle from = entity_at(call, 1);
    KILN_CHECK(check_definition(engine, integer_at(call, 0), schema::Kind::item_));
    KILN_CHECK(must_be(engine, from, Table::creature));
    // What is carried goes before what is worn.
    auto things = carried_by(engine, from);
    const auto worn = worn_by(engine, from);
    things.insert(things.end(), worn.begin(), worn.end());
    for (const Handle item : things) {
        if (!engine.is_made_from(item, static_cast<std::uint32_t>(integer_at(call, 0)))) continue;
        engine.unmake(item);
        return answer(true);
    }
    return answer(false);
}

KILN_BODY(take_gold) {
    const Slot amount = integer_at(call, 0);
    const Handle from = entity_at(call, 1);
    KILN_CHECK(must_be(engine, from, Table::creature));
    if (amount < 0) return faulted(vm::Fault::bad_argument);
    const Slot gold = engine.store.read(Field::creature_gold, from);
    if (gold < amount) return answer(false);
    engine.store.write(Field::creature_gold, from, gold - amount);
    return answer(true);
}

KILN_BODY(spawn_item) { return make_one(engine, integer_at(call, 0), entity_at(call, 1), false); }
KILN_BODY(spawn_npc) { return make_one(engine, integer_at(call, 0), entity_at(call, 1), true); }

KILN_BODY(spawn_items) {
    return make_many(engine, call, integer_at(call, 0), integer_at(call, 1), entity_at(call, 2), false);
}

KILN_BODY(spawn_npcs) {
    return make_many(engine, call, integer_at(call, 0), integer_at(call, 1), entity_at(call, 2), true);
}

KILN_BODY(spawn_loot) {
    const Handle room = entity_at(call, 1);
    KILN_CHECK(check_definition(engine, integer_at(call, 0), schema::Kind::loot_));
    KILN_CHECK(must_be(engine, room, Table::room));
    const std::uint32_t coins = standard_item(engine, "coins");
    vm::Fault fault = vm::Fault::none;
    const auto loot = static_cast<std::uint32_t>(integer_at(call, 0));
    roll_loot(engine, loot, entity_at(call, 2), [&](std::uint32_t item, std::int64_t count) {
        const bool gold = item == schema::no_index;
        if (fault != vm::Fault::none || (gold && coins == schema::no_index)) return;
        fault = engine.count_spawns(gold ? 1 : count);
        if (fault != vm::Fault::none) return;
        if (gold) return engine.store.write(Field::item_amount, engine.make_item(coins, room), count);
        for (std::int64_t i = 0; i < count; ++i) engine.make_item(item, room);
    });
    return faulted(fault);
}

KILN_BODY(destroy) {
    const Handle what = entity_at(call, 0);
    if (!engine.store.is_alive(what)) return faulted(vm::Fault::entity_gone);
    if (is_player(engine, what)) return faulted(vm::Fault::bad_argument);
    if (table_of(what) != Table::item && table_of(what) != Table::creature &&
        table_of(what) != Table::effect) {
        return faulted(vm::Fault::bad_argument);
    }
    if (is_npc(engine, what)) {
        stop_fight(engine, what);
        schedule_respawn(engine, what);
    }
    if (table_of(what) == Table::effect) {
        end_effect(engine, what, static_cast<int>(EndReason::removed));
    } else {
        engine.unmake(what);
    }
    return nothing();
}

KILN_BODY(open) { return change(engine, call, DoorChange::open); }
KILN_BODY(close) { return change(engine, call, DoorChange::close); }
KILN_BODY(lock) { return change(engine, call, DoorChange::lock); }
KILN_BODY(unlock) { return change(engine, call, DoorChange::unlock); }
KILN_BODY(reveal) { return set_hidden(engine, call, false); }
KILN_BODY(hide) { return set_hidden(engine, call, true); }

}  // namespace kiln::world
