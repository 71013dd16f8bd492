// `kiln test`: compiles with tests and runs them on virtual time.

#include <cstdio>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"
#include "scenario/scenario.h"

namespace kiln::cli {

namespace {

void print_indented(std::string_view text, const char* margin) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        std::printf("%s%.*s\n", margin, static_cast<int>(line.size()), line.data());
        text = end == text.npos ? std::string_view{} : text.substr(end + 1);
    }
}

std::string_view source_line(const compiler::CompileResult& compiled, const scenario::TestResult& test) {
    for (const compiler::Source& source : compiled.sources) {
        if (source.name != test.file) continue;
        std::string_view rest = source.text;
        for (std::uint32_t line = 1; line < test.line; ++line) {
            const auto end = rest.find('\n');
            if (end == rest.npos) return {};
            rest = rest.substr(end + 1);
        }
        const std::string_view line = rest.substr(0, rest.find('\n'));
        const auto first = line.find_first_not_of(' ');
        return first == line.npos ? std::string_view{} : line.substr(first);
    }
    return {};
}

void print_failure(const compiler::CompileResult& compiled, const scenario::TestResult& test) {
    std::printf("%s:%u: failed: %s\n", test.file.c_str(), test.line, test.name.c_str());
    const std::string_view line = source_line(compiled, test);
    if (!line.empty()) std::printf("    > %.*s\n", static_cast<int>(line.size()), line.data());
    print_indented(test.message, "    ");
    if (!test.transcript.empty()) {
        std::puts("    transcript:");
        print_indented(test.transcript, "    | ");
    }
    std::puts("");
}

}  // namespace

int test_command(const Options& options) {
    if (options.words.empty()) return wrong_use("test", "which folder or file?");

    const Compiled compiled = compile_for_people(options.words, {.with_tests = true});
    if (!compiled.result) return compiled.exit_code;
    scenario::RunOptions run;
    run.filter = options.value("--filter").value_or("");
    const auto results = scenario::run_tests(*compiled.result->image, run);
    if (results.empty() && !run.filter.empty()) {
        return wrong_use("test", "no test has \"" + run.filter + "\" in its name");
    }
    std::size_t passed = 0;
    for (const scenario::TestResult& test : results) {
        if (test.passed) {
            ++passed;
            if (options.has("--verbose"))
                std::printf("%s:%u: passed: %s\n", test.file.c_str(), test.line, test.name.c_str());
        } else {
            print_failure(*compiled.result, test);
        }
    }
    std::printf("%zu passed, %zu failed\n", passed, results.size() - passed);
    return passed == results.size() ? exit_ok : exit_failed;
}

}  // namespace kiln::cli
