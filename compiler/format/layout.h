#pragma once
// Prints a tree of statements and blocks in the one layout there is.

#include <string>

#include "compiler/format/source.h"
#include "compiler/format/tree.h"

namespace kiln::compiler::formatting {

std::string lay_out(const SourceText& source, const Block& file);

}  // namespace kiln::compiler::formatting
