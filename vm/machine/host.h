#pragma once
// The one upward arrow: what a running program asks of the world. Owned by this floor, answered by world/.

#include <cstdint>
#include <span>
#include <string_view>

#include "vm/bytecode/program.h"

namespace kiln::vm {

class Arena;

// Reads go straight to memory: pages of `page_rows` slots. A page never written is the column's shared default page, so
// every pointer is valid for rows below EntityTable::rows.
constexpr std::uint32_t page_rows = 256;

struct ColumnView {
    const Slot* const* pages = nullptr;
};

struct EntityTable {
    const Slot* const* generations = nullptr;   // pages; current generation of each row, 0 = nobody lives there
    std::uint32_t rows = 0;
};

// What a native answers. `suspend` ends the slice: the machine hands the frames back and the world decides when to go on.
struct NativeResult {
    Fault fault = Fault::none;
    bool suspend = false;
    Slot value = 0;
};

// One call of a native: its arguments, and the tools to read and build references. Valid only during the call.
struct NativeCall {
    std::uint32_t native = 0;             // index into Program::natives
    std::span<const Slot> arguments;
    Arena& arena;
    const Program& program;
    std::int64_t& fuel;                   // charge here, before doing the work
};

class Host {
   public:
    virtual ~Host() = default;

    // Bound once per loaded program, before it first runs: views for imports, in the program's order.
    virtual ColumnView column(std::uint32_t field) = 0;
    virtual EntityTable table(std::uint32_t table) = 0;   // asked again after every native call and store

    virtual NativeResult call(NativeCall& call) = 0;
    virtual Fault store(std::uint32_t field, Handle entity, Slot value) = 0;             // integer or entity
    virtual Fault store_bytes(std::uint32_t field, Handle entity, std::string_view bytes) = 0;
    virtual std::string_view load_bytes(std::uint32_t field, Handle entity) = 0;         // valid until the next call
};

}  // namespace kiln::vm
