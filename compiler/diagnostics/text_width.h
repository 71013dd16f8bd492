#pragma once
// How much room text takes on a terminal: wide characters two columns, marks that sit on others none.

#include <cstddef>
#include <string>
#include <string_view>

namespace kiln::compiler {

std::size_t width_of(std::string_view utf8);

// As it can be shown from a column on: tabs are spaces up to the next multiple of four, control characters a ?.
std::string shown(std::string_view utf8, std::size_t column);

}  // namespace kiln::compiler
