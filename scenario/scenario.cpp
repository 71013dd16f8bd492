#include "scenario/scenario.h"

#include <algorithm>
#include <map>
#include <memory>

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
        if (!blank) result += c;
        else if (!result.empty() && result.back() != ' ') result += ' ';
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
        case K::no_faults: stage.looked(); return std::nullopt;   // a fault fails every test by itself
        case K::code:
            stage.perform(step.function);
            return std::nullopt;
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

TestResult run_test(const schema::Image& image, const std::string& bytes, const TestDef& test) {
    TestResult result;
    result.name = test.name;
    result.line = test.line;
    if (test.file < image.sources.size()) result.file = image.sources[test.file].name;
    Stage stage(image, bytes, static_cast<std::uint64_t>(test.seed));
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
        result.line = failure->line;
        result.message = failure->message;
    }
    result.transcript = stage.transcript();
    return result;
}

}  // namespace

std::vector<TestResult> run_tests(const schema::Image& image, const RunOptions& options) {
    const auto bytes = schema::write_image(image);
    std::vector<TestResult> results;
    for (const auto& test : image.tests) {
        if (test.name.find(options.filter) != std::string::npos)
            results.push_back(run_test(image, bytes, test));
    }
    return results;
}

}  // namespace kiln::scenario
