#pragma once
// The commands built into the engine, one row each. The order decides what an abbreviation means.

#include <cstdint>
#include <span>
#include <string_view>

#include "world/actions/asking.h"
#include "world/commands/commands.h"
#include "world/commands/questions.h"
#include "world/commands/targets.h"
#include "world/commands/words.h"

namespace kiln::world {

// One line on its way: its words (the first is the command's), and what it answers.
struct Call {
    Engine& engine;
    Handle who;
    const Words& words;
    CommandOutcome& outcome;
    int number = 0;     // of the row: a direction, a door change, a position
    Question question;  // asked instead of acting

    Phrase operands(std::size_t from = 1) const;
    std::string_view said(std::size_t from = 1) const { return words.rest(from); }
    bool has_operands() const { return words.size() > 1; }
    void refuse(std::string_view reason);
    void take(ActionResult result);  // its refusal becomes the answer

    // What a phrase of the line means; noted as "it". Nothing: nothing fits, or there is a question to ask
    // first.
    Handle find(Phrase phrase, Looks where, const Sense& sense = {});
    std::vector<Handle> find_all(Phrase phrase, Looks where, const Sense& sense = {});
    std::vector<Handle> find_in(Phrase phrase, const Groups& groups, const Sense& sense = {});
    bool is_there(Phrase phrase, Looks where);  // for refusals: notes nothing, asks nothing
    bool asks() const { return !question.among.empty(); }
    // "You see no lamp here. Did you mean ...?"
    void refuse_unseen(Phrase phrase, Looks where = looks::all);
    void refuse_missing(Phrase phrase, std::string_view head, std::string_view tail, Looks where);
};

using CommandHandler = void (*)(Call& call);

struct CommandRow {
    std::string_view name;
    std::uint8_t minimum;  // letters that must be typed
    CommandHandler handler;
    Position least;          // how one must hold oneself, or better: standing is best
    std::string_view usage;  // what follows the name
    std::string_view help;   // one line; empty rows are other names and are not listed
    int number = 0;
};

std::span<const CommandRow> command_table();
const CommandRow* exact_row(std::string_view word);
const CommandRow* abbreviated_row(std::string_view word);

// ---- the handlers, by file
void command_move(Call& call);  // moving.cpp
void command_go(Call& call);
void command_flee(Call& call);
void command_position(Call& call);
void command_wake(Call& call);
void command_look(Call& call);  // looking.cpp
void command_examine(Call& call);
void command_exits(Call& call);
void command_read(Call& call);
void command_get(Call& call);  // things.cpp
void command_drop(Call& call);
void command_put(Call& call);
void command_give(Call& call);  // giving.cpp
void command_wear(Call& call);  // equipment.cpp
void command_remove(Call& call);
void command_eat(Call& call);
void command_inventory(Call& call);
void command_equipment(Call& call);
void command_pick(Call& call);
void command_junk(Call& call);
void command_door(Call& call);  // doors.cpp
void command_kill(Call& call);  // fighting.cpp
void command_consider(Call& call);
void command_say(Call& call);  // talking.cpp
void command_tell(Call& call);
void command_reply(Call& call);
void command_whisper(Call& call);
void command_ask(Call& call);
void command_talk(Call& call);
void command_emote(Call& call);
void command_who(Call& call);
void command_score(Call& call);  // oneself.cpp
void command_affects(Call& call);
void command_gold(Call& call);
void command_time(Call& call);
void command_brief(Call& call);
void command_save(Call& call);
void command_quit(Call& call);
void command_alias(Call& call);  // aliases.cpp
void command_unalias(Call& call);
void command_missing(Call& call);  // missing.cpp: words of a game that is not here; content goes first
void command_help(Call& call);     // help.cpp
void command_commands(Call& call);

}  // namespace kiln::world
