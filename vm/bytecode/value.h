#pragma once
// What a register holds: one untagged 64-bit slot whose meaning is known statically (SlotType).

#include <cstdint>
#include <string_view>

namespace kiln::vm {

using Slot = std::int64_t;

// The meaning of a slot. The verifier proves it for every register at every instruction, so nothing carries
// tags.
//   integer   an int64; bool, duration (ms), percent (1/100 %), enum, template and dice values are integers
//   entity    a Handle; 0 is "nobody"; may be stale at any time, reads of a stale one fault
//   string    a Reference to bytes (UTF-8)
//   text      a Reference to a captured text (id + arguments)
//   integers, entities, strings   a Reference to a list of that element
// From first_own_type on, types are rows of Program::types: lists, sets, maps and records of other types.
enum class SlotType : std::uint16_t { nothing, integer, entity, string, text, integers, entities, strings };

constexpr int slot_type_count = 8;
constexpr auto first_own_type = static_cast<SlotType>(slot_type_count);
constexpr std::string_view slot_type_names[slot_type_count] = {"nothing", "integer",  "entity",   "string",
                                                               "text",    "integers", "entities", "strings"};

constexpr bool is_reference(SlotType type) { return type >= SlotType::string; }
// Built of other values: lists, sets, maps, records.
constexpr bool is_composite(SlotType type) { return type >= SlotType::integers; }
constexpr SlotType list_of(SlotType element) {
    return element == SlotType::integer  ? SlotType::integers
           : element == SlotType::entity ? SlotType::entities
           : element == SlotType::string ? SlotType::strings
                                         : SlotType::nothing;
}

// Names one entity for as long as it lives. The row's upper five bits are the table (the storage kind), the
// rest is the row in it; the generation tells a later tenant of the same row apart. Generation 0 is never
// alive.
struct Handle {
    std::uint32_t row = 0;
    std::uint32_t generation = 0;

    static constexpr int table_shift = 27;
    static constexpr std::uint32_t index_mask = (1u << table_shift) - 1;

    constexpr std::uint32_t table() const { return row >> table_shift; }
    constexpr std::uint32_t index() const { return row & index_mask; }
    constexpr bool is_nobody() const { return generation == 0; }
    constexpr Slot to_slot() const {
        return static_cast<Slot>((static_cast<std::uint64_t>(generation) << 32) | row);
    }
    static constexpr Handle from_slot(Slot slot) {
        const auto bits = static_cast<std::uint64_t>(slot);
        return {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
    }
    static constexpr Handle make(std::uint32_t table, std::uint32_t index, std::uint32_t generation) {
        return {(table << table_shift) | index, generation};
    }
    constexpr bool operator==(const Handle&) const = default;
    constexpr auto operator<=>(const Handle&) const = default;
};

// Where a string, text or list lies. The upper 32 bits say which store, the lower which place in it.
//   arena     byte offset into the running slice's arena
//   constant  index of Program::strings (strings) or Program::texts (texts without arguments)
struct Reference {
    enum Store : std::uint32_t { arena = 0, constant = 1 };
    static constexpr Slot to_constant(std::uint32_t index) { return (Slot{constant} << 32) | index; }
    static constexpr Slot to_arena(std::uint32_t offset) { return offset; }
    static constexpr Store store(Slot slot) {
        return static_cast<Store>(static_cast<std::uint64_t>(slot) >> 32);
    }
    static constexpr std::uint32_t place(Slot slot) { return static_cast<std::uint32_t>(slot); }
};

// A dice expression as one integer: count d sides + bonus. count 0..65535, sides 0..32767, bonus int32.
struct Dice {
    std::int32_t count = 0, sides = 0, bonus = 0;
    constexpr Slot to_slot() const {
        return (static_cast<Slot>(sides) << 48) | (static_cast<Slot>(count & 0xffff) << 32) |
               static_cast<std::uint32_t>(bonus);
    }
    static constexpr Dice from_slot(Slot slot) {
        return {static_cast<std::int32_t>((slot >> 32) & 0xffff),
                static_cast<std::int32_t>((slot >> 48) & 0x7fff),
                static_cast<std::int32_t>(slot & 0xffffffff)};
    }
};

}  // namespace kiln::vm
