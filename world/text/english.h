#pragma once
// What every sentence needs to know of English. Pure functions over words.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::world {

// Numbers of the enumeration `gender`.
enum class Gender : std::int64_t { neutral, female, male, plural };

std::string lowered(std::string_view words);                     // ASCII letters only
bool is_article(std::string_view word);                          // a, an, the, some
std::string without_article(std::string_view name);              // "an iron key" -> "iron key"
std::string with_the(std::string_view name);  // "an iron key" -> "the iron key"; names without article stay
std::string with_a(std::string_view name);    // "the iron key" -> "an iron key"; names without article stay
std::string indefinite(std::string_view noun);                   // "iron key" -> "an iron key"
std::string plural_of(std::string_view noun);  // "old knife" -> "old knives", "key of iron" -> "keys of iron"
std::string counted(std::string_view name,
                    std::int64_t count);  // ("a rat", 3) -> "three rats"; 1 -> as written
std::string number_word(std::int64_t number);                    // "two" to "twelve", digits beyond
std::string ordinal_word(std::int64_t number);                   // "first" to "tenth", "11th"
std::int64_t ordinal_value(std::string_view word);               // 0 if it is none
std::string second_form(std::string_view verb);                  // "carries" -> "carry", "is" -> "are"
std::string money_words(std::int64_t amount);                    // "5 gold"
std::string duration_words(std::int64_t milliseconds);           // "2 minutes and 5 seconds"

// `form` is one of he, him, his, hers, himself; anything else answers itself.
bool is_pronoun(std::string_view form);
std::string pronoun_of_you(std::string_view form);
std::string pronoun_of(Gender gender, std::string_view form);  // plural stands for "they" of one person, too

// Number of single-letter changes between two words; used for "did you mean".
std::size_t edit_distance(std::string_view one, std::string_view other);

}  // namespace kiln::world
