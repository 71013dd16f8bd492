#pragma once
// What the prose of a generated world is made of. Private to big_world.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::bench {

// Draws that depend on nothing but the seed.
class Dice {
 public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    int below(int limit) {
        return limit <= 0 ? 0 : static_cast<int>(next() % static_cast<std::uint64_t>(limit));
    }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool chance(int percent) { return below(100) < percent; }

 private:
    std::uint64_t state_;
};

std::string_view adjective(Dice& dice);
std::string_view place_noun(Dice& dice);
std::string_view thing_noun(Dice& dice);
std::string_view creature_noun(Dice& dice);
std::string_view material(Dice& dice);
std::string sentence(Dice& dice);               // begins with a capital, ends with a full stop
std::string prose(Dice& dice, int characters);  // whole sentences, about so many characters
std::string large(std::string_view words);      // with a capital
std::string article(std::string_view noun);     // "a lamp", "an axe"
// The lines of a text block: prose broken into lines of `width`, each behind `indent` spaces.
std::string wrapped(std::string_view words, std::size_t indent, std::size_t width);

}  // namespace kiln::bench
