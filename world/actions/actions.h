#pragma once
// What can happen in the world, once, for commands, intrinsics, combat and effects alike. Each action asks
// the `before` handlers where events.def says so, changes state, tells whoever sees it, and raises the
// `after` event. A refused action changes nothing and says why in `refusal`.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "world/engine.h"

namespace kiln::world {

struct ActionResult {
    bool done = false;
    std::vector<StyledRun> refusal;      // for the actor; empty if somebody has told them already
};

ActionResult walk(Engine& engine, Handle who, int direction);
ActionResult relocate(Engine& engine, Handle who, Handle room);  // teleport, shown to both rooms and to who
void show_room(Engine& engine, Handle who, bool force_description);
ActionResult take_item(Engine& engine, Handle who, Handle item);                // from room or container
ActionResult drop_item(Engine& engine, Handle who, Handle item);
ActionResult destroy_item(Engine& engine, Handle who, Handle item);             // by its owner, for good
ActionResult give_item(Engine& engine, Handle who, Handle item, Handle to);
ActionResult put_item(Engine& engine, Handle who, Handle item, Handle container);
ActionResult wear_item(Engine& engine, Handle who, Handle item);                // wields weapons
ActionResult remove_item(Engine& engine, Handle who, Handle item);
ActionResult consume_item(Engine& engine, Handle who, Handle item);
// Coins: a purse is a number, a heap that lies somewhere is an item.
ActionResult take_money(Engine& engine, Handle who, Handle heap, std::int64_t amount);   // or all there is
ActionResult drop_money(Engine& engine, Handle who, std::int64_t amount);
ActionResult put_money(Engine& engine, Handle who, std::int64_t amount, Handle container);
ActionResult give_money(Engine& engine, Handle who, std::int64_t amount, Handle to);
void place_item(Engine& engine, Handle item, Handle place);  // also a new arrival, and slot 0

enum class DoorChange : std::uint8_t { open, close, lock, unlock };
ActionResult change_door(Engine& engine, Handle who, Handle exit,
                         DoorChange change);  // with key, vetoes, messages
ActionResult change_container(Engine& engine, Handle who, Handle item, DoorChange change);
void set_door(Engine& engine, Handle exit, DoorChange change);                  // by the world: no questions

ActionResult start_fight(Engine& engine, Handle who, Handle victim);            // with all protections
void fight_round(Engine& engine, Handle who);                                   // timer combat_round
void stop_fight(Engine& engine, Handle who);
ActionResult flee(Engine& engine, Handle who);
void damage(Engine& engine, Handle victim, std::int64_t amount, int damage_type, Handle source);
void heal(Engine& engine, Handle who, std::int64_t amount);
void die(Engine& engine, Handle victim, Handle killer);  // corpse, loot, experience; players wake at home
void give_xp(Engine& engine, Handle who, std::int64_t amount);
std::int64_t total_stat(Engine& engine, Handle who, int stat);  // base, worn things and effects together

void apply_effect(Engine& engine, std::uint32_t definition, Handle victim, std::int64_t length_ms,
                  Handle source);
void end_effect(Engine& engine, Handle effect, int reason);
// What drops, one call each; gold comes as item no_index.
void roll_loot(Engine& engine, std::uint32_t loot, Handle killer,
               const std::function<void(std::uint32_t item, std::int64_t count)>& on_drop);

// The prompt of a creature, and its numbers as canonical JSON: {"hp":9,"max_hp":20,...}.
struct Prompt {
    std::vector<StyledRun> runs;
    std::string data;
};
Prompt render_prompt(Engine& engine, Handle who);
// First words to somebody who has never been here: three things to try, all of which work. Emits them.
void welcome(Engine& engine, Handle who);

std::int64_t roll_dice(Engine& engine, vm::Dice dice);                          // never below 0

// What a room's declaration spawns and is missing now: called when a room is made and at each reset of its
// zone.
void fill_spawns(Engine& engine, Handle room);
// The clockwork of something just made: npcs that walk about or attack, zones that are filled again.
void begin_timers(Engine& engine, Handle made);

// Timers whose purpose belongs here (combat_round, effect_*, regeneration, wander, respawn, zone_reset,
// decay).
void on_timer(Engine& engine, TimerPurpose purpose, Handle timer_owner, std::int64_t argument);
// Everybody in the room of `who` reads `text`, each in the right person; `except` reads nothing.
void act(Engine& engine, Handle who, const vm::TextValue& text, Handle except = {});
// Engine's own sentences: "{who} {gets} {item}." with markup of the language's texts, compiled by text/.
void act_words(Engine& engine, Handle who, std::string_view words,
               std::span<const std::pair<std::string_view, Handle>> names, std::string_view topic = {});
void tell_words(Engine& engine, Handle to, std::string_view topic, std::string_view style,
                std::string_view words);

}  // namespace kiln::world
