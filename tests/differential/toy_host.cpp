#include "tests/differential/toy_host.h"

namespace kiln::differential {

ToyHost::ToyHost(ToyWorld& world) : world_(world), generations_(world.generations().data()) {
    generation_pages_ = &generations_;
    journal_ = {.first = records_.data(),
                .next = records_.data(),
                .end = records_.data() + records_.size(),
                .mark = records_.data()};
}

ToyHost::Column& ToyHost::column_named(const std::string& name) {
    for (auto& column : columns_) {
        if (column.name == name) return column;
    }
    auto& column = columns_.emplace_back();
    column.name = name;
    column.page = world_.column(name).data();
    column.pages = const_cast<const Slot* const*>(&column.page);
    column.writable = &column.page;
    return column;
}

vm::ColumnView ToyHost::column(const vm::Program& program, std::uint32_t field) {
    auto& column = column_named(program.fields[field].name);
    std::uint32_t number = 0;
    while (&columns_[number] != &column) ++number;
    return {&column.pages, {&column.writable, number * 77, 0, number}};
}

vm::EntityTable ToyHost::table(std::uint32_t table) {
    if (!world_.is_of_table(Handle::make(table, 0, 1))) return {};
    return {&generation_pages_, &rows_};
}

vm::NativeResult ToyHost::call(vm::NativeCall& call) {
    const auto answer =
        world_.call(call.program.natives[call.native].name, {call.arguments.begin(), call.arguments.end()});
    call.fuel -= answer.fuel;
    return {answer.fault, answer.suspend, answer.value};
}

vm::Fault ToyHost::store(const vm::Program& program, std::uint32_t field, Handle entity, Slot value) {
    // The journal was full: its records are put aside, and the write is tried again.
    older_.insert(older_.end(), journal_.first, journal_.next);
    journal_.next = journal_.mark = journal_.first;
    const auto view = column(program, field);
    return vm::write_cell(view.plain, &journal_, entity.index(), value) ? Fault::none : Fault::bad_argument;
}

vm::Fault ToyHost::store_bytes(const vm::Program&, std::uint32_t, Handle, std::string_view) {
    return Fault::bad_argument;
}

void ToyHost::undo() {
    older_.insert(older_.end(), journal_.first, journal_.next);
    for (auto record = older_.rbegin(); record != older_.rend(); ++record)
        columns_[record->column].page[record->row] = record->before;
    older_.clear();
    journal_.next = journal_.mark = journal_.first;
}

}  // namespace kiln::differential
