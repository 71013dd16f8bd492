#pragma once
// Comments as lines of the new layout.

#include <cstddef>
#include <string>

#include "compiler/format/source.h"

namespace kiln::compiler::formatting {

// The comment, to begin at column `indent`; no line end behind it. The lines of a block comment keep their
// places towards its first one.
std::string placed(const Comment& comment, std::size_t indent);

}  // namespace kiln::compiler::formatting
