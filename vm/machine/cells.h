#pragma once
// The one way in which a cell of a plain column changes: a record for undo, the hash, the value. The world's
// store and the interpreter write through the same few instructions; neither can forget anything.
//
// A column is plain if nothing else hangs on it: no index, no bytes. Everything else is written by the host.

#include <cstdint>

#include "vm/bytecode/value.h"

namespace kiln::vm {

// Rows of a page; what lies behind a page pointer.
constexpr std::uint32_t page_rows = 256;

struct CellRecord {
    std::uint32_t column = 0, row = 0;
    Slot before = 0;
};

// Where records go. The host owns the memory between `first` and `end`, and makes more of it when it is
// asked.
struct Journal {
    CellRecord* first = nullptr;
    CellRecord* next = nullptr;
    CellRecord* end = nullptr;
    CellRecord* mark = nullptr;  // the newest savepoint: records below it stay as they are
    std::uint64_t hash = 0;      // a wrapping sum over all cells that differ from their column's standard
};

struct PlainColumn {
    // Pages that may be written; a null page is shared, and the host makes an own one first. Null: not plain.
    Slot* const* const* pages = nullptr;
    std::uint64_t seed = 0;  // of the column's part of the hash
    Slot standard = 0;       // what a row holds that was never written
    std::uint32_t number = 0;
};

constexpr std::uint64_t mixed(std::uint64_t value) {
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9u;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}
constexpr std::uint64_t row_step = 0x9e3779b97f4a7c15u;

// What a cell adds to the hash, if it differs from the standard.
constexpr std::uint64_t cell_hash(std::uint64_t seed, std::uint32_t row, std::uint64_t content) {
    return mixed(mixed(seed + row * row_step) ^ content);
}

// The journal may be missing where no column is plain. False if only the host can do it: the column is not plain, the
// page is shared, or the journal is full.
inline bool write_cell(const PlainColumn& column, Journal* journal, std::uint32_t row, Slot value) {
    if (column.pages == nullptr) return false;
    Slot* const page = (*column.pages)[row / page_rows];
    if (page == nullptr) return false;
    Slot& cell = page[row % page_rows];
    const Slot before = cell;
    if (before == value) return true;
    // The newest record may be of this very cell: then it already knows what to go back to.
    const bool is_recorded = journal->next > journal->mark && journal->next[-1].row == row &&
                             journal->next[-1].column == column.number;
    if (!is_recorded) {
        if (journal->next == journal->end) return false;
        *journal->next++ = {column.number, row, before};
    }
    const std::uint64_t place = mixed(column.seed + row * row_step);
    if (before != column.standard) journal->hash -= mixed(place ^ static_cast<std::uint64_t>(before));
    if (value != column.standard) journal->hash += mixed(place ^ static_cast<std::uint64_t>(value));
    cell = value;
    return true;
}

}  // namespace kiln::vm
