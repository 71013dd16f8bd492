#pragma once
// Divides what does not fit on one line: fewest lines first, then the places where dividing costs least.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/format/spacing.h"

namespace kiln::compiler::formatting {

struct Word {  // what is never divided
    std::string text;
    Joint joint;  // in front of it
};

// For each word whether a line begins with it. The first line begins at column `start`, the others at
// `margin`.
std::vector<bool> find_breaks(const std::vector<Word>& words, std::size_t start, std::size_t margin,
                              std::size_t columns);

// Characters, not bytes.
std::size_t width_of(std::string_view text);

}  // namespace kiln::compiler::formatting
