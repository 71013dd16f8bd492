#pragma once
// The canonical layout of a `.mud` file: one way to write it, whoever wrote it. What is formatted says what
// it said before, token by token, with every comment; formatting it again changes nothing.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace kiln::compiler {

constexpr std::size_t format_columns = 110;

// Why a file is left alone: its syntax errors (spans are of file 0). None at all means that the layout would
// have said something else, which is a mistake of the formatter.
struct FormatRefusal {
    std::vector<Diagnostic> errors;
};

std::expected<std::string, FormatRefusal> format(std::string_view text);

// The blocks between ```mud and ``` of a Markdown page, each laid out by itself; what does not parse alone
// and everything else stays as it is.
std::string format_page(std::string_view page);

}  // namespace kiln::compiler
