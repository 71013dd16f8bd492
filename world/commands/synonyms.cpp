// Words that people type for something that has another name here.

#include <utility>

#include "world/commands/words.h"
#include "world/text/english.h"

namespace kiln::world {

std::string with_synonyms(std::string line) {
    using Synonym = std::pair<std::string_view, std::string_view>;
    // A blank at the end: more words follow. Without one it is the whole line.
    static constexpr Synonym synonyms[] = {
        {"pick up ", "get "},     {"put down ", "drop "},
        {"put on ", "wear "},     {"take off ", "remove "},
        {"sit down", "sit"},      {"lie down", "sleep"},
        {"stand up", "stand"},    {"wake up", "wake"},
        {"get up", "stand"},      {"look around", "look"},
        {"inv", "inventory"},     {"exit", "exits"},
        {"go to sleep", "sleep"}, {"run away", "flee"},
        {"fight ", "kill "},      {"hit ", "kill "},
        {"log out", "quit"},      {"logout", "quit"},
        {"exa ", "examine "},     {"x ", "examine "},
        {"talk to ", "talk "},    {"talk with ", "talk "},
        {"speak to ", "talk "},   {"speak with ", "talk "},
        {"speak ", "say "},       {"purchase ", "buy "},
        {"inspect ", "examine "}, {"throw away ", "junk "},
        {"destroy ", "junk "},    {"grab ", "get "},
        {"shut ", "close "},      {"quaff ", "drink "},
        {"sip ", "drink "},       {"turn around", "look"},
        {"bye", "quit"},          {"exit game", "quit"},
        {"who am i", "score"},    {"where am i", "look"},
        {"what", "look"},         {"inventory list", "inventory"},
        {"stats", "score"},       {"status", "score"},
    };
    const std::string low = lowered(line);
    for (const auto& [from, to] : synonyms) {
        const bool open_end = from.ends_with(" ");
        if (open_end ? low.starts_with(from) : low == from) return std::string(to) + line.substr(from.size());
    }
    return line;
}

}  // namespace kiln::world
