#include "compiler/atlas/words.h"

#include <algorithm>

namespace kiln::compiler {

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::vector<std::string> wrap(std::string_view words, std::size_t width, std::size_t most) {
    std::vector<std::string> lines(1);
    const auto cut = [&](std::string& line) {
        while (letters_in(line) > width - 1) {
            do line.pop_back();
            while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xc0) == 0x80);
        }
        line += "…";
    };
    while (!words.empty()) {
        const auto end = words.find(' ');
        const auto word = words.substr(0, end);
        words.remove_prefix(end == words.npos ? words.size() : end + 1);
        auto& line = lines.back();
        if (line.empty())
            line = word;
        else if (letters_in(line) + 1 + letters_in(word) <= width)
            line += " " + std::string(word);
        else if (lines.size() < most)
            lines.emplace_back(word);
        else {
            cut(line += " " + std::string(word));
            return lines;
        }
        if (letters_in(lines.back()) > width) cut(lines.back());
    }
    return lines;
}

std::string escaped(std::string_view words) {
    std::string text;
    for (const char c : words) {
        if (c == '&')
            text += "&amp;";
        else if (c == '<')
            text += "&lt;";
        else if (c == '>')
            text += "&gt;";
        else if (c == '"')
            text += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20)
            text += c;
    }
    return text;
}

}  // namespace kiln::compiler
