#pragma once
// The front door: sources in, image and diagnostics out. Deterministic: same sources in any order, same
// image.

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "world/schema/image.h"

namespace kiln::compiler {

struct Source {
    std::string name;                    // as shown in diagnostics: "content/mill/cellar.mud"
    std::string text;
};

struct CompileOptions {
    bool with_tests = false;             // keep `test` declarations in the image
    bool require_rules = true;           // missing rules of rules.def are errors (off for language tests)
    bool lint = false;                   // look for what types cannot see, if there are no errors
    bool optimize = true;                // shorter code that does the same (off to compare)
};

struct CompileResult {
    std::vector<Source> sources;         // sorted by name: Span::file indexes this
    std::vector<Diagnostic> diagnostics; // sorted by file and place
    std::optional<schema::Image> image;  // absent if there is an error
    bool has_errors = false;
    std::size_t dropped = 0;             // further diagnostics, beyond what is worth reading
};

CompileResult compile(std::vector<Source> sources, const CompileOptions& options = {});

}  // namespace kiln::compiler
