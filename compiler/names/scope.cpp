#include <algorithm>

#include "compiler/names/model.h"

namespace kiln::compiler {

namespace {

// Commands, gestures, pages and tests are never meant by a name inside of code.
bool is_value(const Symbol& symbol) {
    return symbol.kind != Kind::command_ && symbol.kind != Kind::social_ && symbol.kind != Kind::help_ &&
           symbol.kind != Kind::test_;
}

bool is_std(std::string_view module) { return module == "std" || module.starts_with("std."); }

// Nearer is smaller.
int distance(const ast::File& file, const Symbol& symbol) {
    if (symbol.module == file.module.text) return 0;
    for (const auto& use : file.uses) {
        if (symbol.module == use.text) return 1;
    }
    return is_std(symbol.module) ? 2 : 3;
}

}  // namespace

Symbol* find(const Compilation& c, const ast::File& file, std::string_view name, Wanted wanted) {
    if (const auto exact = c.by_full_name.find(name); exact != c.by_full_name.end()) return exact->second;
    const auto dot = name.rfind('.');
    const auto simple = dot == std::string_view::npos ? name : name.substr(dot + 1);
    const auto found = c.by_name.find(simple);
    if (found == c.by_name.end()) return nullptr;
    Symbol* best = nullptr;
    int best_distance = 4;
    for (auto* symbol : found->second) {
        if (wanted == Wanted::value && !is_value(*symbol)) continue;
        if (dot != std::string_view::npos && !symbol->full.ends_with("." + std::string(name))) continue;
        const int far = distance(file, *symbol);
        if (far < best_distance) {
            best = symbol;
            best_distance = far;
        } else if (far == best_distance && best_distance == 3) {
            best = nullptr;                      // two strangers of one name: neither is meant
        }
    }
    return best;
}

std::string kind_name(Kind kind) {
    return kind == Kind::none ? "thing"
                              : std::string(schema::vocabulary().kinds[static_cast<std::size_t>(kind)].name);
}

std::string with_article(std::string_view noun) {
    if (noun.starts_with("npc")) return "an " + std::string(noun);
    const bool vowel =
        !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + std::string(noun);
}

std::string suggestion(const std::optional<std::string>& found) {
    return found ? "did you mean `" + *found + "`?" : std::string();
}

std::vector<std::string> names_of_kinds(const Compilation& c, const std::vector<Kind>& kinds) {
    std::vector<std::string> names;
    for (const auto& symbol : c.symbols) {
        if (std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end()) names.push_back(symbol.name);
    }
    return names;
}

void report_missing(Compilation& c, Code code, Span span, std::vector<std::string> arguments,
                    std::string_view name, const std::vector<std::string>& candidates) {
    auto& missing = c.missing[std::to_string(static_cast<int>(code)) + " " + std::string(name)];
    if (missing.count++ > 0) return;
    missing.code = code;
    missing.span = span;
    missing.arguments = std::move(arguments);
    const auto found = closest(name, candidates);
    missing.advice = suggestion(found);
    if (found) missing.fix = Fix{span, *found};
}

void flush_missing(Compilation& c) {
    for (auto& [name, missing] : c.missing) {
        auto& diagnostic = c.report(missing.code, missing.span, missing.arguments);
        if (!missing.advice.empty()) diagnostic.advice = missing.advice;
        diagnostic.fix = missing.fix;
        if (missing.count > 1) diagnostic.label = "used " + std::to_string(missing.count) + " times";
    }
    c.missing.clear();
}

Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word, const std::vector<Kind>& kinds) {
    const auto wanted = [&](const Symbol& symbol) {
        return std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end();
    };
    auto* symbol = find(c, file, word.text, Wanted::any);
    if (symbol != nullptr && wanted(*symbol)) return symbol;
    // Something of another kind may hide what is meant.
    for (auto& other : c.symbols) {
        const bool named = other.name == word.text || other.full == word.text;
        if (named && wanted(other) && distance(file, other) <= 2) return &other;
    }
    std::string what;
    for (const auto kind : kinds) what += (what.empty() ? "" : " or ") + kind_name(kind);
    if (symbol == nullptr) {
        report_missing(c, Code::unknown_name, word.span, {what, word.text}, word.text,
                       names_of_kinds(c, kinds));
    } else if (!symbol->broken) {
        auto& diagnostic = c.report(Code::wrong_kind_of_name, word.span,
                                    {word.text, with_article(kind_name(symbol->kind)), with_article(what)});
        diagnostic.also.push_back({symbol->declaration->name.span, "declared here"});
    }
    return nullptr;
}

Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word, Kind kind) {
    return need(c, file, word, std::vector<Kind>{kind});
}

