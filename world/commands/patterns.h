#pragma once
// Typed patterns of `command` and `on command`: words and slots against a typed line.

#include <string>
#include <vector>

#include "world/commands/questions.h"
#include "world/commands/words.h"
#include "world/engine.h"

namespace kiln::world {

struct PatternMatch {
    bool fits = false;            // every part found its words
    std::vector<Slot> slots;      // by parameter number; what was left out is 0 or nobody
    std::size_t known_words = 0;  // literal words that fitted: how much the player meant this
    std::string refusal;          // why a slot did not fit, if the words before it did
    Question question;            // it fits, but a slot could be several things
};

// Makes strings for `words` slots in the arena of the slice.
PatternMatch match_pattern(Engine& engine, Handle who, const schema::Pattern& pattern, const Words& words);
// "shoot <target> [with <bow>]": for people.
std::string pattern_words(const schema::Pattern& pattern);
std::string first_word_of(const schema::Pattern& pattern);

}  // namespace kiln::world
