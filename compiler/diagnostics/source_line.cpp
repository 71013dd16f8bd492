#include "compiler/diagnostics/source_line.h"

#include <algorithm>

#include "compiler/diagnostics/render.h"

namespace kiln::compiler {
namespace {

constexpr std::size_t widest = 160, context = 60;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::size_t columns(std::string_view words) {
    return static_cast<std::size_t>(
        std::count_if(words.begin(), words.end(), [](char c) { return !continues_character(c); }));
}

std::string shown(std::string_view words) {
    std::string out;
    for (const char c : words) {
        if (c == '\t')
            out += "    ";
        else
            out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
    return out;
}

// At most `limit` bytes from one end, never half a character.
std::string_view first(std::string_view words, std::size_t limit) {
    if (words.size() <= limit) return words;
    while (limit > 0 && continues_character(words[limit])) --limit;
    return words.substr(0, limit);
}
std::string_view last(std::string_view words, std::size_t limit) {
    if (words.size() <= limit) return words;
    auto from = words.size() - limit;
    while (from < words.size() && continues_character(words[from])) ++from;
    return words.substr(from);
}

}  // namespace

LineColumn line_column(std::string_view text, std::uint32_t offset) {
    const auto before = text.substr(0, std::min<std::size_t>(offset, text.size()));
    const auto line = before.rfind('\n');
    const auto start = line == std::string_view::npos ? 0 : line + 1;
    return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            static_cast<std::uint32_t>(columns(before.substr(start))) + 1};
}

SourceLine source_line(std::string_view text, Span span) {
    const auto begin = std::min<std::size_t>(span.begin, text.size());
    const auto line = begin == 0 ? std::string_view::npos : text.rfind('\n', begin - 1);
    const auto start = line == std::string_view::npos ? 0 : line + 1;
    auto stop = std::min(text.find('\n', begin), text.size());
    if (stop > begin && text[stop - 1] == '\r') --stop;
    const auto end = std::clamp<std::size_t>(span.end, begin, stop);

    auto before = text.substr(start, begin - start);
    auto marked = text.substr(begin, end - begin);
    auto after = text.substr(end, stop - end);
    const bool is_long = stop - start > widest;
    const bool cut = is_long && before.size() > context;
    if (is_long) {
        before = last(before, context);
        marked = first(marked, widest);
        after = first(after, context);
    }
    SourceLine out;
    out.words = (cut ? "..." : "") + shown(before);
    out.before = columns(out.words);
    const auto middle = shown(marked);
    out.marks = std::max<std::size_t>(1, columns(middle));
    out.words += middle + shown(after);
    return out;
}

}  // namespace kiln::compiler
