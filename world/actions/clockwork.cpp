#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/inner.h"

namespace kiln::world {

namespace {

bool has_player(const Engine& engine, Handle zone) {
    bool found = false;
    engine.store.for_each(Table::creature, [&](Handle who) {
        found = found || (is_player(engine, who) && is_active(engine, who) &&
                          engine.zone_of(room_of(engine, who)) == zone);
    });
    return found;
}

std::vector<Handle> rooms_of(const Engine& engine, Handle zone) {
    std::vector<Handle> rooms;
    engine.store.for_each(Table::room, [&](Handle room) {
        if (engine.store.read_handle(Field::room_zone, room) == zone) rooms.push_back(room);
    });
    return rooms;
}

// As its declaration has it; of a door's two sides, the one that says how it stands counts.
void reset_doors(Engine& engine, Handle room) {
    const auto exits = engine.store.exits_of(room);
    for (const Handle exit : std::vector<Handle>(exits.begin(), exits.end())) {
        const auto* words = property_of(engine, exit, "door");
        if (words == nullptr || words->integers.empty()) continue;
        const auto has = [&](DoorWord word) {
            return std::ranges::find(words->integers, static_cast<std::int64_t>(word)) !=
                   words->integers.end();
        };
        if (has(DoorWord::locked)) {
            set_door(engine, exit, DoorChange::lock);
        } else if (has(DoorWord::closed)) {
            set_door(engine, exit, DoorChange::close);
            set_door(engine, exit, DoorChange::unlock);
        } else if (has(DoorWord::open)) {
            set_door(engine, exit, DoorChange::open);
        }
    }
}

void reset_zone(Engine& engine, Handle zone) {
    const bool visited = has_player(engine, zone);
    for (const Handle room : rooms_of(engine, zone)) {
        // Nobody sees a door slam shut by itself.
        if (!visited) reset_doors(engine, room);
        fill_spawns(engine, room);
        engine.after(Event::reset_, room, room, {});
    }
    engine.after(Event::reset_, zone, Handle{}, {});
    begin_timers(engine, zone);
}

// A length between half and one and a half of what is declared, so that not all walk at once.
void schedule_wander(Engine& engine, Handle npc, std::int64_t about) {
    const auto span = static_cast<std::uint64_t>(std::clamp<std::int64_t>(about, 1'000, 86'400'000));
    const auto length = static_cast<std::int64_t>(span / 2 + engine.draw(span));
    engine.schedule(TimerPurpose::wander, npc, engine.now() + engine.ticks(length));
}

void wander(Engine& engine, Handle npc) {
    schedule_wander(engine, npc, integer_property(engine, npc, "wander"));
    const Handle room = room_of(engine, npc);
    const bool busy = !engine.store.read_handle(Field::creature_fighting, npc).is_nobody();
    if (busy || position_of(engine, npc) != Position::standing || flagged(engine, npc, NpcFlag::sentinel))
        return;
    std::vector<int> ways;
    for (const Handle exit : engine.store.exits_of(room)) {
        const Handle to = engine.store.read_handle(Field::exit_to, exit);
        if (!exit_is_visible(engine, exit) || exit_is_closed(engine, exit)) continue;
        if (engine.zone_of(to) != engine.zone_of(room)) continue;
        if (flagged(engine, to, RoomFlag::no_mob)) continue;
        ways.push_back(static_cast<int>(engine.store.read(Field::exit_direction, exit)));
    }
    if (!ways.empty()) walk(engine, npc, ways[engine.draw(ways.size())]);
}

// An aggressive npc looks for somebody to attack.
void pounce(Engine& engine, Handle npc) {
    if (!engine.store.read_handle(Field::creature_fighting, npc).is_nobody()) return;
    for (const Handle who : people_in(engine, room_of(engine, npc))) {
        if (is_player(engine, who) && start_fight(engine, npc, who).done) return;
    }
}

}  // namespace

void begin_timers(Engine& engine, Handle made) {
    if (is_npc(engine, made)) {
        if (const auto about = integer_property(engine, made, "wander"); about > 0)
            schedule_wander(engine, made, about);
    }
    if (table_of(made) == Table::zone) {
        if (const auto reset = integer_property(engine, made, "reset"); reset > 0) {
            engine.schedule(TimerPurpose::zone_reset, made, engine.now() + engine.ticks(reset));
        }
    }
}

void on_timer(Engine& engine, TimerPurpose purpose, Handle owner, std::int64_t argument) {
    if (!engine.store.is_alive(owner)) return;
    switch (purpose) {
        case TimerPurpose::combat_round: fight_round(engine, owner); break;
        case TimerPurpose::regeneration: regenerate(engine, owner); break;
        case TimerPurpose::effect_end: effect_end_due(engine, owner); break;
        case TimerPurpose::respawn: spawn_row(engine, owner, static_cast<std::size_t>(argument)); break;
        case TimerPurpose::zone_reset: reset_zone(engine, owner); break;
        case TimerPurpose::decay: engine.unmake(owner); break;
        case TimerPurpose::wander:
            if (!is_active(engine, owner)) break;
            argument == 1 ? pounce(engine, owner) : wander(engine, owner);
            break;
        default: break;
    }
}

}  // namespace kiln::world
