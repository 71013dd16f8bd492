#pragma once
// What the compiler knows about a world while it works: every declaration as a Symbol, and the image that
// grows.

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/compile.h"
#include "compiler/emit/program_builder.h"
#include "compiler/emit/unit.h"
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
    const ast::Expression* value = nullptr;  // default
};

// A trait's parameters as constants for one declaration that uses it.
struct Environment {
    struct Binding {
        std::string name;
        Type type;
        const ast::Expression* value = nullptr;
    };
    std::vector<Binding> bindings;
    const Symbol* written_in = nullptr;  // where the arguments stand: their names are looked up there
    const Environment* outer = nullptr;  // of the declaration they stand in
};

// The members written in `from`, as members of `owner`.
struct Layer {
    const Symbol* from = nullptr;
    const Symbol* owner = nullptr;
    const Environment* environment = nullptr;
};

struct State {
    std::string name, column;
    Type type;
    schema::Table table = schema::Table::none;
    bool known = false;             // its type is
    const Symbol* owner = nullptr;  // nobody for `world state`
    bool is_of_players = false;     // `player state`: kept by each player, not by the owner
    Span span;
};

struct Symbol {
    const ast::Declaration* declaration = nullptr;
    const ast::File* file = nullptr;
    std::string module, name, full;
    Kind kind = Kind::none;
    std::uint32_t unit = no_index;   // its place among World::symbols
    std::uint32_t index = no_index;  // into World::heads, for kinds that have a definition
    bool broken = false;             // reported already: say no more about it

    const Symbol* parent = nullptr;
    struct TraitUse {
        const Symbol* trait = nullptr;
        const Environment* environment = nullptr;
    };
    std::vector<TraitUse> traits;
    std::vector<Layer> layers;         // ancestors' first, then traits', then its own
    std::vector<const State*> states;  // inherited ones too
    bool linked = false, has_states = false, has_exits = false;  // done already
    int first_number = 1;  // of handlers outside declarations, in their module

    std::vector<FunctionParameter> parameters;  // fn, formula, event, trait
    Type result;
    std::uint32_t function = no_index;
    bool may_suspend = false, changes_world = false;
    std::uint16_t enumeration = 0;  // enum, record: its number
};

// What is called what in a world. Made by names/, one stage after the other, and then only read: every unit
// is checked against the same world, in any order.
struct World {
    CompileOptions options;
    std::vector<Source> sources;
    std::vector<std::vector<std::uint32_t>> line_starts;
    std::deque<ast::File> files;

    std::deque<Symbol> symbols;  // in order of sources and places; each is one unit
    std::map<std::string, Symbol*, std::less<>> by_full_name;
    std::map<std::string, std::vector<Symbol*>, std::less<>> by_name;
    std::map<std::string, std::vector<Symbol*>, std::less<>> enumerators;  // words of authors' enums
    std::map<std::string, std::vector<const Symbol*>, std::less<>> zones;  // by module
    // Declarations that add words to the engine's own lists (`stat`, `damage_type`), by enumeration and name.
    std::map<std::uint16_t, std::vector<const Symbol*>> open_words;
    std::vector<schema::OpenWords> open_rows;
    std::vector<std::string> modules;                                      // sorted
    std::deque<Environment> environments;
    std::deque<State> states;
    std::map<std::string, std::vector<const State*>, std::less<>> states_by_name;
    // By Symbol::index: what of a definition needs no code to be written (name, kind, parents, exits).
    std::vector<schema::Definition> heads;
    std::vector<schema::StateDef> state_rows;
    std::vector<std::pair<std::string, std::vector<std::string>>> enumerations;
    std::vector<schema::RecordDef> records;
    std::vector<const Symbol*> record_symbols;  // by number
    std::set<std::string, std::less<>> odd_modules;  // with declarations of no known kind: zones, perhaps
    std::set<std::string, std::less<>> lost;  // names that stand where the parser gave up
    bool module_is_lost = false;
    bool is_lost(std::string_view name) const;  // dotted: its last word
    // What is missed only because the line that has it could not be read is no mistake of its own.
    bool follows(Code code, const std::vector<std::string>& arguments) const;
    std::set<std::pair<std::uint32_t, int>> broken_exits;  // (room, direction) of exits that were reported
    std::map<std::pair<std::uint32_t, int>, Span> exit_spans;
    std::map<std::string, int> counters;  // for names of tests and of handlers outside declarations
    RowNumbers numbers;
};

// The work on one unit: the world it lies in, what it says and what it adds to the image. Units know nothing
// of each other but what a child's declaration takes over from its parent's.
struct Compilation {
    static constexpr std::uint32_t of_names = 0;  // the stages of names add nothing to the image
    Compilation(const World& known, const std::vector<Unit>& done, std::uint32_t unit)
        : world(known), units(done), program(image, known.numbers, unit), unit_(unit) {}

