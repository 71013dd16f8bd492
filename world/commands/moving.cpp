#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/targets.h"

namespace kiln::world {

namespace {

void set_position(Call& call, Position position, std::string_view words) {
    call.engine.store.write(Field::creature_position, call.who, static_cast<Slot>(position));
    const Name names[] = {{"who", call.who}};
    act_words(call.engine, call.who, words, names);
}

std::string_view already_words(Position position) {
    switch (position) {
        case Position::sitting: return "You are sitting already.";
        case Position::resting: return "You are resting already.";
        case Position::asleep: return "You are asleep already.";
        default: return "You are standing already.";
    }
}

}  // namespace

void command_move(Call& call) { call.take(walk(call.engine, call.who, call.number)); }

void command_go(Call& call) {
    auto words = call.operands();
    while (words.size() > 1 &&
           (is_article(words.front()) || words.front() == "to" || words.front() == "through")) {
        words = words.subspan(1);
    }
    const bool leaves = call.words.words.front().starts_with("l");
    if (words.empty()) {
        if (leaves) return call.take(walk(call.engine, call.who, 11));
        return call.refuse("Go where? Name a direction, such as north.");
    }
    int direction = direction_of(words.front());
    if (direction < 0) {
        const Handle exit = find_exit(call.engine, call.who, words);
        if (exit.is_nobody()) return call.refuse("You see no way there. Name a direction, such as north.");
        direction = static_cast<int>(call.engine.store.read(Field::exit_direction, exit));
    }
    call.take(walk(call.engine, call.who, direction));
}

void command_flee(Call& call) {
    call.take(flee(call.engine, call.who));
    if (call.outcome.refusal.empty()) call.outcome.lag_ms = 1'000;
}

void command_position(Call& call) {
    const auto wanted = static_cast<Position>(call.number);
    if (position_of(call.engine, call.who) == wanted) return call.refuse(already_words(wanted));
    if (!call.engine.store.read_handle(Field::creature_fighting, call.who).is_nobody()) {
        return call.refuse("Not in the middle of a fight!");
    }
    switch (wanted) {
        case Position::sitting: return set_position(call, wanted, "{Who} {sits} down.");
        case Position::resting: return set_position(call, wanted, "{Who} {sits} down and {rests}.");
        case Position::asleep: return set_position(call, wanted, "{Who} {lies} down and {falls} asleep.");
        default: return set_position(call, wanted, "{Who} {stands} up.");
    }
}

void command_wake(Call& call) {
    if (position_of(call.engine, call.who) != Position::asleep) return call.refuse("You are awake already.");
    set_position(call, Position::standing, "{Who} {wakes} and {stands} up.");
}

}  // namespace kiln::world
