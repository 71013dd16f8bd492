// Judges every mutant of content/ and prints how well mistakes are reported. Ends with "N passed, N failed".
//
//   measure_mutants [--every N] [--list] [--kinds] [FOLDER]
//
// --every N: only each N-th mutant. --list: what is not one error at its place. --kinds: the silent mutants by
// kind, with an example of each, as silent.txt has them.

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>

#include "compiler/diagnostics/render.h"
#include "tests/compiler/mutants/mutants.h"

using namespace kiln::compiler;
using namespace kiln::compiler::mutants;

namespace {

std::string one_line(const std::string& words) {
    std::string out;
    for (const char c : words) out += c == '\n' ? std::string("\\n") : std::string(1, c);
    return out;
}

void print_score(std::string_view title, const Score& score) {
    std::printf("%-9s %6zu mutants: %6zu reported, %5zu warned, %5zu harmless, %5zu silent; errors: median %zu, ",
                std::string(title).c_str(), score.mutants, score.reported, score.warned, score.harmless,
                score.silent, score.median);
    std::printf("at most two %.2f %%, most %zu; first within a line %.2f %%\n", score.share_at_most_two(),
                score.most, score.share_near());
}

void list(const Source& source, const Mutant& mutant, const Verdict& verdict) {
    const auto place = line_column(source.text, static_cast<std::uint32_t>(mutant.begin));
    const auto head = source.name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                      " " + std::string(word_of(mutant.change)) + (mutant.in_text ? " (tag) `" : " `") +
                      one_line(mutant.shown) + "`";
    const auto say = [&](const std::string& what, const std::string& more) {
        std::printf("%s %s\n       %s\n", what.c_str(), head.c_str(), more.c_str());
    };
    if (verdict.silent) say("SILENT", verdict.difference);
    if (verdict.errors > 2) say("MANY " + std::to_string(verdict.errors), verdict.first);
    if (verdict.errors > 0 && !verdict.near) say("FAR  " + std::to_string(verdict.errors), verdict.first);
    if (!verdict.forbidden.empty()) say("WORD", verdict.forbidden);
}

struct Outcome {
    int passed = 0, failed = 0;
    void expect(bool holds, const char* what) {
        ++(holds ? passed : failed);
        if (!holds) std::printf("failed: %s\n", what);
    }
};

struct Wish {
    std::size_t every = 1;
    bool list = false, kinds = false;
    std::string folder = "content";
};

Wish read_words(int count, char** values) {
    Wish wish;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = values[i];
        if (word == "--every" && i + 1 < count) wish.every = std::strtoul(values[++i], nullptr, 10);
        else if (word == "--list") wish.list = true;
        else if (word == "--kinds") wish.kinds = true;
        else wish.folder = word;
    }
    return wish;
}

using Kinds = std::map<std::string, std::pair<std::size_t, std::string>>;     // how many, an example

void print_kinds(const Kinds& kinds) {
    for (const auto& [kind, found] : kinds)
        std::printf("%s\n    %zu, as %s\n", kind.c_str(), found.first, found.second.c_str());
}

}  // namespace

int main(int count, char** values) {
    const auto wish = read_words(count, values);
    const auto sources = read_sources(wish.folder);
    const auto mutants = mutants_of(sources, wish.every);
    const auto verdicts = judge_all(sources, mutants, {.with_tests = true});
    std::map<Change, std::vector<Verdict>> by_change;
    Kinds kinds;
    std::size_t words = 0, new_kinds = 0;
    for (std::size_t i = 0; i < mutants.size(); ++i) {
        by_change[mutants[i].change].push_back(verdicts[i]);
        words += !verdicts[i].forbidden.empty();
        if (wish.list) list(sources[mutants[i].file], mutants[i], verdicts[i]);
        if (!verdicts[i].silent) continue;
        auto& [number, example] = kinds[verdicts[i].kind];
        if (number++ == 0) example = verdicts[i].difference;
    }
    if (wish.kinds) print_kinds(kinds);
    const auto reviewed = reviewed_kinds();
    for (const auto& [kind, found] : kinds) {
        if (reviewed.contains(kind)) continue;
        ++new_kinds;
        std::printf("not in silent.txt: %s\n    %zu, as %s\n", kind.c_str(), found.first, found.second.c_str());
    }
    for (const auto& [change, some] : by_change) print_score(word_of(change), score_of(some));
    const auto all = score_of(verdicts);
    print_score("all", all);
    Outcome outcome;
    outcome.expect(all.mutants > 0 && all.median == 1, "one error is the rule");
    outcome.expect(all.share_at_most_two() >= 98, "at most two errors in 98 of 100");
    outcome.expect(all.share_near() >= 95, "the first error within a line in 95 of 100");
    outcome.expect(words == 0, "no word of the parser reaches an author");
    outcome.expect(new_kinds == 0, "every silent mutant is of a kind that somebody has looked at");
    std::printf("%d passed, %d failed\n", outcome.passed, outcome.failed);
    return outcome.failed == 0 ? 0 : 1;
}
