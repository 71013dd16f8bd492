#include "world/commands/patterns.h"

#include <algorithm>
#include <charconv>

#include "world/actions/asking.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

using schema::Base;
using schema::PatternPart;
using schema::Reach;

constexpr std::size_t most_steps = 2'000;

// What a slot holds, before strings are made.
struct Value {
    std::uint8_t parameter = 0;
    Slot slot = 0;
    bool is_words = false;
    std::string words;
    Question question;
};

// Little words that may be left out between things, and those that may stand before them.
bool is_preposition(std::string_view word) {
    return word == "with" || word == "to" || word == "in" || word == "into" || word == "from" ||
           word == "at" || word == "on";
}
bool is_skipped(std::string_view word) { return is_article(word) || word == "at" || word == "to"; }

std::vector<Look> looks_for(Reach reach, Base base) {
    const bool creature = base == Base::creature || base == Base::npc || base == Base::player;
    if (creature) return {Look::people_here};
    if (base == Base::exit) return {Look::exits_here};
    switch (reach) {
        case Reach::carried: return {Look::carried, Look::worn};
        case Reach::worn: return {Look::worn};
        case Reach::room: return {Look::things_here};
        default: break;
    }
    if (base == Base::item) return {Look::carried, Look::things_here, Look::worn};
    return {Look::carried, Look::things_here, Look::worn, Look::people_here};
}

bool is_of_base(const Engine& engine, Handle one, Base base) {
    switch (base) {
        case Base::player: return is_player(engine, one);
        case Base::npc: return is_npc(engine, one);
        case Base::creature: return table_of(one) == Table::creature;
        case Base::item: return table_of(one) == Table::item;
        case Base::exit: return table_of(one) == Table::exit;
        default: return true;
    }
}

std::string missing_words(const PatternPart& part, const std::string& spoken) {
    if (part.type.base == Base::integer) return "That needs a number, not \"" + spoken + "\".";
    if (part.type.base == Base::direction) return "\"" + spoken + "\" is no direction.";
    if (static_cast<Reach>(part.reach) == Reach::carried)
        return "You have no " + without_article(spoken) + ".";
    if (static_cast<Reach>(part.reach) == Reach::worn) return "You wear no " + without_article(spoken) + ".";
    return "You see no " + without_article(spoken) + " here.";
}

class Matcher {
 public:
    Matcher(Engine& engine, Handle who, const schema::Pattern& pattern, const Words& words)
        : engine_(engine), who_(who), parts_(pattern.parts), words_(words) {}

    bool run() { return match(0, 0, 0); }
    std::vector<Value> values;
    std::size_t known = 0;  // most literal words that fitted on any way
    std::string refusal;

 private:
    bool match(std::size_t part, std::size_t word, std::size_t literals) {
        known = std::max(known, literals);
        if (++steps_ > most_steps) return false;
        if (part == parts_.size()) return word == words_.size();
        switch (parts_[part].kind) {
            case PatternPart::Kind::word: return match_word(part, word, literals);
            case PatternPart::Kind::slot: return match_slot(part, word, literals);
            case PatternPart::Kind::optional_begin: {
                const std::size_t kept = values.size();
                if (match(part + 1, word, literals)) return true;
                values.resize(kept);
                return match(end_of_option(part) + 1, word, literals);
            }
            default: return match(part + 1, word, literals);
        }
    }

    bool match_word(std::size_t part, std::size_t word, std::size_t literals) {
        if (word >= words_.size()) return false;
        const std::string literal = lowered(parts_[part].word);
        if (words_.words[word] == literal) return match(part + 1, word + 1, literals + 1);
        // "pull the lever" is "pull lever", and "shoot rat bow" is "shoot rat with bow".
        if (word > 0 && is_skipped(words_.words[word])) return match_word(part, word + 1, literals);
        return part > 0 && is_thing(parts_[part - 1]) && is_preposition(literal) &&
               match(part + 1, word, literals);
    }

    static bool is_thing(const PatternPart& part) {
        return part.kind == PatternPart::Kind::slot && part.type.base != Base::words &&
               part.type.base != Base::integer && part.type.base != Base::direction;
    }

    // The longest words first, so that "red apple" is not the "red".
    bool match_slot(std::size_t part, std::size_t word, std::size_t literals) {
        const PatternPart& slot = parts_[part];
        if (word >= words_.size()) return false;
        const bool single = slot.type.base == Base::integer || slot.type.base == Base::direction;
        const std::size_t last = single ? word + 1 : words_.size();
        const std::size_t kept = values.size();
        for (std::size_t end = last; end > word; --end) {
            Value value{slot.parameter, 0, false, {}, {}};
            if (!fill(slot, word, end, value)) continue;
            values.push_back(std::move(value));
            if (match(part + 1, end, literals)) return true;
            values.resize(kept);
        }
        if (literals >= known && refusal.empty()) {
            refusal = missing_words(slot, std::string(words_.between(word, end_of_phrase(part, word))));
        }
        return false;
    }

    bool fill(const PatternPart& slot, std::size_t begin, std::size_t end, Value& value) {
        const std::span<const std::string> phrase(words_.words.data() + begin, end - begin);
        switch (slot.type.base) {
            case Base::words:
                value.is_words = true;
                value.words = words_.between(begin, end);
                return true;
            case Base::integer: {
                const auto& word = phrase.front();
                const auto result = std::from_chars(word.data(), word.data() + word.size(), value.slot);
                return result.ec == std::errc{} && result.ptr == word.data() + word.size();
            }
            case Base::direction: value.slot = direction_of(phrase.front()); return value.slot >= 0;
            default: return find(slot, phrase, value);
        }
    }

