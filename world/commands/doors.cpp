#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/targets.h"
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
std::span<const std::string> without_key(std::span<const std::string> words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "with") return words.first(i);
    }
    return words;
}

}  // namespace

void command_door(Call& call) {
    const auto change = static_cast<DoorChange>(call.number);
    const auto words = without_key(call.operands());
    if (words.empty()) return call.refuse(capitalized(std::string(verb_of(change))) + " what?");
    if (direction_of(words.back()) >= 0) {
        const Handle exit = find_exit(call.engine, call.who, words);
        if (exit.is_nobody()) return call.refuse("There is no door in that direction.");
        return call.take(change_door(call.engine, call.who, exit, change));
    }
    // A container one carries or sees is meant before a door, if it is named exactly.
    const Wanted wanted = parse_wanted(words);
    const Look where[] = {Look::things_here, Look::carried};
    const Handle item = find_one(call.engine, call.who, where, wanted);
    const Handle exit = find_exit(call.engine, call.who, words);
    const bool item_fits = !item.is_nobody() && is_container(call.engine, item);
    if (item_fits) return call.take(change_container(call.engine, call.who, item, change));
    if (!exit.is_nobody()) return call.take(change_door(call.engine, call.who, exit, change));
    if (!item.is_nobody()) {
        const Name names[] = {{"item", item}};
        return call.take(refused(call.engine, call.who,
                                 "You cannot " + std::string(verb_of(change)) + " {the item}.", names));
    }
    call.refuse("You see no " + without_article(wanted.spoken) + " here.");
}

}  // namespace kiln::world
