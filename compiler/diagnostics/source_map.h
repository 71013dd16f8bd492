#pragma once
// Lines of sources: where an offset is, and what stands there. Made once for many questions.

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/compile.h"

namespace kiln::compiler {

struct LineColumn {
    std::uint32_t line = 1, column = 1;  // from 1; columns count characters
};
LineColumn line_column(std::string_view text, std::uint32_t offset);

class SourceMap {
   public:
    explicit SourceMap(const std::vector<Source>& sources) : sources_(sources), starts_(sources.size()) {}

    bool knows(Span span) const { return span.file < sources_.size(); }
    const Source& source(Span span) const { return sources_[span.file]; }
    LineColumn place(std::uint32_t file, std::uint32_t offset) const;
    std::size_t begin_of_line(std::uint32_t file, std::uint32_t line) const;
    std::string_view line(std::uint32_t file, std::uint32_t line) const;     // without its end

   private:
    const std::vector<std::size_t>& starts(std::uint32_t file) const;

    const std::vector<Source>& sources_;
    mutable std::vector<std::vector<std::size_t>> starts_;
};

}  // namespace kiln::compiler
