// The whole state as plain data and back, and the proofs that every scalar of it counts.

#include <algorithm>
#include <functional>

#include "world/store/state.h"

namespace kiln::world {

Store::Dump Store::dump() const {
    Dump dump;
    for (const auto& column : state_->columns) {
        auto& to = dump.columns.emplace_back();
        to.info = column.info;
        for (std::uint32_t row = 0; row < row_count(column.info.table); ++row) {
            const auto value = column.pages.get(row);
            if (value == column.info.value) continue;
            if (column.is_blob) to.bytes.emplace_back(row, state_->bytes_of(column, value));
            else to.slots.emplace_back(row, value);
        }
    }
    for (const auto& lives : state_->rows) {
        dump.generations.push_back(lives.generation);
        auto& alive = dump.alive.emplace_back();
        for (std::uint32_t row = 0; row < lives.count; ++row) alive.push_back(lives.alive.get(row) != 0);
    }
    dump.names.assign(state_->names.begin(), state_->names.end());
    return dump;
}

namespace {

// A sentence about a dump that cannot be a state.
std::optional<std::string> problem_of_rows(const Store::Dump& dump) {
    if (dump.generations.size() != schema::table_count || dump.alive.size() != schema::table_count) {
        return "the state has other tables than this program";
    }
    for (std::size_t t = 0; t < dump.generations.size(); ++t) {
        if (dump.generations[t].size() != dump.alive[t].size())
            return "the rows of a table contradict each other";
        if (dump.generations[t].size() > Handle::index_mask) return "a table has too many rows";
        for (std::size_t row = 0; row < dump.alive[t].size(); ++row) {
            if (dump.generations[t][row] == 0) return "a row has never been used";
        }
    }
    if (dump.alive[0].size() != 1 || !dump.alive[0][0]) return "the state has no world";
    return std::nullopt;
}

template <typename Cells, typename IsDefault>
std::optional<std::string> problem_of_cells(const Cells& cells, const std::vector<bool>& alive,
                                            IsDefault is_default) {
    std::int64_t last = -1;
    for (const auto& [row, value] : cells) {
        if (static_cast<std::int64_t>(row) <= last) return "the values of a column are out of order";
        if (row >= alive.size() || !alive[row]) return "a value belongs to nobody";
        if (is_default(value)) return "a value is written although it is the usual one";
        last = row;
    }
    return std::nullopt;
}

std::optional<std::string> problem_of_column(const Store::Dump& dump, const Store::Dump::Column& column) {
    if (column.info.table >= Table::none) return "a column belongs to no table";
    const bool is_blob = vm::is_reference(column.info.type);
    if (column.info.type == vm::SlotType::nothing || column.info.type == vm::SlotType::text ||
        column.info.name.empty()) {
        return "a column holds nothing";
    }
    const bool holds_bytes = !column.bytes.empty() || !column.info.bytes.empty();
    if (is_blob ? !column.slots.empty() || column.info.value != 0 : holds_bytes)
        return "a column holds the wrong values";
    const auto& alive = dump.alive[static_cast<std::size_t>(column.info.table)];
    if (auto problem =
            problem_of_cells(column.slots, alive, [&](Slot value) { return value == column.info.value; }))
        return problem;
    return problem_of_cells(column.bytes, alive,
                            [&](const std::string& bytes) { return bytes == column.info.bytes; });
}

}  // namespace

std::optional<std::string> Store::load(const Dump& dump) {
    if (auto problem = problem_of_rows(dump)) return problem;
    for (const auto& column : dump.columns) {
        if (auto problem = problem_of_column(dump, column)) return problem;
    }
    auto state = std::make_unique<State>();
    for (std::size_t i = 0; i < dump.names.size(); ++i) {
        if (dump.names[i].empty() ||
            !state->name_numbers.emplace(dump.names[i], static_cast<std::int64_t>(i) + 1).second) {
            return "a name stands twice in the table of names";
        }
        state->names.push_back(dump.names[i]);
        state->journal.hash += name_hash(i + 1, dump.names[i]);
    }
    for (std::size_t t = 0; t < dump.generations.size(); ++t) {
        auto& lives = state->rows[t];
        for (std::uint32_t row = 0; row < dump.generations[t].size(); ++row) {
            state->grow(static_cast<Table>(t));
            state->set_life(static_cast<Table>(t), row, dump.generations[t][row], dump.alive[t][row]);
            if (!dump.alive[t][row]) lives.free.push_back(row);
        }
        std::ranges::make_heap(lives.free, std::greater<>());
    }
    std::vector<bool> seen(state->columns.size());
    for (const auto& column : dump.columns) {
        auto found = state->column_numbers.find(column.info.name);
        if (found == state->column_numbers.end()) {
            state->add_column(column.info);
            found = state->column_numbers.find(column.info.name);
            seen.push_back(false);
        }
        const auto& known = state->columns[found->second].info;
        if (seen[found->second]) return "the column " + column.info.name + " stands there twice";
        if (known.table != column.info.table || known.type != column.info.type ||
            known.value != column.info.value || known.shape != column.info.shape ||
            known.bytes != column.info.bytes) {
            return "the column " + column.info.name + " is of another kind in this program";
        }
        seen[found->second] = true;
        for (const auto& [row, value] : column.slots) state->set(found->second, row, value);
        for (const auto& [row, bytes] : column.bytes) {
            const auto blob = state->new_blob(state->columns[found->second], bytes);
            state->set(found->second, row, blob);
        }
    }
    state_ = std::move(state);
    return std::nullopt;
}

// ---- proofs. The order of scalars: cells by column and row, then generation and life of each row, then
// names.

std::size_t Store::scalar_count() const {
    std::size_t count = state_->names.size();
    for (const auto& column : state_->columns) count += row_count(column.info.table);
    for (const auto& lives : state_->rows) count += std::size_t{2} * lives.count;
    return count;
}

void Store::flip_scalar(std::size_t index) {
    for (auto& column : state_->columns) {
        const auto count = row_count(column.info.table);
        if (index >= count) {
            index -= count;
            continue;
        }
        const auto row = static_cast<std::uint32_t>(index);
        const auto value = column.pages.get(row);
        if (!column.is_blob) {
            column.pages.set(row, value ^ 1);
        } else if (value <= 0) {
            column.pages.set(row, state_->new_blob(column, column.info.bytes + "x"));
        } else {
            state_->blobs[static_cast<std::size_t>(value - 1)].bytes[0] ^= 1;
        }
        return;
    }
    for (auto& lives : state_->rows) {
        if (index >= std::size_t{2} * lives.count) {
            index -= std::size_t{2} * lives.count;
            continue;
        }
        const auto row = static_cast<std::uint32_t>(index / 2);
        if (index % 2 == 0) lives.generation[row] ^= 1;
        else lives.alive.set(row, lives.alive.get(row) != 0 ? 0 : 1);
        return;
    }
    if (index < state_->names.size()) state_->names[index] += "x";
}

}  // namespace kiln::world
