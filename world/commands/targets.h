#pragma once
// Whom and what a player means: "rat", "2.rat", "second rat", "all.key", "3 arrows", "it", "him", "me".

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/commands/words.h"
#include "world/engine.h"

namespace kiln::world {

struct Wanted {
    bool all = false;  // "all", "all.key", "all keys"
    bool it = false, me = false;
    bool numbered = false;           // `ordinal` has been said
    std::int64_t ordinal = 1;        // "2.rat", "second rat", "rat 2"
    std::int64_t count = 1;          // "3 arrows"
    Handle chosen;                   // the answer to a question
    std::vector<std::string> words;  // all of them must fit
    std::string pronoun;             // "it", "him", "her", "them", "!"
    std::string spoken;              // for "You see no ... here."
};

Wanted parse_wanted(Phrase words);
// How a chosen thing stands in a line that is run again. Nobody can type it.
std::string chosen_word(Handle thing);

enum class Fit : std::uint8_t { none, prefix, exact };
Fit fit_of(const std::vector<std::string>& keywords, const std::vector<std::string>& words);

// Where to look, in this order.
enum class Look : std::uint8_t { carried, worn, things_here, people_here, exits_here };
using Looks = std::span<const Look>;
namespace looks {
inline constexpr Look bag[] = {Look::carried};
inline constexpr Look worn[] = {Look::worn};
inline constexpr Look own[] = {Look::carried, Look::worn};
inline constexpr Look room[] = {Look::things_here};
inline constexpr Look people[] = {Look::people_here};
inline constexpr Look exits[] = {Look::exits_here};
inline constexpr Look bag_first[] = {Look::carried, Look::things_here, Look::worn};
inline constexpr Look room_first[] = {Look::things_here, Look::carried, Look::worn};
inline constexpr Look all[] = {Look::people_here, Look::things_here, Look::carried, Look::worn};
}  // namespace looks

// What is looked through, group after group: a group is preferred to the ones behind it.
using Groups = std::vector<std::vector<Handle>>;
Groups groups_of(Engine& engine, Handle who, Looks where);
std::vector<Handle> candidates(Engine& engine, Handle who, Looks where);

// Does the verb make sense for it? A closed door is meant by "open door" before one that stands open.
using Sense = std::function<bool(Handle)>;

struct Meant {
    std::vector<Handle> found;  // in order; one, unless several were asked for
    std::vector<Handle> tied;   // or: nothing tells these apart, one of each name
};
// Exact names before beginnings of names, never the middle of one; then what makes sense; then the first
// group.
Meant choose_among(Engine& engine, Handle who, const Groups& groups, const Wanted& wanted,
                   const Sense& sense = {});
Meant choose(Engine& engine, Handle who, Looks where, const Wanted& wanted, const Sense& sense = {});

// The first that fits, for questions about what is there; notes nothing and asks nothing.
std::vector<Handle> find_among(Engine& engine, Handle who, const std::vector<Handle>& among,
                               const Wanted& wanted);
Handle find_exit(Engine& engine, Handle who, Phrase words);             // by direction or by the door's name
Handle find_player(Engine& engine, Handle who, std::string_view name);  // anywhere in the world
// The keyed facts by which a creature remembers whom and what "it" is.
inline constexpr std::string_view it_key = "command.it", whom_key = "command.whom";
void note_it(Engine& engine, Handle who, Handle thing);  // "it", "him" and so on mean this from now on
// "the brass key", "the door to the north": what tells it from others in a question.
std::string label_of(Engine& engine, Handle thing, Handle who);
// " Did you mean sword?" if a word was only mistyped, else nothing.
std::string slip_hint(Engine& engine, Handle who, Looks where, const Wanted& wanted);

}  // namespace kiln::world
