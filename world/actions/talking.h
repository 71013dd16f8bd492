#pragma once
// Speech: what is said aloud in a room, by players and by npcs.

#include <functional>

#include "world/actions/actions.h"

namespace kiln::world {

// `words` makes what is said, for each reader. Raises `say`; a prevented player has read why.
ActionResult speak(Engine& engine, Handle speaker,
                   const std::function<std::vector<StyledRun>(Handle reader)>& words);
// "Anna asks Bob about the map." Heard as speech, with the topic as its words.
ActionResult ask_about(Engine& engine, Handle who, Handle to, std::string_view topic);
ActionResult emote(Engine& engine, Handle who, std::string_view words);  // plain words of a player

}  // namespace kiln::world
