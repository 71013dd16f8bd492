// Every .mud file below this folder is a small world of its own; its tests say what the language does.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"
#include "scenario/scenario.h"

namespace {

namespace fs = std::filesystem;
using kiln::compiler::Source;

Source read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return {path.string(), text.str()};
}

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".mud") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

TEST_CASE("every file of the language compiles without a warning, and its tests pass") {
    std::vector<Source> rules;
    for (const auto& path : files_below("content/std")) rules.push_back(read(path));
    const auto paths = files_below("tests/language");
    REQUIRE(paths.size() >= 6);
    for (const auto& path : paths) {
        auto sources = rules;
        sources.push_back(read(path));
        const auto compiled = kiln::compiler::compile(std::move(sources), {true, true});
        INFO(path.string() << "\n" << render(compiled, kiln::compiler::Format::human));
        CHECK(compiled.diagnostics.empty());
        CHECK(compiled.image.has_value());
        if (!compiled.image) continue;
        const auto results = kiln::scenario::run_tests(*compiled.image);
        CHECK_FALSE(results.empty());
        for (const auto& result : results) {
            INFO(result.file << ":" << result.line << ": " << result.name << "\n"
                             << result.message << "\n"
                             << result.transcript);
            CHECK(result.passed);
        }
    }
}
