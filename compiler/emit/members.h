#pragma once
// What declarations say, as data: properties and blocks, read from one layer at a time and merged along inheritance.
// The tables (properties.def, blocks.def, roles.def) decide what may be said; nothing here knows a kind by name except
// where it has a meaning of its own: exits, spawns, loot, changes.

#include "compiler/emit/emit.h"

namespace kiln::compiler {

// Who is there in a function of a declaration: its parameters, in order.
struct Roles {
    struct One {
        std::string name;                        // as the author calls it; "" = self
        Type type;
        const Symbol* symbol = nullptr;          // made from this declaration, if that is known
    };
    std::vector<One> all;
};
Roles roles_of(Compilation& c, const Layer& layer);                   // of its kind, with the actors of a quest
Roles with_block(Compilation& c, const Layer& layer, Roles roles, schema::Block block,
                 std::span<const ast::Parameter> names);
void introduce(Body& body, const Roles& roles);

struct Said {                                    // a property, and where it was said
    schema::PropertyValue value;
    Span span, head;                             // its value; the word before it
    std::uint32_t from = no_index;               // the unit it was written in
    bool adds = false;                           // `keywords += "x"`
    std::vector<Span> also;                      // what was added to it
};

// A word of the source that outlives it.
struct NamedPlace {
    std::string text;
    Span span;
};

struct BlockNode {
    schema::Block block = schema::Block::none;
    std::string name, key;                       // of named ones; what blocks of one sort are told apart by
    std::vector<Said> properties;
    std::vector<BlockNode> blocks;
    NamedPlace target;                           // `-> x`
    std::uint32_t body = no_index;
    struct Reaction {
        std::uint32_t handler = no_index;
        NamedPlace target;
    };
    std::vector<Reaction> reactions;
    Span span, head;                             // all of it; its first word
    std::uint32_t from = no_index;               // the unit it was written in
    std::vector<std::string> attempted;          // properties that were written, right or wrong
    bool overrides = false;                      // `override node greet { }`: instead of what was inherited
};

struct Members {
    std::vector<Said> properties;
    std::vector<BlockNode> blocks;
    std::vector<schema::LootRow> loot;
};

const Said* said(const std::vector<Said>& properties, std::string_view owner, std::string_view name);

// Where a property stands: its owner in properties.def, who is there, and how functions of it are named.
struct PropertyPlace {
    const Layer& layer;
    const Roles& roles;
    std::string_view owner;
    std::string path;                            // "bakery.marta.greet"
    bool always_code = false;                    // numbers become functions too
};

// Reads properties of one holder: each may be said once.
class PropertyReader {
   public:
    PropertyReader(Compilation& c, const PropertyPlace& place, std::vector<Said>& said)
        : c_(c), place_(place), said_(said) {}

    void add(const ast::Member& member);         // `name: value`
    void add(std::string_view property, const ast::Word& word, std::span<const ast::Value> values,
             bool adds = false);                 // labels and clauses
    void set(const ast::Word& property);         // `once`: said by its mere word
    void unknown(const ast::Word& word);
    const std::vector<std::string>& seen() const { return seen_; }

   private:
    using Value = std::optional<schema::PropertyValue>;
    void put(const schema::PropertyRow& row, Value value, Span span, Span head, bool adds);
    Value read(const schema::PropertyRow& row, const ast::Word& word, std::span<const ast::Value> values);
    Value read_one(const schema::PropertyRow& row, const ast::Expression& e);
    Value list(const schema::PropertyRow& row, std::span<const ast::Value> values);
    Value range(const schema::PropertyRow& row, const ast::Expression& e);
    Value code(const schema::PropertyRow& row, const ast::Expression& e);
    Value count(const schema::PropertyRow& row, const ast::Expression& e);
    void extras(const schema::PropertyRow& row, const ast::Value& value, bool first_is_value);
    void arguments(const schema::PropertyRow& row, const ast::Expression& call);
    std::optional<std::int64_t> number(const schema::PropertyRow& row, const ast::Expression& e);
    std::optional<std::string> string(const ast::Expression& e);
    bool is_constant(const ast::Expression& e) const;

    Compilation& c_;
    const PropertyPlace& place_;
    std::vector<Said>& said_;
    std::vector<std::string> seen_;
};

// Everything one layer says about its owner. Reports what does not belong there.
Members read_members(Compilation& c, const Layer& layer);
std::string holder_name(std::string_view id);                         // of a kind or block, for messages
std::string example_of(schema::Block block);

std::vector<Said> read_defaults(Compilation& c, const Symbol& zone, const std::string& room);

// What each of a declaration's own layers says; kept in its unit for its children.
struct LayerMembers {
    std::vector<Members> layers;
};

// ---- merge.cpp: scalars replace; lists replace unless `+=`; blocks merge by name; the others add. The layers
// of an ancestor are taken from its unit.
Members merged_members(Compilation& c, const Symbol& symbol);

// ---- lower.cpp: merged members as the image has them
class Lowering {
   public:
    Lowering(Compilation& c, schema::Definition& definition) : c_(c), definition_(definition) {}
    void run(const Members& members);

   private:
    struct Name {                                // a block's name, still to be looked up
        std::uint32_t block = no_index, reaction = no_index;
        std::uint16_t property = 0xffff;         // a property's value; 0xffff: a target
        std::string_view sort;                   // of what: "node"
        NamedPlace word;
        std::uint32_t from = no_index;           // the unit it is written in
    };
    void block(const BlockNode& node, std::uint32_t parent);
    void exit(const BlockNode& node);
    void detail(const BlockNode& node);
    void spawn(const BlockNode& node, std::uint32_t parent);
    void changes(const BlockNode& node);
    void check_required(const BlockNode& node);
    void note_names(const std::vector<Said>& properties, std::uint32_t block);
    void resolve(const Name& name);
    schema::BlockDef::Target target_of(const Name& name);
    std::optional<schema::BlockDef::Target> foreign_target(const Name& name);

    Compilation& c_;
    schema::Definition& definition_;
    std::vector<Name> names_;
};

}  // namespace kiln::compiler
