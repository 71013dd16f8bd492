#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

// "north", "up the ladder" is not ours to know; "upwards" and "inside" read better than "to the up".
std::string toward_words(int direction) {
    switch (direction) {
        case 4: return "upwards";
        case 5: return "downwards";
        case 10: return "inside";
        case 11: return "outside";
        default: return std::string(direction_name(direction));
    }
}

std::string from_words(int direction) {
    switch (direction) {
        case 4: return "from above";
        case 5: return "from below";
        case 10: return "from inside";
        case 11: return "from outside";
        default: return "from the " + std::string(direction_name(direction));
    }
}

void put_in_room(Engine& engine, Handle who, Handle room) {
    engine.store.write(Field::creature_place, who, room);
    engine.store.write(Field::creature_arrival, who, engine.store.next_number(Field::world_next_arrival));
}

EventArguments two(Handle first, Slot second) { return {{first.to_slot(), second}, {}}; }

std::string_view cannot_walk(const Engine& engine, Handle who) {
    if (!engine.store.read_handle(Field::creature_fighting, who).is_nobody()) {
        return "You are in the middle of a fight. Try to flee.";
    }
    switch (position_of(engine, who)) {
        case Position::asleep: return "You are asleep. Wake up first.";
        case Position::sitting:
        case Position::resting: return "You need to stand up first.";
        default: return {};
    }
}

// Aggressive creatures get a moment before they strike, and so does the one who came in.
void stir_watchers(Engine& engine, Handle who, Handle room) {
    if (!is_player(engine, who)) return;
    for (const Handle watcher : people_in(engine, room)) {
        if (watcher == who || !is_npc(engine, watcher) || !flagged(engine, watcher, NpcFlag::aggressive))
            continue;
        engine.schedule(TimerPurpose::wander, watcher, engine.now() + engine.ticks(1500), 0, 1);
    }
}

void arrive(Engine& engine, Handle who, Handle from, Handle to) {
    if (is_player(engine, who)) show_room(engine, who, false);
    engine.after(Event::enter_, who, to, two(who, from.to_slot()));
    stir_watchers(engine, who, to);
}

ActionResult closed_way(Engine& engine, Handle who, Handle exit) {
    const Name names[] = {{"door", exit}};
    return refused(engine, who, "{The door} is closed.", names);
}

}  // namespace

ActionResult walk(Engine& engine, Handle who, int direction) {
    const Handle room = room_of(engine, who);
    if (const auto reason = cannot_walk(engine, who); !reason.empty()) return refused(reason);
    const Handle exit = exit_toward(engine, room, direction);
    if (!exit_is_visible(engine, exit)) return refused("You cannot go that way.");
    if (exit_is_closed(engine, exit)) return closed_way(engine, who, exit);
    const Handle to = engine.store.read_handle(Field::exit_to, exit);
    if (!engine.store.is_alive(to)) return refused("That way leads nowhere any more.");
    const Veto leaving = engine.before(Event::leave_, who, room, two(who, direction));
    if (leaving.prevented) return prevented(leaving, "Something keeps you here.");
    const Veto entering = engine.before(Event::enter_, who, to, two(who, room.to_slot()));
    if (entering.prevented) return prevented(entering, "Something keeps you from going there.");
    // A handler may have moved or killed whoever was leaving.
    if (!is_active(engine, who) || room_of(engine, who) != room) return {};
    const Name names[] = {{"who", who}};
    room_sentence(engine, room, who, "{Who} {leaves} " + toward_words(direction) + ".", names, "movement");
    put_in_room(engine, who, to);
    room_sentence(engine, to, who,
                  "{Who} {arrives} " + from_words(schema::opposite_direction(direction)) + ".", names,
                  "movement");
    engine.after(Event::leave_, who, room, two(who, direction));
    arrive(engine, who, room, to);
    return done();
}

ActionResult relocate(Engine& engine, Handle who, Handle room) {
    if (!is_a(engine, room, Table::room)) return refused("There is no such place.");
    const Handle from = room_of(engine, who);
    if (from == room) return done();
    if (!engine.store.read_handle(Field::creature_fighting, who).is_nobody()) stop_fight(engine, who);
    const Name names[] = {{"who", who}};
    if (!from.is_nobody()) room_sentence(engine, from, who, "{Who} {is} gone.", names, "movement");
    put_in_room(engine, who, room);
    room_sentence(engine, room, who, "{Who} {appears}.", names, "movement");
    if (!from.is_nobody()) engine.after(Event::leave_, who, from, two(who, -1));
    arrive(engine, who, from, room);
    return done();
}

ActionResult flee(Engine& engine, Handle who) {
    const Handle room = room_of(engine, who);
    if (engine.store.read_handle(Field::creature_fighting, who).is_nobody()) {
        return refused("There is nothing to flee from.");
    }
    std::vector<int> ways;
    for (const Handle exit : engine.store.exits_of(room)) {
        if (!exit_is_visible(engine, exit) || exit_is_closed(engine, exit)) continue;
        ways.push_back(static_cast<int>(engine.store.read(Field::exit_direction, exit)));
    }
    if (ways.empty()) return refused("There is nowhere to flee to!");
    const Slot arguments[1] = {who.to_slot()};
    const Name names[] = {{"who", who}};
    if (static_cast<std::int64_t>(engine.draw(10'000)) >= engine.rule(Rule::flee_chance, arguments)) {
        room_sentence(engine, room, Handle{}, "{Who} {tries} to flee, but {finds} no gap.", names, "combat");
        return done();
    }
    const int direction = ways[engine.draw(ways.size())];
    stop_fight(engine, who);
    engine.store.write(Field::creature_position, who, static_cast<Slot>(Position::standing));
    room_sentence(engine, room, Handle{}, "{Who} {turns} and {flees}!", names, "combat");
    return walk(engine, who, direction);
}

}  // namespace kiln::world
