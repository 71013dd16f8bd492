#include <filesystem>
#include <iostream>

#include "cli/options.h"
#include "cli/sources.h"
#include "compiler/manual/manual.h"

namespace kiln::cli {

int doc_command(Arguments arguments) {
    if (arguments.size() != 1) return wrong_use("doc", "into which folder?");
    const std::filesystem::path folder{arguments[0]};
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return cannot("make the folder " + folder.string() + ": " + error.message());
    }
    for (const compiler::ManualPage& page : compiler::manual_pages()) {
        const std::string path = (folder / page.file).string();
        if (auto written = write_file(path, page.text); !written) {
            return cannot(written.error());
        }
        std::cout << path << "\n";
    }
    return exit_ok;
}

}  // namespace kiln::cli
