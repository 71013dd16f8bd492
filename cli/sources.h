#pragma once
// Finds and reads the `.mud` files a command line names, and the folders that belong to the installation.

#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"

namespace kiln::cli {

// Files as named, folders with every `.mud` file below them (hidden folders excepted); sorted, each file
// once. The error says which path could not be read and why.
std::expected<std::vector<compiler::Source>, std::string> read_sources(
    std::span<const std::string_view> paths);

// Whole file as bytes; refuses what is larger than `limit`.
std::expected<std::string, std::string> read_file(const std::filesystem::path& path, std::size_t limit);

// All or nothing: writes beside the target, then renames. The error says what went wrong.
std::expected<void, std::string> write_file(const std::filesystem::path& path, std::string_view bytes);

// A folder such as "content/std" or "web" of the checkout that holds the running executable, or of a folder
// above the current one.
std::optional<std::filesystem::path> find_shared_folder(std::string_view relative);

// Reads and compiles; prints diagnostics to stderr for people. Nothing if there is no image; `exit_code` says
// why.
struct Compiled {
    std::optional<compiler::CompileResult> result;
    int exit_code = 0;
};
Compiled compile_for_people(std::span<const std::string_view> paths, const compiler::CompileOptions& options);

// Colour only where a person sees it: a terminal that is not dumb, and NO_COLOR not set.
compiler::Format format_for(int file_descriptor);

}  // namespace kiln::cli
