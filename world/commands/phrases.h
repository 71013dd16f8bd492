#pragma once
// What the commands about things share: a line parted at its little words, sums of money, containers named
// last.

#include <initializer_list>
#include <optional>
#include <utility>

#include "world/commands/command_table.h"

namespace kiln::world {

// Before and after one of some words: "lamp" and "chest" of "lamp from chest".
std::pair<Phrase, Phrase> parted(Phrase words, std::initializer_list<std::string_view> at);

// "5 gold", "50 coins", "all gold"; 0 for "coins" alone: how many? Nothing if it is no money.
std::optional<std::int64_t> money_in(Call& call, Phrase words);
inline constexpr std::string_view how_much = "How much? Say a number, as in: 10 coins.";

// "lamp chest" is "lamp" and "chest" if a container here is called so; the container is empty if none is.
struct ThingAndContainer {
    Phrase thing, container;
};
ThingAndContainer parted_at_container(Call& call, Phrase words, Looks where);

// The same action on all that is meant: done ones tell themselves, refusals are told in between.
template <typename Action>
void for_all(Call& call, const std::vector<Handle>& things, const Action& action) {
    for (const Handle thing : things) {
        if (!call.engine.store.is_alive(thing) || call.engine.is_faulting()) continue;
        ActionResult result = action(thing);
        if (things.size() == 1) return call.take(std::move(result));
        if (!result.done) show(call.engine, call.who, "error", std::move(result.refusal));
    }
}

// More were asked for than there are.
void tell_too_few(Call& call, Phrase words, std::size_t found);

}  // namespace kiln::world
