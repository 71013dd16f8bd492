#pragma once
// The inside of a text block: words flow into lines, what is read stays the same. A line end is a space, an
// empty line begins a paragraph, tags are never divided.

#include <string>
#include <string_view>
#include <vector>

namespace kiln::compiler::formatting {

struct Prose {
    bool is_raw = false;             // """raw: lines mean themselves
    std::vector<std::string> lines;  // without margin; a paragraph ends with an empty one
};

// `block` is the whole literal. A condition that stands between sentences has lines of its own.
Prose flow(std::string_view block, std::size_t columns);

// On one line, or empty if it has several.
std::string flow_inline(std::string_view block);

}  // namespace kiln::compiler::formatting
