#include <iostream>

#include "cli/arguments.h"
#include "cli/sources.h"
#include "compiler/diagnostics/render.h"

namespace kiln::cli {

int check_command(Arguments arguments) {
    constexpr FlagRow flags[] = {{"--format", "human|json", "how to print what is found"}};
    const Taken taken = take(arguments, {"kiln check [FLAGS] FOLDER_OR_FILE...", 1, 1000, flags});
    if (!taken.words) {
        return taken.exit_code;
    }
    const std::string_view format = taken.words->value("--format", "human");
    if (format != "human" && format != "json") {
        return complain("--format is human or json");
    }
    auto sources = read_sources(taken.words->plain);
    if (!sources) {
        return complain(sources.error(), exit_failed);
    }
    const auto result = compiler::compile(std::move(*sources), {.with_tests = true});
    if (format == "json") {
        std::cout << compiler::render(result, compiler::Format::json);
    } else {
        print_diagnostics(result);
        if (!result.has_errors) {
            std::cout << result.sources.size() << (result.sources.size() == 1 ? " file" : " files") << " checked, all is well\n";
        }
    }
    return result.has_errors ? exit_failed : exit_ok;
}

}  // namespace kiln::cli
