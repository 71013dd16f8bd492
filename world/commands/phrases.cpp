#include "world/commands/phrases.h"

#include <algorithm>
#include <charconv>

#include "world/actions/telling.h"

namespace kiln::world {

namespace {

bool is_money_word(std::string_view word) {
    return word == "gold" || word == "coin" || word == "coins" || word == "money";
}

// Does it name a container itself, and not several by their plural: "get all chest", not "get all chests".
bool names_container(Call& call, Phrase words, Looks where) {
    const Wanted wanted = parse_wanted(words);
    if (wanted.it || !wanted.chosen.is_nobody() || (wanted.all && !words.front().starts_with("all.")))
        return !find_among(call.engine, call.who, candidates(call.engine, call.who, where), wanted).empty();
    for (const Handle one : candidates(call.engine, call.who, where)) {
        if (!is_container(call.engine, one)) continue;
        const auto keywords = keywords_of(call.engine, one);
        const bool fits = std::ranges::all_of(wanted.words, [&](const std::string& word) {
            return std::ranges::any_of(keywords,
                                       [&](const std::string& keyword) { return keyword.starts_with(word); });
        });
        if (fits && !wanted.words.empty()) return true;
    }
    return false;
}

}  // namespace

std::pair<Phrase, Phrase> parted(Phrase words, std::initializer_list<std::string_view> at) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (std::ranges::find(at, words[i]) != at.end()) return {words.first(i), words.subspan(i + 1)};
    }
    return {words, {}};
}

std::optional<std::int64_t> money_in(Call& call, Phrase words) {
    if (words.size() == 3 && words[1] == "gold" && is_money_word(words[2])) words = words.first(2);
    const bool alone = words.size() == 1;
    if (words.empty() || words.size() > 2) return std::nullopt;
    std::string_view last = words.back();
    const bool dotted_all = alone && last.starts_with("all.");
    if (dotted_all) last.remove_prefix(4);
    if (!is_money_word(last) || call.is_there(words.last(1), looks::own)) return std::nullopt;
    const std::int64_t purse = call.engine.store.read(Field::creature_gold, call.who);
    if (dotted_all || words.front() == "all") return purse;
    if (alone) return 0;
    std::int64_t amount = 0;
    const char* end = words[0].data() + words[0].size();
    const auto read = std::from_chars(words[0].data(), end, amount);
    if (read.ec != std::errc{} || read.ptr != end || amount <= 0) return std::nullopt;
    return amount;
}

ThingAndContainer parted_at_container(Call& call, Phrase words, Looks where) {
    for (std::size_t length = words.size() - 1; length > 0; --length) {
        const Phrase container = words.last(length);
        if (names_container(call, container, where)) return {words.first(words.size() - length), container};
    }
    return {words, {}};
}

void tell_too_few(Call& call, Phrase words, std::size_t found) {
    const Wanted wanted = parse_wanted(words);
    if (wanted.all || static_cast<std::int64_t>(found) >= wanted.count) return;
    tell_words(call.engine, call.who, "hint", "hint",
               "You find only " + number_word(static_cast<std::int64_t>(found)) + ".");
}

}  // namespace kiln::world
