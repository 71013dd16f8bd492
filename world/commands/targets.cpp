#include "world/commands/targets.h"

#include <algorithm>
#include <optional>

#include "world/actions/asking.h"
#include "world/commands/words.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::string_view it_key = "command.it";
constexpr std::int64_t largest_number = 1'000;

std::optional<std::int64_t> number_of(std::string_view word) {
    if (word.empty() || word.size() > 4) return std::nullopt;
    std::int64_t value = 0;
    for (const char letter : word) {
        if (letter < '0' || letter > '9') return std::nullopt;
        value = value * 10 + (letter - '0');
    }
    return value >= 1 && value <= largest_number ? std::optional(value) : std::nullopt;
}

bool is_it(std::string_view word) { return word == "it" || word == "him" || word == "her" || word == "them"; }
bool is_me(std::string_view word) { return word == "me" || word == "myself" || word == "self"; }
bool is_filler(std::string_view word) { return is_article(word) || word == "my"; }

// "2.rat" and "all.key": the part before the dot, if it is such a part.
bool take_prefix(std::string& word, Wanted& wanted) {
    const std::size_t dot = word.find('.');
    if (dot == std::string::npos || dot == 0) return false;
    const std::string before = word.substr(0, dot);
    if (before == "all") {
        wanted.all = true;
    } else if (const auto number = number_of(before)) {
        wanted.ordinal = *number;
    } else {
        return false;
    }
    word = word.substr(dot + 1);
    return true;
}

Fit fit_of_word(const std::vector<std::string>& keywords, std::string_view word) {
    Fit best = Fit::none;
    for (const auto& keyword : keywords) {
        if (keyword == word) return Fit::exact;
        if (keyword.starts_with(word)) best = Fit::prefix;
    }
    return best;
}

Fit fit_of_either(const std::vector<std::string>& keywords, const std::string& word) {
    const Fit as_typed = fit_of_word(keywords, word);
    if (as_typed != Fit::none) return as_typed;
    for (const auto& keyword : keywords) {
        if (plural_of(keyword) == word) return Fit::exact;
    }
    return Fit::none;
}

