#pragma once
// Questions about the state that all actions share. Nothing here changes anything.

#include <string_view>
#include <vector>

#include "world/actions/actions.h"
#include "world/actions/enumerations.h"
#include "world/text/names.h"

namespace kiln::world {

// How deep things can lie in each other; put_item refuses more.
constexpr int deepest_nesting = 8;

std::int64_t integer_property(const Engine& engine, Handle entity, std::string_view name,
                              std::int64_t otherwise = 0);
bool has_flag(const Engine& engine, Handle entity, std::int64_t flag);          // its `flags` list
template <typename Flag>
bool flagged(const Engine& engine, Handle entity, Flag flag) {
    return has_flag(engine, entity, static_cast<std::int64_t>(flag));
}

bool is_player(const Engine& engine, Handle who);
bool is_npc(const Engine& engine, Handle who);
bool is_active(const Engine& engine, Handle who);            // a living creature in the world, not dying
bool is_dying(const Engine& engine, Handle who);
Position position_of(const Engine& engine, Handle who);
Handle room_of(const Engine& engine, Handle creature);       // directly; nobody while out of the world
ItemKind kind_of(const Engine& engine, Handle item);
WearSlot slot_of(const Engine& engine, Handle item);         // where it is worn now
bool is_container(const Engine& engine, Handle item);
bool is_gone(const Engine& engine,
             Handle effect);  // effect that has ended and only waits for its `end` handlers

std::vector<Handle> people_in(const Engine& engine, Handle room);  // active creatures by arrival; a copy
std::vector<Handle> things_in(const Engine& engine,
                              Handle place);  // items directly in a room or container; a copy
std::vector<Handle> carried_by(const Engine& engine, Handle who);               // without what is worn
std::vector<Handle> worn_by(const Engine& engine, Handle who);                  // by slot
std::vector<Handle> effects_of(const Engine& engine, Handle who);               // running ones
Handle worn_in(const Engine& engine, Handle who, WearSlot slot);
Handle exit_toward(const Engine& engine, Handle room, int direction);           // nobody if there is none
bool exit_is_visible(const Engine& engine, Handle exit);
bool exit_is_closed(const Engine& engine, Handle exit);
bool exit_is_locked(const Engine& engine, Handle exit);
Handle holder_of(const Engine& engine, Handle item);         // the creature that carries it, however deep
bool is_inside(const Engine& engine, Handle what, Handle place);                // however deep
std::int64_t weight_of(const Engine& engine, Handle item);   // with what is in it
std::int64_t load_of(const Engine& engine, Handle who);      // weight of all it carries and wears
// An item that every world may have, declared somewhere in std: "corpse" finds std.things.corpse. no_index if
// none.
std::uint32_t standard_item(const Engine& engine, std::string_view name);
bool can_carry(Engine& engine, Handle who, Handle item);
std::int64_t per_hundred(std::int64_t part, std::int64_t whole);

}  // namespace kiln::world
