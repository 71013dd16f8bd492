#include "world/commands/words.h"

#include <algorithm>
#include <array>

#include "world/limits.h"
#include "world/text/english.h"

namespace kiln::world {

namespace {


// Numbers of the enumeration `direction`.
constexpr std::array<std::array<std::string_view, 2>, 12> directions = {{
    {"north", "n"},
    {"east", "e"},
    {"south", "s"},
    {"west", "w"},
    {"up", "u"},
    {"down", "d"},
    {"northeast", "ne"},
    {"southeast", "se"},
    {"southwest", "sw"},
    {"northwest", "nw"},
    {"in", "inside"},
    {"out", "outside"},
}};

// Length of the bytes at the front that nobody may send: controls, and marks that reorder what others read.
std::size_t forbidden_at(std::string_view bytes) {
    const auto code = [&](std::size_t i) {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u;
    };
    if (code(0) < 0x20 || code(0) == 0x7f) return 1;
    if (code(0) == 0xc2 && code(1) >= 0x80 && code(1) <= 0x9f) return 2;
    const bool turns = (code(2) >= 0xaa && code(2) <= 0xae) || (code(2) >= 0x8b && code(2) <= 0x8f);
    if (code(0) == 0xe2 && code(1) == 0x80 && turns) return 3;
    if (code(0) == 0xe2 && code(1) == 0x81 && code(2) >= 0xa6 && code(2) <= 0xa9) return 3;
    return 0;
}

bool closes_quote(std::string_view line, std::size_t at) {
    return at + 1 == line.size() || line[at + 1] == ' ';
}

// End of a quoted word that begins at `start`, or npos if the quote is a mere apostrophe.
std::size_t end_of_quote(std::string_view line, std::size_t start) {
    for (std::size_t at = line.find(line[start], start + 1); at != std::string_view::npos;
         at = line.find(line[start], at + 1)) {
        if (closes_quote(line, at)) return at;
    }
    return std::string_view::npos;
}

}  // namespace

std::string_view Words::rest(std::size_t from) const {
    return from < starts.size() ? std::string_view(line).substr(starts[from]) : std::string_view{};
}

std::string_view Words::between(std::size_t from, std::size_t to) const {
    if (from >= starts.size() || to <= from) return {};
    std::string_view part = std::string_view(line).substr(starts[from]);
    if (to < starts.size()) part = part.substr(0, starts[to] - starts[from]);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    return part;
}

std::string cleaned(std::string_view line) {
    std::string result;
    for (std::size_t i = 0; i < line.size();) {
        const std::size_t skip = forbidden_at(line.substr(i));
        if (skip > 0) {
            if (line[i] == '\t') result += ' ';
            i += skip;
        } else {
            result += line[i++];
        }
    }
    if (result.size() > limits::line_bytes) {
        std::size_t end = limits::line_bytes;
        while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xc0) == 0x80) --end;
        result.resize(end);
    }
    const std::size_t begin = result.find_first_not_of(' ');
    if (begin == std::string::npos) return {};
    return result.substr(begin, result.find_last_not_of(' ') - begin + 1);
}

std::string spelled_out(std::string line) {
    if (line.empty()) return line;
    const std::string rest = cleaned(std::string_view(line).substr(1));
    switch (line.front()) {
        case '\'':
        case '"': return "say " + rest;
        case ':':
        case ';': return "emote " + rest;
        case '?': return "help " + rest;
        default: return line;
    }
}

Words split_line(std::string_view line) {
    Words result;
    result.line = line;
    for (std::size_t i = 0; i < line.size();) {
        if (line[i] == ' ') {
            ++i;
            continue;
        }
        const bool quote = line[i] == '\'' || line[i] == '"';
        const std::size_t quoted_end = quote ? end_of_quote(line, i) : std::string_view::npos;
        const std::size_t begin = quoted_end == std::string_view::npos ? i : i + 1;
        const std::size_t end =
            quoted_end == std::string_view::npos ? std::min(line.find(' ', i), line.size()) : quoted_end;
        if (end > begin) {
            result.words.push_back(lowered(line.substr(begin, end - begin)));
            result.starts.push_back(i);
        }
        i = std::max(end, i) + 1;
    }
    return result;
}

int direction_of(std::string_view word) {
    for (std::size_t i = 0; i < directions.size(); ++i) {
        if (word == directions[i][0] || word == directions[i][1]) return static_cast<int>(i);
        // "nor" and "sou", but not the "i" and "o" of other commands.
        if (i < 6 && word.size() >= 2 && directions[i][0].starts_with(word)) return static_cast<int>(i);
    }
    return -1;
}

std::vector<std::string> nearest_words(std::string_view word, const std::vector<std::string>& candidates,
                                       std::size_t most) {
    const std::size_t allowed = word.size() <= 3 ? 1 : 2;
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& candidate : candidates) {
        if (candidate.size() < 2) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance <= allowed && distance < candidate.size()) near.emplace_back(distance, candidate);
    }
    std::ranges::stable_sort(near, {}, [](const auto& entry) { return entry.first; });
    std::vector<std::string> result;
    for (const auto& [distance, candidate] : near) {
        if (result.size() < most && std::ranges::find(result, candidate) == result.end())
            result.push_back(candidate);
    }
    return result;
}

}  // namespace kiln::world
