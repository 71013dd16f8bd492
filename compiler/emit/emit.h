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
// The properties among `members`, added to those in `values`. `what` names their holder in messages: "a
// room".
void add_properties(Compilation& c, const Layer& layer, std::string_view kind,
                    const ast::List<ast::Member*>& members, const std::vector<std::string_view>& others,
                    std::vector<schema::PropertyValue>& values);
std::optional<schema::PropertyValue> text_property(Compilation& c, const Layer& layer, std::uint16_t row,
                                                   const ast::Expression& value, const std::string& name);
std::uint16_t property_index(const schema::PropertyRow& row);

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
void add_spawns(Compilation& c, const Layer& layer, const ast::List<ast::Member*>& members,
                std::uint32_t parent, std::vector<schema::SpawnDef>& spawns);
bool is_spawn_word(std::string_view word);

}  // namespace kiln::compiler
