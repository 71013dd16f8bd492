#pragma once
// The lines of a source that a span begins and ends on, ready to be shown above its marks.

#include <string>
#include <vector>

#include "compiler/diagnostics/source_map.h"

namespace kiln::compiler {

struct ExcerptLine {
    std::uint32_t number = 1;
    std::string words;                   // tabs are spaces, control characters are gone, long lines are cut
    std::size_t before = 0, marks = 1;   // columns to the first mark, and how many marks
};

// One line, or the first and the last of a span that crosses several.
std::vector<ExcerptLine> excerpt(const SourceMap& sources, Span span);

}  // namespace kiln::compiler
