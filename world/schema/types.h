#pragma once
// The static types of the language, as tables and checker name them. Written in .def files and in `.mud` the
// same way:
//   int bool percent duration weight money dice direction time string words text     creature? int?
//   list<npc> set<string> map<player, list<int>> range card template<item>
// Every type has one SlotType at run time; those of several parts are rows of the program's own table.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vm/bytecode/program.h"
#include "vm/bytecode/value.h"

namespace kiln::schema {

enum class Base : std::uint8_t {
    nothing,
    boolean,
    integer,
    percent,
    duration,
    weight,
    money,
    dice,
    direction,
    time,         // of day, in minutes
    enumeration,  // integers in a slot
    string,
    words,
    text,  // references
    entity,
    zone,
    room,
    exit,
    item,
    creature,
    npc,
    player,
    effect,       // handles
    template_of,  // a declaration: a number made of its name
    list,
    set,
    map,
    record,
    range,     // two integers
    variable,  // T, K and V in a signature: detail 0, 1 and 2
};

struct Type {
    Base base = Base::nothing;
    bool optional = false;  // may be absent: an entity is then nobody, anything else a list of at most one
    Base element = Base::nothing;        // template<kind of element>
    std::uint16_t detail = 0;            // enumeration, record: its number; template: its kind
    std::vector<Type> parts = {};        // list, set: the element; map: key and value

    bool operator==(const Type&) const = default;
};

inline Type list_of(Type element) { return {.base = Base::list, .parts = {std::move(element)}}; }
inline Type with_optional(Type type, bool optional) {
    type.optional = optional;
    return type;
}
// What a list, set or range gives one by one; a map its keys.
Type element_of(const Type& type);

// `record card { suit: suit; rank: int }`
struct RecordDef {
    std::string name;                    // full
    struct Field {
        std::string name;
        Type type;
        bool operator==(const Field&) const = default;
    };
    std::vector<Field> fields;
    bool operator==(const RecordDef&) const = default;
};

constexpr bool is_integer_like(Base base) { return base >= Base::boolean && base <= Base::enumeration; }
constexpr bool is_entity(Base base) { return base >= Base::entity && base <= Base::effect; }

// Kept in a list of at most one.
inline bool is_boxed(const Type& type) { return type.optional && !is_entity(type.base); }
constexpr bool is_composite(Base base) { return base >= Base::list && base <= Base::range; }

// Of types that have no parts of their own, as the rows of our tables mostly are.
vm::SlotType slot_type(const Type& type);
// Of any type, in a program; nothing if the program has no such row, or the row it has is of other parts.
std::optional<vm::SlotType> slot_type(const vm::Program& program, const std::vector<RecordDef>& records,
                                      const Type& type);
// The same, adding the rows that are missing.
vm::SlotType intern_slot_type(vm::Program& program, const std::vector<RecordDef>& records, const Type& type);
// The same for types that hold the same, whatever program they belong to; empty where the slot type says all.
std::string shape_of(const std::vector<RecordDef>& records, const Type& type);

// As an author writes it; `named` spells enumerations and records that authors declare.
using NameOf = std::function<std::string(const Type&)>;
std::string to_string(const Type& type, const NameOf& named = {});
// `named` knows the words that are no built-in types. Nothing if it cannot be read, or is nested too deeply.
using NamedType = std::function<std::optional<Type>(std::string_view)>;
std::optional<Type> parse_type(std::string_view spelling, const NamedType& named = {});

// May a value of `from` stand where `to` is wanted, without a conversion? (npc -> creature -> entity, T ->
// T?)
bool converts(const Type& from, const Type& to);

}  // namespace kiln::schema
