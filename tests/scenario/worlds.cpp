#include "tests/scenario/worlds.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "compiler/diagnostics/render.h"

namespace scenario_tests {

std::string read_whole(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<kiln::compiler::Source> mud_files(const std::filesystem::path& folder) {
    std::vector<kiln::compiler::Source> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".mud")
            sources.push_back({entry.path().string(), read_whole(entry.path())});
    }
    return sources;
}

kiln::schema::Image compiled(const std::filesystem::path& folder,
                             std::vector<kiln::compiler::Source> sources) {
    for (auto& source : mud_files(folder)) sources.push_back(std::move(source));
    auto result = kiln::compiler::compile(std::move(sources), {.with_tests = true});
    INFO(kiln::compiler::render(result, kiln::compiler::Format::human));
    REQUIRE(result.image.has_value());
    return std::move(*result.image);
}

}  // namespace scenario_tests
