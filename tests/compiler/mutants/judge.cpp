#include <algorithm>
#include <array>
#include <atomic>
#include <sstream>
#include <thread>

#include "compiler/diagnostics/render.h"
#include "compiler/parse/parse.h"
#include "tests/compiler/mutants/mutants.h"

namespace kiln::compiler::mutants {

namespace {

constexpr std::array forbidden_words = {"extraneous", "mismatched", "viable", "expecting", "alternative",
                                        "token",      "<EOF>",      "lexer",  "parser",    "syntax",
                                        "SEPARATOR",  "LBRACE",     "RBRACE", "NAME",      "OPERATOR"};

std::string tree_of(const Source& source) {
    Reporter unheard;
    return dump(parse(0, source.text, unheard));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

struct Difference {
    std::vector<std::string> before, after;
};

// The lines between what both trees begin with and what both end with.
Difference difference_of(const std::string& before, const std::string& after) {
    Difference made{lines_of(before), lines_of(after)};
    const auto least = std::min(made.before.size(), made.after.size());
    std::size_t first = 0, last = 0;
    while (first < least && made.before[first] == made.after[first]) ++first;
    while (last < least - first &&
           made.before[made.before.size() - 1 - last] == made.after[made.after.size() - 1 - last])
        ++last;
    for (auto* side : {&made.before, &made.after}) {
        side->erase(side->end() - static_cast<std::ptrdiff_t>(last), side->end());
        side->erase(side->begin(), side->begin() + static_cast<std::ptrdiff_t>(first));
    }
    return made;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }

// The words, numbers, texts and signs of a line.
std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> out;
    for (std::size_t i = line.find_first_not_of(' '); i < line.size();) {
        auto end = i + 1;
        if (line[i] == '\'') {
            const auto closes = [&](std::size_t at) {
                return line[at] == '\'' && !(at + 1 < line.size() && is_letter(line[at + 1]));
            };
            while (end < line.size() && !closes(end)) ++end;
            end = std::min(end + 1, line.size());
        } else if (is_word(line[i])) {
            while (end < line.size() && is_word(line[end])) ++end;
        }
        if (line[i] != ' ') out.push_back(line.substr(i, end - i));
        i = end;
    }
    return out;
}

// What was changed, without the author's choice of words: `not`, `(`, a name, a number, a text.
std::string class_of(const std::string& written) {
    static constexpr std::array own = {
        "not",  "and",    "or",     "is",   "in",  "of",     "if",       "else",   "for",  "stop", "abstract",
        "once", "always", "unique", "when", "by",  "chance", "state",    "on",     "per",  "let",  "mod",
        "fail", "return", "with",   "from", "the", "a",      "distinct", "expect", "spawn"};
    const auto first = written.find_first_not_of(" \n");
    if (first == std::string::npos) return "an end of line";
    const auto word = written.substr(first, written.find_last_not_of(" \n") - first + 1);
    if (word.find('\n') != std::string::npos && word.front() != '"') return "lines";
    if (word.front() == '"') return "a text";
    if (is_digit(word.front())) return "a number";
    if (!is_letter(word.front())) return "`" + word + "`";
    const bool known = std::find(own.begin(), own.end(), word) != own.end();
    return known ? "`" + word + "`" : "a name";
}

// The first word of a line of the tree: a verb, `handler`...; which property, for properties.
std::string head_of(const std::vector<std::string>& lines) {
    const auto words = lines.empty() ? std::vector<std::string>() : words_of(lines.front());
    if (words.empty()) return "nothing";
    return words[0] == "property" && words.size() > 1 ? words[0] + " " + words[1] : words[0];
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines)
        out += (out.empty() ? "" : " / ") + line.substr(line.find_first_not_of(' '));
    return out;
}

std::string kind_of(const Mutant& mutant, const Difference& difference) {
    const auto where = mutant.in_text ? "a text" : head_of(difference.before);
    auto what = class_of(mutant.shown);
    if (mutant.change == Change::swapped) what = class_of(mutant.first) + " and " + class_of(mutant.second);
    return std::string(word_of(mutant.change)) + " " + what + " in " + where;
}

std::string forbidden_in(const Diagnostic& diagnostic, const std::string& text) {
    for (const std::string_view word : forbidden_words) {
        const bool written = text.find(word) != std::string::npos;
        for (const auto* said : {&diagnostic.message, &diagnostic.label, &diagnostic.advice}) {
            if (!written && said->find(word) != std::string::npos) return std::string(word);
        }
    }
    return {};
}

bool is_near(const Diagnostic& first, const Mutant& mutant, const std::string& text, const std::string& name,
             const CompileResult& result) {
    if (result.sources[first.span.file].name != name) return false;
    const auto line = [&](std::size_t offset) {
        return static_cast<long>(line_column(text, static_cast<std::uint32_t>(offset)).line);
    };
    const auto at = line(first.span.begin);
    return at >= line(mutant.begin) - 1 && at <= line(mutant.begin + mutant.replacement.size()) + 1;
}

}  // namespace

