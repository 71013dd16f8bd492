#include "world/commands/command_table.h"

#include <array>

namespace kiln::world {

namespace {

using enum Position;

constexpr int door(DoorChange change) { return static_cast<int>(change); }
constexpr int pose(Position position) { return static_cast<int>(position); }

constexpr std::array table = {
    // name, letters, handler, position, usage, help, number
    CommandRow{"north", 1, command_move, asleep, "",
               "Walk north; so do south, east, west, up, down, and ne, nw, se, sw.", 0},
    CommandRow{"east", 1, command_move, asleep, "", "", 1},
    CommandRow{"south", 1, command_move, asleep, "", "", 2},
    CommandRow{"west", 1, command_move, asleep, "", "", 3},
    CommandRow{"up", 1, command_move, asleep, "", "", 4},
    CommandRow{"down", 1, command_move, asleep, "", "", 5},
    CommandRow{"northeast", 6, command_move, asleep, "", "", 6},
    CommandRow{"ne", 2, command_move, asleep, "", "", 6},
    CommandRow{"southeast", 6, command_move, asleep, "", "", 7},
    CommandRow{"se", 2, command_move, asleep, "", "", 7},
    CommandRow{"southwest", 6, command_move, asleep, "", "", 8},
    CommandRow{"sw", 2, command_move, asleep, "", "", 8},
    CommandRow{"northwest", 6, command_move, asleep, "", "", 9},
    CommandRow{"nw", 2, command_move, asleep, "", "", 9},
    CommandRow{"look", 1, command_look, resting, "[at <thing> | in <thing> | <direction>]",
               "See where you are, or look at something."},
    CommandRow{"inventory", 1, command_inventory, asleep, "", "What you carry."},
    CommandRow{"in", 2, command_move, asleep, "", "", 10},
    CommandRow{"out", 3, command_move, asleep, "", "", 11},
    CommandRow{"kill", 1, command_kill, standing, "<creature>", "Attack somebody."},
    CommandRow{"get", 1, command_get, resting, "<thing> [from <container>]",
               "Pick something up: get lamp, get all, get all from chest."},
    CommandRow{"help", 1, command_help, asleep, "[<word>]", "Read about a command or a topic."},
    CommandRow{"open", 1, command_door, resting, "<door or container>",
               "Open a door, by name or direction, or a container.", door(DoorChange::open)},
    CommandRow{"cast", 1, command_missing, standing, "<spell> [at <somebody>]", ""},
    CommandRow{"close", 2, command_door, resting, "<door or container>", "Close it.",
               door(DoorChange::close)},
    CommandRow{"tell", 1, command_tell, asleep, "<player> <words>",
               "Say something to one player, wherever they are."},
    CommandRow{"reply", 1, command_reply, asleep, "<words>", "Answer the last who told you something."},
    CommandRow{"alias", 1, command_alias, asleep, "[<word> [<line>]]",
               "Your own word for a line: alias gw get $1;wear $1. $* is all that follows."},
    CommandRow{"unalias", 4, command_unalias, asleep, "<word>", "Forget an alias."},
    CommandRow{"flee", 1, command_flee, standing, "", "Try to get out of a fight."},
    CommandRow{"put", 1, command_put, resting, "<thing> in <container>", "Put something into a container."},
    CommandRow{"exits", 2, command_exits, resting, "", "Where one can go from here."},
    CommandRow{"examine", 3, command_examine, resting, "<thing>", "Look closely at something."},
    CommandRow{"take", 2, command_get, resting, "", ""},
    CommandRow{"pick", 3, command_pick, resting, "up <thing>", ""},
    CommandRow{"drop", 2, command_drop, resting, "<thing>", "Put something down: drop lamp, drop all.key."},
    CommandRow{"give", 2, command_give, resting, "<thing> to <somebody>",
               "Hand something over; give 5 gold to beggar."},
    CommandRow{"go", 2, command_go, asleep, "<direction>", ""},
    CommandRow{"walk", 3, command_go, asleep, "", ""},
    CommandRow{"run", 3, command_go, asleep, "", ""},
    CommandRow{"enter", 3, command_go, asleep, "", ""},
    CommandRow{"leave", 3, command_go, asleep, "", ""},
    CommandRow{"say", 2, command_say, resting, "<words>", "Speak to everybody here; 'hello does it, too."},
    CommandRow{"score", 2, command_score, asleep, "", "How you are."},
    CommandRow{"wear", 2, command_wear, resting, "<thing>",
               "Put something on, wield a weapon, hold a light; wear all."},
    CommandRow{"wield", 3, command_wear, resting, "", ""},
    CommandRow{"hold", 3, command_wear, resting, "", ""},
    CommandRow{"remove", 3, command_remove, resting, "<thing>", "Take off what you wear."},
    CommandRow{"equipment", 2, command_equipment, asleep, "", "What you wear and wield."},
    CommandRow{"affects", 2, command_affects, asleep, "", "What works on you, and for how long."},
    CommandRow{"attack", 2, command_kill, standing, "", ""},
    CommandRow{"consider", 2, command_consider, resting, "<creature>", "Guess how a fight would go."},
    CommandRow{"eat", 2, command_eat, resting, "<food>", "Eat something."},
    CommandRow{"drink", 3, command_eat, resting, "<drink>", "Drink something."},
    CommandRow{"read", 3, command_read, resting, "<thing>", "Read what is written on something."},
    CommandRow{"whisper", 3, command_whisper, resting, "<somebody> <words>",
               "Say something to one who is here; others do not hear what."},
    CommandRow{"ask", 2, command_ask, resting, "<somebody> about <topic>", "Ask somebody about something."},
    CommandRow{"talk", 4, command_talk, resting, "<somebody>", ""},
    CommandRow{"emote", 2, command_emote, resting, "<words>",
               "Show what you do; :waves shows \"Anna waves\"."},
    CommandRow{"unlock", 3, command_door, resting, "<door or container>", "Unlock it with a key you have.",
               door(DoorChange::unlock)},
    CommandRow{"lock", 3, command_door, resting, "<door or container>", "Lock it with a key you have.",
               door(DoorChange::lock)},
    CommandRow{"sit", 3, command_position, resting, "", "Sit down; so do rest and sleep. You recover faster.",
               pose(sitting)},
    CommandRow{"rest", 4, command_position, resting, "", "", pose(resting)},
    CommandRow{"sleep", 2, command_position, resting, "", "", pose(asleep)},
    CommandRow{"stand", 3, command_position, resting, "", "Stand up.", pose(standing)},
    CommandRow{"wake", 3, command_wake, asleep, "", "Wake up."},
    CommandRow{"who", 2, command_who, asleep, "", "Who is in the world."},
    CommandRow{"gold", 3, command_gold, asleep, "", "How much gold you have."},
    CommandRow{"time", 3, command_time, asleep, "", "The hour of the world."},
    CommandRow{"brief", 3, command_brief, asleep, "",
               "Short descriptions of rooms when you walk, or long ones."},
    CommandRow{"junk", 4, command_junk, resting, "<thing>", "Destroy something for good."},
    CommandRow{"buy", 1, command_missing, resting, "<thing>", ""},
    CommandRow{"value", 1, command_missing, resting, "<thing>", ""},
    CommandRow{"list", 3, command_missing, resting, "[<words>]", ""},
    CommandRow{"sell", 3, command_missing, resting, "<thing>", ""},
    CommandRow{"order", 3, command_missing, resting, "<somebody> <line>", ""},
    CommandRow{"sacrifice", 4, command_missing, resting, "<thing>", ""},
    CommandRow{"donate", 4, command_missing, resting, "<thing>", ""},
    CommandRow{"commands", 4, command_commands, asleep, "", "All commands."},
    CommandRow{"save", 4, command_save, asleep, "", ""},
    CommandRow{"quit", 4, command_quit, asleep, "", "Leave the world; all you have stays yours."},
};

}  // namespace

std::span<const CommandRow> command_table() { return table; }

const CommandRow* exact_row(std::string_view word) {
    for (const auto& row : table) {
        if (row.name == word) return &row;
    }
    return nullptr;
}

const CommandRow* abbreviated_row(std::string_view word) {
    for (const auto& row : table) {
        if (word.size() >= row.minimum && row.name.starts_with(word)) return &row;
    }
    return nullptr;
}

}  // namespace kiln::world
