#pragma once
// The state of the world: tables of rows, columns of slots, and one write function. Everything that must
// survive is a row of some table; so undo, hash, snapshot and conservation each exist once, here.
//
//   write    every change is one record {column, row, old value}; rolling back writes the old values in
//   reverse hash     a wrapping sum over all slots that differ from their default, kept with each write
//   indexes  (who is in a room, which timers are due, which rows are free) are derived, kept by the write,
//   never saved
//
// Rows are taken smallest first, so a restored world takes the same ones. Reading a handle that is no longer
// alive answers the column's default; `is_alive` asks.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/bytecode/value.h"
#include "vm/machine/host.h"
#include "world/schema/vocabulary.h"

namespace kiln::world {

using schema::Field;
using schema::Table;
using vm::Handle;
using vm::Slot;

// A column: the rows of fields.def first (column number = Field), then the state that images declare.
using ColumnId = std::uint32_t;

struct ColumnInfo {
    std::string name;                    // "creature.hp", "goblin_caves.guard_room.lever_down"
    Table table = Table::none;
    vm::SlotType type = vm::SlotType::integer;   // all composites are vm::first_own_type
    Slot value = 0;                      // default of numbers and entities
    std::string shape = {};              // composites: what they are made of
    std::string bytes = {};              // default of strings and composites, which are kept as blobs
};

class Store {
   public:
    Store();
    ~Store();

    // ---- columns and names. Both are append-only and part of the state.
    ColumnId add_column(ColumnInfo info);                   // existing name with the same type: its number
    std::optional<ColumnId> find_column(std::string_view name) const;
    std::span<const ColumnInfo> columns() const;
    std::int64_t name_id(std::string_view name);            // from 1; makes one if new
    std::int64_t find_name(std::string_view name) const;    // 0 if there is none
    std::string_view name_of(std::int64_t id) const;

    // ---- rows
    Handle create(Table table);  // smallest free row, generation one higher than before
    void destroy(Handle handle); // absent at once; the row is free from release_destroyed() on
    void release_destroyed();                               // end of tick
    bool is_alive(Handle handle) const;
    std::uint32_t row_count(Table table) const;             // rows ever used: upper bound for iteration
    Handle at(Table table, std::uint32_t index) const;      // live handle of a row, nobody if it is free
    void for_each(Table table, const std::function<void(Handle)>& visit) const;   // live rows, ascending
    std::size_t live_count(Table table) const;

    // ---- values
    Slot read(ColumnId column, Handle handle) const;
    Slot read(Field field, Handle handle) const { return read(static_cast<ColumnId>(field), handle); }
    Handle read_handle(Field field, Handle handle) const { return Handle::from_slot(read(field, handle)); }
    std::string_view read_bytes(ColumnId column, Handle handle) const; // valid until the next write
    std::string_view read_bytes(Field field, Handle handle) const {
        return read_bytes(static_cast<ColumnId>(field), handle);
    }
    // Changes whenever these bytes do; never 0. It is no part of the state.
    std::uint64_t stamp_of(ColumnId column, Handle handle) const;
    void write(ColumnId column, Handle handle, Slot value);
    void write(Field field, Handle handle, Slot value) { write(static_cast<ColumnId>(field), handle, value); }
    void write(Field field, Handle handle, Handle value) {
        write(static_cast<ColumnId>(field), handle, value.to_slot());
    }
    void write_bytes(ColumnId column, Handle handle, std::string_view bytes);
    void write_bytes(Field field, Handle handle, std::string_view bytes) {
        write_bytes(static_cast<ColumnId>(field), handle, bytes);
    }
    Handle world_row() const { return at(Table::world, 0); }
    Slot world(Field field) const { return read(field, world_row()); }
    Slot next_number(Field counter); // counter++ of the world row; answers the old value

    // ---- undo
    using Mark = std::size_t;
    Mark mark();                                            // a savepoint
    void roll_back(Mark mark);                              // everything since, in reverse, indexes included
    void commit();                                          // forget the records; marks before are void

    // What changed since a mark: (column, row) once each, in order of first change, with the value before.
    struct Change { ColumnId column; Handle handle; Slot before; };
    std::vector<Change> changes_since(Mark mark) const;

    // Every record since a mark, oldest first, repetitions included; rows that came or went are not told.
    void for_each_record(Mark mark, const std::function<void(ColumnId, Handle, Slot before)>& visit) const;

    // Whether every record since a mark is about rows of one table, or a new name.
    bool has_touched_only(Table table, Mark mark) const;

    // ---- derived indexes. Spans are valid until the next write.
    std::span<const Handle> contents(
        Handle place) const; // items in it, by arrival; worn ones of a creature included
    std::span<const Handle> occupants(Handle room) const;   // creatures in it, by arrival
    std::span<const Handle> exits_of(Handle room) const;    // by direction
    std::span<const Handle> effects_on(Handle creature) const;
    std::span<const Handle> instances(
        std::int64_t template_name) const; // live zones, rooms, items, npcs made from a definition
    Handle memory(Handle owner, std::int64_t key, Handle subject) const;   // the row, or nobody
    Handle session_by_number(std::uint64_t number) const;
    Handle session_of(Handle creature) const;               // the first of them
    std::span<const Handle> sessions_of(Handle creature) const;            // by number
    std::span<const Handle> memories_of(Handle owner) const;               // keyed facts about it
    std::span<const Handle> memories_towards(Handle subject) const; // keyed facts that name it as subject
    std::uint64_t creature_moves() const;                   // grows with every change of a creature's place
    Handle by_id(std::uint64_t id) const;                   // any entity with an id column
    std::span<const Handle> timers_of(Handle owner) const;
    Handle next_timer() const;                              // smallest (due, sequence), nobody if none
    std::span<const Handle> fibers_of(Handle owner) const;
    std::span<const Handle> queued_of(Handle creature) const;
    std::span<const Handle> outputs_of(Handle session) const;              // by number

    // ---- the machine's fast path
    vm::ColumnView view(ColumnId column) const;
    vm::Journal* journal();  // where it records what it writes by itself
    vm::EntityTable table(Table table) const;

    // ---- whole state
    std::uint64_t hash() const;
    std::uint64_t full_hash() const;
    std::size_t scalar_count() const;
    void flip_scalar(std::size_t index);                    // proofs only: past undo and hash

    // Everything as plain data, in a fixed order (for snapshot/). `load` rebuilds indexes and hash.
    struct Dump {
        struct Column {
            ColumnInfo info;
            std::vector<std::pair<std::uint32_t, Slot>> slots;
            std::vector<std::pair<std::uint32_t, std::string>> bytes;
        };
        std::vector<Column> columns;
        std::vector<std::vector<std::uint32_t>>
            generations; // per table, per row; alive in a bit vector beside
        std::vector<std::vector<bool>> alive;
        std::vector<std::string> names;
    };
    Dump dump() const;
    std::optional<std::string> load(const Dump& dump);      // a sentence if it contradicts itself

   private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kiln::world
