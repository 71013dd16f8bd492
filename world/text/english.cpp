#include "world/text/english.h"

#include <algorithm>
#include <array>
#include <utility>

#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::array<std::string_view, 13> number_words = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
constexpr std::array<std::string_view, 10> ordinals = {"first", "second",  "third",  "fourth", "fifth",
                                                       "sixth", "seventh", "eighth", "ninth",  "tenth"};

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<Pair, 22> irregular_plurals = {{
    {"knife", "knives"},   {"wolf", "wolves"},   {"leaf", "leaves"}, {"loaf", "loaves"}, {"shelf", "shelves"},
    {"thief", "thieves"},  {"half", "halves"},   {"calf", "calves"}, {"life", "lives"},  {"elf", "elves"},
    {"dwarf", "dwarves"},  {"man", "men"},       {"woman", "women"}, {"child", "children"}, {"foot", "feet"},
    {"tooth", "teeth"},    {"goose", "geese"},   {"mouse", "mice"},  {"sheep", "sheep"}, {"fish", "fish"},
    {"deer", "deer"},      {"louse", "lice"},
}};
constexpr std::array<Pair, 11> irregular_verbs = {{
    {"is", "are"}, {"has", "have"}, {"does", "do"}, {"was", "were"}, {"goes", "go"}, {"dies", "die"},
    {"lies", "lie"}, {"ties", "tie"}, {"isn't", "aren't"}, {"hasn't", "haven't"}, {"doesn't", "don't"},
}};

bool is_vowel(char letter) { return std::string_view("aeiou").find(letter) != std::string_view::npos; }

// Words that are written with one sound and spoken with another.
bool sounds_like_vowel(std::string_view word) {
    if (word.empty()) return false;
    const std::string low = lowered(word);
    for (const std::string_view start : {"hour", "honest", "honour", "heir"}) {
        if (low.starts_with(start)) return true;
    }
    for (const std::string_view start : {"uni", "use", "eu", "one", "once", "ut"}) {
        if (low.starts_with(start)) return low.starts_with("unin") || low.starts_with("unim");
    }
    return is_vowel(low.front());
}

std::string_view first_word(std::string_view words) { return words.substr(0, words.find(' ')); }

std::string plural_word(std::string_view word) {
    const std::string low = lowered(word);
    for (const auto& [one, many] : irregular_plurals) {
        if (low == one) return std::string(many);
        const bool is_its_end = one.size() > 3 && low.ends_with(one);
        if (is_its_end) return std::string(word.substr(0, word.size() - one.size())) + std::string(many);
    }
    if (low.ends_with("man") && low.size() > 4 && low != "human" && low != "shaman") {
        return std::string(word.substr(0, word.size() - 2)) + "en";
    }
    const auto ends = [&](std::string_view tail) { return low.ends_with(tail); };
    if (ends("s") || ends("x") || ends("z") || ends("ch") || ends("sh")) return std::string(word) + "es";
    if (ends("y") && low.size() > 1 && !is_vowel(low[low.size() - 2])) {
        return std::string(word.substr(0, word.size() - 1)) + "ies";
    }
    return std::string(word) + "s";
}

// Where the head noun of "bottle of wine" or "key to the cellar" ends.
std::size_t end_of_head(std::string_view noun) {
    std::size_t end = noun.size();
    for (const std::string_view word : {" of ", " to ", " with ", " in ", " from ", " for "}) {
        end = std::min(end, noun.find(word));
    }
    return end;
}

void add_unit(std::vector<std::string>& parts, std::int64_t count, std::string_view unit) {
    if (count > 0) parts.push_back(std::to_string(count) + " " + std::string(unit) + (count == 1 ? "" : "s"));
}

constexpr std::array<std::string_view, 5> pronoun_forms = {"he", "him", "his", "hers", "himself"};
using Pronouns = std::array<std::string_view, 5>;
constexpr Pronouns you = {"you", "you", "your", "yours", "yourself"};
constexpr std::array<Pronouns, 4> pronouns = {{
    {"it", "it", "its", "its", "itself"},
    {"she", "her", "her", "hers", "herself"},
    {"he", "him", "his", "his", "himself"},
    {"they", "them", "their", "theirs", "themselves"},
}};

std::string pronoun_in(const Pronouns& row, std::string_view form) {
    for (std::size_t i = 0; i < pronoun_forms.size(); ++i) {
        if (pronoun_forms[i] == form) return std::string(row[i]);
    }
    return std::string(form);
}

}  // namespace

std::string lowered(std::string_view words) {
    std::string result(words);
    for (char& letter : result) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return result;
}

bool is_article(std::string_view word) {
    const std::string low = lowered(word);
    return low == "a" || low == "an" || low == "the" || low == "some";
}

