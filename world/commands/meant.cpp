// What the phrases of a call mean, and how it says that nothing is meant.

#include <algorithm>

#include "world/commands/command_table.h"
#include "world/text/render.h"

namespace kiln::world {

Phrase Call::operands(std::size_t from) const {
    if (from >= words.size()) return {};
    return {words.words.data() + from, words.size() - from};
}

void Call::refuse(std::string_view reason) { outcome.refusal = styled("", reason); }

void Call::take(ActionResult result) {
    if (!result.done && !result.refusal.empty()) outcome.refusal = std::move(result.refusal);
}

std::vector<Handle> Call::find_in(Phrase phrase, const Groups& groups, const Sense& sense) {
    Meant meant = choose_among(engine, who, groups, parse_wanted(phrase), sense);
    if (!meant.tied.empty()) {
        const auto begin = static_cast<std::size_t>(phrase.data() - words.words.data());
        question = {begin, begin + phrase.size(), std::move(meant.tied)};
        return {};
    }
    if (!meant.found.empty()) note_it(engine, who, meant.found.front());
    return std::move(meant.found);
}

std::vector<Handle> Call::find_all(Phrase phrase, Looks where, const Sense& sense) {
    return find_in(phrase, groups_of(engine, who, where), sense);
}

Handle Call::find(Phrase phrase, Looks where, const Sense& sense) {
    const auto found = find_all(phrase, where, sense);
    return found.empty() ? Handle{} : found.front();
}

bool Call::is_there(Phrase phrase, Looks where) {
    return !find_among(engine, who, candidates(engine, who, where), parse_wanted(phrase)).empty();
}

void Call::refuse_missing(Phrase phrase, std::string_view head, std::string_view tail, Looks where) {
    const Wanted wanted = parse_wanted(phrase);
    if (wanted.it) return refuse("It is not clear what \"" + wanted.pronoun + "\" means now.");
    refuse(std::string(head) + without_article(wanted.spoken) + std::string(tail) +
           slip_hint(engine, who, where, wanted));
}

void Call::refuse_unseen(Phrase phrase, Looks where) {
    refuse_missing(phrase, "You see no ", " here.", where);
}

}  // namespace kiln::world
