#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string_view verb_of(DoorChange change) {
    switch (change) {
        case DoorChange::open: return "open";
        case DoorChange::close: return "close";
        case DoorChange::lock: return "lock";
        default: return "unlock";
    }
}

// "door with brass key": the key one has is found anyway.
Phrase without_key(Phrase words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "with") return words.first(i);
    }
    return words;
}

bool is_door(const Engine& engine, Handle exit) {
    return !engine.store.read_handle(Field::exit_door, exit).is_nobody();
}

// Would the change do anything? The closed door is the one to open.
bool makes_sense(const Engine& engine, Handle one, DoorChange change) {
    const bool exit = table_of(one) == Table::exit;
    if (exit ? !is_door(engine, one) : !is_container(engine, one)) return false;
    const bool closed = exit ? exit_is_closed(engine, one) : engine.store.read(Field::item_closed, one) != 0;
    const bool locked = exit ? exit_is_locked(engine, one) : engine.store.read(Field::item_locked, one) != 0;
    switch (change) {
        case DoorChange::open: return closed;
        case DoorChange::close: return !closed;
        case DoorChange::lock: return !locked;
        default: return locked;
    }
}

// Doors, containers here and containers one carries, all of the same rank: what makes sense decides.
Groups what_opens(Call& call) {
    Groups groups(1);
    for (const Handle exit : candidates(call.engine, call.who, looks::exits)) {
        if (is_door(call.engine, exit)) groups.front().push_back(exit);
    }
    for (const Handle item : candidates(call.engine, call.who, looks::room_first))
        groups.front().push_back(item);
    return groups;
}

// "door east", "the east door", "east".
bool change_toward(Call& call, Phrase words, DoorChange change) {
    const bool named =
        direction_of(words.back()) >= 0 || (words.size() > 1 && direction_of(words.front()) >= 0);
    if (!named) return false;
    const Handle exit = find_exit(call.engine, call.who, words);
    if (exit.is_nobody())
        call.refuse("There is no door in that direction.");
    else
        call.take(change_door(call.engine, call.who, exit, change));
    return true;
}

}  // namespace

void command_door(Call& call) {
    const auto change = static_cast<DoorChange>(call.number);
    Phrase words = without_key(call.operands());
    while (words.size() > 1 && is_article(words.front())) words = words.subspan(1);
    if (words.empty()) return call.refuse(capitalized(std::string(verb_of(change))) + " what?");
    if (change_toward(call, words, change)) return;
    const auto found = call.find_in(words, what_opens(call),
                                    [&](Handle one) { return makes_sense(call.engine, one, change); });
    if (call.asks()) return;
    if (found.empty()) return call.refuse_missing(words, "You see no ", " here.", looks::exits);
    const Handle one = found.front();
    if (table_of(one) == Table::exit) return call.take(change_door(call.engine, call.who, one, change));
    if (is_container(call.engine, one))
        return call.take(change_container(call.engine, call.who, one, change));
    const Name names[] = {{"item", one}};
    call.take(
        refused(call.engine, call.who, "You cannot " + std::string(verb_of(change)) + " {the item}.", names));
}

}  // namespace kiln::world
