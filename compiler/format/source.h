#pragma once
// A file as the formatter sees it: tokens that know what they are, and the comments between them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/token.h"

namespace kiln::compiler::formatting {

struct Comment {
    std::string_view text;     // from // or /* to its end, as written
    std::uint32_t column = 0;  // of its first character, from 0
    bool is_line = false;      // `//`: the rest of the line is the comment
    bool starts_line = false;  // nothing stands before it in its line
    bool ends_line = false;    // nothing stands behind it in its line
    bool after_blank = false;  // an empty line stands before it
    bool behind_end = false;   // the statement before it has ended: a `;` or a line end lies between

    bool takes_lines() const { return is_line || ends_line || text.find('\n') != std::string_view::npos; }
};

struct Piece {
    parsing::Token token;
    std::string_view text;
    std::vector<Comment> before;  // in order
    bool begins_item = false;     // a statement ended before it
    bool after_blank = false;     // an empty line stands before it, behind its last comment
};

struct SourceText {
    std::vector<Piece> pieces;
    std::vector<Comment> tail;  // behind the last token
};

// `text` has no syntax errors.
SourceText read_source(std::string_view text);

}  // namespace kiln::compiler::formatting
