#include "world/commands/typed_lines.h"

#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/words.h"
#include "world/limits.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::vector<std::string> lines_in(std::string_view bytes) {
    std::vector<std::string> lines;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        lines.emplace_back(bytes.substr(0, end));
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return lines;
}

std::string joined_lines(const std::vector<std::string>& lines) {
    std::string bytes;
    for (const auto& line : lines) bytes += (bytes.empty() ? "" : "\n") + line;
    return bytes;
}

// "!", "!k" and "^old^new" as the line they mean; empty if there is none.
std::string brought_back(const std::vector<std::string>& earlier, std::string_view typed) {
    if (earlier.empty()) return {};
    if (typed.front() == '!') {
        const auto beginning = typed.substr(1);
        const auto found = std::find_if(earlier.rbegin(), earlier.rend(),
                                        [&](const auto& line) { return line.starts_with(beginning); });
        return found == earlier.rend() ? std::string() : *found;
    }
    const std::size_t middle = typed.find('^', 1);
    if (middle == std::string_view::npos || middle == 1) return {};
    const auto wrong = typed.substr(1, middle - 1);
    auto right = typed.substr(middle + 1);
    if (right.ends_with('^')) right.remove_suffix(1);
    std::string line = earlier.back();
    const std::size_t at = line.find(wrong);
    return at == std::string::npos ? std::string() : line.replace(at, wrong.size(), right);
}

void remember_line(Engine& engine, Handle who, std::vector<std::string> earlier, const std::string& line) {
    if ((!earlier.empty() && earlier.back() == line) || line.size() > limits::remembered_line_bytes) return;
    earlier.push_back(line);
    if (earlier.size() > limits::remembered_lines) earlier.erase(earlier.begin());
    engine.store.write_bytes(Field::creature_lines, who, joined_lines(earlier));
}

// `$1` to `$9` and `$*`; an alias that names none gets what follows at its end.
std::string filled_in(const std::string& line, const Words& typed) {
    std::string result;
    bool takes_words = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char next = i + 1 < line.size() ? line[i + 1] : ' ';
        const bool place = line[i] == '$' && (next == '*' || (next >= '1' && next <= '9'));
        if (!place) {
            result += line[i];
            continue;
        }
        takes_words = true;
        const auto word = static_cast<std::size_t>(next - '0');
        result += next == '*' ? typed.rest(1) : typed.between(word, word + 1);
        ++i;
    }
    if (!takes_words && typed.size() > 1) result += " " + std::string(typed.rest(1));
    return result;
}

std::vector<std::string> parts_of(const std::string& line) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= line.size() && parts.size() < limits::lines_of_alias;) {
        const std::size_t end = std::min(line.find(';', begin), line.size());
        auto part = cleaned(std::string_view(line).substr(begin, end - begin));
        if (!part.empty()) parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

// Aliases do not see each other: what one brings is never looked up again, so none can run for ever.
std::vector<std::string> expanded(const Engine& engine, Handle who, std::string line) {
    const Words words = split_line(line);
    if (words.size() > 0) {
        for (const auto& alias : aliases_of(engine, who)) {
            if (alias.name == words.words.front()) return parts_of(filled_in(alias.line, words));
        }
    }
    return {std::move(line)};
}

}  // namespace

std::vector<std::string> typed_lines(Engine& engine, Handle who, std::string_view typed) {
    std::string line = cleaned(typed);
    if (line.empty()) return {};
    auto earlier = lines_in(engine.store.read_bytes(Field::creature_lines, who));
    if (line.front() == '!' || line.front() == '^') {
        std::string found = brought_back(earlier, line);
        if (found.empty()) return {std::move(line)};
        line = std::move(found);
        tell_words(engine, who, "hint", "hint", "(" + line + ")");
    }
    remember_line(engine, who, std::move(earlier), line);
    return expanded(engine, who, std::move(line));
}

std::string problem_of_recall(std::string_view line) {
    if (line == "!") return "You have typed nothing yet that could be repeated.";
    if (line.starts_with("!"))
        return "You have typed no line lately that begins with \"" + std::string(line.substr(1)) + "\".";
    if (!line.starts_with("^")) return {};
    const std::size_t middle = line.find('^', 1);
    if (middle == std::string_view::npos) return "Write it like this: ^wrong^right";
    return "Your last line has no \"" + std::string(line.substr(1, middle - 1)) + "\" in it.";
}

std::vector<Alias> aliases_of(const Engine& engine, Handle who) {
    std::vector<Alias> aliases;
    for (const auto& line : lines_in(engine.store.read_bytes(Field::creature_aliases, who))) {
        const std::size_t middle = std::min(line.find('='), line.size());
        aliases.push_back({line.substr(0, middle), line.substr(std::min(middle + 1, line.size()))});
    }
    return aliases;
}

void keep_aliases(Engine& engine, Handle who, const std::vector<Alias>& aliases) {
    std::vector<std::string> lines;
    for (const auto& alias : aliases) lines.push_back(alias.name + "=" + alias.line);
    engine.store.write_bytes(Field::creature_aliases, who, joined_lines(lines));
}

}  // namespace kiln::world
