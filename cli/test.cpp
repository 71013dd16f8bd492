#include <algorithm>
#include <iostream>
#include <sstream>

#include "cli/arguments.h"
#include "cli/sources.h"
#include "scenario/scenario.h"

namespace kiln::cli {
namespace {

void print_indented(std::string_view text, std::string_view indent) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        std::cout << indent << line << "\n";
    }
}

void print_failure(const scenario::TestResult& result) {
    std::cout << "FAILED " << result.file << ":" << result.line << " \"" << result.name << "\"\n";
    print_indented(result.message, "  ");
    if (!result.transcript.empty()) {
        std::cout << "  What happened:\n";
        print_indented(result.transcript, "    ");
    }
    std::cout << "\n";
}

}  // namespace

int test_command(Arguments arguments) {
    constexpr FlagRow flags[] = {
        {"--filter", "TEXT", "only tests with this in their name"},
        {"--verbose", "", "name the tests that passed, too"},
    };
    const Taken taken = take(arguments, {"kiln test [FLAGS] FOLDER_OR_FILE...", 1, 1000, flags});
    if (!taken.words) {
        return taken.exit_code;
    }
    auto sources = read_sources(taken.words->plain);
    if (!sources) {
        return complain(sources.error(), exit_failed);
    }
    const auto compiled = compiler::compile(std::move(*sources), {.with_tests = true});
    print_diagnostics(compiled);
    if (!compiled.image) {
        return exit_failed;
    }
    const std::string filter(taken.words->value("--filter"));
    const auto results = scenario::run_tests(*compiled.image, {.filter = filter});
    if (results.empty()) {
        return complain(filter.empty() ? "there are no tests here" : "no test is called like \"" + filter + "\"", exit_failed);
    }
    for (const scenario::TestResult& result : results) {
        if (!result.passed) {
            print_failure(result);
        } else if (taken.words->has("--verbose")) {
            std::cout << "passed \"" << result.name << "\"\n";
        }
    }
    const auto passed = std::ranges::count(results, true, &scenario::TestResult::passed);
    const auto failed = static_cast<std::ptrdiff_t>(results.size()) - passed;
    std::cout << passed << " passed, " << failed << " failed\n";
    return failed == 0 ? exit_ok : exit_failed;
}

}  // namespace kiln::cli
