#pragma once
// Captured texts to words, for one reader. The only place that knows English: you/your, a/an, verb forms,
// lists.

#include <string>
#include <vector>

#include "vm/machine/arena.h"
#include "world/engine.h"

namespace kiln::world {

// What a reader makes of a captured text (text id and arguments as the machine holds them). `reader` nobody:
// third person.
std::vector<StyledRun> render(Engine& engine, const vm::TextValue& text, Handle reader);
// A text property (`short`, `description`...) of an entity, evaluated for the reader if it has conditions.
std::vector<StyledRun> render_property(Engine& engine, Handle entity, std::string_view property,
                                       Handle reader);
std::string plain(const std::vector<StyledRun>& runs);
std::vector<StyledRun> styled(std::string_view style, std::string_view words);
void append(std::vector<StyledRun>& to, const std::vector<StyledRun>& more);

enum class Article : std::uint8_t { as_written, none, the, a };
// Name of a thing as the reader sees it: "you" for oneself, "someone" if unseen, else its short or player
// name.
std::string name_for(Engine& engine, Handle entity, Handle reader, Article article = Article::as_written);
std::string capitalized(std::string words);
std::string list_of(const std::vector<std::string>& names);     // "a, b and c"

}  // namespace kiln::world
