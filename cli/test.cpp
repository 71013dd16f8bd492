// `kiln test`: compiles with tests and runs them on virtual time.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "cli/commands.h"
#include "cli/sources.h"
#include "scenario/report.h"
#include "scenario/scenario.h"

namespace kiln::cli {

namespace {

std::uint64_t microseconds_now() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::expected<scenario::RunOptions, std::string> run_options(const Options& options) {
    scenario::RunOptions run;
    run.filter = options.value("--filter").value_or("");
    if (options.has("--seed")) {
        const auto seed = options.number("--seed", 0, 0, ~std::uint64_t{0});
        if (!seed) return std::unexpected(seed.error());
        run.seed = *seed;
    }
    const auto threads = options.number("--threads", std::thread::hardware_concurrency(), 1, 256);
    if (!threads) return std::unexpected(threads.error());
    run.threads = static_cast<unsigned>(*threads);
    run.clock_us = microseconds_now;
    return run;
}

std::optional<scenario::ReportFormat> report_format(std::string_view name) {
    if (name == "human") return scenario::ReportFormat::people;
    if (name == "json") return scenario::ReportFormat::json;
    if (name == "junit") return scenario::ReportFormat::junit;
    return std::nullopt;
}

int list_tests(const schema::Image& image, const std::vector<std::size_t>& chosen) {
    for (const auto index : chosen) {
        const schema::TestDef& test = image.tests[index];
        const std::string file = test.file < image.sources.size() ? image.sources[test.file].name : "";
        std::printf("%s:%u: %s\n", file.c_str(), test.line, test.name.c_str());
    }
    return exit_ok;
}

}  // namespace

int test_command(const Options& options) {
    if (options.words.empty()) return wrong_use("test", "which folder or file?");
    const auto format = report_format(options.value("--format").value_or("human"));
    if (!format) return wrong_use("test", "--format is human, json or junit");
    auto run = run_options(options);
    if (!run) return wrong_use("test", run.error());

    const Compiled compiled = compile_for_people(options.words, {.with_tests = true});
    if (!compiled.result) return compiled.exit_code;
    const schema::Image& image = *compiled.result->image;
    const auto chosen = scenario::chosen_tests(image, *run);
    if (chosen.empty() && !run->filter.empty())
        return wrong_use("test", "no test and no file of tests has \"" + run->filter + "\" in its name");
    if (options.has("--list")) return list_tests(image, chosen);

    const auto results = scenario::run_tests(image, *run);
    std::fputs(scenario::report(image, results, *format, options.has("--verbose")).c_str(), stdout);
    return std::ranges::all_of(results, &scenario::TestResult::passed) ? exit_ok : exit_failed;
}

}  // namespace kiln::cli
