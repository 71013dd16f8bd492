#include <algorithm>
#include <functional>

#include "compiler/names/model.h"

namespace kiln::compiler {

namespace {

void add_parameter(Compilation& c, Symbol& symbol, const ast::Parameter& parameter) {
    FunctionParameter result{parameter.name.text, Type{.base = Base::variable}, parameter.value};
    if (!parameter.type.empty()) {
        if (const auto type = resolve_type(c, *symbol.file, parameter.type))
            result.type = *type;
        else
            symbol.broken = true;
    } else if (const auto type = schema::parse_type(parameter.name.text)) {
        result.type = *type;  // `(player)` is short for `(player: player)`
    } else {
        c.report(Code::missing, parameter.name.span, {"the type of `" + parameter.name.text + "`"});
        symbol.broken = true;
    }
    symbol.parameters.push_back(result);
}

// An event carries at most two entities and a number through saved state.
void check_event(Compilation& c, const Symbol& symbol) {
    int entities = 0, numbers = 0, others = 0;
    for (const auto& parameter : symbol.parameters) {
        const auto& type = parameter.type;
        if (schema::is_entity(type.base))
            ++entities;
        else if (schema::is_integer_like(type.base) && !type.optional)
            ++numbers;
        else if (type.base != Base::variable)
            ++others;
    }
    if (entities > 2 || numbers > 1 || others > 0) {
        c.report(Code::limit_exceeded, symbol.declaration->name.span,
                 {std::to_string(symbol.parameters.size()) + " parameters",
                  "an event (two somebodies and a number)"});
    }
}

// ---- records

constexpr std::size_t most_fields = 64, most_parts = 400;

void declare_fields(World& world, Compilation& c, Symbol& symbol) {
    auto& record = world.records[symbol.enumeration];
    const auto& fields = symbol.declaration->parameters;
    if (fields.empty() && !symbol.broken)
        c.report(Code::missing, symbol.declaration->name.span, {"a field, such as `points: int`,"});
    if (fields.size() > most_fields)
        c.report(Code::limit_exceeded, symbol.declaration->name.span,
                 {std::to_string(fields.size()) + " fields", "a record (64)"});
    for (const auto& field : fields) {
        const auto known = std::find_if(record.fields.begin(), record.fields.end(),
                                        [&](const auto& one) { return one.name == field.name.text; });
        if (known != record.fields.end()) c.report(Code::duplicate_name, field.name.span, {field.name.text});
        add_parameter(c, symbol, field);
        auto& type = symbol.parameters.back().type;
        if (schema::is_entity(type.base)) type.optional = true;  // whom a record names may be gone
        record.fields.push_back({field.name.text, type});
    }
}

// How many parts a type has in all; more than most_parts if a record contains itself.
std::size_t parts_of(const World& world, const Type& type, int depth) {
    if (depth > 8) return most_parts + 1;
    std::size_t parts = 1;
    for (const auto& part : type.parts) parts += parts_of(world, part, depth + 1);
    if (type.base == Base::record) {
        for (const auto& field : world.records[type.detail].fields) {
            parts += parts_of(world, field.type, depth + 1);
            if (parts > most_parts) break;
        }
    }
    return parts;
}

// A record that contains itself, or far too much, is taken apart, so that nobody walks through it for ever.
void check_record(World& world, Compilation& c, Symbol& symbol) {
    const Type type{.base = Base::record, .detail = symbol.enumeration};
    if (parts_of(world, type, 0) <= most_parts) return;
    auto& diagnostic = c.report(Code::record_in_itself, symbol.declaration->name.span, {symbol.name});
    diagnostic.advice = "keep the inner ones in a list or a map of their own";
    for (auto& field : world.records[symbol.enumeration].fields) field.type = Type{.base = Base::variable};
    for (auto& parameter : symbol.parameters) parameter.type = Type{.base = Base::variable};
    symbol.broken = true;
}

void declare_signature(World& world, Compilation& c, Symbol& symbol) {
    if (symbol.kind == Kind::record_) return declare_fields(world, c, symbol);
    const bool is_function = symbol.kind == Kind::fn_ || symbol.kind == Kind::formula_;
    if (!is_function && symbol.kind != Kind::event_ && symbol.kind != Kind::trait_) return;
    for (const auto& parameter : symbol.declaration->parameters) add_parameter(c, symbol, parameter);
    if (symbol.kind == Kind::event_) check_event(c, symbol);
    if (!is_function) {
        for (const auto& parameter : symbol.parameters) {
            world.heads[symbol.index].parameters.push_back(
                {parameter.name, parameter.type, {}, parameter.value != nullptr});
        }
        return;
    }
    if (!symbol.declaration->result.empty()) {
        if (const auto type = resolve_type(c, *symbol.file, symbol.declaration->result))
            symbol.result = *type;
        else
            symbol.broken = true;
    } else if (symbol.kind == Kind::formula_ && !symbol.broken) {
        c.report(Code::missing, symbol.declaration->name.span, {"the result: `-> int`"});
        symbol.broken = true;
    }
    symbol.function = world.numbers.number(symbol.unit, 0);
}

// Calls inside a piece of code, and what it does itself.
struct Scan {
    const Compilation& c;
    const ast::File& file;
    bool waits = false, changes = false;
    std::vector<const Symbol*> calls;

