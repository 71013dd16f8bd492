#include "compiler/diagnostics/excerpt.h"

#include <algorithm>

#include "compiler/diagnostics/text_width.h"

namespace kiln::compiler {

namespace {

constexpr std::size_t widest = 160, context = 60;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

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

// Marks bytes [begin, end) of one line.
ExcerptLine marked_line(std::uint32_t number, std::string_view line, std::size_t begin, std::size_t end) {
    begin = std::min(begin, line.size());
    end = std::clamp(end, begin, line.size());
    auto before = line.substr(0, begin), marked = line.substr(begin, end - begin), after = line.substr(end);
    const bool is_long = line.size() > widest;
    const bool cut = is_long && before.size() > context;
    if (is_long) {
        before = last(before, context);
        marked = first(marked, widest);
        after = first(after, context);
    }
    ExcerptLine out;
    out.number = number;
    out.words = (cut ? "..." : "") + shown(before, 0);
    out.before = width_of(out.words);
    const auto middle = shown(marked, out.before);
    out.marks = std::max<std::size_t>(1, width_of(middle));
    out.words += middle;
    out.words += shown(after, width_of(out.words));
    return out;
}

}  // namespace

std::vector<ExcerptLine> excerpt(const SourceMap& sources, Span span) {
    const auto end = std::max(span.begin, span.end);
    const auto first_line = sources.place(span.file, span.begin).line;
    // A span that ends with the end of a line does not reach into the next.
    const auto last_line = sources.place(span.file, end > span.begin ? end - 1 : end).line;
    const auto offset = [&](std::uint32_t line, std::uint32_t at) {
        const auto begin = sources.begin_of_line(span.file, line);
        return at > begin ? at - begin : 0;
    };
    const auto line = sources.line(span.file, first_line);
    std::vector<ExcerptLine> out;
    out.push_back(marked_line(first_line, line, offset(first_line, span.begin),
                              last_line > first_line ? line.size() : offset(first_line, end)));
    if (last_line == first_line) return out;
    const auto lower = sources.line(span.file, last_line);
    const auto indentation = std::min(lower.find_first_not_of(" \t"), lower.size());
    out.push_back(marked_line(last_line, lower, indentation, offset(last_line, end)));
    return out;
}

}  // namespace kiln::compiler
