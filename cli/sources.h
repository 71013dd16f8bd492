#pragma once
// Files of the disk, as the front doors want them.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"

namespace kiln::cli {

// The bytes of one file, or a sentence that says why not.
std::expected<std::string, std::string> read_file(const std::string& path);
// Writes beside and renames, so that a reader sees the old file or the new one.
std::expected<void, std::string> write_file(const std::string& path, std::string_view bytes);

// Every .mud file below the folders (hidden folders are left out) and every .mud file named itself; sorted, each once,
// called by its path as written. No file at all is an error.
std::expected<std::vector<compiler::Source>, std::string> read_sources(const std::vector<std::string_view>& places);

// The folder of the standard content: beside the executable, or in a folder above it. Empty if there is none.
std::string find_standard_content();
// The folder of the page, found in the same way.
std::string find_web_folder();

// Prints what the compiler has to say: coloured only on a terminal that wants it.
void print_diagnostics(const compiler::CompileResult& result);

}  // namespace kiln::cli
