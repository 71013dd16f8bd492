#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/tidy/rules.h"

namespace fs = std::filesystem;

namespace {

constexpr const char* folders[] = {"vm",    "world", "compiler", "scenario", "server", "cli",   "grammar",
                                   "tests", "bench", "web",      "content",  "docs",   "cmake", "scripts",
                                   "templates"};
constexpr const char* single_files[] = {"run", "test", "README.md", "ARCHITECTURE.md", "CMakeLists.txt"};
constexpr std::string_view endings[] = {".h",  ".cpp", ".def", ".g4",  ".mud", ".md",    ".js", ".mjs",
                                        ".css", ".html", ".sh", ".txt", ".cmake", ".lua"};

kiln::tidy::File read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return {path.generic_string(), text.str()};
}

// Bad input of tests may break any rule: the folders of examples are theirs.
bool is_left_out(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return name == "node_modules" || name == "errors" || name == "syntax" ||
           name == "render" || name == "corpus";
}

bool is_read(const fs::path& file) {
    return std::ranges::find(endings, file.extension().string()) != std::end(endings);
}

std::vector<kiln::tidy::File> the_house() {
    std::vector<kiln::tidy::File> files;
    for (const char* folder : folders) {
        for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
            if (entry->is_directory() && is_left_out(entry->path())) {
                entry.disable_recursion_pending();
            } else if (entry->is_regular_file() && is_read(entry->path())) {
                files.push_back(read(entry->path()));
            }
        }
    }
    for (const char* file : single_files) {
        files.push_back(read(file));
    }
    return files;
}

}  // namespace

TEST_CASE("the house keeps its rules") {
    const auto files = the_house();
    REQUIRE(files.size() > 100);
    const auto findings = kiln::tidy::check(files);
    // Straight to the output: as a message of the test framework it would be wrapped.
    std::fputs(kiln::tidy::print(findings).c_str(), stdout);
    CHECK(findings.empty());
}
