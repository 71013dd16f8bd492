#include "world/commands/targets.h"

#include <algorithm>

#include "world/actions/asking.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {


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

bool pronoun_fits(const Engine& engine, Handle one, std::string_view pronoun) {
    if (pronoun == "it" || pronoun == "!") return true;
    if (table_of(one) != Table::creature) return pronoun == "them";
    const Gender gender = gender_of(engine, one);
    if (pronoun == "him") return gender == Gender::male;
    if (pronoun == "her") return gender == Gender::female;
    return gender == Gender::plural || gender == Gender::neutral;
}

// What is meant without a name: "me", "it", the answer to a question. Nobody if nothing has been noted.
Handle pointed_at(const Engine& engine, Handle who, const Wanted& wanted) {
    if (wanted.me) return who;
    if (!wanted.it) return wanted.chosen;
    const bool person = wanted.pronoun == "him" || wanted.pronoun == "her" || wanted.pronoun == "them";
    const Handle last = Handle::from_slot(engine.recall(who, person ? whom_key : it_key));
    if (engine.store.is_alive(last) && pronoun_fits(engine, last, wanted.pronoun)) return last;
    const Handle other = person ? Handle::from_slot(engine.recall(who, it_key)) : Handle{};
    return engine.store.is_alive(other) && pronoun_fits(engine, other, wanted.pronoun) ? other : Handle{};
}

struct Fitting {
    Handle one;
    std::size_t group = 0;
};

std::vector<Fitting> fitting(Engine& engine, const Groups& groups, const std::vector<std::string>& words) {
    std::vector<Fitting> exact, close;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        for (const Handle one : groups[group]) {
            const Fit fit = words.empty() ? Fit::exact : fit_of(keywords_of(engine, one), words);
            if (fit == Fit::exact) exact.push_back({one, group});
            if (fit == Fit::prefix) close.push_back({one, group});
        }
    }
    return exact.empty() ? close : exact;
}

std::vector<Handle> handles(const std::vector<Fitting>& all) {
    std::vector<Handle> result;
    for (const auto& [one, group] : all) result.push_back(one);
    return result;
}

// Those that make sense go first; if only one is wanted, the others go.
void prefer(std::vector<Fitting>& found, const Sense& sense, bool keep_others) {
    if (!sense) return;
    const auto others = std::ranges::stable_partition(found, [&](const auto& one) { return sense(one.one); });
    if (!keep_others && others.begin() != found.begin()) found.erase(others.begin(), others.end());
}

// "gems" means all of them: it is the plural of every one's name, and the beginning of no name.
bool is_said_of_many(Engine& engine, const std::vector<Fitting>& found, std::string_view word) {
    return std::ranges::all_of(found, [&](const Fitting& one) {
        return fit_of_word(keywords_of(engine, one.one), word) == Fit::none;
    });
}

std::vector<Handle> one_of_each_name(Engine& engine, Handle who, const std::vector<Fitting>& found) {
    std::vector<Handle> result;
    std::vector<std::string> labels;
    for (const auto& [one, group] : found) {
        const std::string label = label_of(engine, one, who);
        if (group != found.front().group || std::ranges::find(labels, label) != labels.end()) continue;
        labels.push_back(label);
        result.push_back(one);
    }
    return result;
}

bool contains(const Groups& groups, Handle one) {
    return std::ranges::any_of(
        groups, [&](const auto& group) { return std::ranges::find(group, one) != group.end(); });
}

}  // namespace

Fit fit_of(const std::vector<std::string>& keywords, const std::vector<std::string>& words) {
    Fit worst = Fit::exact;
    for (const auto& word : words) worst = std::min(worst, fit_of_either(keywords, word));
    return worst;
}

