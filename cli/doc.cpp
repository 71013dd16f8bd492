#include <filesystem>
#include <iostream>

#include "cli/arguments.h"
#include "cli/sources.h"
#include "compiler/manual/manual.h"

namespace kiln::cli {

int doc_command(Arguments arguments) {
    const Taken taken = take(arguments, {"kiln doc FOLDER", 1, 1, {}});
    if (!taken.words) {
        return taken.exit_code;
    }
    const std::filesystem::path folder{std::string(taken.words->plain[0])};
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return complain("cannot make the folder " + folder.string() + ": " + error.message(), exit_failed);
    }
    for (const compiler::ManualPage& page : compiler::manual_pages()) {
        const std::string path = (folder / page.file).string();
        if (auto written = write_file(path, page.text); !written) {
            return complain(written.error(), exit_failed);
        }
        std::cout << path << "\n";
    }
    return exit_ok;
}

}  // namespace kiln::cli
