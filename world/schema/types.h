#pragma once
// The static types of the language, as tables and checker name them. Written in .def files and in `.mud` the
// same way:
//   int bool percent duration weight money dice direction string words text     creature? list<npc>
//   template<item>
// Every type has one SlotType at run time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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
    template_of,  // a declaration: its index
    list,
    variable,  // T in a signature
};

struct Type {
    Base base = Base::nothing;
    bool optional = false;               // may be absent: entity 0; only entity types may be optional
    Base element = Base::nothing;        // list<element>, template<kind of element>
    std::uint16_t detail = 0;            // enumeration: its number in Vocabulary::enumerations

    bool operator==(const Type&) const = default;
};

constexpr bool is_integer_like(Base base) { return base >= Base::boolean && base <= Base::enumeration; }
constexpr bool is_entity(Base base) { return base >= Base::entity && base <= Base::effect; }

vm::SlotType slot_type(Type type);
std::string to_string(Type type);                            // as an author writes it
std::optional<Type> parse_type(
    std::string_view spelling);  // builtin types only; enumerations by the vocabulary

// May a value of `from` stand where `to` is wanted, without a conversion? (npc -> creature -> entity, T ->
// T?)
bool converts(Type from, Type to);

}  // namespace kiln::schema
