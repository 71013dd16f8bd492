#include "world/actions/asking.h"
#include "world/actions/telling.h"

namespace kiln::world {

namespace {

struct DoorAct {
    Event event;
    std::string_view here, there;        // what both sides read
    std::string_view already;
};

DoorAct act_of(DoorChange change) {
    switch (change) {
        case DoorChange::open:
            return {Event::open_, "{Who} {opens} {door}.", "{Door} is opened from the other side.",
                    "{The door} is already open."};
        case DoorChange::close:
            return {Event::close_, "{Who} {closes} {door}.", "{Door} is closed from the other side.",
                    "{The door} is already closed."};
        case DoorChange::lock:
            return {Event::lock_, "{Who} {locks} {door}.", "{Door} clicks as somebody locks it.",
                    "{The door} is already locked."};
        default:
            return {Event::unlock_, "{Who} {unlocks} {door}.", "{Door} clicks as somebody unlocks it.",
                    "{The door} is not locked."};
    }
}

// The exit of the room behind that shares the door; nobody for one-way doors.
Handle other_side(const Engine& engine, Handle exit) {
    const Handle door = engine.store.read_handle(Field::exit_door, exit);
    for (const Handle other : engine.store.exits_of(engine.store.read_handle(Field::exit_to, exit))) {
        if (other != exit && engine.store.read_handle(Field::exit_door, other) == door) return other;
    }
    return {};
}

bool is_already(const Engine& engine, Handle exit, DoorChange change) {
    switch (change) {
        case DoorChange::open: return !exit_is_closed(engine, exit);
        case DoorChange::close: return exit_is_closed(engine, exit);
        case DoorChange::lock: return exit_is_locked(engine, exit);
        default: return !exit_is_locked(engine, exit);
    }
}

bool has_key(const Engine& engine, Handle who, Handle exit) {
    const auto* key = property_of(engine, exit, "key");
    // The key may be written on the other side of the same door.
    if (key == nullptr) key = property_of(engine, other_side(engine, exit), "key");
    if (key == nullptr) return false;
    for (const Handle item : engine.store.contents(who)) {
        if (engine.is_made_from(item, static_cast<std::uint32_t>(key->integer))) return true;
    }
    return false;
}

std::string_view cannot_change(const Engine& engine, Handle who, Handle exit, DoorChange change) {
    if (engine.store.read_handle(Field::exit_door, exit).is_nobody())
        return "There is nothing there to open or close.";
    if (is_already(engine, exit, change)) return act_of(change).already;
    if (change == DoorChange::open && exit_is_locked(engine, exit)) return "{The door} is locked.";
    if (change == DoorChange::lock && !exit_is_closed(engine, exit))
        return "You have to close {the door} first.";
    const bool needs_key = change == DoorChange::lock || change == DoorChange::unlock;
    if (needs_key && is_player(engine, who) && !has_key(engine, who, exit))
        return "You have no key that fits {the door}.";
    return {};
}

}  // namespace

void set_door(Engine& engine, Handle exit, DoorChange change) {
    const Handle door = engine.store.read_handle(Field::exit_door, exit);
    if (!engine.store.is_alive(door)) return;
    const bool closed = change == DoorChange::close || change == DoorChange::lock;
    if (change != DoorChange::unlock) engine.store.write(Field::door_closed, door, Slot{closed});
    if (change != DoorChange::close)
        engine.store.write(Field::door_locked, door, Slot{change == DoorChange::lock});
}

ActionResult change_door(Engine& engine, Handle who, Handle exit, DoorChange change) {
    const Name names[] = {{"who", who}, {"door", exit}};
    if (const auto reason = cannot_change(engine, who, exit, change); !reason.empty()) {
        return refused(engine, who, reason, names);
    }
    const DoorAct row = act_of(change);
    const Handle room = room_of(engine, who);
    const EventArguments arguments{{exit.to_slot(), who.to_slot()}, {}};
    const Veto veto = engine.before(row.event, room, room, arguments);
    if (veto.prevented) return prevented(veto, "Something keeps you from it.");
    if (is_already(engine, exit, change)) return {};
    set_door(engine, exit, change);
    room_sentence(engine, room, Handle{}, row.here, names);
    if (const Handle behind = other_side(engine, exit); !behind.is_nobody()) {
        const Name there[] = {{"door", behind}};
        room_sentence(engine, engine.store.read_handle(Field::exit_to, exit), Handle{}, row.there, there);
    }
    engine.after(row.event, room, room, arguments);
    return done();
}

}  // namespace kiln::world
