#include <algorithm>

#include "compiler/emit/emit.h"

namespace kiln::compiler {

void emit_function(Compilation& c, const Symbol& symbol) {
    const auto function = c.program.new_function(symbol.full);   // the first of its unit: Symbol::function
    c.program.function(function).may_suspend = symbol.may_suspend;
    if (symbol.broken) return;
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
    body.finish(function, declaration.span);
}

namespace {

void emit_run(Compilation& c, const Symbol& symbol, const ast::Member& member,
              schema::Definition& definition) {
    const auto errors_before = c.reporter.errors_reported();
    auto patterns = read_patterns(c, *symbol.file, member.labels);
    const auto name = c.numbered(symbol.full + ".run");
    Body body(c, Context{Role::command, nullptr, &symbol, nullptr, name, {}, false, true});
    std::string who = "who";
    for (const auto& clause : member.clauses) {
        if (clause.word.text == "by" && clause.value != nullptr) who = clause.value->word.text;
        else c.report(Code::unknown_member_shape, clause.span, {"`run`", clause.word.text});
    }
    if (c.reporter.errors_reported() > errors_before) return;
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

void emit_command(Compilation& c, const Symbol& symbol) {
    for (const auto* member : symbol.declaration->members) {
        if (member->kind == ast::MemberKind::function && member->word.text == "run")
            emit_run(c, symbol, *member, c.image.definitions.front());
    }
}

std::vector<schema::FunctionNumber> find_rules(const World& world, Reporter& reporter) {
    std::vector<schema::FunctionNumber> rules;
    for (const auto& row : schema::vocabulary().rules) {
        const Symbol* rule = nullptr;
        const auto named = world.by_name.find(row.name);
        if (named != world.by_name.end()) {
            for (const auto* symbol : named->second) {
                // An author's own rule goes before the one of std.
                const bool better = rule == nullptr || rule->module.starts_with("std");
                if (symbol->function != no_index && better) rule = symbol;
            }
        }
        rules.push_back(rule != nullptr ? rule->function : no_index);
        if (rule == nullptr) {
            const std::vector<std::string> arguments{"formula", std::string(row.name)};
            if (world.options.require_rules && !world.follows(Code::missing_rule, arguments))
                reporter.report(Code::missing_rule, Span{0, 0, static_cast<std::uint32_t>(rules.size())},
                                arguments);
            continue;
        }
        bool fits = rule->result == row.result && rule->parameters.size() == row.parameters.size() &&
                    !rule->may_suspend;
        for (std::size_t i = 0; fits && i < row.parameters.size(); ++i)
            fits = rule->parameters[i].type == row.parameters[i].type;
        if (!fits && !rule->broken)
            reporter.report(Code::wrong_rule, rule->declaration->name.span,
                            {rule->name, written_signature(row)});
    }
    return rules;
}

}  // namespace kiln::compiler
