#pragma once
// The .mud files of folders, compiled.

#include <filesystem>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "world/schema/image.h"

namespace scenario_tests {

std::string read_whole(const std::filesystem::path& path);
std::vector<kiln::compiler::Source> mud_files(const std::filesystem::path& folder);

// With these sources beside them, and with their tests. Fails the test if there are errors.
kiln::schema::Image compiled(const std::filesystem::path& folder,
                             std::vector<kiln::compiler::Source> sources = {});

}  // namespace scenario_tests
