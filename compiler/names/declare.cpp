#include <algorithm>

#include "compiler/names/model.h"

namespace kiln::compiler {

namespace {

// Members that stand at file level; the parser wraps each into a declaration without a name.
bool is_loose(const ast::Declaration& declaration) {
    const auto& kind = declaration.kind.text;
    return kind == "on" || kind == "before" || kind == "after" || kind == "every" || kind == "state";
}

void check_module(const World& world, Compilation& c, const ast::File& file) {
    if (file.module.empty() && !file.declarations.empty() && !file.module_is_lost)
        c.report(Code::no_module, Span{file.index, 0, 0});
    for (const auto& use : file.uses) {
        const auto begins = use.text + ".";
        const bool known = std::any_of(
            world.modules.begin(), world.modules.end(),
            [&](const std::string& module) { return module == use.text || module.starts_with(begins); });
        if (!known)
            report_missing(c, Code::unknown_module, use.span, {use.text}, use.text, {world.modules, {}});
    }
}

void declare_enum(World& world, Compilation& c, Symbol& symbol) {
    const auto builtin = schema::vocabulary().enumerations.size();
    symbol.enumeration = static_cast<std::uint16_t>(builtin + world.enumerations.size());
    std::vector<std::string> words;
    for (const auto* member : symbol.declaration->members) {
        if (std::find(words.begin(), words.end(), member->word.text) != words.end()) {
            c.report(Code::duplicate_name, member->word.span, {member->word.text});
            continue;
        }
        words.push_back(member->word.text);
        world.enumerators[member->word.text].push_back(&symbol);
    }
    world.enumerations.emplace_back(symbol.full, std::move(words));
}

// Its fields are known when every type has a name (signatures.cpp).
void declare_record(World& world, Symbol& symbol) {
    symbol.enumeration = static_cast<std::uint16_t>(world.records.size());
    world.records.push_back({symbol.full, {}});
    world.record_symbols.push_back(&symbol);
}

bool add_to_tables(World& world, Compilation& c, Symbol& symbol) {
    const auto [place, is_new] = world.by_full_name.try_emplace(symbol.full, &symbol);
    if (!is_new) {
        auto& diagnostic = c.report(Code::duplicate_name, symbol.declaration->name.span, {symbol.name});
        diagnostic.also.push_back({place->second->declaration->name.span, "the first one is here"});
        return false;
    }
    world.by_name[symbol.name].push_back(&symbol);
    return true;
}

Symbol& new_symbol(World& world) {
    auto& symbol = world.symbols.emplace_back();
    symbol.unit = static_cast<std::uint32_t>(world.symbols.size() - 1);
    return symbol;
}

std::string numbered(World& world, const std::string& name) {
    return name + "." + std::to_string(++world.counters[name]);
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

void add_definition(World& world, Compilation& c, Symbol& symbol) {
    symbol.index = static_cast<std::uint32_t>(world.heads.size());
    auto& definition = world.heads.emplace_back();
    definition.name = symbol.full;
    definition.kind = symbol.kind;
    definition.is_abstract = symbol.declaration->is_abstract;
    definition.file = symbol.file->index;
    definition.line = c.place(symbol.declaration->name.span).line;
}

void declare(World& world, Compilation& c, const ast::File& file, const ast::Declaration& declaration) {
    const auto kind = schema::vocabulary().kind(declaration.kind.text);
    if (!kind) unknown_kind(c, declaration);
    if (declaration.name.empty()) return;
    auto& symbol = new_symbol(world);
    symbol.declaration = &declaration;
    symbol.file = &file;
    symbol.module = file.module.text;
    symbol.name = declaration.name.text;
    symbol.full = symbol.module.empty() ? symbol.name : symbol.module + "." + symbol.name;
    symbol.kind = kind.value_or(Kind::none);
    symbol.broken = declaration.broken || !kind;
    if (!kind) world.odd_modules.insert(symbol.module);
    if (symbol.kind == Kind::test_) {
        symbol.full = numbered(world, symbol.module + ".test");
        return;
    }
    if (!add_to_tables(world, c, symbol)) {
        symbol.broken = true;
        symbol.kind = Kind::none;
        return;
    }
    if (symbol.kind == Kind::zone_) world.zones[symbol.module].push_back(&symbol);
    if (symbol.kind == Kind::enum_) declare_enum(world, c, symbol);
    if (symbol.kind == Kind::record_) declare_record(world, symbol);
    if (has_definition(symbol.kind)) add_definition(world, c, symbol);
}

// Handlers and states outside declarations see the names of their file, so they hang on a symbol without a
// name.
void declare_loose(World& world, const ast::File& file, const ast::Declaration& declaration) {
    auto& scope = new_symbol(world);
    scope.declaration = &declaration;
    scope.file = &file;
    scope.module = scope.full = file.module.text;
    scope.broken = declaration.broken;
    scope.layers.push_back({&scope, &scope, nullptr});
    scope.linked = true;
    const auto& event = declaration.members.empty() ? declaration.kind : declaration.members.front()->event;
    scope.first_number = ++world.counters[scope.module + " " + declaration.kind.text + " " + event.text];
}

// `stat luck { }` makes a word of the enumeration `stat`; `stat strength { }` describes one that is there.
void open_enumerations(World& world) {
    const auto& enumerations = schema::vocabulary().enumerations;
    for (std::size_t i = 0; i < enumerations.size(); ++i) {
        const auto kind = schema::vocabulary().kind(enumerations[i].name);
        if (!kind || !has_definition(*kind)) continue;
        schema::OpenWords words;
        words.enumeration = static_cast<std::uint16_t>(i);
        words.definitions.assign(enumerations[i].values.size(), no_index);
        auto& further = world.open_words[words.enumeration];
        for (const auto& [name, symbol] : world.by_full_name) {
            if (symbol->kind != *kind) continue;
            const auto known = schema::vocabulary().value_of(words.enumeration, symbol->name);
            if (known) words.definitions[static_cast<std::size_t>(*known)] = symbol->index;
            else further.push_back(symbol);
        }
        for (const auto* symbol : further) words.definitions.push_back(symbol->index);
        world.open_rows.push_back(std::move(words));
    }
}

}  // namespace

void declare_all(World& world, Compilation& c) {
    for (const auto& file : world.files) world.modules.push_back(file.module.text);
    std::sort(world.modules.begin(), world.modules.end());
    world.modules.erase(std::unique(world.modules.begin(), world.modules.end()), world.modules.end());
    for (const auto& file : world.files) {
        check_module(world, c, file);
        for (const auto* declaration : file.declarations) {
            if (is_loose(*declaration))
                declare_loose(world, file, *declaration);
            else
                declare(world, c, file, *declaration);
        }
    }
    open_enumerations(world);
}

}  // namespace kiln::compiler
