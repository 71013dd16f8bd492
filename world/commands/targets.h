#pragma once
// Whom and what a player means: "rat", "2.rat", "second rat", "all.key", "3 arrows", "it", "me".

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/engine.h"

namespace kiln::world {

struct Wanted {
    bool all = false;                    // "all", "all.key", "all keys"
    bool it = false, me = false;
    std::int64_t ordinal = 1;            // "2.rat", "second rat", "rat 2"
    std::int64_t count = 1;              // "3 arrows"
    std::vector<std::string> words;      // all of them must fit
    std::string spoken;                  // for "You see no ... here."
};

Wanted parse_wanted(std::span<const std::string> words);

enum class Fit : std::uint8_t { none, prefix, exact };
Fit fit_of(const std::vector<std::string>& keywords, const std::vector<std::string>& words);

// Where to look, in this order.
enum class Look : std::uint8_t { carried, worn, things_here, people_here, exits_here };

std::vector<Handle> candidates(Engine& engine, Handle who, std::span<const Look> where);
// What fits best among them: exact names before beginnings of names; all of them if `all` is wanted.
std::vector<Handle> find_among(Engine& engine, Handle who, const std::vector<Handle>& among,
                               const Wanted& wanted);
Handle find_one(Engine& engine, Handle who, std::span<const Look> where,
                const Wanted& wanted);  // notes it as "it"
Handle find_exit(Engine& engine, Handle who,
                 std::span<const std::string> words);  // by direction or by the door's name
Handle find_player(Engine& engine, Handle who, std::string_view name);              // anywhere in the world
void note_it(Engine& engine, Handle who, Handle thing);

}  // namespace kiln::world