std::optional<Type> resolve_type(Compilation& c, const ast::File& file, const ast::Word& spelling) {
    if (const auto type = schema::parse_type(spelling.text); type && type->base != Base::variable)
        return type;
    auto name = spelling.text;
    const bool optional = name.ends_with("?");
    if (optional) name.pop_back();
    const auto* symbol = find(c, file, name);
    if (symbol != nullptr && symbol->kind == Kind::enum_) {
        return Type{.base = Base::enumeration, .optional = optional, .detail = symbol->enumeration};
    }
    std::vector<std::string> candidates{"int",      "bool", "percent", "duration", "weight",
                                        "money",    "dice", "string",  "words",    "text",
                                        "entity",   "zone", "room",    "exit",     "item",
                                        "creature", "npc",  "player",  "effect",   "direction"};
    for (const auto& row : schema::vocabulary().enumerations) candidates.emplace_back(row.name);
    for (auto& known : names_of_kinds(c, {Kind::enum_})) candidates.push_back(std::move(known));
    report_missing(c, Code::unknown_type, spelling.span, {spelling.text}, spelling.text, candidates);
    return std::nullopt;
}

std::vector<std::string> enumeration_words(const Compilation& c, std::uint16_t enumeration) {
    const auto& rows = schema::vocabulary().enumerations;
    std::vector<std::string> words;
    if (enumeration < rows.size()) {
        for (const auto word : rows[enumeration].values) words.emplace_back(word);
    } else if (enumeration - rows.size() < c.image.enumerations.size()) {
        words = c.image.enumerations[enumeration - rows.size()].second;
    }
    return words;
}

std::optional<int> enumeration_value(const Compilation& c, std::uint16_t enumeration, std::string_view word) {
    const auto words = enumeration_words(c, enumeration);
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt : std::optional(static_cast<int>(found - words.begin()));
}

std::string spelled(const Compilation& c, Type type) {
    const auto builtin = schema::vocabulary().enumerations.size();
    if (type.base == Base::enumeration && type.detail >= builtin) {
        const auto own = type.detail - builtin;
        return own < c.image.enumerations.size() ? c.image.enumerations[own].first : "enum";
    }
    return schema::to_string(type);
}

std::string type_name(const Compilation& c, Type type) {
    switch (type.base) {
        case Base::nothing: return "nothing";
        case Base::boolean: return "a yes or no";
        case Base::integer: return "a number";
        case Base::percent: return "a percentage";
        case Base::duration: return "a length of time";
        case Base::weight: return "a weight";
        case Base::money: return "an amount of money";
        case Base::dice: return "dice";
        case Base::string: return "a string";
        case Base::words: return "words a player typed";
        case Base::text: return "a text";
        case Base::entity:
            return type.optional ? "somebody or something, or nobody" : "somebody or something";
        case Base::template_of:
            return "the name of " + with_article(kind_name(static_cast<Kind>(type.detail)));
        case Base::list:
            return "a list of " + spelled(c, Type{.base = type.element, .detail = type.detail}) + "s";
        default:
            return with_article(spelled(c, Type{type.base, false, type.element, type.detail})) +
                   (type.optional ? " or nobody" : "");
    }
}

}  // namespace kiln::compiler
