#pragma once
// The reference pages of the manual, printed from the tables of truth. A test compares them with
// docs/language/.

#include <string>
#include <vector>

namespace kiln::compiler {

struct ManualPage {
    std::string file;                    // "events.md"
    std::string text;                    // Markdown, ends with a newline
};

std::vector<ManualPage> manual_pages();

}  // namespace kiln::compiler
