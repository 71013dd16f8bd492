#include <catch2/catch.hpp>

#include "tests/compiler/mutants/mutants.h"

using namespace kiln::compiler;
using namespace kiln::compiler::mutants;

// A fixed sample of a fixed world; `measure_mutants` judges every mutant of content/.
TEST_CASE("a mistake is one error, where it was made, in the words of authors") {
    const auto sources = read_sources("tests/compiler/situations");
    const CompileOptions options{.with_tests = true, .require_rules = false};
    REQUIRE(compile(sources, options).diagnostics.empty());
    const auto mutants = mutants_of(sources, 11);
    const auto verdicts = judge_all(sources, mutants, options);
    const auto score = score_of(verdicts);
    const auto reviewed = reviewed_kinds();
    REQUIRE(score.mutants > 300);
    REQUIRE(reviewed.size() > 20);
    CHECK(score.median == 1);
    CHECK(score.share_at_most_two() >= 97);
    CHECK(score.share_near() >= 93);
    for (std::size_t i = 0; i < mutants.size(); ++i) {
        INFO(word_of(mutants[i].change) << " `" << mutants[i].shown << "`: " << verdicts[i].first);
        CHECK(verdicts[i].forbidden == "");
        if (!verdicts[i].silent) continue;
        INFO(verdicts[i].difference << "\nIf this is as it should be, add its kind to silent.txt.");
        CHECK(reviewed.contains(verdicts[i].kind));
    }
}

TEST_CASE("every change is made to every token, and to what lies in texts") {
    const std::vector<Source> sources = {{"a.mud", "room a { x: 1\n  on enter { tell who \"[who]\" } }\n"}};
    std::size_t counts[4] = {};
    std::set<std::string> texts;
    for (const auto& mutant : mutants_of(sources)) {
        ++counts[static_cast<int>(mutant.change)];
        texts.insert(mutant.apply(sources[0].text));
        CHECK(mutant.apply(sources[0].text) != sources[0].text);
    }
    CHECK(counts[0] == counts[1]);
    CHECK(counts[0] == 18);
    CHECK(counts[3] == 8);
    CHECK(texts.contains("room a { x: 1\n  on enter { tell who \"who]\" } }\n"));
    CHECK(texts.contains("a room { x: 1\n  on enter { tell who \"[who]\" } }\n"));
    CHECK(texts.contains("room a { x: 1\n  on enter { tell who  } }\n"));
    CHECK(texts.contains("room a { x: 1  on enter { tell who \"[who]\" } }\n"));
}

TEST_CASE("a change that says nothing is told from one that is silent, and from one that is said") {
    const std::vector<Source> sources = {{"a.mud", "module t\nconst a: int = 1 + 2\nconst b: int = a\n"}};
    const CompileOptions options{.require_rules = false};
    const auto verdict = [&](const std::string& shown, Change change) {
        for (const auto& mutant : mutants_of(sources)) {
            if (mutant.shown == shown && mutant.change == change)
                return judge_all(sources, {mutant}, options).front();
        }
        return Verdict{};
    };
    const auto deleted = verdict("+", Change::deleted);
    CHECK(deleted.errors == 1);
    CHECK(deleted.near);
    const auto doubled = verdict("\n", Change::doubled);
    CHECK(doubled.harmless);
    const auto swapped = verdict("1 +", Change::swapped);
    CHECK(swapped.silent + swapped.errors == 1);
    CHECK(verdict("a", Change::misspelt).errors == 1);
}
