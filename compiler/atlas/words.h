#pragma once
// Words on their way to a page.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiln::compiler {

std::size_t letters_in(std::string_view words);  // of UTF-8 text, not bytes

// Lines of at most `width` letters, at most `most` of them; the last ends with an ellipsis if words are left.
std::vector<std::string> wrap(std::string_view words, std::size_t width, std::size_t most);

// As HTML and SVG want them, within an element or an attribute.
std::string escaped(std::string_view words);

}  // namespace kiln::compiler
