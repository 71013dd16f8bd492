#pragma once
// "Which do you mean?": several things answer to what was typed and nothing tells them apart. The question is
// kept with the player; the next line answers it with a number or a word, or is a new command.

#include <string>
#include <vector>

#include "world/commands/words.h"
#include "world/engine.h"

namespace kiln::world {

struct Question {
    std::size_t begin = 0, end = 0;  // the words of the line that are not clear
    std::vector<Handle> among;
};

// Keeps the question about the line; answers how it reads.
std::vector<StyledRun> ask(Engine& engine, Handle who, const Words& words, const Question& question);
// The line, or the one that was asked about with what has been chosen in it. The question is forgotten.
std::string answered(Engine& engine, Handle who, std::string line);

}  // namespace kiln::world
