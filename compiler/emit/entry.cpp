#include "compiler/emit/entry.h"

namespace kiln::compiler {

using ast::MemberKind;
using ast::StatementKind;

namespace {

Entry::Shape shape_of(MemberKind kind) {
    switch (kind) {
        case MemberKind::property: return Entry::Shape::property;
        case MemberKind::labelled: return Entry::Shape::labelled;
        case MemberKind::row: return Entry::Shape::row;
        case MemberKind::transition: return Entry::Shape::transition;
        case MemberKind::handler: return Entry::Shape::handler;
        case MemberKind::state: return Entry::Shape::state;
        case MemberKind::function: return Entry::Shape::function;
        default: return Entry::Shape::block;
    }
}

template <typename T>
std::vector<T> copy(const ast::List<T>& list) {
    return {list.begin(), list.end()};
}

std::vector<Entry> entries_of(ast::Block statements) {
    std::vector<Entry> entries;
    for (const auto* statement : statements) entries.push_back(entry_of(*statement));
    return entries;
}

// The operands of a sentence: those without a word before them are labels, the others clauses.
void take_operands(const ast::Statement& statement, Entry& entry) {
    for (const auto& operand : statement.operands) {
        if (operand.preposition.empty()) {
            entry.labels.push_back(operand.value);
            continue;
        }
        ast::Clause clause;
        clause.word = operand.preposition;
        clause.value = operand.value;
        clause.span = operand.preposition.span;
        if (operand.value != nullptr) clause.span.end = operand.value->span.end;
        if (clause.word.text == "for") entry.second = "for";
        entry.clauses.push_back(std::move(clause));
    }
}

}  // namespace

Entry entry_of(const ast::Statement& s) {
    Entry entry;
    entry.statement = &s;
    entry.span = s.span;
    entry.word = s.word;
    entry.target = s.target;
    entry.steps = copy(s.block);
    entry.has_braces = !s.block.empty() || !s.members.empty();
    take_operands(s, entry);
    switch (s.kind) {
        case StatementKind::choice: break;
        case StatementKind::if_:
            entry.word = {"if", {s.span.file, s.span.begin, s.span.begin + 2}};
            entry.labels.push_back(s.left);
            entry.entries = entries_of(s.block);
            entry.has_otherwise = s.has_otherwise;
            entry.otherwise = entries_of(s.otherwise);
            break;
        case StatementKind::go:
            entry.shape = Entry::Shape::transition;
            entry.target = s.word;
            entry.word = {"->", s.span};
            break;
        case StatementKind::return_:
            entry.word = {"return", s.span};
            if (s.left != nullptr) entry.labels.push_back(s.left);
            break;
        case StatementKind::verb:
            entry.entries = kiln::compiler::entries_of(s.members);
            break;
        default: entry.shape = Entry::Shape::steps;
    }
    if (entry.shape == Entry::Shape::steps) entry.word = {"do", s.span};
    return entry;
}

Entry entry_of(const ast::Member& member) {
    if (member.kind == MemberKind::statement) {
        auto entry = entry_of(*member.body.front());
        entry.member = &member;
        return entry;
    }
    Entry entry;
    entry.shape = shape_of(member.kind);
    entry.span = member.span;
    entry.word = member.word;
    entry.labels = copy(member.labels);
    entry.clauses = copy(member.clauses);
    entry.values = copy(member.values);
    entry.parameters = copy(member.parameters);
    entry.has_braces = member.has_body;
    entry.overrides = member.overrides;
    entry.steps = copy(member.body);
    entry.target = member.target;
    entry.member = &member;
    if (member.kind == MemberKind::handler) entry.second = member.event.text.string();
    if (member.kind == MemberKind::transition) entry.word = {"->", member.span};
    if (member.kind == MemberKind::property) entry.second = ":";
    entry.entries = entries_of(member.members);
    for (const auto* inner : member.members) {
        if (inner->kind == MemberKind::statement) entry.steps.push_back(inner->body.front());
    }
    return entry;
}

std::vector<Entry> entries_of(const ast::List<ast::Member*>& members) {
    std::vector<Entry> entries;
    for (const auto* member : members) entries.push_back(entry_of(*member));
    return entries;
}

}  // namespace kiln::compiler
