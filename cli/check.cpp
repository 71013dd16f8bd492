// `kiln check`: compiles and reports, writes nothing.

#include <unistd.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"

namespace kiln::cli {

namespace {

// People get colour where they can see it, or where they ask for it.
std::optional<compiler::Format> wanted_format(const Options& options) {
    const auto format = compiler::format_named(options.value("--format").value_or("human"));
    if (!format || *format != compiler::Format::human) return format;
    const auto color = options.value("--color").value_or("auto");
    if (color == "always") return compiler::Format::human_color;
    if (color == "never") return compiler::Format::human;
    return color == "auto" ? std::optional(format_for(STDOUT_FILENO)) : std::nullopt;
}

}  // namespace

int check_command(const Options& options) {
    if (options.words.empty()) return wrong_use("check", "which folder or file?");
    const auto format = wanted_format(options);
    if (!format)
        return wrong_use("check", "--format is human, json, sarif or github; --color is auto, always or never");

    auto sources = read_sources(options.words);
    if (!sources) return wrong_use("check", sources.error());
    const std::size_t count = sources->size();
    const compiler::CompileResult result = compiler::compile(std::move(*sources), {.with_tests = true});
    const bool for_people = *format == compiler::Format::human || *format == compiler::Format::human_color;
    if (for_people && result.diagnostics.empty())
        std::printf("%zu %s, no problems\n", count, count == 1 ? "file" : "files");
    else
        std::fputs(compiler::render(result, *format).c_str(), stdout);
    return result.has_errors ? exit_failed : exit_ok;
}

}  // namespace kiln::cli
