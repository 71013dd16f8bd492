#pragma once
// What content makes of a line: `on command` handlers of things here, `command` declarations, socials.

#include <string>
#include <vector>

#include "world/commands/questions.h"
#include "world/commands/words.h"
#include "world/engine.h"

namespace kiln::world {

struct Attempt {
    // not_meant: nobody knows these words. refused: somebody does, but not like this; message says why.
    // failed: it began and must be undone.
    enum class End : std::uint8_t { not_meant, done, refused, failed };
    End end = End::not_meant;
    std::vector<StyledRun> message;
    std::int64_t lag_ms = 0;
    Question question;  // done: by asking it
    std::string_view verb;               // the handler or declaration that dealt with it
};

Attempt try_handlers_here(Engine& engine, Handle who, const Words& words);
Attempt try_commands(Engine& engine, Handle who, const Words& words, bool exact);
Attempt try_socials(Engine& engine, Handle who, const Words& words, bool exact);

// First words that content understands here, for "did you mean".
std::vector<std::string> content_words(Engine& engine, Handle who);
std::string own_name(const schema::Definition& definition);  // "shoot" of "town.shoot"

}  // namespace kiln::world
