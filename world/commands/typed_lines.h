#pragma once
// From what is typed to the lines that are run: "!" and "^old^new" bring back an earlier line, an alias
// stands for one or several. Both are kept with the player and bounded.

#include <string>
#include <string_view>
#include <vector>

#include "world/engine.h"

namespace kiln::world {

// Called inside a slice. Remembers the line; shows the one that has been brought back.
std::vector<std::string> typed_lines(Engine& engine, Handle who, std::string_view typed);
// A line that should have brought back another one and could not; empty if it is none.
std::string problem_of_recall(std::string_view line);

struct Alias {
    std::string name, line;
};
std::vector<Alias> aliases_of(const Engine& engine, Handle who);
void keep_aliases(Engine& engine, Handle who, const std::vector<Alias>& aliases);

}  // namespace kiln::world