namespace {

Verdict judge(const std::vector<Source>& sources, const std::vector<std::string>& trees, const Mutant& mutant,
              const CompileOptions& options) {
    auto changed = sources;
    auto& source = changed[mutant.file];
    source.text = mutant.apply(source.text);
    const auto result = compile(changed, options);
    Verdict verdict;
    for (const auto& diagnostic : result.diagnostics) {
        if (verdict.forbidden.empty()) verdict.forbidden = forbidden_in(diagnostic, source.text);
        if (diagnostic.severity() != Severity::error) {
            ++verdict.warnings;
            continue;
        }
        if (++verdict.errors > 1) continue;
        verdict.near = is_near(diagnostic, mutant, source.text, source.name, result);
        const auto& file = result.sources[diagnostic.span.file];
        const auto place = line_column(file.text, diagnostic.span.begin);
        verdict.first = std::string(row_of(diagnostic.code).number) + " at " + file.name + ":" +
                        std::to_string(place.line) + " " + diagnostic.message;
    }
    if (verdict.errors > 0) return verdict;
    const auto difference = difference_of(trees[mutant.file], tree_of(source));
    verdict.harmless = difference.before.empty() && difference.after.empty();
    verdict.silent = !verdict.harmless && verdict.warnings == 0;
    if (!verdict.silent) return verdict;
    verdict.difference = joined(difference.before) + "  =>  " + joined(difference.after);
    verdict.kind = kind_of(mutant, difference);
    return verdict;
}

}  // namespace

std::vector<Verdict> judge_all(const std::vector<Source>& sources, const std::vector<Mutant>& mutants,
                               const CompileOptions& options) {
    std::vector<std::string> trees;
    for (const auto& source : sources) trees.push_back(tree_of(source));
    std::vector<Verdict> verdicts(mutants.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (auto i = next++; i < mutants.size(); i = next++)
            verdicts[i] = judge(sources, trees, mutants[i], options);
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) workers.emplace_back(work);
    workers.clear();
    return verdicts;
}

Score score_of(const std::vector<Verdict>& verdicts) {
    Score score;
    std::vector<std::size_t> counts;
    for (const auto& verdict : verdicts) {
        ++score.mutants;
        score.harmless += verdict.harmless;
        score.silent += verdict.silent;
        score.warned += verdict.errors == 0 && verdict.warnings > 0;
        if (verdict.errors == 0) continue;
        counts.push_back(verdict.errors);
        score.near += verdict.near;
        score.at_most_two += verdict.errors <= 2;
    }
    std::sort(counts.begin(), counts.end());
    score.reported = counts.size();
    if (counts.empty()) return score;
    score.median = counts[counts.size() / 2];
    score.most = counts.back();
    return score;
}

}  // namespace kiln::compiler::mutants
