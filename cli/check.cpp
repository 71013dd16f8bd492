// `kiln check`: compiles and reports, writes nothing.

#include <unistd.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"

namespace kiln::cli {

int check_command(const Options& options) {
    if (options.words.empty()) return wrong_use("check", "which folder or file?");
    const std::string_view wanted = options.value("--format").value_or("human");
    if (wanted != "human" && wanted != "json") return wrong_use("check", "--format is human or json");

    auto sources = read_sources(options.words);
    if (!sources) return wrong_use("check", sources.error());
    const std::size_t count = sources->size();
    const compiler::CompileResult result = compiler::compile(std::move(*sources), {.with_tests = true});
    if (wanted == "json") {
        std::puts(compiler::render(result, compiler::Format::json).c_str());
    } else if (result.diagnostics.empty()) {
        std::printf("%zu %s, no problems\n", count, count == 1 ? "file" : "files");
    } else {
        std::fputs(compiler::render(result, format_for(STDOUT_FILENO)).c_str(), stdout);
    }
    return result.has_errors ? exit_failed : exit_ok;
}

}  // namespace kiln::cli