std::string without_article(std::string_view name) {
    const std::size_t space = name.find(' ');
    if (space == std::string_view::npos || !is_article(name.substr(0, space))) return std::string(name);
    return std::string(name.substr(space + 1));
}

std::string with_the(std::string_view name) {
    if (!is_article(first_word(name))) return std::string(name);
    return "the " + without_article(name);
}

std::string indefinite(std::string_view noun) {
    return (sounds_like_vowel(first_word(noun)) ? "an " : "a ") + std::string(noun);
}

std::string with_a(std::string_view name) {
    const std::string article = lowered(first_word(name));
    if (!is_article(article) || article == "some") return std::string(name);
    return indefinite(without_article(name));
}

std::string plural_of(std::string_view noun) {
    const std::size_t end = end_of_head(noun);
    const std::string_view head = noun.substr(0, end);
    const std::size_t space = head.rfind(' ');
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    return std::string(head.substr(0, begin)) + plural_word(head.substr(begin)) +
           std::string(noun.substr(end));
}

std::string number_word(std::int64_t number) {
    if (number >= 0 && number < static_cast<std::int64_t>(number_words.size())) {
        return std::string(number_words[static_cast<std::size_t>(number)]);
    }
    return std::to_string(number);
}

std::string ordinal_word(std::int64_t number) {
    if (number >= 1 && number <= static_cast<std::int64_t>(ordinals.size())) {
        return std::string(ordinals[static_cast<std::size_t>(number - 1)]);
    }
    const std::int64_t tens = number % 100;
    const std::int64_t ones = number % 10;
    const bool teen = tens >= 11 && tens <= 13;
    return std::to_string(number) + (teen        ? "th"
                                     : ones == 1 ? "st"
                                     : ones == 2 ? "nd"
                                     : ones == 3 ? "rd"
                                                 : "th");
}

std::int64_t ordinal_value(std::string_view word) {
    for (std::size_t i = 0; i < ordinals.size(); ++i) {
        if (word == ordinals[i]) return static_cast<std::int64_t>(i) + 1;
    }
    return 0;
}

std::string counted(std::string_view name, std::int64_t count) {
    if (count == 1) return std::string(name);
    if (!is_article(first_word(name))) return std::string(name) + " (" + std::to_string(count) + ")";
    return number_word(count) + " " + plural_of(without_article(name));
}

std::string second_form(std::string_view verb) {
    // Only the first word of "picks up" changes.
    const std::size_t space = verb.find(' ');
    const std::string_view word = verb.substr(0, space);
    const std::string rest = space == std::string_view::npos ? "" : std::string(verb.substr(space));
    for (const auto& [third, second] : irregular_verbs) {
        if (word == third) return std::string(second) + rest;
    }
    const auto shorter = [&](std::size_t letters) {
        return std::string(word.substr(0, word.size() - letters));
    };
    if (word.ends_with("ies")) return shorter(3) + "y" + rest;
    for (const std::string_view tail : {"shes", "ches", "sses", "xes", "zzes"}) {
        if (word.ends_with(tail)) return shorter(2) + rest;
    }
    if (word.ends_with("s") && !word.ends_with("ss")) return shorter(1) + rest;
    return std::string(verb);
}

std::string money_words(std::int64_t amount) { return std::to_string(amount) + " gold"; }

std::string duration_words(std::int64_t milliseconds) {
    const std::int64_t seconds = (milliseconds + 999) / 1000;
    if (seconds <= 0) return "no time";
    std::vector<std::string> parts;
    add_unit(parts, seconds / 86'400, "day");
    add_unit(parts, seconds / 3'600 % 24, "hour");
    add_unit(parts, seconds / 60 % 60, "minute");
    add_unit(parts, seconds % 60, "second");
    if (parts.size() > 2) parts.resize(2);
    return list_of(parts);
}

bool is_pronoun(std::string_view form) {
    return std::ranges::find(pronoun_forms, form) != pronoun_forms.end();
}

std::string pronoun_of_you(std::string_view form) { return pronoun_in(you, form); }

std::string pronoun_of(Gender gender, std::string_view form) {
    const auto row = static_cast<std::size_t>(gender);
    return pronoun_in(pronouns[row < pronouns.size() ? row : 0], form);
}

std::size_t edit_distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> before(other.size() + 1), previous(other.size() + 1), current(other.size() + 1);
    for (std::size_t j = 0; j <= other.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t change = one[i - 1] == other[j - 1] ? 0 : 1;
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change});
            // Two letters swapped are one slip of the fingers.
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
        }
        before = previous;
        previous = current;
    }
    return previous[other.size()];
}

std::string capitalized(std::string words) {
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    }
    return words;
}

std::string list_of(const std::vector<std::string>& names) {
    std::string result;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) result += i + 1 == names.size() ? " and " : ", ";
        result += names[i];
    }
    return result;
}

}  // namespace kiln::world
