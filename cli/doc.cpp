// `kiln doc`: writes the reference pages of the language.

#include <cstdio>
#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"
#include "compiler/manual/manual.h"

namespace kiln::cli {

int doc_command(const Options& options) {
    if (options.words.size() != 1) return wrong_use("doc", "into which folder?");
    const std::filesystem::path folder(options.words.front());
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) {
        std::fprintf(stderr, "kiln doc: cannot make %s: %s\n", folder.c_str(), problem.message().c_str());
        return exit_failed;
    }
    for (const compiler::ManualPage& page : compiler::manual_pages()) {
        const std::filesystem::path path = folder / page.file;
        if (const auto written = write_file(path, page.text); !written) {
            std::fprintf(stderr, "kiln doc: %s\n", written.error().c_str());
            return exit_failed;
        }
        std::puts(path.c_str());
    }
    return exit_ok;
}

}  // namespace kiln::cli
