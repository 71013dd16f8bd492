#pragma once
// Compiling small worlds in tests.

#include <string>
#include <vector>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"

namespace kiln::compiler {

inline CompileResult compile_text(const std::string& text, bool with_tests = true) {
    return compile({{"test.mud", text}}, {with_tests, false});
}

// All .mud files below a folder of the checkout.
std::vector<Source> read_folder(const std::string& folder);

}  // namespace kiln::compiler
