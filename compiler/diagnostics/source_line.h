#pragma once
// The line of a source that a span begins on, ready to be shown above its marks.

#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.h"

namespace kiln::compiler {

struct SourceLine {
    std::string words;  // tabs are spaces, control characters are gone, long lines are cut around the span
    std::size_t before = 0, marks = 1;   // columns to the first mark, and how many marks
};
SourceLine source_line(std::string_view text, Span span);

}  // namespace kiln::compiler
