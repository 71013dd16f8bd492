#pragma once
// The smallest world that programs can act in, the same for the machine and for the reference: entities of
// one table with fields, and a few natives. What a program does to it is told by its log and its cells.

#include <map>
#include <string>
#include <vector>

#include "vm/machine/host.h"

namespace kiln::differential {

using vm::Fault;
using vm::Handle;
using vm::Slot;

class ToyWorld {
 public:
    static constexpr std::uint32_t rows = 6;

    explicit ToyWorld(std::uint32_t table);

    Handle entity(std::uint32_t row) const { return Handle::make(table_, row, 1 + row); }
    bool is_alive(Handle handle) const;
    bool is_of_table(Handle handle) const { return handle.table() == table_; }

    // Fields by name; those nobody wrote hold a number that depends on name and row.
    Slot read(const std::string& field, Handle handle);
    void write(const std::string& field, Handle handle, Slot value);

    // What the natives of all tests do, by their names in intrinsics.def.
    struct Answer {
        Fault fault = Fault::none;
        bool suspend = false;
        Slot value = 0;
        std::int64_t fuel = 0;  // charged before
    };
    Answer call(const std::string& native, const std::vector<Slot>& arguments);

    const std::vector<std::string>& log() const { return log_; }
    const std::map<std::string, std::vector<Slot>>& cells() const { return cells_; }
    // One page each, as the machine reads them.
    std::vector<Slot>& column(const std::string& field);
    const std::vector<Slot>& generations() const { return generations_; }

 private:
    std::uint32_t table_;
    std::vector<Slot> generations_;
    std::map<std::string, std::vector<Slot>> cells_;
    std::vector<std::string> log_;
    std::uint64_t draws_ = 0;
};

}  // namespace kiln::differential
