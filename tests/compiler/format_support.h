#pragma once
// What a layout must not change: tokens, comments, texts. And what it must not care about: white space.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::tests {

// Everything a file consists of, in order, except separators and blanks. Text blocks with their words one
// blank apart; comments without blanks at the begin and end of lines.
std::vector<std::string> substance_of(std::string_view text);

// The same file with other white space: blanks, line ends, margins, breaks behind commas and operators, empty
// lines, text blocks in other lines. What was on one line in braces stays on one line; an empty line stays.
std::string shaken(std::string_view text, std::uint32_t seed);

}  // namespace kiln::tests
