#include "world/store/state.h"

#include <algorithm>
#include <functional>

#include "world/schema/checksum.h"

namespace kiln::world {

using vm::mixed;
using vm::row_step;

std::uint64_t life_hash(std::uint32_t table, std::uint32_t row, std::uint64_t generation, bool alive) {
    if (generation == 0 && !alive) return 0;
    return mixed(mixed(0x11fe + table + row * row_step) ^
                 (generation << 1 | static_cast<std::uint64_t>(alive)));
}

std::uint64_t name_hash(std::size_t id, std::string_view name) {
    return mixed(mixed(0xa3e + id * row_step) ^ schema::hash64(name));
}

std::uint64_t column_hash(std::size_t number, const ColumnInfo& info) {
    const auto shape = static_cast<std::uint64_t>(info.table) << 8 | static_cast<std::uint64_t>(info.type);
    return mixed(mixed(0xc01 + number * row_step) ^ schema::hash64(info.name) ^ mixed(shape) ^
                 mixed(schema::hash64(info.shape)) ^ mixed(schema::hash64(info.bytes) + 1) ^
                 mixed(static_cast<std::uint64_t>(info.value) + row_step));
}

void Pages::cover(std::uint32_t rows) {
    while (pages_.size() * page_size < rows) {
        pages_.push_back(blank_.data());
        owned_.emplace_back();
        owned_pages_.push_back(nullptr);
    }
    array_ = pages_.data();
    writable_ = owned_pages_.data();
}

void Pages::set(std::uint32_t row, Slot value) {
    auto& page = owned_[row / page_size];
    if (!page) {
        page = std::make_unique<Slot[]>(page_size);
        std::ranges::copy(blank_, page.get());
        pages_[row / page_size] = owned_pages_[row / page_size] = page.get();
    }
    page[row % page_size] = value;
}

Column::Column(ColumnInfo about)
    : info(std::move(about)),
      seed(schema::hash64(info.name)),
      is_blob(vm::is_reference(info.type)),
      pages(info.value) {}

Store::State::State() {
    for (std::size_t i = 0; i < schema::vocabulary().fields.size(); ++i) {
        const auto& row = schema::vocabulary().fields[i];
        const auto field = static_cast<Field>(i);
        auto* column = add_column(
            {schema::vocabulary().field_name(field), row.table, schema::slot_type(row.type), row.value});
        column->hooks = Indexes::depending_on(field);
    }
}

Column* Store::State::add_column(ColumnInfo info) {
    const auto number = static_cast<ColumnId>(columns.size());
    column_numbers[info.name] = number;
    infos.push_back(info);
    journal.hash += column_hash(number, info);
    auto& column = columns.emplace_back(std::move(info));
    column.number = number;
    const auto table = static_cast<std::size_t>(column.info.table);
    column.pages.cover(rows[table].count);
    columns_of[table].push_back(number);
    return &column;
}

Handle Store::State::handle_at(Table table, std::uint32_t row) const {
    const auto& lives = rows[static_cast<std::size_t>(table)];
    if (row >= lives.count || lives.alive.get(row) == 0) return {};
    return Handle::make(static_cast<std::uint32_t>(table), row,
                        static_cast<std::uint32_t>(lives.alive.get(row)));
}

bool Store::State::is_alive(Handle handle) const {
    if (handle.is_nobody() || handle.table() >= rows.size()) return false;
    const auto& lives = rows[handle.table()];
    return handle.index() < lives.count && lives.alive.get(handle.index()) == handle.generation;
}

namespace {

// Reads past the generation check: indexes are asked for rows that are just being changed.
template <typename Columns>
class ColumnReader final : public RowReader {
   public:
    explicit ColumnReader(const Columns& columns) : columns_(columns) {}
    Slot read(Field field, std::uint32_t row) const override {
        return columns_[static_cast<std::size_t>(field)].pages.get(row);
    }

