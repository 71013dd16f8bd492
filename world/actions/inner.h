#pragma once
// Parts of actions that only this folder calls.

#include "world/actions/actions.h"

namespace kiln::world {

void wake_at_home(Engine& engine, Handle who);               // death of a player
void regenerate(Engine& engine, Handle who);  // timer: hit points back, and the next timer if still hurt
void effect_end_due(Engine& engine, Handle effect);          // timer: it may have been prolonged since
void spawn_row(Engine& engine, Handle room, std::size_t row);           // fills one row of a room's spawns
void schedule_respawn(Engine& engine, Handle npc);           // it is gone: another may come later
bool unique_exists(const Engine& engine, std::uint32_t definition);

}  // namespace kiln::world