Groups groups_of(Engine& engine, Handle who, Looks where) {
    Groups groups;
    const Handle room = room_of(engine, who);
    for (const Look look : where) {
        auto& group = groups.emplace_back();
        switch (look) {
            case Look::carried: group = carried_by(engine, who); break;
            case Look::worn: group = worn_by(engine, who); break;
            case Look::things_here: group = things_in(engine, room); break;
            case Look::people_here:
                // Oneself comes last: "look anna" means the other Anna.
                group = people_in(engine, room);
                std::erase(group, who);
                groups.push_back({who});
                break;
            case Look::exits_here:
                for (const Handle exit : engine.store.exits_of(room)) {
                    if (exit_is_visible(engine, exit)) group.push_back(exit);
                }
                break;
        }
    }
    return groups;
}

std::vector<Handle> candidates(Engine& engine, Handle who, Looks where) {
    std::vector<Handle> found;
    for (const auto& group : groups_of(engine, who, where))
        found.insert(found.end(), group.begin(), group.end());
    return found;
}

Meant choose_among(Engine& engine, Handle who, const Groups& groups, const Wanted& wanted,
                   const Sense& sense) {
    if (wanted.it || wanted.me || !wanted.chosen.is_nobody()) {
        const Handle meant = pointed_at(engine, who, wanted);
        return contains(groups, meant) ? Meant{{meant}, {}} : Meant{};
    }
    if (wanted.words.empty() && !wanted.all) return {};
    auto found = fitting(engine, groups, wanted.words);
    if (found.empty()) return {};
    if (wanted.all) return {handles(found), {}};
    if (wanted.numbered) {
        const auto place = static_cast<std::size_t>(wanted.ordinal - 1);
        return place < found.size() ? Meant{{found[place].one}, {}} : Meant{};
    }
    prefer(found, sense, wanted.count > 1);
    if (wanted.count > 1) {
        if (static_cast<std::int64_t>(found.size()) > wanted.count)
            found.resize(static_cast<std::size_t>(wanted.count));
        return {handles(found), {}};
    }
    auto each = one_of_each_name(engine, who, found);
    if (each.size() > 1 && is_said_of_many(engine, found, wanted.words.back())) return {handles(found), {}};
    if (each.size() == 1) return {std::move(each), {}};
    return {{}, std::move(each)};
}

Meant choose(Engine& engine, Handle who, Looks where, const Wanted& wanted, const Sense& sense) {
    return choose_among(engine, who, groups_of(engine, who, where), wanted, sense);
}

std::vector<Handle> find_among(Engine& engine, Handle who, const std::vector<Handle>& among,
                               const Wanted& wanted) {
    Meant meant = choose_among(engine, who, {among}, wanted);
    if (!meant.tied.empty()) meant.tied.resize(1);
    return meant.found.empty() ? std::move(meant.tied) : std::move(meant.found);
}

Handle find_exit(Engine& engine, Handle who, Phrase words) {
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
    if (wanted.words.size() > 1) {
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
    if (thing == who) return;
    const auto note = [&](std::string_view key) {
        if (engine.recall(who, key) != thing.to_slot()) engine.remember(who, key, Handle{}, thing.to_slot());
    };
    note(it_key);
    if (table_of(thing) == Table::creature) note(whom_key);
}

std::string label_of(Engine& engine, Handle thing, Handle who) {
    if (thing == who) return "yourself";
    std::string name = name_for(engine, thing, who, Article::the);
    if (table_of(thing) != Table::exit) return name;
    const auto direction = static_cast<int>(engine.store.read(Field::exit_direction, thing));
    return name + " leading " + std::string(direction_name(direction));
}

std::string slip_hint(Engine& engine, Handle who, Looks where, const Wanted& wanted) {
    if (wanted.words.size() != 1 || wanted.words.front().size() < 3) return {};
    std::vector<std::string> known;
    for (const Handle one : candidates(engine, who, where)) {
        if (fit_of(keywords_of(engine, one), wanted.words) != Fit::none) return {};
        for (auto& keyword : keywords_of(engine, one)) known.push_back(std::move(keyword));
    }
    const auto near = nearest_words(wanted.words.front(), known, 1);
    return near.empty() ? std::string() : " Did you mean " + near.front() + "?";
}

}  // namespace kiln::world
