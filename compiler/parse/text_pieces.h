#pragma once
// Takes text literals apart: words, tags, conditions, styles.

#include <functional>

#include "compiler/parse/ast.h"
#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {

// Parses the expression in file bytes [begin, end); null if it is none. `escaped`: inside "...", where \" is
// a quote.
using ParseTag = std::function<ast::Expression*(std::uint32_t begin, std::uint32_t end, bool escaped)>;

// Fills `out.pieces`; a plain text is one literal. Mistakes are reported, at most one a text; what cannot be
// read is left out.
void take_apart(std::uint32_t file, std::string_view source, const Token& token, bool plain, ast::Text& out,
                const ParseTag& parse_tag, Reporter& reporter);

}  // namespace kiln::compiler::parsing
