#pragma once
// Diagnostics as one JSON array, one object a line.

#include <string>

#include "compiler/compile.h"

namespace kiln::compiler {

std::string render_json(const CompileResult& result);

}  // namespace kiln::compiler
