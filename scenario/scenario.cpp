#include "scenario/scenario.h"

#include <algorithm>
#include <atomic>
#include <expected>
#include <map>
#include <memory>
#include <thread>

#include "scenario/stage.h"
#include "world/schema/image_file.h"

namespace kiln::scenario {

namespace {

using schema::LootTrial;
using schema::TestDef;
using schema::TestStep;

struct Failure {
    std::uint32_t line = 0;
    std::string message;
};

std::string quoted(std::string_view words) { return "\"" + std::string(words) + "\""; }

// Whitespace is laid out by clients, so a run of it counts as one blank.
std::string squeezed(std::string_view words) {
    std::string result;
    for (const char c : words) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    return result;
}

std::optional<Failure> expect_words(Stage& stage, const TestStep& step, bool wanted) {
    const auto seen = squeezed(stage.seen_by(step.player));
    const bool found = seen.find(squeezed(step.words)) != std::string::npos;
    stage.looked();
    if (found == wanted) return std::nullopt;
    const auto& name = stage.name_of(step.player);
    if (!wanted) return Failure{step.line, name + " was not to see " + quoted(step.words) + ", but did"};
    return Failure{step.line, name + " should see " + quoted(step.words) + "\n  but saw " +
                                  (seen.empty() ? std::string("nothing") : quoted(seen))};
}

std::optional<Failure> run_step(Stage& stage, const TestStep& step) {
    using K = TestStep::Kind;
    switch (step.kind) {
        case K::player:
            return stage.add_player(step) ? std::nullopt : std::optional(Failure{step.line, stage.problem()});
        case K::does: stage.type(step.player, step.words); return std::nullopt;
        case K::sees: return expect_words(stage, step, true);
        case K::sees_not: return expect_words(stage, step, false);
        case K::advance: stage.advance(step.number); return std::nullopt;
        case K::restart:
            return stage.restart() ? std::nullopt : std::optional(Failure{step.line, stage.problem()});
        case K::no_faults: stage.looked(); return std::nullopt;  // a fault fails every test by itself
        case K::code: stage.perform(step.function); return std::nullopt;
        case K::check: {
            const auto value = stage.ask(step.function);
            if (value != 0 || stage.has_faulted()) return std::nullopt;
            return Failure{step.line, "this does not hold: " + step.source};
        }
        case K::is_gone: return std::nullopt;
    }
    return std::nullopt;
}

// Share of runs in which the item came, in 1/100 %.
std::int64_t rate_of(const std::map<std::uint32_t, std::int64_t>& runs_with, std::uint32_t item,
                     std::int64_t runs) {
    const auto found = runs_with.find(item);
    return found == runs_with.end() ? 0 : found->second * 10'000 / runs;
}

std::string percent(std::int64_t hundredths) {
    auto result = std::to_string(hundredths / 100);
    const auto rest = hundredths % 100;
    if (rest != 0) result += (rest < 10 ? ".0" : ".") + std::to_string(rest);
    return result + "%";
}

std::optional<Failure> run_trial(Stage& stage, const LootTrial& trial) {
    std::map<std::uint32_t, std::int64_t> runs_with;
    std::map<std::uint32_t, std::int64_t> last_run;
    stage.roll_loot(trial, [&](std::int64_t run, std::uint32_t item, std::int64_t) {
        const auto [place, is_new] = last_run.try_emplace(item, run);
        if (!is_new && place->second == run) return;
        place->second = run;
        ++runs_with[item];
    });
    for (const auto& check : trial.checks) {
        const auto rate = rate_of(runs_with, check.item, trial.runs);
        using K = LootTrial::Check::Kind;
        const auto low = check.kind == K::rate ? check.low : check.kind == K::always ? 10'000 : 0;
        const auto high = check.kind == K::rate ? check.high : check.kind == K::always ? 10'000 : 0;
        if (rate >= low && rate <= high) continue;
        return Failure{check.line, check.source + "\n  but it came in " + percent(rate) + " of " +
                                       std::to_string(trial.runs) + " runs"};
    }
    return std::nullopt;
}

std::string describe(const world::FaultReport& fault) {
    return "a handler went wrong: " + fault.message + "\n  " + fault.file + ":" + std::to_string(fault.line) +
           ":" + std::to_string(fault.column) + " in " + fault.handler;
}

std::string file_of(const schema::Image& image, const TestDef& test) {
    return test.file < image.sources.size() ? image.sources[test.file].name : std::string();
}

using Prepared = std::shared_ptr<const world::PreparedImage>;

// What worlds need of an image: without its tests and sources, so that saving a world in a test is cheap.
std::expected<Prepared, world::WorldProblem> prepare(schema::Image image) {
    image.tests.clear();
    image.sources.clear();
    return world::prepare_image(schema::write_image(image));
}

TestResult run_test(const schema::Image& image, const Prepared& prepared, const TestDef& test,
                    const RunOptions& options) {
    TestResult result;
    result.name = test.name;
    result.line = test.line;
    result.file = file_of(image, test);
    Stage stage(prepared, options.seed.value_or(static_cast<std::uint64_t>(test.seed)));
    std::optional<Failure> failure;
    if (!stage.problem().empty()) failure = Failure{test.line, stage.problem()};
    for (const auto& step : test.steps) {
        if (failure) break;
        failure = run_step(stage, step);
        if (!failure && stage.has_faulted()) failure = Failure{step.line, describe(stage.first_fault())};
    }
    for (const auto& trial : test.trials) {
        if (!failure) failure = run_trial(stage, trial);
    }
    result.passed = !failure;
    if (failure) {
        result.failed_line = failure->line;
        result.message = failure->message;
    }
    if (failure) result.transcript = stage.transcript();
    result.ticks = stage.ticks();
    return result;
}

TestResult timed_test(const schema::Image& image, const Prepared& prepared, const TestDef& test,
                      const RunOptions& options) {
    if (!options.clock_us) return run_test(image, prepared, test, options);
    const auto begin = options.clock_us();
    auto result = run_test(image, prepared, test, options);
    result.microseconds = options.clock_us() - begin;
    return result;
}

}  // namespace

std::vector<std::size_t> chosen_tests(const schema::Image& image, const RunOptions& options) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < image.tests.size(); ++i) {
        const auto& test = image.tests[i];
        const bool fits = test.name.find(options.filter) != std::string::npos ||
                          file_of(image, test).find(options.filter) != std::string::npos;
        if (fits) chosen.push_back(i);
    }
    return chosen;
}

std::vector<TestResult> run_tests(const schema::Image& image, const RunOptions& options) {
    const auto chosen = chosen_tests(image, options);
    std::vector<TestResult> results(chosen.size());
    const auto prepared = prepare(image);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (auto i = next++; i < chosen.size(); i = next++) {
            const auto& test = image.tests[chosen[i]];
            if (prepared)
                results[i] = timed_test(image, *prepared, test, options);
            else
                results[i] = {test.name, file_of(image, test),    test.line, false,
                              test.line, prepared.error().message};
        }
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < options.threads && i < chosen.size(); ++i) helpers.emplace_back(work);
    work();
    helpers.clear();
    return results;
}

}  // namespace kiln::scenario
