#pragma once
// The toy world as the machine sees it: columns are plain, so that writes go through the journal.

#include <deque>

#include "tests/differential/toy_world.h"
#include "vm/machine/machine.h"

namespace kiln::differential {

class ToyHost final : public vm::Host {
 public:
    explicit ToyHost(ToyWorld& world);

    vm::ColumnView column(const vm::Program& program, std::uint32_t field) override;
    vm::EntityTable table(std::uint32_t table) override;
    vm::Journal* journal() override { return &journal_; }
    vm::NativeResult call(vm::NativeCall& call) override;
    vm::Fault store(const vm::Program& program, std::uint32_t field, Handle entity, Slot value) override;
    vm::Fault store_bytes(const vm::Program&, std::uint32_t, Handle, std::string_view) override;
    std::string_view load_bytes(const vm::Program&, std::uint32_t, Handle) override { return {}; }

    // Takes back every write.
    void undo();

 private:
    struct Column {
        std::string name;
        Slot* page = nullptr;
        const Slot* const* pages = nullptr;
        Slot* const* writable = nullptr;
    };
    Column& column_named(const std::string& name);

    ToyWorld& world_;
    std::deque<Column> columns_;
    std::vector<vm::CellRecord> records_ =
        std::vector<vm::CellRecord>(4);  // soon full: then the host is asked
    std::vector<vm::CellRecord> older_;
    vm::Journal journal_;
    const Slot* generations_;
    const Slot* const* generation_pages_;
    std::uint32_t rows_ = ToyWorld::rows;
};

}  // namespace kiln::differential
