#pragma once
// The one upward arrow: what a running program asks of the world. Owned by this floor, answered by world/.

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>

#include "vm/bytecode/program.h"
#include "vm/machine/cells.h"

namespace kiln::vm {

class Arena;

// Reads go straight to memory: pages of `page_rows` slots. A page never written is the column's shared
// default page, so every page is valid for rows below *EntityTable::rows. The views point to where the page
// array and the row count are kept: those places stay for as long as the host lives, the array itself may be
// replaced when a table grows. So do writes to plain columns, and into the host's journal.
constexpr std::uint32_t most_tables = 32;

struct ColumnView {
    const Slot* const* const* pages = nullptr;
    PlainColumn plain{};
};

struct EntityTable {
    // Pages: the current generation of each row, 0 where nobody lives.
    const Slot* const* const* generations = nullptr;
    const std::uint32_t* rows = nullptr;  // nullptr: there is no such table
};

// What a native answers. `suspend` ends the slice: the machine hands the frames back and the world decides
// when to go on.
struct NativeResult {
    Fault fault = Fault::none;
    bool suspend = false;
    Slot value = 0;
};

// One call of a native: its arguments, and the tools to read and build references. Valid only during the
// call.
struct NativeCall {
    std::uint32_t native = 0;  // index into Program::natives
    std::span<const Slot> arguments;
    Arena& arena;
    const Program& program;
    std::int64_t& fuel;  // charge here, before doing the work
};

class Host {
   public:
    Host() : identity_(next_identity()) {}
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    virtual ~Host() = default;

    // Names this host among all that ever lived in the process; machines key what they bound by it.
    std::uint64_t identity() const { return identity_; }

    // Asked once per loaded program, before it first runs: `field` is an index of program.fields, `table`
    // 0..31.
    virtual ColumnView column(const Program& program, std::uint32_t field) = 0;
    virtual EntityTable table(std::uint32_t table) = 0;

    // Where writes to plain columns are recorded; must stay where it is. Null if there are none.
    virtual Journal* journal() { return nullptr; }

    virtual NativeResult call(NativeCall& call) = 0;
    // The entity is alive and of the field's table: the machine has looked. Writes to plain columns come here
    // only if write_cell() could not do it.
    virtual Fault store(const Program& program, std::uint32_t field, Handle entity, Slot value) = 0;
    virtual Fault store_bytes(const Program& program, std::uint32_t field, Handle entity,
                              std::string_view bytes) = 0;
    // Valid until the host is next asked for anything.
    virtual std::string_view load_bytes(const Program& program, std::uint32_t field, Handle entity) = 0;
    // Equal as long as load_bytes would answer the same bytes; 0: the host does not know.
    virtual std::uint64_t stamp_of(const Program&, std::uint32_t /*field*/, Handle /*entity*/) { return 0; }

   private:
    static std::uint64_t next_identity() {
        static std::atomic<std::uint64_t> last{0};
        return ++last;
    }
    std::uint64_t identity_;
};

}  // namespace kiln::vm
