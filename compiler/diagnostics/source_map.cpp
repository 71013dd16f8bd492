#include "compiler/diagnostics/source_map.h"

#include <algorithm>

namespace kiln::compiler {

namespace {

std::uint32_t characters(std::string_view words) {
    return static_cast<std::uint32_t>(std::count_if(
        words.begin(), words.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

LineColumn line_column(std::string_view text, std::uint32_t offset) {
    const auto before = text.substr(0, std::min<std::size_t>(offset, text.size()));
    const auto line = before.rfind('\n');
    const auto start = line == std::string_view::npos ? 0 : line + 1;
    return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            characters(before.substr(start)) + 1};
}

const std::vector<std::size_t>& SourceMap::starts(std::uint32_t file) const {
    auto& starts = starts_[file];
    if (!starts.empty()) return starts;
    starts.push_back(0);
    const auto& text = sources_[file].text;
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
        starts.push_back(at + 1);
    return starts;
}

LineColumn SourceMap::place(std::uint32_t file, std::uint32_t offset) const {
    const auto& lines = starts(file);
    const auto& text = sources_[file].text;
    const auto at = std::min<std::size_t>(offset, text.size());
    const auto after = std::upper_bound(lines.begin(), lines.end(), at);
    const auto begin = *(after - 1);
    return {static_cast<std::uint32_t>(after - lines.begin()),
            characters(std::string_view(text).substr(begin, at - begin)) + 1};
}

std::size_t SourceMap::begin_of_line(std::uint32_t file, std::uint32_t line) const {
    const auto& lines = starts(file);
    return lines[std::min<std::size_t>(std::max(line, 1u), lines.size()) - 1];
}

std::string_view SourceMap::line(std::uint32_t file, std::uint32_t line) const {
    const auto& text = sources_[file].text;
    const auto begin = begin_of_line(file, line);
    auto end = std::min(text.find('\n', begin), text.size());
    if (end > begin && text[end - 1] == '\r') --end;
    return std::string_view(text).substr(begin, end - begin);
}

}  // namespace kiln::compiler
