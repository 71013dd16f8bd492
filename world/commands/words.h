#pragma once
// A typed line as words. Quotes keep words together; the line itself stays for what is said aloud.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::world {

// Some of the words of a line, one behind the other.
using Phrase = std::span<const std::string>;

struct Words {
    std::string line;                 // cleaned, without blanks at the ends
    std::vector<std::string> words;   // lower case, without quotes
    std::vector<std::size_t> starts;  // where each begins in `line`

    std::size_t size() const { return words.size(); }
    std::string_view rest(std::size_t from) const;                     // the line from that word on, as typed
    std::string_view between(std::size_t from, std::size_t to) const;  // the words from..to-1, as typed
};

// Takes out control characters and marks that turn the direction of writing; cuts at 400 bytes, between
// letters.
std::string cleaned(std::string_view line);
Words split_line(std::string_view line);
// "'hello" and ":waves" become "say hello" and "emote waves"; "go north" is left to its command.
std::string spelled_out(std::string line);

// "pick up lamp" is "get lamp", "shut door" is "close door".
std::string with_synonyms(std::string line);

int direction_of(std::string_view word);  // "n", "north", "ne"...; -1 if it is none
// Up to `most` of the candidates that a slip of the fingers could have meant, nearest first.
std::vector<std::string> nearest_words(std::string_view word, const std::vector<std::string>& candidates,
                                       std::size_t most);

}  // namespace kiln::world
