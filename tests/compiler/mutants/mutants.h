#pragma once
// One mistake a file: every token deleted, doubled, swapped with its neighbour, and every word misspelt. What
// the compiler says about it is judged.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "compiler/compile.h"

namespace kiln::compiler::mutants {

enum class Change : std::uint8_t { deleted, doubled, swapped, misspelt };
std::string_view word_of(Change change);

struct Mutant {
    Change change{};
    std::size_t file = 0;           // index into the sources
    std::size_t begin = 0, end = 0;  // what was written there
    std::string replacement;
    std::string shown;          // the token, or both of them and what is between
    std::string first, second;  // swapped: the two
    bool in_text = false;       // a word of a tag inside a text
    std::string apply(const std::string& text) const {
        return text.substr(0, begin) + replacement + text.substr(end);
    }
};

// In order of the text; every `every`-th, counted over all sources.
std::vector<Mutant> mutants_of(const std::vector<Source>& sources, std::size_t every = 1);

struct Verdict {
    std::size_t errors = 0, warnings = 0;
    bool near = false;       // the first error lies within a line of the change
    bool harmless = false;   // compiles, and the tree is the same
    bool silent = false;     // compiles without a word, and the tree differs
    std::string difference;  // silent: the lines of the tree that differ
    std::string kind;        // silent: what was changed where, without names and numbers
    std::string forbidden;   // a word of the parser that reached the author
    std::string first;       // "E0101 at 3:4 there is no ..."
};

// Judges them on all cores. The sources themselves compile without a word.
std::vector<Verdict> judge_all(const std::vector<Source>& sources, const std::vector<Mutant>& mutants,
                               const CompileOptions& options);

struct Score {
    std::size_t mutants = 0, reported = 0, harmless = 0, warned = 0, silent = 0, near = 0, at_most_two = 0;
    std::size_t median = 0, most = 0;
    double share_at_most_two() const { return share(at_most_two); }  // in percent, of those reported
    double share_near() const { return share(near); }

 private:
    double share(std::size_t part) const {
        return reported == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(reported);
    }
};
Score score_of(const std::vector<Verdict>& verdicts);

// All .mud files below a folder of the checkout, by name.
std::vector<Source> read_sources(const std::string& folder);

// silent.txt: the kinds of silent mutants that somebody has looked at and found right.
std::set<std::string> reviewed_kinds();

}  // namespace kiln::compiler::mutants
