#pragma once
// Diagnostics for readers: people on a terminal, or programs.

#include <string>

#include "compiler/compile.h"

namespace kiln::compiler {

enum class Format : std::uint8_t { human, human_color, json };

// Source line, caret, labels and advice for people; one JSON array for programs. Ends with a count line for
// people.
std::string render(const CompileResult& result, Format format);

struct LineColumn {
    std::uint32_t line = 1, column = 1;  // from 1; columns count characters
};
LineColumn line_column(std::string_view text, std::uint32_t offset);

}  // namespace kiln::compiler
