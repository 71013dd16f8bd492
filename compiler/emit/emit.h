#pragma once
// From symbols to the image: properties, definitions, handlers, functions, rules, tests. Called by
// compile.cpp in this order; everything a later step reads has been made by an earlier one.

#include "compiler/types/body.h"

namespace kiln::compiler {

void emit_shapes(Compilation& c);                // exits, without their properties: code asks which there are
void emit_definitions(Compilation& c);           // properties, details, spawns, loot, changes
void emit_functions(Compilation& c);             // fn, formula
void emit_handlers(Compilation& c);
void emit_commands(Compilation& c);
void emit_rules(Compilation& c);
void emit_tests(Compilation& c);

// ---- shared by these
// The properties among `members`, added to those in `values`. `what` names their holder in messages: "a
// room".
void add_properties(Compilation& c, const Layer& layer, std::string_view kind,
                    const std::vector<ast::Member*>& members, const std::vector<std::string_view>& others,
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
Patterns read_patterns(Compilation& c, const ast::File& file, const std::vector<ast::Expression*>& labels);

void add_loot(Compilation& c, const Layer& layer, const std::vector<ast::Member*>& members,
              std::uint32_t parent, std::vector<schema::LootRow>& rows);
void add_spawns(Compilation& c, const Layer& layer, const std::vector<ast::Member*>& members,
                std::uint32_t parent, std::vector<schema::SpawnDef>& spawns);
bool is_spawn_word(std::string_view word);

}  // namespace kiln::compiler
