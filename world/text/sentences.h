#pragma once
// The engine's own sentences, written like the texts of the language but in braces:
//   "{Who} {gives} {the item} to {target}."     {name}, {Name}: a name; {the name}, {a name}: with that
//   article {drops}: a verb that agrees with the first name; {target.falls}: with another; {who.his}: a
//   pronoun
// Words typed by players never go through here.

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "world/engine.h"

namespace kiln::world {

using Name = std::pair<std::string_view, Handle>;

std::vector<StyledRun> sentence(Engine& engine, std::string_view words, std::span<const Name> names,
                                Handle reader);

}  // namespace kiln::world
