#pragma once
// Two texts side by side, line by line, as people know it from version control.

#include <string>
#include <string_view>

namespace kiln::compiler {

// "--- name / +++ name (formatted) / @@ -3,4 +3,5 @@ ..." with three lines around each change; empty if they
// are equal. Very different texts are shown as one change.
std::string difference(std::string_view name, std::string_view before, std::string_view after);

}  // namespace kiln::compiler
