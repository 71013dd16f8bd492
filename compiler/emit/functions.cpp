#include <algorithm>

#include "compiler/emit/emit.h"

namespace kiln::compiler {

namespace {

void emit_function(Compilation& c, const Symbol& symbol) {
    const bool is_formula = symbol.kind == Kind::formula_;
    Context context{is_formula ? Role::formula : Role::function,
                    nullptr,
                    &symbol,
                    nullptr,
                    symbol.full,
                    symbol.result,
                    is_formula,
                    !is_formula};
    Body body(c, context);
    for (const auto& parameter : symbol.parameters) body.add_parameter(parameter.name, parameter.type);
    const auto& declaration = *symbol.declaration;
    if (declaration.value != nullptr) {
        body.return_value(*declaration.value);
    } else {
        const bool ended = body.block(declaration.body);
        if (!ended && symbol.result.base != Base::nothing && !symbol.broken) {
            c.report(Code::missing_return, declaration.name.span, {symbol.name, type_name(c, symbol.result)});
        }
    }
    body.finish(symbol.function, declaration.span);
}

void emit_run(Compilation& c, const Symbol& symbol, const ast::Member& member,
              schema::Definition& definition) {
    auto patterns = read_patterns(c, *symbol.file, member.labels);
    const auto name = c.numbered(symbol.full + ".run");
    Body body(c, Context{Role::command, nullptr, &symbol, nullptr, name, {}, false, true});
    std::string who = "who";
    for (const auto& clause : member.clauses) {
        if (clause.word.text == "by" && clause.value != nullptr) who = clause.value->word.text;
        else c.report(Code::unknown_member_shape, clause.span, {"`run`", clause.word.text});
    }
    body.add_parameter(who, Type{.base = Base::player});
    body.set_actor(0);
    for (const auto& slot : patterns.slots) body.add_parameter(slot.name, slot.type);
    const auto function = c.program.new_function(name);
    if (may_suspend(c, *symbol.file, member.body)) body.bind_actor();
    body.block(member.body);
    body.finish(function, member.span);
    for (auto& form : patterns.forms) definition.forms.push_back({std::move(form), function});
}

std::string written_signature(const schema::RuleRow& row) {
    std::string result = std::string(row.name) + "(";
    for (std::size_t i = 0; i < row.parameters.size(); ++i) {
        result +=
            (i == 0 ? "" : ", ") + row.parameters[i].name + ": " + schema::to_string(row.parameters[i].type);
    }
    return result + ") -> " + schema::to_string(row.result);
}

}  // namespace

void emit_functions(Compilation& c) {
    for (const auto& symbol : c.symbols) {
        if (symbol.function != no_index && !symbol.broken) emit_function(c, symbol);
    }
}

void emit_commands(Compilation& c) {
    for (const auto& symbol : c.symbols) {
        if (symbol.kind != Kind::command_ || symbol.broken) continue;
        auto definition = c.image.definitions[symbol.index];
        for (const auto* member : symbol.declaration->members) {
            if (member->kind == ast::MemberKind::function && member->word.text == "run")
                emit_run(c, symbol, *member, definition);
        }
        c.image.definitions[symbol.index] = std::move(definition);
    }
}

void emit_rules(Compilation& c) {
    for (const auto& row : schema::vocabulary().rules) {
        const Symbol* rule = nullptr;
        for (const auto& symbol : c.symbols) {
            const bool named = symbol.function != no_index && symbol.name == row.name;
            // An author's own rule goes before the one of std.
            if (named && (rule == nullptr || rule->module.starts_with("std"))) rule = &symbol;
        }
        c.image.rules.push_back(rule != nullptr ? rule->function : no_index);
        if (rule == nullptr) {
            if (c.options.require_rules)
                c.report(Code::missing_rule, Span{0, 0, static_cast<std::uint32_t>(c.image.rules.size())},
                         {"formula", std::string(row.name)});
            continue;
        }
        bool fits = rule->result == row.result && rule->parameters.size() == row.parameters.size() &&
                    !rule->may_suspend;
        for (std::size_t i = 0; fits && i < row.parameters.size(); ++i)
            fits = rule->parameters[i].type == row.parameters[i].type;
        if (!fits && !rule->broken)
            c.report(Code::wrong_rule, rule->declaration->name.span, {rule->name, written_signature(row)});
    }
}

}  // namespace kiln::compiler
