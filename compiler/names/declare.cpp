#include <algorithm>

#include "compiler/names/model.h"

namespace kiln::compiler {

namespace {

// Members that stand at file level; the parser wraps each into a declaration without a name.
bool is_loose(const ast::Declaration& declaration) {
    const auto& kind = declaration.kind.text;
    return kind == "on" || kind == "before" || kind == "after" || kind == "every" || kind == "state";
}

void check_module(Compilation& c, const ast::File& file) {
    if (file.module.empty() && !file.declarations.empty()) c.report(Code::no_module, Span{file.index, 0, 0});
    for (const auto& use : file.uses) {
        const auto begins = use.text + ".";
        const bool known = std::any_of(c.modules.begin(), c.modules.end(), [&](const std::string& module) {
            return module == use.text || module.starts_with(begins);
        });
        if (!known) report_missing(c, Code::unknown_module, use.span, {use.text}, use.text, c.modules);
    }
}

void declare_enum(Compilation& c, Symbol& symbol) {
    const auto builtin = schema::vocabulary().enumerations.size();
    symbol.enumeration = static_cast<std::uint16_t>(builtin + c.image.enumerations.size());
    std::vector<std::string> words;
    for (const auto* member : symbol.declaration->members) {
        if (std::find(words.begin(), words.end(), member->word.text) != words.end()) {
            c.report(Code::duplicate_name, member->word.span, {member->word.text});
            continue;
        }
        words.push_back(member->word.text);
        c.enumerators[member->word.text].push_back(&symbol);
    }
    c.image.enumerations.emplace_back(symbol.full, std::move(words));
}

bool add_to_tables(Compilation& c, Symbol& symbol) {
    const auto [place, is_new] = c.by_full_name.try_emplace(symbol.full, &symbol);
    if (!is_new) {
        auto& diagnostic = c.report(Code::duplicate_name, symbol.declaration->name.span, {symbol.name});
        diagnostic.also.push_back({place->second->declaration->name.span, "the first one is here"});
        return false;
    }
    c.by_name[symbol.name].push_back(&symbol);
    return true;
}

void unknown_kind(Compilation& c, const ast::Declaration& declaration) {
    if (declaration.broken) return;
    std::vector<std::string> kinds;
    for (const auto& row : schema::vocabulary().kinds) kinds.emplace_back(row.name);
    auto& diagnostic = c.report(Code::unknown_kind, declaration.kind.span, {declaration.kind.text});
    const auto found = closest(declaration.kind.text, kinds);
    if (!found) return;
    diagnostic.advice = suggestion(found);
    diagnostic.fix = Fix{declaration.kind.span, *found};
}

void add_definition(Compilation& c, Symbol& symbol) {
    symbol.index = static_cast<std::uint32_t>(c.image.definitions.size());
    auto& definition = c.image.definitions.emplace_back();
    definition.name = symbol.full;
    definition.kind = symbol.kind;
    definition.is_abstract = symbol.declaration->is_abstract;
    definition.file = symbol.file->index;
    definition.line = c.place(symbol.declaration->name.span).line;
}

void declare(Compilation& c, const ast::File& file, const ast::Declaration& declaration) {
    const auto kind = schema::vocabulary().kind(declaration.kind.text);
    if (!kind) unknown_kind(c, declaration);
    if (declaration.name.empty()) return;
    auto& symbol = c.symbols.emplace_back();
    symbol.declaration = &declaration;
    symbol.file = &file;
    symbol.module = file.module.text;
    symbol.name = declaration.name.text;
    symbol.full = symbol.module.empty() ? symbol.name : symbol.module + "." + symbol.name;
    symbol.kind = kind.value_or(Kind::none);
    symbol.broken = declaration.broken || !kind;
    if (symbol.kind == Kind::test_) {
        symbol.full = c.numbered(symbol.module + ".test");
        return;
    }
    if (!add_to_tables(c, symbol)) {
        symbol.broken = true;
        symbol.kind = Kind::none;
        return;
    }
    if (symbol.kind == Kind::enum_) declare_enum(c, symbol);
    if (has_definition(symbol.kind)) add_definition(c, symbol);
}

// Handlers and states outside declarations see the names of their file, so they hang on a symbol without a
// name.
void declare_loose(Compilation& c, const ast::File& file, const ast::Declaration& declaration) {
    auto& scope = c.symbols.emplace_back();
    scope.declaration = &declaration;
    scope.file = &file;
    scope.module = scope.full = file.module.text;
    scope.broken = declaration.broken;
    scope.layers.push_back({&scope, &scope, nullptr});
    scope.linked = true;
    c.loose.push_back({&file, &declaration, &scope});
}

}  // namespace

void declare_all(Compilation& c) {
    for (const auto& file : c.files) c.modules.push_back(file.module.text);
    std::sort(c.modules.begin(), c.modules.end());
    c.modules.erase(std::unique(c.modules.begin(), c.modules.end()), c.modules.end());
    for (const auto& file : c.files) {
        check_module(c, file);
        for (const auto* declaration : file.declarations) {
            if (is_loose(*declaration)) declare_loose(c, file, *declaration);
            else declare(c, file, *declaration);
        }
    }
}

}  // namespace kiln::compiler
