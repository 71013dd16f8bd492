#pragma once
// What stands behind store.h: pages, row lives, blobs and the undo record. Private to this folder.

#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "world/store/indexes.h"
#include "world/store/store.h"

namespace kiln::world {

constexpr std::uint32_t page_size = vm::page_rows;

// A growing array of slots whose page table stays where the machine was told to look for it.
class Pages {
   public:
    explicit Pages(Slot blank) { blank_.fill(blank); }
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;

    void cover(std::uint32_t rows);                          // every page is readable up to so many rows
    Slot get(std::uint32_t row) const { return array_[row / page_size][row % page_size]; }
    void set(std::uint32_t row, Slot value);
    bool is_blank_page(std::uint32_t row) const { return !owned_[row / page_size]; }
    const Slot* const* const* address() const { return &array_; }
    Slot* const* const* writable() const {
        return &writable_;
    }  // null where the page is the shared blank one

   private:
    std::array<Slot, page_size> blank_;
    std::vector<const Slot*> pages_;
    std::vector<std::unique_ptr<Slot[]>> owned_;
    std::vector<Slot*> owned_pages_;
    const Slot* const* array_ = nullptr;
    Slot* const* writable_ = nullptr;
};

struct Column {
    explicit Column(ColumnInfo about);
    ColumnInfo info;
    ColumnId number = 0;
    std::uint64_t seed = 0;                                  // of its part of the hash
    bool is_blob = false;
    std::vector<std::uint8_t> hooks;                         // indexes that depend on it
    Pages pages;

    // How it is written where nothing but undo and hash hangs on a cell.
    vm::PlainColumn plain() const {
        const bool is_plain = hooks.empty() && !is_blob;
        return {is_plain ? pages.writable() : nullptr, seed, info.value, number};
    }
};

struct Rows {
    std::uint32_t count = 0;
    std::size_t live = 0;
    std::vector<std::uint32_t> generation;                   // last one given out
    Pages alive{0};                                          // the generation that lives there, 0 = nobody
    std::vector<std::uint32_t> free;                         // heap, smallest first
    std::vector<std::uint32_t> destroyed;                    // dead, not yet to be taken again
};

struct Blob {
    std::string bytes;
    std::uint64_t hash = 0;
    std::uint64_t stamp = 0;                                 // of its making; no part of the state
};

// A cell of a blob column holds 0 for the column's usual bytes, or a blob's number, or this.
constexpr Slot no_bytes = -1;

// One record of the undo log. Columns from `life` on are the lives of a table's rows; `name` is a new name.
struct Record : vm::CellRecord {
    static constexpr ColumnId life = 0xffff0000, name = 0xffffffff;
};

struct Store::State {
    State();

    std::deque<Column> columns;
    std::vector<ColumnInfo> infos;
    std::map<std::string, ColumnId, std::less<>> column_numbers;
    std::array<Rows, schema::table_count> rows;
    std::array<std::vector<ColumnId>, schema::table_count> columns_of;   // of each table, ascending
    std::deque<std::string> names;                           // id - 1; views of names stay good
    std::map<std::string, std::int64_t, std::less<>> name_numbers;
    std::deque<Blob> blobs;                                  // slot - 1
    std::vector<std::uint32_t> free_blobs;
    std::uint64_t last_stamp = 2;                            // 1 and 2: the usual bytes, no bytes
    vm::Journal journal;  // the undo log, and the hash
    std::vector<vm::CellRecord> journal_memory;
    std::uint64_t creature_moves = 0;
    Indexes indexes;

    Column* add_column(ColumnInfo info);
    Handle handle_at(Table table, std::uint32_t row) const;
    bool is_alive(Handle handle) const;
    Slot get(Field field, std::uint32_t row) const {
        return columns[static_cast<std::size_t>(field)].pages.get(row);
    }

    // Sets a cell with everything that hangs on it (hash, indexes), but without a record.
    void set(ColumnId column, std::uint32_t row, Slot value);
    void set_life(Table table, std::uint32_t row, std::uint32_t generation, bool alive);
    void grow(Table table);
    void record(ColumnId column, std::uint32_t row, Slot before) {
        if (journal.next == journal.end) lengthen_journal();
        *journal.next++ = {column, row, before};
    }
    void lengthen_journal();
    std::span<const vm::CellRecord> log() const { return {journal.first, journal.next}; }
    void undo(const vm::CellRecord& record);

    Slot new_blob(const Column& column, std::string_view bytes);
    void free_blob(Slot blob);
    std::string_view bytes_of(const Column& column, Slot blob) const;

    std::uint64_t cell_hash(const Column& column, std::uint32_t row, Slot value) const;
    std::uint64_t recomputed_hash() const;
};

std::uint64_t life_hash(std::uint32_t table, std::uint32_t row, std::uint64_t generation, bool alive);
std::uint64_t name_hash(std::size_t id, std::string_view name);
std::uint64_t column_hash(std::size_t number, const ColumnInfo& info);

}  // namespace kiln::world
