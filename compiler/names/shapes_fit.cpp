#include "compiler/names/shapes_fit.h"

#include <algorithm>

namespace kiln::compiler {

namespace {

// Words an author may have meant by one that stands behind a value: operators read like prepositions.
std::vector<std::string> meant(std::initializer_list<std::string_view> prepositions) {
    std::vector<std::string> words(prepositions.begin(), prepositions.end());
    for (const auto* infix : {"is", "in", "has", "and", "or", "of", "below", "above", "mod"})
        words.emplace_back(infix);
    return words;
}

}  // namespace

void report_no_value(Compilation& c, const ast::Word& word) {
    c.report(Code::missing, {word.span.file, word.span.end, word.span.end + 1},
             {"what belongs behind `" + word.text + "`"});
}

bool operands_fit(Compilation& c, const ast::Statement& s, std::size_t unnamed,
                  std::initializer_list<std::string_view> prepositions) {
    std::vector<std::string_view> seen;
    for (const auto& operand : s.operands) {
        const auto& word = operand.preposition.text;
        if (word.empty()) {
            if (operand.value == nullptr || unnamed-- > 0) continue;
            const auto written = std::string(c.written(operand.value->span));
            c.report(Code::unknown_operand, operand.value->span, {s.word.text, written});
            return false;
        }
        const bool known = std::find(prepositions.begin(), prepositions.end(), word) != prepositions.end();
        if (!known || std::find(seen.begin(), seen.end(), word) != seen.end()) {
            const auto found = known ? std::nullopt : closest(word, meant(prepositions));
            auto& made = c.report(Code::unknown_operand, operand.preposition.span, {s.word.text, word});
            made.advice = suggestion(found);
            if (found) made.fix = Fix{operand.preposition.span, *found};
            return false;
        }
        seen.push_back(word);
        if (operand.value != nullptr) continue;
        report_no_value(c, operand.preposition);
        return false;
    }
    return true;
}

bool has_no_block(Compilation& c, const ast::Statement& s) {
    if (!s.has_body) return true;
    const auto& rows = schema::vocabulary().intrinsics;
    const bool can_fail = std::any_of(rows.begin(), rows.end(), [&](const schema::IntrinsicRow& row) {
        return row.form == schema::Form::verb && row.word == s.word.text && row.fails;
    });
    auto& made = c.report(Code::no_block_here, s.word.span, {s.word.text});
    if (can_fail) made.advice = "what happens if it fails is written `else { ... }`";
    return false;
}

bool labels_fit(Compilation& c, const ast::Member& member, std::size_t labels, bool has_target) {
    if (member.labels.size() > labels) {
        const auto& extra = *member.labels[labels];
        c.report(Code::unknown_operand, extra.span, {member.word.text, std::string(c.written(extra.span))});
        return false;
    }
    if (member.target.empty() || has_target) return true;
    c.report(Code::unknown_operand, member.target.span, {member.word.text, "-> " + member.target.text});
    return false;
}

bool value_fits(Compilation& c, const ast::Member& member) {
    if (member.values.size() == 1 && member.values.front().clauses.empty()) return true;
    Span span = member.span;
    if (!member.values.empty() && !member.values.front().clauses.empty())
        span = member.values.front().clauses.front().span;
    else if (member.values.size() > 1 && member.values[1].value != nullptr)
        span = member.values[1].value->span;
    c.report(Code::unexpected, span, {"a second value"});
    return false;
}

bool has_no_clauses(Compilation& c, const ast::Member& member) {
    if (member.clauses.empty()) return true;
    const auto& clause = member.clauses.front();
    const auto written = clause.word.empty() ? std::string(c.written(clause.span)) : clause.word.text;
    c.report(Code::unknown_operand, clause.span, {member.word.text, written});
    return false;
}

}  // namespace kiln::compiler
