#pragma once
// What is said when tokens have not the shape of the grammar.

#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {

// tokens[at] did not fit (at may be the size: the end did not); these would have.
Problem explain(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                const std::vector<TokenType>& expected);

}  // namespace kiln::compiler::parsing
