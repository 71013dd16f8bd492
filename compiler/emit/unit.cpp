#include "compiler/emit/unit.h"

namespace kiln::compiler {

std::uint32_t RowNumbers::number(std::uint32_t unit, std::size_t row) const {
    const auto part = static_cast<std::uint32_t>(row / rows), rest = static_cast<std::uint32_t>(row % rows);
    if (part == 0) return unit * rows + rest;
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] =
        further_.try_emplace({unit, part}, first_further + static_cast<std::uint32_t>(owners_.size()));
    if (is_new) owners_.emplace_back(unit, part);
    return place->second * rows + rest;
}

std::pair<std::uint32_t, std::uint32_t> RowNumbers::place(std::uint32_t number) const {
    const auto unit = number / rows, rest = number % rows;
    if (unit < first_further) return {unit, rest};
    const std::lock_guard lock(mutex_);
    const auto [owner, part] = owners_[unit - first_further];
    return {owner, part * rows + rest};
}

}  // namespace kiln::compiler