   private:
    const Columns& columns_;
};

}  // namespace

void Store::State::set(ColumnId number, std::uint32_t row, Slot value) {
    auto& column = columns[number];
    const auto before = column.pages.get(row);
    journal.hash -= cell_hash(column, row, before);
    if (column.hooks.empty()) {
        column.pages.set(row, value);
    } else {
        const ColumnReader reader(columns);
        const auto handle = handle_at(column.info.table, row);
        for (const auto index : column.hooks) indexes.unlink(index, handle, reader);
        column.pages.set(row, value);
        for (const auto index : column.hooks) indexes.link(index, handle, reader);
        if (number == static_cast<ColumnId>(Field::creature_place)) ++creature_moves;
    }
    journal.hash += cell_hash(column, row, value);
}

void Store::State::set_life(Table table, std::uint32_t row, std::uint32_t generation, bool alive) {
    auto& lives = rows[static_cast<std::size_t>(table)];
    const auto number = static_cast<std::uint32_t>(table);
    const bool was_alive = lives.alive.get(row) != 0;
    journal.hash -= life_hash(number, row, lives.generation[row], was_alive);
    lives.generation[row] = generation;
    lives.alive.set(row, alive ? generation : 0);
    if (alive != was_alive) lives.live += alive ? std::size_t{1} : ~std::size_t{0};
    journal.hash += life_hash(number, row, generation, alive);
}

void Store::State::grow(Table table) {
    auto& lives = rows[static_cast<std::size_t>(table)];
    ++lives.count;
    lives.generation.push_back(0);
    lives.alive.cover(lives.count);
    if (lives.count % page_size != 1) return;
    for (const auto column : columns_of[static_cast<std::size_t>(table)])
        columns[column].pages.cover(lives.count);
}

void Store::State::lengthen_journal() {
    const auto used = journal.next - journal.first, mark = journal.mark - journal.first;
    journal_memory.resize(std::max<std::size_t>(256, journal_memory.size() * 2));
    journal.first = journal_memory.data();
    journal.next = journal.first + used;
    journal.mark = journal.first + mark;
    journal.end = journal.first + journal_memory.size();
}

// Undoing runs strictly backwards, so a row that was just made is the last one or goes back to the free ones,
// and a row that was just destroyed is the last of the destroyed ones.
void Store::State::undo(const vm::CellRecord& record) {
    if (record.column == Record::name) {
        journal.hash -= name_hash(names.size(), names.back());
        name_numbers.erase(names.back());
        names.pop_back();
        return;
    }
    if (record.column < Record::life) {
        const auto now = columns[record.column].pages.get(record.row);
        set(record.column, record.row, record.before);
        if (columns[record.column].is_blob) free_blob(now);
        return;
    }
    const auto table = static_cast<Table>(record.column - Record::life);
    auto& lives = rows[static_cast<std::size_t>(table)];
    const auto generation = static_cast<std::uint32_t>(record.before >> 1);
    const bool was_alive = (record.before & 1) != 0;
    set_life(table, record.row, generation, was_alive);
    if (was_alive) {
        lives.destroyed.pop_back();
    } else if (generation == 0) {
        --lives.count;
        lives.generation.pop_back();
    } else {
        lives.free.push_back(record.row);
        std::ranges::push_heap(lives.free, std::greater<>());
    }
}

Slot Store::State::new_blob(const Column& column, std::string_view bytes) {
    if (bytes == column.info.bytes) return 0;
    if (bytes.empty()) return no_bytes;
    std::size_t place = blobs.size();
    if (free_blobs.empty()) {
        blobs.emplace_back();
    } else {
        place = free_blobs.back();
        free_blobs.pop_back();
    }
    blobs[place] = {std::string(bytes), schema::hash64(bytes), ++last_stamp};
    return static_cast<Slot>(place) + 1;
}

void Store::State::free_blob(Slot blob) {
    if (blob <= 0) return;
    blobs[static_cast<std::size_t>(blob - 1)] = {};
    free_blobs.push_back(static_cast<std::uint32_t>(blob - 1));
}

std::string_view Store::State::bytes_of(const Column& column, Slot blob) const {
    if (blob == 0) return column.info.bytes;
    if (blob < 0 || static_cast<std::size_t>(blob) > blobs.size()) return {};
    return blobs[static_cast<std::size_t>(blob - 1)].bytes;
}

std::uint64_t Store::State::cell_hash(const Column& column, std::uint32_t row, Slot value) const {
    if (value == column.info.value) return 0;
    const bool has_blob = column.is_blob && value != no_bytes;
    const auto content =
        has_blob ? blobs[static_cast<std::size_t>(value - 1)].hash : static_cast<std::uint64_t>(value);
    return vm::cell_hash(column.seed, row, content);
}

std::uint64_t Store::State::recomputed_hash() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& column = columns[i];
        sum += column_hash(i, column.info);
        const auto count = rows[static_cast<std::size_t>(column.info.table)].count;
        for (std::uint32_t row = 0; row < count; ++row) {
            const auto value = column.pages.get(row);
            if (value == column.info.value) continue;
            const bool has_blob = column.is_blob && value != no_bytes;
            const auto content = has_blob ? schema::hash64(bytes_of(column, value))
                                          : static_cast<std::uint64_t>(value);
            sum += vm::cell_hash(column.seed, row, content);
        }
    }
    for (std::uint32_t table = 0; table < rows.size(); ++table) {
        for (std::uint32_t row = 0; row < rows[table].count; ++row) {
            sum += life_hash(table, row, rows[table].generation[row], rows[table].alive.get(row) != 0);
        }
    }
    for (std::size_t i = 0; i < names.size(); ++i) sum += name_hash(i + 1, names[i]);
    return sum;
}

}  // namespace kiln::world
