// A phrase as what is wanted: numbers, "all", pronouns and articles are taken off its words.

#include <charconv>
#include <optional>

#include "world/commands/targets.h"
#include "world/text/english.h"

namespace kiln::world {

namespace {

constexpr char chosen_mark = '\x01';  // cleaned() takes it out of everything typed
constexpr std::int64_t largest_number = 1'000;

std::optional<std::int64_t> number_of(std::string_view word) {
    if (word.empty() || word.size() > 4) return std::nullopt;
    std::int64_t value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size()) return std::nullopt;
    return value >= 1 && value <= largest_number ? std::optional(value) : std::nullopt;
}

// "3 arrows" and "three arrows".
std::optional<std::int64_t> count_of(std::string_view word) {
    if (const auto number = number_of(word)) return number;
    for (std::int64_t number = 2; number <= 12; ++number) {
        if (number_word(number) == word) return number;
    }
    return std::nullopt;
}

bool is_pronoun_of_it(std::string_view word) {
    return word == "it" || word == "him" || word == "her" || word == "them" || word == "!";
}
bool is_me(std::string_view word) { return word == "me" || word == "myself" || word == "self"; }
bool is_small_word(std::string_view word) { return is_article(word) || word == "my"; }
bool is_all(std::string_view word) {
    return word == "all" || word == "everything" || word == "every" || word == "each";
}

using Strings = std::vector<std::string>;

void drop_fillers(Strings& words) {
    while (words.size() > 1 && is_small_word(words.front())) words.erase(words.begin());
}

// "2.rat" and "all.key": the part before the dot, if it is such a part.
void take_prefix(std::string& word, Wanted& wanted) {
    const std::size_t dot = word.find('.');
    if (dot == std::string::npos || dot == 0) return;
    const std::string before = word.substr(0, dot);
    if (is_all(before)) {
        wanted.all = true;
    } else if (const auto number = number_of(before)) {
        wanted.ordinal = *number;
        wanted.numbered = true;
    } else {
        return;
    }
    word = word.substr(dot + 1);
}

void take_all(Strings& words, Wanted& wanted) {
    wanted.all = true;
    words.erase(words.begin());
    if (words.size() > 1 && words.front() == "of") words.erase(words.begin());
    drop_fillers(words);
}

void take_numbers(Strings& words, Wanted& wanted) {
    const auto number = [&](std::int64_t value, bool at_front) {
        wanted.ordinal = value;
        wanted.numbered = true;
        words.erase(at_front ? words.begin() : words.end() - 1);
    };
    if (is_all(words.front())) return take_all(words, wanted);
    if (words.size() > 1) {
        if (const auto ordinal = ordinal_value(words.front()); ordinal > 0) return number(ordinal, true);
        if (const auto count = count_of(words.front())) {
            wanted.count = *count;
            words.erase(words.begin());
            return;
        }
        if (const auto last = number_of(words.back())) return number(*last, false);
    }
    take_prefix(words.front(), wanted);
    if (words.front().empty()) words.erase(words.begin());
}

}  // namespace

std::string chosen_word(Handle thing) { return chosen_mark + std::to_string(thing.to_slot()); }

Wanted parse_wanted(Phrase typed) {
    Wanted wanted;
    Strings words(typed.begin(), typed.end());
    if (!words.empty() && words.front().starts_with(chosen_mark)) {
        Slot slot = 0;
        const auto& word = words.front();
        std::from_chars(word.data() + 1, word.data() + word.size(), slot);
        wanted.chosen = Handle::from_slot(slot);
        wanted.spoken = "such thing";
        return wanted;
    }
    for (const auto& word : words) wanted.spoken += (wanted.spoken.empty() ? "" : " ") + word;
    drop_fillers(words);
    if (words.empty()) return wanted;
    if (words.size() == 1) {
        wanted.it = is_pronoun_of_it(words.front());
        wanted.me = is_me(words.front());
        if (wanted.it) wanted.pronoun = words.front();
        if (wanted.it || wanted.me) return wanted;
    }
    take_numbers(words, wanted);
    // "all.all" and the like mean everything.
    if (words.size() == 1 && is_all(words.front())) words.clear();
    if (!words.empty()) {
        wanted.spoken = wanted.numbered && wanted.ordinal > 1 ? ordinal_word(wanted.ordinal) : std::string();
        for (const auto& word : words) wanted.spoken += (wanted.spoken.empty() ? "" : " ") + word;
    }
    wanted.words = std::move(words);
    return wanted;
}

}  // namespace kiln::world