    void expression(const ast::Expression* e) {
        if (e == nullptr) return;
        if (e->kind == ast::ExpressionKind::call && e->left != nullptr &&
            e->left->kind == ast::ExpressionKind::name) {
            if (const auto* symbol = find(c, file, e->left->word.text)) calls.push_back(symbol);
        }
        expression(e->left);
        expression(e->right);
        for (const auto& argument : e->arguments) expression(argument.value);
        if (e->statement != nullptr) statement(*e->statement);
        if (e->text != nullptr) {
            for (const auto& piece : e->text->pieces) expression(piece.expression);
        }
    }
    void block(ast::Block statements) {
        for (const auto* one : statements) statement(*one);
    }
    void statement(const ast::Statement& s) {
        using K = ast::StatementKind;
        if (s.kind == K::fork || s.kind == K::after || s.kind == K::on_cancel) {
            changes = true;
            return;  // they run by themselves
        }
        if (s.kind == K::verb && s.word.text == "wait") waits = true;
        const bool harmless = s.word.text == "stop" || s.word.text == "return";
        if ((s.kind == K::verb && !harmless) || s.kind == K::act_block) changes = true;
        if (s.kind == K::assign && s.left != nullptr && s.left->kind == ast::ExpressionKind::member)
            changes = true;
        expression(s.left);
        expression(s.right);
        for (const auto& operand : s.operands) expression(operand.value);
        block(s.block);
        block(s.otherwise);
        for (const auto& branch : s.branches) block(branch.block);
    }
};

}  // namespace

void declare_signatures(World& world, Compilation& c) {
    for (auto& symbol : world.symbols) declare_signature(world, c, symbol);
    for (auto& symbol : world.symbols) {
        if (symbol.kind == Kind::record_) check_record(world, c, symbol);
    }
}

// A function waits or changes the world if it does so itself or calls one that does.
void analyse_functions(World& world, Compilation& c) {
    std::map<const Symbol*, std::vector<const Symbol*>> calls;
    for (auto& symbol : world.symbols) {
        if (symbol.kind != Kind::fn_) continue;
        Scan scan{c, *symbol.file, false, false, {}};
        scan.block(symbol.declaration->body);
        symbol.may_suspend = scan.waits;
        symbol.changes_world = scan.changes;
        calls[&symbol] = scan.calls;
    }
    for (bool again = true; again;) {
        again = false;
        for (auto& symbol : world.symbols) {
            const auto found = calls.find(&symbol);
            if (found == calls.end()) continue;
            for (const auto* callee : found->second) {
                const bool waits = symbol.may_suspend || callee->may_suspend;
                const bool changes = symbol.changes_world || callee->changes_world;
                again = again || waits != symbol.may_suspend || changes != symbol.changes_world;
                symbol.may_suspend = waits;
                symbol.changes_world = changes;
            }
        }
    }
}

bool may_suspend(const Compilation& c, const ast::File& file, ast::Block block) {
    Scan scan{c, file, false, false, {}};
    scan.block(block);
    return scan.waits ||
           std::any_of(scan.calls.begin(), scan.calls.end(), [](const Symbol* s) { return s->may_suspend; });
}

}  // namespace kiln::compiler
