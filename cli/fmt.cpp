// `kiln fmt`: the canonical layout, for files, folders or standard input.

#include <unistd.h>

#include <cstdio>
#include <iterator>
#include <string>

#include "cli/commands.h"
#include "cli/sources.h"
#include "compiler/format/difference.h"
#include "compiler/format/format.h"

namespace kiln::cli {

namespace {

struct Counts {
    std::size_t files = 0, changed = 0, refused = 0;
};

// Nothing if the file is to be left alone; the reason has been printed.
std::optional<std::string> formatted(const compiler::Source& source) {
    if (source.name.ends_with(".md")) return compiler::format_page(source.text);
    auto made = compiler::format(source.text);
    if (made) return std::move(*made);
    if (made.error().errors.empty()) {
        std::fprintf(stderr,
                     "%s: left as it is: the new layout would not have said the same. "
                     "This is a mistake of kiln; please report it with the file.\n",
                     source.name.c_str());
        return std::nullopt;
    }
    compiler::CompileResult result;
    result.sources.push_back(source);
    result.diagnostics = made.error().errors;
    result.has_errors = true;
    std::fputs(compiler::render(result, format_for(STDERR_FILENO)).c_str(), stderr);
    std::fprintf(stderr, "%s: left as it is\n", source.name.c_str());
    return std::nullopt;
}

std::string read_everything(std::FILE* file) {
    std::string text;
    char buffer[65536];
    for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
        text.append(buffer, count);
    return text;
}

int format_standard_input(bool only_check) {
    const compiler::Source source{"standard input", read_everything(stdin)};
    const auto made = formatted(source);
    if (!made) {
        if (!only_check) std::fwrite(source.text.data(), 1, source.text.size(), stdout);
        return exit_failed;
    }
    const std::string shown = only_check ? compiler::difference(source.name, source.text, *made) : *made;
    std::fwrite(shown.data(), 1, shown.size(), stdout);
    return only_check && *made != source.text ? exit_failed : exit_ok;
}

// False if the file could not be written.
bool format_file(const compiler::Source& source, bool only_check, Counts& counts) {
    ++counts.files;
    const auto made = formatted(source);
    if (!made) {
        ++counts.refused;
        return true;
    }
    if (*made == source.text) return true;
    ++counts.changed;
    if (only_check) {
        std::fputs(compiler::difference(source.name, source.text, *made).c_str(), stdout);
        return true;
    }
    if (const auto written = write_file(source.name, *made); !written) {
        std::fprintf(stderr, "kiln fmt: %s\n", written.error().c_str());
        return false;
    }
    std::printf("%s\n", source.name.c_str());
    return true;
}

}  // namespace

int fmt_command(const Options& options) {
    const bool only_check = options.has("--check");
    if (options.words.empty()) return wrong_use("fmt", "which files or folders? `-` is standard input");
    if (options.words.size() == 1 && options.words.front() == "-") return format_standard_input(only_check);
    auto sources = read_sources(options.words);
    if (!sources) return wrong_use("fmt", sources.error());
    Counts counts;
    bool all_written = true;
    for (const compiler::Source& source : *sources)
        all_written = format_file(source, only_check, counts) && all_written;
    const char* what = only_check ? "would change" : "changed";
    std::printf("%zu %s, %zu %s\n", counts.files, counts.files == 1 ? "file" : "files", counts.changed, what);
    const bool failed = counts.refused > 0 || !all_written || (only_check && counts.changed > 0);
    return failed ? exit_failed : exit_ok;
}

}  // namespace kiln::cli
