#pragma once
// The tables of this folder as data: what compiler, world, manual and editor read. Built once from the .def
// files.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "world/schema/signature.h"
#include "world/schema/types.h"

namespace kiln::schema {

enum class Table : std::uint8_t {
#define KILN_TABLE(name, meaning) name,
#include "world/schema/tables.def"
#undef KILN_TABLE
    none,
};
constexpr int table_count = static_cast<int>(Table::none);

enum class Kind : std::uint8_t {
#define KILN_KIND(name, table, inherits, meaning) name##_,
#include "world/schema/kinds.def"
#undef KILN_KIND
    none,
};

// Every stored field, in the order of fields.def: Field::creature_hp.
enum class Field : std::uint16_t {
#define KILN_FIELD(table, name, type, value, access, meaning) table##_##name,
#include "world/schema/fields.def"
#undef KILN_FIELD
    count,
};

enum class Event : std::uint8_t {
#define KILN_EVENT(name, phases, parameters, target, meaning) name##_,
#include "world/schema/events.def"
#undef KILN_EVENT
    none,   // an author's event
};

enum class Intrinsic : std::uint16_t {
#define KILN_INTRINSIC(id, form, signature, result, flags, fuel, meaning) id##_,
#include "world/schema/intrinsics.def"
#undef KILN_INTRINSIC
    count,
};

enum class Rule : std::uint8_t {
#define KILN_RULE(name, parameters, result, meaning) name,
#include "world/schema/rules.def"
#undef KILN_RULE
    count,
};

enum class Block : std::uint8_t {
#define KILN_BLOCK(id, owners, written, label, value, target, holds, meaning) id##_,
#include "world/schema/blocks.def"
#undef KILN_BLOCK
    none,
};

enum class Access : std::uint8_t { hidden, read, write };
enum class Form : std::uint8_t { verb, function, method, property, adjective, hidden };

struct TableRow { std::string_view name, meaning; };
struct KindRow { std::string_view name; Table table; bool inherits; std::string_view meaning; };
struct EnumerationRow {
    std::string_view name;
    std::vector<std::string_view> values;
    std::string_view meaning;
};
struct FieldRow {
    Table table;
    std::string_view name;
    Type type;
    std::int64_t value;
    Access access;
    std::string_view meaning;
};
// A property's type may be more than a Type: see properties.def.
struct PropertyType {
    enum class Shape : std::uint8_t { one, list, range, code, count, counts, block, name };
    Shape shape = Shape::one;
    Type type;
    Kind also = Kind::none;              // references: another kind that may be named
    bool is_clock = false;               // minutes of the day
    std::string_view block;              // Shape::block: id of the blocks it names
    bool is_list() const { return shape == Shape::list || shape == Shape::counts; }
};
struct PropertyRow {
    std::string_view kind, name; PropertyType type; std::string_view value; bool required;
    std::optional<Field> field; std::string_view meaning;
};
struct EventRow {
    std::string_view name;
    bool has_before, has_after;
    std::vector<Parameter> parameters;
    std::string_view target, meaning;
};
struct IntrinsicRow {
    std::string_view id, word; Form form; std::vector<Parameter> parameters; Type result;
    bool pure, write, draw, suspend, fails; std::int64_t fuel; std::string_view meaning;
};
struct BlockRow {
    std::string_view id;
    std::vector<std::string_view> owners;
    std::string_view word, second;       // `on fail`: on, fail
    std::string_view label, value, target;   // empty where there is none
    bool sentences = false, body = false, steps = false, handlers = false, rows = false, many = false;
    std::string_view meaning;
    std::string example() const;         // "exit way -> room { ... }"
};
struct RoleRow { std::string_view owner, name; Type type; std::string_view meaning; };
struct ItemKindRow { std::string_view name; std::vector<std::string_view> properties; std::string_view meaning; };
struct RuleRow {
    std::string_view name;
    std::vector<Parameter> parameters;
    Type result;
    std::string_view meaning;
};

struct CollectionRow {
    Base whole;
    std::string_view word, form, arguments, result, meaning;
};

// All tables; rows stand in the order of their enums.
struct Vocabulary {
    std::vector<TableRow> tables;
    std::vector<KindRow> kinds;
    std::vector<EnumerationRow> enumerations;
    std::vector<FieldRow> fields;
    std::vector<PropertyRow> properties;
    std::vector<EventRow> events;
    std::vector<IntrinsicRow> intrinsics;
    std::vector<RuleRow> rules;
    std::vector<CollectionRow> collections;
    std::vector<BlockRow> blocks;
    std::vector<RoleRow> roles;
    std::vector<ItemKindRow> item_kinds;

    std::optional<Kind> kind(std::string_view name) const;
    std::optional<Event> event(std::string_view name) const;
    std::optional<std::uint16_t> enumeration(std::string_view name) const;         // its number: Type::detail
    std::optional<int> value_of(std::uint16_t enumeration, std::string_view word) const;
    std::optional<Field> field(Table table, std::string_view name) const;
    const PropertyRow* property(std::string_view kind, std::string_view name) const;
    const BlockRow& row(Block block) const { return blocks[static_cast<std::size_t>(block)]; }
    Block block(std::string_view owner, std::string_view word, std::string_view second = {}) const;
    std::vector<const RoleRow*> roles_of(std::string_view owner) const;
    // Item kinds that have a property of items; all of them if none has it for itself.
    std::vector<std::string_view> item_kinds_of(std::string_view property) const;
    const IntrinsicRow& row(Intrinsic intrinsic) const {
        return intrinsics[static_cast<std::size_t>(intrinsic)];
    }
    const FieldRow& row(Field field) const { return fields[static_cast<std::size_t>(field)]; }
    std::string field_name(Field field) const;                                     // "creature.hp"
};

const Vocabulary& vocabulary();

// The components of one table: its fields, in order.
std::span<const FieldRow> fields_of(Table table);
Table table_of(Base base);   // where entities of a type live; none for `entity`

// Direction helpers used on both sides of the compiler/world border.
int opposite_direction(int direction);

}  // namespace kiln::schema
