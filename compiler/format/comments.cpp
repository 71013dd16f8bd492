#include "compiler/format/comments.h"

#include <algorithm>
#include <vector>

namespace kiln::compiler::formatting {
namespace {

struct Line {
    std::size_t column = 0;  // of its first character
    std::string_view text;   // without blanks around it
};

Line line_of(std::string_view words) {
    Line line;
    while (!words.empty() && (words.back() == ' ' || words.back() == '\t' || words.back() == '\r'))
        words.remove_suffix(1);
    for (; !words.empty() && (words.front() == ' ' || words.front() == '\t'); words.remove_prefix(1))
        line.column = words.front() == '\t' ? line.column / 4 * 4 + 4 : line.column + 1;
    line.text = words;
    return line;
}

}  // namespace

std::string placed(const Comment& comment, std::size_t indent) {
    auto end = comment.text.find('\n');
    std::string words(line_of(comment.text.substr(0, end)).text);
    std::vector<Line> lines;
    auto margin = std::string_view::npos;
    while (end != std::string_view::npos) {
        const auto begin = end + 1;
        end = comment.text.find('\n', begin);
        const auto length = end == std::string_view::npos ? end : end - begin;
        lines.push_back(line_of(comment.text.substr(begin, length)));
        if (!lines.back().text.empty()) margin = std::min(margin, lines.back().column);
    }
    const auto deeper =
        margin > comment.column && margin != std::string_view::npos ? margin - comment.column : 0;
    for (const Line& line : lines) {
        words += '\n';
        if (line.text.empty()) continue;
        words.append(indent + deeper + (line.column - margin), ' ');
        words += line.text;
    }
    return words;
}

}  // namespace kiln::compiler::formatting
