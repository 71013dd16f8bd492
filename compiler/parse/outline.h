#pragma once
// Cuts a file into regions, one a declaration, before the parser proper sees it: a mistake in one region
// cannot touch another. Works by the indentation that authors have, without needing it.

#include <optional>

#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {

struct Region {
    std::vector<Token> tokens;                                   // braces are balanced
    std::vector<std::pair<std::size_t, std::size_t>> chunks;     // declarations in it: usually one
    std::optional<Problem> problem;                              // the first found so far
    bool hopeless = false;                                       // not worth more than its first line
};

std::vector<Region> outline(std::string_view text, Lexed lexed);

}  // namespace kiln::compiler::parsing
