#pragma once
// Text to tree. Never throws, never stops at the first mistake; at most one syntax error a declaration. The
// only folder that knows ANTLR.

#include <string_view>

#include "compiler/parse/ast.h"

namespace kiln::compiler {

constexpr std::size_t max_file_bytes = 1024 * 1024;
constexpr int max_nesting = 256;

ast::File parse(std::uint32_t file_index, std::string_view text, Reporter& reporter);

// For golden tests: the tree as indented text.
std::string dump(const ast::File& file);

}  // namespace kiln::compiler
