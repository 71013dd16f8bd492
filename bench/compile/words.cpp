#include "bench/compile/words.h"

#include <algorithm>
#include <array>

namespace kiln::bench {

namespace {

constexpr std::array adjectives = {
    "amber", "ashen",   "bitter", "black",  "blue",  "bright", "broken", "cold",   "copper", "crooked",
    "dim",   "drowned", "dusty",  "empty",  "far",   "fallen", "foggy",  "frozen", "gilded", "green",
    "grey",  "hidden",  "high",   "hollow", "iron",  "lame",   "little", "lonely", "long",   "lost",
    "low",   "mossy",   "narrow", "old",    "pale",  "quiet",  "red",    "ruined", "rusty",  "salt",
    "sandy", "silent",  "silver", "sleepy", "smoky", "stony",  "sunken", "tall",   "thorny", "white"};
constexpr std::array places = {
    "alley",  "archway", "attic", "barn",   "bridge", "cave",    "cellar", "chapel", "cliff", "court",
    "cross",  "dell",    "dock",  "field",  "ford",   "gallery", "garden", "gate",   "glade", "grove",
    "hall",   "hill",    "hut",   "keep",   "ladder", "lane",    "marsh",  "mill",   "mine",  "moor",
    "nook",   "orchard", "pass",  "path",   "pool",   "quarry",  "ridge",  "road",   "shaft", "shore",
    "square", "stair",   "store", "street", "tower",  "tunnel",  "vault",  "wall",   "wood",  "yard"};
constexpr std::array things = {
    "axe",    "bag",    "basket", "bell",  "belt",   "book",    "boots", "bottle", "bowl",   "box",
    "brooch", "bucket", "candle", "cap",   "chain",  "charm",   "cloak", "coat",   "cup",    "dagger",
    "drum",   "fan",    "flask",  "flute", "gloves", "hammer",  "hat",   "helm",   "hook",   "horn",
    "jar",    "kettle", "knife",  "ladle", "lamp",   "lantern", "mask",  "mirror", "mug",    "net",
    "pan",    "pipe",   "plate",  "pot",   "ring",   "robe",    "rope",  "sack",   "shield", "spade",
    "spear",  "spoon",  "staff",  "stick", "stone",  "sword",   "tunic", "urn",    "vest",   "wheel"};
constexpr std::array creatures = {
    "badger", "baker",  "bandit", "bat",    "beetle", "boar",   "carter", "cat",    "clerk",  "cook",
    "crab",   "crow",   "dog",    "duck",   "eel",    "farmer", "ferret", "fisher", "fox",    "frog",
    "ghost",  "goat",   "goblin", "guard",  "hermit", "heron",  "hunter", "imp",    "lizard", "mason",
    "miller", "miner",  "mole",   "monk",   "mouse",  "newt",   "ogre",   "otter",  "owl",    "pedlar",
    "piper",  "rat",    "robber", "sailor", "scout",  "smith",  "snake",  "spider", "thief",  "toad",
    "troll",  "turtle", "warden", "wasp",   "weaver", "witch",  "wolf",   "woman",  "wraith", "youth"};
constexpr std::array materials = {"bone",  "brass", "bronze", "clay",   "cloth", "copper",
                                  "flint", "glass", "gold",   "iron",   "lead",  "leather",
                                  "linen", "oak",   "pewter", "silver", "slate", "steel",
                                  "straw", "tin",   "wax",    "wicker", "wood",  "wool"};
constexpr std::array verbs = {"leans against", "hides",        "holds up",  "looks down on", "smells of",
                              "has swallowed", "belongs to",   "remembers", "leads past",    "stands beside",
                              "grows over",    "waits behind", "shuts out", "hangs above",   "opens on"};
constexpr std::array endings = {
    "and nobody asks why",    "as it always has",        "since the last flood",
    "when the wind is right", "without a sound",         "like an old joke",
    "and the dust agrees",    "to the end of the light", "where feet have worn the floor",
    "or did, before the fire"};

template <typename List>
std::string_view one_of(Dice& dice, const List& list) {
    return list[static_cast<std::size_t>(dice.below(static_cast<int>(list.size())))];
}

}  // namespace

std::uint64_t Dice::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::string_view adjective(Dice& dice) { return one_of(dice, adjectives); }
std::string_view place_noun(Dice& dice) { return one_of(dice, places); }
std::string_view thing_noun(Dice& dice) { return one_of(dice, things); }
std::string_view creature_noun(Dice& dice) { return one_of(dice, creatures); }
std::string_view material(Dice& dice) { return one_of(dice, materials); }

std::string large(std::string_view words) {
    std::string result(words);
    if (!result.empty() && result[0] >= 'a' && result[0] <= 'z')
        result[0] = static_cast<char>(result[0] - 32);
    return result;
}

std::string article(std::string_view noun) {
    const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun[0]) != std::string_view::npos;
    return (vowel ? "an " : "a ") + std::string(noun);
}

std::string sentence(Dice& dice) {
    std::string result = large(article(adjective(dice)));
    result += ' ';
    result += dice.chance(50) ? place_noun(dice) : thing_noun(dice);
    result += ' ';
    result += one_of(dice, verbs);
    result += " the ";
    result += adjective(dice);
    result += ' ';
    result += dice.chance(50) ? place_noun(dice) : thing_noun(dice);
    if (dice.chance(60)) {
        result += ' ';
        result += one_of(dice, endings);
    }
    result += '.';
    return result;
}

std::string prose(Dice& dice, int characters) {
    std::string result = sentence(dice);
    while (static_cast<int>(result.size()) + 40 < characters) result += " " + sentence(dice);
    return result;
}

std::string wrapped(std::string_view words, std::size_t indent, std::size_t width) {
    std::string result, line;
    const auto flush = [&] {
        result += std::string(indent, ' ') + line + "\n";
        line.clear();
    };
    for (std::size_t at = 0; at < words.size();) {
        auto end = std::min(words.find(' ', at), words.size());
        if (words.substr(at).starts_with("[one of]")) end = std::min(words.find(' ', at + 8), words.size());
        const auto word = words.substr(at, end - at);
        if (!line.empty() && line.size() + 1 + word.size() > width) flush();
        if (!line.empty()) line += ' ';
        line += word;
        at = end + 1;
    }
    if (!line.empty()) flush();
    return result;
}

}  // namespace kiln::bench