    const World& world;
    const std::vector<Unit>& units;  // by Symbol::unit; a parent's is there before its child's
    Reporter reporter{2000};
    schema::Image image;  // what this unit adds, in numbers of its own
    ProgramBuilder program;
    std::map<std::string, MissingName> missing;
    std::vector<KeyUse> key_uses;         // what is named as a key, to be checked at the end
    std::map<std::string, int> counters;  // for names of texts, handlers and functions
    std::shared_ptr<const LayerMembers> layers;   // what its own layers say, for its children
    std::vector<ForeignBlock> foreign_blocks;
    std::deque<ast::Expression> expressions;      // made here, not written

    vm::LineRow place(Span span) const;  // file, line and column; pc is 0
    std::string_view written(Span span) const;
    bool has_member(const Symbol& symbol, std::string_view word) const;  // written there, right or wrong
    std::string numbered(const std::string& name);                       // "x" -> "x.1", "x.2" ...
    Diagnostic& report(Code code, Span span, std::vector<std::string> arguments = {});
    // The finished definition of another declaration: only an ancestor's is sure to be there.
    const schema::Definition& definition_of(const Symbol& symbol) const;
    vm::SlotType slot_type(const Type& type) {
        return schema::intern_slot_type(image.program, world.records, type);
    }
    std::uint32_t add_handler(schema::HandlerDef handler);  // its number, for Definition::handlers
    bool is_this_unit(std::uint32_t unit) const { return unit == unit_; }
    Unit finish();
    bool unsure = false;  // a member was reported: what else is missing may be that

 private:
    std::uint32_t unit_;
};

// ---- names/scope.cpp
enum class Wanted { value, any };
// What a name means in a module: its own, those it uses, std, then the only one of that name anywhere.
const Symbol* find(const Compilation& c, const ast::File& file, std::string_view name,
                   Wanted wanted = Wanted::value);
const Symbol* find_full(const Compilation& c, std::string_view name);  // "module.name", and nothing else
// The same for one kind of declaration; reports an unknown or a wrong name and returns null.
const Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word, Kind kind);
const Symbol* need(Compilation& c, const ast::File& file, const ast::Word& word,
                   const std::vector<Kind>& kinds);
// What may have been meant: the names of all declarations of these kinds, and words to be added.
Candidates names_of_kinds(const Compilation& c, const std::vector<Kind>& kinds);
std::optional<std::string> closest(const World& world, std::string_view misspelt,
                                   const Candidates& candidates);
std::optional<Closest> closest_of(const World& world, std::string_view misspelt, const Candidates& candidates);
std::optional<std::string> closest(const Compilation& c, std::string_view misspelt,
                                   const Candidates& candidates);
const std::vector<const State*>& states_called(const Compilation& c, std::string_view name);
const std::vector<const Symbol*>& zones_of(const Compilation& c, std::string_view module);
std::vector<std::string> names_of_player_states(const Compilation& c);
// The room has the exit, or one that has been reported as wrong.
bool may_have_exit(const Compilation& c, const Symbol& room, std::int64_t direction);
// The author's enum that alone has this word.
const Symbol* enumeration_with(const Compilation& c, std::string_view word);
void report_missing(Compilation& c, Code code, Span span, std::vector<std::string> arguments,
                    std::string_view name, const Candidates& candidates);
// All that is missing anywhere, each name once.
void report_missing(const World& world, const std::vector<MissingName>& missing, Reporter& reporter);
std::optional<Type> resolve_type(Compilation& c, const ast::File& file,
                                 const ast::Word& spelling);  // reports
std::string type_name(const Compilation& c, const Type& type);  // "a player", for messages
std::string many_of(const Compilation& c, const Type& type);    // "players"
std::string spelled(const Compilation& c, const Type& type);    // "player"
std::string kind_name(Kind kind);
std::string with_article(std::string_view noun);
std::string suggestion(const std::optional<std::string>& found);  // "did you mean `x`?" or nothing
std::optional<int> enumeration_value(const Compilation& c, std::uint16_t enumeration, std::string_view word);
std::vector<std::string> enumeration_words(const Compilation& c, std::uint16_t enumeration);

// ---- names/declare.cpp, signatures.cpp, inherit.cpp
// `world` is what they make, `c` where they report.
void declare_all(World& world, Compilation& c);
void declare_signatures(World& world, Compilation& c);
void link_all(World& world, Compilation& c);
void declare_states(World& world, Compilation& c);
void analyse_functions(World& world, Compilation& c);  // which functions may wait, which change the world
bool may_suspend(const Compilation& c, const ast::File& file, ast::Block block);

inline bool has_definition(Kind kind) {
    return kind != Kind::none && kind != Kind::enum_ && kind != Kind::const_ && kind != Kind::fn_ &&
           kind != Kind::formula_ && kind != Kind::test_ && kind != Kind::record_;
}

}  // namespace kiln::compiler