void add_all(std::vector<Handle>& to, const std::vector<Handle>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

Wanted parse_wanted(std::span<const std::string> typed) {
    Wanted wanted;
    std::vector<std::string> words(typed.begin(), typed.end());
    for (const auto& word : words) wanted.spoken += (wanted.spoken.empty() ? "" : " ") + word;
    while (words.size() > 1 && is_filler(words.front())) words.erase(words.begin());
    if (words.empty()) return wanted;
    if (words.size() == 1) {
        wanted.it = is_it(words.front());
        wanted.me = is_me(words.front());
        if (wanted.it || wanted.me) return wanted;
    }
    if (words.front() == "all" || words.front() == "everything") {
        wanted.all = true;
        words.erase(words.begin());
        while (words.size() > 1 && is_filler(words.front())) words.erase(words.begin());
    } else if (const auto ordinal = ordinal_value(words.front()); ordinal > 0 && words.size() > 1) {
        wanted.ordinal = ordinal;
        words.erase(words.begin());
    } else if (const auto count = number_of(words.front()); count && words.size() > 1) {
        wanted.count = *count;
        words.erase(words.begin());
    } else if (const auto last = number_of(words.back()); last && words.size() > 1) {
        wanted.ordinal = *last;
        words.pop_back();
    } else {
        take_prefix(words.front(), wanted);
        if (words.front().empty()) words.erase(words.begin());
    }
    // "all.all" and the like mean everything.
    if (words.size() == 1 && words.front() == "all") words.clear();
    wanted.words = std::move(words);
    return wanted;
}

Fit fit_of(const std::vector<std::string>& keywords, const std::vector<std::string>& words) {
    Fit worst = Fit::exact;
    for (const auto& word : words) worst = std::min(worst, fit_of_either(keywords, word));
    return worst;
}

std::vector<Handle> candidates(Engine& engine, Handle who, std::span<const Look> where) {
    std::vector<Handle> found;
    const Handle room = room_of(engine, who);
    for (const Look look : where) {
        switch (look) {
            case Look::carried: add_all(found, carried_by(engine, who)); break;
            case Look::worn: add_all(found, worn_by(engine, who)); break;
            case Look::things_here: add_all(found, things_in(engine, room)); break;
            case Look::people_here: {
                // Oneself comes last: "look anna" means the other Anna.
                auto people = people_in(engine, room);
                std::erase(people, who);
                people.push_back(who);
                add_all(found, people);
                break;
            }
            case Look::exits_here:
                for (const Handle exit : engine.store.exits_of(room)) {
                    if (exit_is_visible(engine, exit)) found.push_back(exit);
                }
                break;
        }
    }
    return found;
}

std::vector<Handle> find_among(Engine& engine, Handle who, const std::vector<Handle>& among,
                               const Wanted& wanted) {
    if (wanted.it || wanted.me) {
        const Handle meant = wanted.me ? who : Handle::from_slot(engine.recall(who, it_key));
        return std::ranges::find(among, meant) != among.end() ? std::vector<Handle>{meant}
                                                              : std::vector<Handle>{};
    }
    if (wanted.words.empty()) return wanted.all ? among : std::vector<Handle>{};
    std::vector<Handle> exact, close;
    for (const Handle one : among) {
        const Fit fit = fit_of(keywords_of(engine, one), wanted.words);
        if (fit == Fit::exact) exact.push_back(one);
        if (fit != Fit::none) close.push_back(one);
    }
    std::vector<Handle>& found = exact.empty() ? close : exact;
    if (wanted.all) return found;
    if (wanted.count > 1) {
        if (static_cast<std::int64_t>(found.size()) > wanted.count)
            found.resize(static_cast<std::size_t>(wanted.count));
        return found;
    }
    if (static_cast<std::int64_t>(found.size()) < wanted.ordinal) return {};
    return {found[static_cast<std::size_t>(wanted.ordinal - 1)]};
}

Handle find_one(Engine& engine, Handle who, std::span<const Look> where, const Wanted& wanted) {
    const auto found = find_among(engine, who, candidates(engine, who, where), wanted);
    if (found.empty()) return {};
    note_it(engine, who, found.front());
    return found.front();
}

Handle find_exit(Engine& engine, Handle who, std::span<const std::string> words) {
    if (words.empty()) return {};
    const Handle room = room_of(engine, who);
    const int direction = direction_of(words.back());
    if (direction >= 0) {
        const Handle exit = exit_toward(engine, room, direction);
        if (exit_is_visible(engine, exit)) return exit;
    }
    const Look where[] = {Look::exits_here};
    // "north door": a direction narrows the doors that fit.
    Wanted wanted = parse_wanted(words);
    std::vector<Handle> among = candidates(engine, who, where);
    if (!wanted.words.empty() && wanted.words.size() > 1) {
        if (const int first = direction_of(wanted.words.front()); first >= 0) {
            std::erase_if(
                among, [&](Handle exit) { return engine.store.read(Field::exit_direction, exit) != first; });
            wanted.words.erase(wanted.words.begin());
        }
    }
    // "the door" means one that can be opened; a way without a door only answers to its direction.
    std::erase_if(among,
                  [&](Handle exit) { return engine.store.read_handle(Field::exit_door, exit).is_nobody(); });
    auto found = find_among(engine, who, among, wanted);
    if (found.empty() && wanted.words.size() == 1 && wanted.words.front() == "door" && !among.empty())
        found = {among.front()};
    return found.empty() ? Handle{} : found.front();
}

Handle find_player(Engine& engine, Handle who, std::string_view name) {
    Handle exact, close;
    engine.store.for_each(Table::creature, [&](Handle other) {
        if (other == who || !is_player(engine, other) || !is_active(engine, other)) return;
        const std::string known = lowered(engine.store.read_bytes(Field::creature_name, other));
        if (known == name && exact.is_nobody()) exact = other;
        if (known.starts_with(name) && close.is_nobody()) close = other;
    });
    return exact.is_nobody() ? close : exact;
}

void note_it(Engine& engine, Handle who, Handle thing) {
    if (thing != who && engine.recall(who, it_key) != thing.to_slot())
        engine.remember(who, it_key, Handle{}, thing.to_slot());
}

}  // namespace kiln::world
