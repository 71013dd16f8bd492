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

bool before(Span a, Span b) {
    return a.file != b.file ? a.file < b.file : a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
}

}  // namespace

const Symbol* find_full(const Compilation& c, std::string_view name) {
    const auto exact = c.world.by_full_name.find(name);
    return exact != c.world.by_full_name.end() ? exact->second : nullptr;
}

const Symbol* find(const Compilation& c, const ast::File& file, std::string_view name, Wanted wanted) {
    if (const auto* exact = find_full(c, name)) return exact;
    const auto dot = name.rfind('.');
    const auto simple = dot == std::string_view::npos ? name : name.substr(dot + 1);
    const auto found = c.world.by_name.find(simple);
    if (found == c.world.by_name.end()) return nullptr;
    const Symbol* best = nullptr;
    int best_distance = 4;
    for (const auto* symbol : found->second) {
        if (wanted == Wanted::value && !is_value(*symbol)) continue;
        if (dot != std::string_view::npos && !symbol->full.ends_with("." + std::string(name))) continue;
        const int far = distance(file, *symbol);
        if (far < best_distance) {
            best = symbol;
            best_distance = far;
        } else if (far == best_distance && best_distance == 3) {
            best = nullptr;  // two strangers of one name: neither is meant
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

Candidates names_of_kinds(const Compilation&, const std::vector<Kind>& kinds) { return {{}, kinds, false}; }

std::optional<std::string> closest(const Compilation& c, std::string_view misspelt,
                                   const Candidates& candidates) {
    return closest(c.world, misspelt, candidates);
}

const std::vector<const State*>& states_called(const Compilation& c, std::string_view name) {
    static const std::vector<const State*> none;
    const auto found = c.world.states_by_name.find(name);
    return found != c.world.states_by_name.end() ? found->second : none;
}

const std::vector<const Symbol*>& zones_of(const Compilation& c, std::string_view module) {
    static const std::vector<const Symbol*> none;
    const auto found = c.world.zones.find(module);
    return found != c.world.zones.end() ? found->second : none;
}

std::vector<std::string> names_of_player_states(const Compilation& c) {
    std::vector<std::string> names;
    for (const auto& state : c.world.states) {
        if (state.is_of_players) names.push_back(state.name);
    }
    return names;
}

bool may_have_exit(const Compilation& c, const Symbol& room, std::int64_t direction) {
    const auto& exits = c.world.heads[room.index].exits;
    return std::any_of(exits.begin(), exits.end(),
                       [&](const auto& exit) { return exit.direction == direction; }) ||
           c.world.broken_exits.contains({room.index, static_cast<int>(direction)});
}

const Symbol* enumeration_with(const Compilation& c, std::string_view word) {
    const auto own = c.world.enumerators.find(word);
    return own != c.world.enumerators.end() && own->second.size() == 1 ? own->second.front() : nullptr;
}

std::optional<Closest> closest_of(const World& world, std::string_view misspelt,
                                  const Candidates& candidates) {
    auto words = candidates.words;
    const auto& kinds = candidates.kinds;
    for (const auto& symbol : world.symbols) {
        if (std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end()) words.push_back(symbol.name);
    }
    if (candidates.states) {
        for (const auto& state : world.states) words.push_back(state.name);
    }
    return closest_of(misspelt, words);
}

std::optional<std::string> closest(const World& world, std::string_view misspelt,
                                   const Candidates& candidates) {
    const auto found = closest_of(world, misspelt, candidates);
    return found ? std::optional(found->name) : std::nullopt;
}

void report_missing(Compilation& c, Code code, Span span, std::vector<std::string> arguments,
                    std::string_view name, const Candidates& candidates) {
    if (c.world.is_lost(name)) return;
    auto& missing = c.missing[std::string(name)];
    missing.places.push_back(span);
    if (missing.places.size() > 1) return;
    missing.code = code;
    missing.arguments = std::move(arguments);
    missing.name = name;
    missing.candidates = candidates;
}

void report_missing(const World& world, const std::vector<MissingName>& missing, Reporter& reporter) {
    std::map<std::string_view, std::pair<const MissingName*, std::vector<Span>>> names;
    for (const auto& one : missing) {
        auto& [first, places] = names[one.name];
        if (first == nullptr || before(one.places.front(), first->places.front())) first = &one;
        places.insert(places.end(), one.places.begin(), one.places.end());
    }
    for (auto& [name, found] : names) {
        auto& [first, places] = found;
        std::sort(places.begin(), places.end(), before);
        places.erase(std::unique(places.begin(), places.end()), places.end());
        auto& diagnostic = reporter.report(first->code, places.front(), first->arguments);
        if (const auto meant = closest_of(world, name, first->candidates)) {
            diagnostic.advice = suggestion(meant->name);
            diagnostic.fix = Fix{places.front(), meant->name, meant->alone, {places.begin() + 1, places.end()}};
        }
        if (places.size() == 1) continue;
        diagnostic.label = first->code == Code::no_zone
                               ? "and " + std::to_string(places.size() - 1) + " more of this module"
                               : "used " + std::to_string(places.size()) + " times";
    }
}

const Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word,
                   const std::vector<Kind>& kinds) {
    const auto wanted = [&](const Symbol& symbol) {
        return std::find(kinds.begin(), kinds.end(), symbol.kind) != kinds.end();
    };
    const auto* symbol = find(c, file, word.text, Wanted::any);
    if (symbol != nullptr && wanted(*symbol)) return symbol;
    // Something of another kind may hide what is meant.
    if (const auto* other = find_full(c, word.text); other != nullptr && wanted(*other)) return other;
    if (const auto named = c.world.by_name.find(word.text); named != c.world.by_name.end()) {
        for (const auto* other : named->second) {
            if (wanted(*other) && distance(file, *other) <= 2) return other;
        }
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

const Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word, Kind kind) {
    return need(c, file, word, std::vector<Kind>{kind});
}

namespace {

Candidates names_of_types(const Compilation& c) {
    Candidates candidates = names_of_kinds(c, {Kind::enum_, Kind::record_});
    for (const auto* word : {"int",    "bool",   "percent", "duration", "weight",   "money", "dice",
                             "string", "words",  "text",    "entity",   "zone",     "room",  "exit",
                             "item",   "creature", "npc",   "player",   "effect",   "time",  "range",
                             "list",   "set",    "map",     "template"})
        candidates.emplace_back(word);
    for (const auto& row : schema::vocabulary().enumerations) candidates.emplace_back(row.name);
    return candidates;
}

// What is looked for in sets and maps must be comparable: a text is only known when it is read.
bool has_sound_keys(const Type& type) {
    const bool has_key = type.base == Base::set || type.base == Base::map;
    if (has_key && type.parts[0].base == Base::text) return false;
    return std::all_of(type.parts.begin(), type.parts.end(), has_sound_keys);
}

}  // namespace

std::optional<Type> resolve_type(Compilation& c, const ast::File& file, const ast::Word& spelling) {
    std::string unknown;
    const auto named = [&](std::string_view name) -> std::optional<Type> {
        const auto* symbol = find(c, file, name);
        if (symbol != nullptr && symbol->kind == Kind::enum_)
            return Type{.base = Base::enumeration, .detail = symbol->enumeration};
        if (symbol != nullptr && symbol->kind == Kind::record_)
            return Type{.base = Base::record, .detail = symbol->enumeration};
        if (unknown.empty()) unknown = name;
        return std::nullopt;
    };
    const auto type = schema::parse_type(spelling.text, named);
    if (!type && !unknown.empty()) {
        auto span = spelling.span;
        const auto at = c.written(span).find(unknown);
        if (at != std::string_view::npos) {
            span.begin += static_cast<std::uint32_t>(at);
            span.end = span.begin + static_cast<std::uint32_t>(unknown.size());
        }
        report_missing(c, Code::unknown_type, span, {unknown}, unknown, names_of_types(c));
    } else if (!type) {
        c.report(Code::unknown_type, spelling.span, {spelling.text}).advice =
            "types with parts are written `list<int>`, `set<string>` and `map<player, int>`";
    } else if (!has_sound_keys(*type)) {
        c.report(Code::type_mismatch, spelling.span, {"a text", "something that can be looked for"}).advice =
            "use `string`";
        return std::nullopt;
    }
    return type;
}

std::vector<std::string> enumeration_words(const Compilation& c, std::uint16_t enumeration) {
    const auto& rows = schema::vocabulary().enumerations;
    std::vector<std::string> words;
    if (enumeration < rows.size()) {
        for (const auto word : rows[enumeration].values) words.emplace_back(word);
        const auto further = c.world.open_words.find(enumeration);
        if (further == c.world.open_words.end()) return words;
        for (const auto* symbol : further->second) words.push_back(symbol->name);
    } else if (enumeration - rows.size() < c.world.enumerations.size()) {
        words = c.world.enumerations[enumeration - rows.size()].second;
    }
    return words;
}

std::optional<int> enumeration_value(const Compilation& c, std::uint16_t enumeration, std::string_view word) {
    const auto words = enumeration_words(c, enumeration);
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt : std::optional(static_cast<int>(found - words.begin()));
}

std::string spelled(const Compilation& c, const Type& type) {
    return schema::to_string(type, [&](const Type& one) {
        if (one.base == Base::record)
            return one.detail < c.world.record_symbols.size() ? c.world.record_symbols[one.detail]->name
                                                              : std::string("record");
        const auto own = one.detail - schema::vocabulary().enumerations.size();
        const auto& full = own < c.world.enumerations.size() ? c.world.enumerations[own].first : "enum";
        return full.substr(full.rfind('.') + 1);
    });
}

std::string many_of(const Compilation& c, const Type& type) {
    switch (type.base) {
        case Base::boolean: return "yes or no";
        case Base::integer: return "numbers";
        case Base::percent: return "percentages";
        case Base::duration: return "lengths of time";
        case Base::time: return "times of day";
        case Base::money: return "amounts of money";
        case Base::dice: return "dice";
        case Base::words: return "words";
        case Base::entity: return "things and creatures";
        case Base::variable: return "things";
        case Base::template_of: return "names of " + kind_name(static_cast<Kind>(type.detail)) + "s";
        case Base::list: return "lists of " + many_of(c, type.parts[0]);
        case Base::set: return "sets of " + many_of(c, type.parts[0]);
        case Base::map: return "maps";
        default: return spelled(c, schema::with_optional(type, false)) + "s";
    }
}

std::string type_name(const Compilation& c, const Type& type) {
    if (type.optional) {
        const auto one = type_name(c, schema::with_optional(type, false));
        if (type.base == Base::entity) return one + ", or nobody";
        return one + (schema::is_entity(type.base) ? " or nobody" : " or nothing");
    }
    switch (type.base) {
        case Base::nothing: return "nothing";
        case Base::boolean: return "a yes or no";
        case Base::integer: return "a number";
        case Base::percent: return "a percentage";
        case Base::duration: return "a length of time";
        case Base::time: return "a time of day";
        case Base::weight: return "a weight";
        case Base::money: return "an amount of money";
        case Base::dice: return "dice";
        case Base::string: return "a string";
        case Base::words: return "words a player typed";
        case Base::text: return "a text";
        case Base::entity: return "somebody or something";
        case Base::template_of:
            return "the name of " + with_article(kind_name(static_cast<Kind>(type.detail)));
        case Base::list: return "a list of " + many_of(c, type.parts[0]);
        case Base::set: return "a set of " + many_of(c, type.parts[0]);
        case Base::map: return "a map from " + many_of(c, type.parts[0]) + " to " + many_of(c, type.parts[1]);
        default: return with_article(spelled(c, type));
    }
}

}  // namespace kiln::compiler