    bool find(const PatternPart& slot, std::span<const std::string> phrase, Value& value) {
        Handle found;
        if (slot.type.base == Base::exit) {
            found = find_exit(engine_, who_, phrase);
        } else {
            const Meant meant = choose_among(engine_, who_, groups_for(slot), parse_wanted(phrase));
            if (!meant.found.empty()) found = meant.found.front();
            if (!meant.tied.empty()) {
                found = meant.tied.front();
                const auto begin = static_cast<std::size_t>(phrase.data() - words_.words.data());
                value.question = {begin, begin + phrase.size(), meant.tied};
            }
        }
        value.slot = found.to_slot();
        return !found.is_nobody();
    }

    Groups groups_for(const PatternPart& slot) const {
        const auto reach = static_cast<Reach>(slot.reach);
        Groups groups = groups_of(engine_, who_, looks_for(reach, slot.type.base));
        for (auto& group : groups) {
            if (reach == Reach::inside) group = inside_things(group);
            std::erase_if(group, [&](Handle one) { return !is_of_base(engine_, one, slot.type.base); });
        }
        return groups;
    }

    std::vector<Handle> inside_things(const std::vector<Handle>& places) const {
        std::vector<Handle> found;
        for (const Handle place : places) {
            if (table_of(place) != Table::item || engine_.store.read(Field::item_closed, place) != 0)
                continue;
            for (const Handle item : engine_.store.contents(place)) found.push_back(item);
        }
        return found;
    }

    std::size_t end_of_option(std::size_t begin) const {
        int depth = 0;
        for (std::size_t i = begin; i < parts_.size(); ++i) {
            if (parts_[i].kind == PatternPart::Kind::optional_begin) ++depth;
            if (parts_[i].kind == PatternPart::Kind::optional_end && --depth == 0) return i;
        }
        return parts_.size() - 1;
    }

    // How far a player meant a slot to reach: up to a word that the pattern names later.
    std::size_t end_of_phrase(std::size_t part, std::size_t begin) const {
        for (std::size_t word = begin + 1; word < words_.size(); ++word) {
            for (std::size_t i = part + 1; i < parts_.size(); ++i) {
                if (parts_[i].kind == PatternPart::Kind::word &&
                    lowered(parts_[i].word) == words_.words[word])
                    return word;
            }
        }
        return words_.size();
    }

    Engine& engine_;
    Handle who_;
    const std::vector<PatternPart>& parts_;
    const Words& words_;
    std::size_t steps_ = 0;
};

std::size_t slot_count(const schema::Pattern& pattern) {
    std::size_t count = 0;
    for (const auto& part : pattern.parts) {
        if (part.kind == PatternPart::Kind::slot)
            count = std::max<std::size_t>(count, part.parameter + std::size_t{1});
    }
    return count;
}

}  // namespace

PatternMatch match_pattern(Engine& engine, Handle who, const schema::Pattern& pattern, const Words& words) {
    PatternMatch result;
    Matcher matcher(engine, who, pattern, words);
    result.fits = matcher.run();
    result.known_words = matcher.known;
    if (!result.fits) {
        result.refusal = matcher.known > 0 ? matcher.refusal : std::string{};
        return result;
    }
    result.slots.resize(slot_count(pattern), 0);
    for (const auto& part : pattern.parts) {
        // Words left out are no words, not a number.
        if (part.kind != PatternPart::Kind::slot || part.type.base != Base::words) continue;
        const auto given = std::ranges::find(matcher.values, part.parameter, &Value::parameter);
        const auto string =
            engine.arena().add_string(given == matcher.values.end() ? std::string_view{} : given->words);
        result.fits = result.fits && string.has_value();
        result.slots[part.parameter] = string.value_or(0);
    }
    for (const auto& value : matcher.values) {
        if (!value.question.among.empty() && result.question.among.empty()) result.question = value.question;
    }
    if (!result.question.among.empty()) return result;
    for (const auto& value : matcher.values) {
        if (value.is_words) continue;
        result.slots[value.parameter] = value.slot;
        const Handle one = Handle::from_slot(value.slot);
        if (table_of(one) == Table::item || table_of(one) == Table::creature) {
            if (engine.store.is_alive(one)) note_it(engine, who, one);
        }
    }
    return result;
}

std::string pattern_words(const schema::Pattern& pattern) {
    std::string result;
    bool opened = false;
    for (const auto& part : pattern.parts) {
        if (part.kind == PatternPart::Kind::optional_end) {
            result += ']';
            continue;
        }
        if (!result.empty() && !opened) result += ' ';
        opened = part.kind == PatternPart::Kind::optional_begin;
        result += opened ? "[" : part.kind == PatternPart::Kind::slot ? "<" + part.word + ">" : part.word;
    }
    return result;
}

std::string first_word_of(const schema::Pattern& pattern) {
    for (const auto& part : pattern.parts) {
        if (part.kind == PatternPart::Kind::word) return lowered(part.word);
    }
    return {};
}

}  // namespace kiln::world
