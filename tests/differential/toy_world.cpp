#include "tests/differential/toy_world.h"

#include "vm/machine/cells.h"

namespace kiln::differential {

ToyWorld::ToyWorld(std::uint32_t table) : table_(table), generations_(vm::page_rows, 0) {
    for (std::uint32_t row = 0; row < rows; ++row) generations_[row] = 1 + row;
}

bool ToyWorld::is_alive(Handle handle) const {
    return is_of_table(handle) && handle.index() < rows && !handle.is_nobody() &&
           generations_[handle.index()] == handle.generation;
}

std::vector<Slot>& ToyWorld::column(const std::string& field) {
    auto& cells = cells_[field];
    if (!cells.empty()) return cells;
    cells.resize(vm::page_rows);
    for (std::uint32_t row = 0; row < rows; ++row)
        cells[row] = static_cast<Slot>((field.size() * 7 + row * 13) % 41) - 5;
    return cells;
}

Slot ToyWorld::read(const std::string& field, Handle handle) { return column(field)[handle.index()]; }

void ToyWorld::write(const std::string& field, Handle handle, Slot value) {
    column(field)[handle.index()] = value;
}

ToyWorld::Answer ToyWorld::call(const std::string& native, const std::vector<Slot>& arguments) {
    std::string line = native;
    for (const Slot slot : arguments) line += " " + std::to_string(slot);
    log_.push_back(line);
    if (native == "wait") return {.suspend = true, .fuel = 1};
    if (native == "is_here") return {.value = is_alive(Handle::from_slot(arguments[0])), .fuel = 1};
    if (native == "random" && arguments.size() == 2) {
        const auto span =
            static_cast<std::uint64_t>(arguments[1]) - static_cast<std::uint64_t>(arguments[0]) + 1;
        if (arguments[1] < arguments[0]) return {.fault = Fault::bad_argument};
        const auto drawn = span == 0 ? 0 : vm::mixed(++draws_) % span;
        return {.value = arguments[0] + static_cast<Slot>(drawn), .fuel = 2};
    }
    if (native == "chance") return {.value = static_cast<Slot>(vm::mixed(++draws_) % 2), .fuel = 2};
    if (native == "destroy") {
        const auto handle = Handle::from_slot(arguments[0]);
        if (is_alive(handle)) generations_[handle.index()] = 0;
        return {.fuel = 5};
    }
    if (native == "choose")
        return {.value = arguments[0] <= 0 ? 0
                                           : static_cast<Slot>(vm::mixed(++draws_) %
                                                               static_cast<std::uint64_t>(arguments[0]))};
    return {.fuel = 3};
}

}  // namespace kiln::differential
