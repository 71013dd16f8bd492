#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"
#include "scenario/scenario.h"
#include "tests/scenario/worlds.h"

namespace {

namespace fs = std::filesystem;
using kiln::compiler::Source;
using namespace scenario_tests;

// The ```mud blocks of a page, as one file: each continues the one before, a `module` line begins a new one.
// Lines keep their numbers, so that a diagnostic points into the page.
std::vector<Source> examples(const fs::path& page) {
    std::vector<Source> sources;
    std::istringstream lines(read_whole(page));
    bool inside = false;
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line); ++number) {
        if (line.starts_with("```")) {
            inside = line == "```mud";
            line.clear();
        }
        if (inside && line.starts_with("module ")) {
            sources.push_back(
                {page.string() + "#" + std::to_string(sources.size()), std::string(number, '\n')});
        }
        if (!sources.empty()) sources.back().text += (inside ? line : std::string()) + "\n";
    }
    return sources;
}

}  // namespace

TEST_CASE("every example of the documentation compiles, and its tests pass") {
    std::vector<fs::path> pages = {"README.md"};
    for (const auto& entry : fs::recursive_directory_iterator("docs")) {
        if (entry.path().extension() == ".md") pages.push_back(entry.path());
    }
    std::sort(pages.begin(), pages.end());
    std::size_t checked = 0;
    for (const auto& page : pages) {
        auto sources = examples(page);
        if (sources.empty()) continue;
        ++checked;
        for (auto& source : mud_files("content/std")) sources.push_back(source);
        const auto result = kiln::compiler::compile(sources, {.with_tests = true});
        INFO(page << "\n" << kiln::compiler::render(result, kiln::compiler::Format::human));
        REQUIRE(result.image.has_value());
        for (const auto& test : kiln::scenario::run_tests(*result.image)) {
            INFO(test.name << ": " << test.message << "\n" << test.transcript);
            CHECK(test.passed);
        }
    }
    CHECK(checked >= 2);
}

TEST_CASE("the world in content/ compiles without a word, and its tests pass") {
    const auto result = kiln::compiler::compile(mud_files("content"), {.with_tests = true});
    INFO(kiln::compiler::render(result, kiln::compiler::Format::human));
    REQUIRE(result.image.has_value());
    CHECK(result.diagnostics.empty());
    const auto tests = kiln::scenario::run_tests(*result.image);
    CHECK(tests.size() >= 20);
    for (const auto& test : tests) {
        INFO(test.file << ":" << test.line << " " << test.name << ": " << test.message << "\n"
                       << test.transcript);
        CHECK(test.passed);
    }
}
