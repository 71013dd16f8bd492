#pragma once
// Words as a JSON string, quotes included.

#include <string>
#include <string_view>

namespace kiln::compiler {

std::string quoted(std::string_view words);

}  // namespace kiln::compiler
