#pragma once
// From symbols to units (what one declaration adds to the image), and from units to the image: properties,
// definitions, handlers, functions, rules, tests.

#include "compiler/types/body.h"

namespace kiln::compiler {

// The last stage of names: exits, without their properties. Code asks which there are.
void declare_exits(World& world, Compilation& c);

// ---- one unit: each does what it has to do with a declaration of that kind
void emit_definition(Compilation& c, const Symbol& symbol);      // properties, details, spawns, loot, changes
void emit_function(Compilation& c, const Symbol& symbol);        // fn, formula
void emit_handlers(Compilation& c, const Symbol& symbol);
void emit_command(Compilation& c, const Symbol& symbol);
void emit_test(Compilation& c, const Symbol& symbol);

// ---- all units together
// What only shows between declarations: where players start, keys that are none, doors unlike on two sides.
void check_together(const World& world, const std::vector<Unit>& units, Reporter& reporter);
std::vector<schema::FunctionNumber> find_rules(const World& world, Reporter& reporter);

// ---- shared by these
std::uint16_t property_index(const schema::PropertyRow& row);

// The properties among members that are no declaration's: of tests and their players.
std::vector<schema::PropertyValue> read_properties(Compilation& c, const Layer& layer, std::string_view owner,
                                                   const ast::List<ast::Member*>& members);

struct Roles;
// One handler of a layer; of a block if there are roles, which take the place of self. Its index in the image.
std::optional<std::uint32_t> add_handler(Compilation& c, const Layer& layer, const ast::Member& member,
                                         const Roles* roles, const std::string& path);

// A named block of a finished definition.
std::optional<std::uint32_t> find_block(const schema::Definition& definition, std::string_view sort,
                                        std::string_view name);

// A pattern's slots as parameters, in the order of their first mention over all alternatives.
struct Slot {
    std::string name;
    Type type;
    Span span;
};
struct Patterns {
    std::vector<schema::Pattern> forms;
    std::vector<Slot> slots;
};
Patterns read_patterns(Compilation& c, const ast::File& file, const ast::List<ast::Expression*>& labels);

void add_loot(Compilation& c, const Layer& layer, const ast::List<ast::Member*>& members,
              std::uint32_t parent, std::vector<schema::LootRow>& rows);

}  // namespace kiln::compiler
