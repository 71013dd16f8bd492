#include "compiler/diagnostics/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kiln::compiler {

namespace {

struct Range {
    std::uint32_t first, last;
};

// Marks that combine with the character before them, and what is never seen.
constexpr std::array<Range, 25> without_width = {{
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f},
    {0x06d6, 0x06dc}, {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x0e31, 0x0e31},
    {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
    {0x202a, 0x202e}, {0x2060, 0x2064}, {0x20d0, 0x20f0}, {0x302a, 0x302d}, {0x3099, 0x309a},
    {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0x1f3fb, 0x1f3ff}, {0xe0100, 0xe01ef},
}};

// East Asian wide and full-width characters, and pictures.
constexpr std::array<Range, 24> wide = {{
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2753, 0x2757},   {0x2795, 0x2797},   {0x2b1b, 0x2b1c},   {0x2e80, 0x303e},   {0x3041, 0x33ff},
    {0x3400, 0x4dbf},   {0x4e00, 0xa4c6},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
    {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1faff}, {0x20000, 0x3fffd},
}};

template <typename Ranges>
bool is_in(const Ranges& ranges, std::uint32_t character) {
    const auto after = std::upper_bound(
        ranges.begin(), ranges.end(), character,
        [](std::uint32_t value, const Range& range) { return value < range.first; });
    return after != ranges.begin() && character <= (after - 1)->last;
}

// The character at `at`, and its length in bytes; a byte that is not UTF-8 is a character of its own.
std::uint32_t decode(std::string_view text, std::size_t at, std::size_t& length) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const auto first = byte(at);
    length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 1 || at + length > text.size()) {
        length = 1;
        return first;
    }
    auto value = first & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte(at + i) & 0x3f);
    return value;
}

std::size_t width_of_character(std::uint32_t character) {
    if (character < 0x300) return 1;
    if (is_in(without_width, character)) return 0;
    return is_in(wide, character) ? 2 : 1;
}

}  // namespace

std::size_t width_of(std::string_view utf8) {
    std::size_t width = 0, length = 0;
    for (std::size_t at = 0; at < utf8.size(); at += length)
        width += width_of_character(decode(utf8, at, length));
    return width;
}

std::string shown(std::string_view utf8, std::size_t column) {
    std::string out;
    std::size_t length = 0;
    for (std::size_t at = 0; at < utf8.size(); at += length) {
        const auto character = decode(utf8, at, length);
        if (character == '\t') {
            const auto spaces = 4 - column % 4;
            out.append(spaces, ' ');
            column += spaces;
            continue;
        }
        const bool control = character < 0x20 || (character >= 0x7f && character < 0xa0);
        out += control ? std::string_view("?") : utf8.substr(at, length);
        column += control ? 1 : width_of_character(character);
    }
    return out;
}

}  // namespace kiln::compiler
