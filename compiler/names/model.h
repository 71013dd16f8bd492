#pragma once
// What the compiler knows about a world while it works: every declaration as a Symbol, and the image that
// grows.

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"
#include "compiler/emit/program_builder.h"
#include "compiler/parse/ast.h"
#include "world/schema/image.h"

namespace kiln::compiler {

using schema::Base;
using schema::Kind;
using schema::no_index;
using schema::Type;

struct Symbol;

struct FunctionParameter {
    std::string name;
    Type type;
    const ast::Expression* value = nullptr;      // default
};

// A trait's parameters as constants for one declaration that uses it.
struct Environment {
    struct Binding {
        std::string name;
        Type type;
        const ast::Expression* value = nullptr;
    };
    std::vector<Binding> bindings;
    const Symbol* written_in = nullptr;          // where the arguments stand: their names are looked up there
    const Environment* outer = nullptr;          // of the declaration they stand in
};

// The members written in `from`, as members of `owner`.
struct Layer {
    Symbol* from = nullptr;
    Symbol* owner = nullptr;
    const Environment* environment = nullptr;
};

struct State {
    std::string name, column;
    Type type;
    schema::Table table = schema::Table::none;
    std::uint32_t field = no_index;              // index into Program::fields
    const Symbol* owner = nullptr;               // nobody for `world state`
    bool is_of_players = false;                  // `player state`: kept by each player, not by the owner
    Span span;
};

struct Symbol {
    const ast::Declaration* declaration = nullptr;
    const ast::File* file = nullptr;
    std::string module, name, full;
    Kind kind = Kind::none;
    std::uint32_t index = no_index;              // into Image::definitions, for kinds that have one
    bool broken = false;                         // reported already: say no more about it

    Symbol* parent = nullptr;
    struct TraitUse {
        Symbol* trait = nullptr;
        const Environment* environment = nullptr;
    };
    std::vector<TraitUse> traits;
    std::vector<Layer> layers;                   // ancestors' first, then traits', then its own
    std::vector<const State*> states;            // inherited ones too
    std::vector<std::uint32_t> handlers;         // into Image::handlers
    bool linked = false, handlers_done = false;

    std::vector<FunctionParameter> parameters;   // fn, formula, event, trait
    Type result;
    std::uint32_t function = no_index;
    bool may_suspend = false, changes_world = false;
    std::uint16_t enumeration = 0;               // enum
};

// Names that were missing, reported once with a count.
struct MissingName {
    Code code = Code::unknown_name;
    Span span;
    std::vector<std::string> arguments;
    std::string advice;
    std::optional<Fix> fix;
    int count = 0;
};

struct Compilation {
    CompileOptions options;
    std::vector<Source> sources;
    std::vector<std::vector<std::uint32_t>> line_starts;
    std::deque<ast::File> files;
    Reporter reporter{2000};
    schema::Image image;
    ProgramBuilder program{image};

    std::deque<Symbol> symbols;                  // in order of sources and places
    std::map<std::string, Symbol*, std::less<>> by_full_name;
    std::map<std::string, std::vector<Symbol*>, std::less<>> by_name;
    std::map<std::string, std::vector<Symbol*>, std::less<>> enumerators;   // words of authors' enums
    std::vector<std::string> modules;            // sorted
    std::deque<Environment> environments;
    std::deque<State> states;
    struct Loose {                               // `on enter(who) {}` and `world state` outside declarations
        const ast::File* file = nullptr;
        const ast::Declaration* declaration = nullptr;
        Symbol* scope = nullptr;
    };
    std::vector<Loose> loose;
    std::map<std::string, MissingName> missing;
    std::vector<std::pair<Span, std::uint32_t>> key_uses;  // what is named as a key, to be checked at the end
    std::set<std::pair<std::uint32_t, int>> broken_exits;    // (room, direction) of exits that were reported
    std::map<std::pair<std::uint32_t, int>, Span> exit_spans;
    std::map<std::string, int> counters;         // for names of texts, handlers and functions

    vm::LineRow place(Span span) const;          // file, line and column; pc is 0
    std::string_view written(Span span) const;
    bool has_member(const Symbol& symbol, std::string_view word) const;   // written there, right or wrong
    std::string numbered(const std::string& name);   // "x" -> "x.1", "x.2" ...
    Diagnostic& report(Code code, Span span, std::vector<std::string> arguments = {}) {
        return reporter.report(code, span, std::move(arguments));
    }
};

// ---- names/scope.cpp
enum class Wanted { value, any };
// What a name means in a module: its own, those it uses, std, then the only one of that name anywhere.
Symbol* find(const Compilation& c, const ast::File& file, std::string_view name,
             Wanted wanted = Wanted::value);
// The same for one kind of declaration; reports an unknown or a wrong name and returns null.
Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word, Kind kind);
Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word, const std::vector<Kind>& kinds);
std::vector<std::string> names_of_kinds(const Compilation& c, const std::vector<Kind>& kinds);
void report_missing(Compilation& c, Code code, Span span, std::vector<std::string> arguments,
                    std::string_view name, const std::vector<std::string>& candidates);
void flush_missing(Compilation& c);
std::optional<Type> resolve_type(Compilation& c, const ast::File& file,
                                 const ast::Word& spelling);         // reports
std::string type_name(const Compilation& c, Type type);              // "a player", for messages
std::string spelled(const Compilation& c, Type type);                // "player"
std::string kind_name(Kind kind);
std::string with_article(std::string_view noun);
std::string suggestion(const std::optional<std::string>& found);     // "did you mean `x`?" or nothing
std::optional<int> enumeration_value(const Compilation& c, std::uint16_t enumeration, std::string_view word);
std::vector<std::string> enumeration_words(const Compilation& c, std::uint16_t enumeration);

// ---- names/declare.cpp, signatures.cpp, inherit.cpp
void declare_all(Compilation& c);
void declare_signatures(Compilation& c);
void link_all(Compilation& c);
void declare_states(Compilation& c);
void analyse_functions(Compilation& c);          // which functions may wait, which change the world
bool may_suspend(const Compilation& c, const ast::File& file, const std::vector<ast::Statement*>& block);

inline bool has_definition(Kind kind) {
    return kind != Kind::none && kind != Kind::enum_ && kind != Kind::const_ && kind != Kind::fn_ &&
           kind != Kind::formula_ && kind != Kind::test_;
}

}  // namespace kiln::compiler
