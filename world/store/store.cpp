#include "world/store/store.h"

#include <algorithm>
#include <functional>
#include <set>

#include "world/store/state.h"

namespace kiln::world {

namespace {

ColumnId life_of(Table table) { return Record::life + static_cast<ColumnId>(table); }

}  // namespace

Store::Store() : state_(std::make_unique<State>()) {
    create(Table::world);
    commit();
}

Store::~Store() = default;

// ---- columns and names

ColumnId Store::add_column(ColumnInfo info) {
    if (const auto found = find_column(info.name)) return *found;
    state_->add_column(std::move(info));
    return static_cast<ColumnId>(state_->columns.size() - 1);
}

std::optional<ColumnId> Store::find_column(std::string_view name) const {
    const auto found = state_->column_numbers.find(name);
    if (found == state_->column_numbers.end()) return std::nullopt;
    return found->second;
}

std::span<const ColumnInfo> Store::columns() const { return state_->infos; }

std::int64_t Store::name_id(std::string_view name) {
    if (const auto known = find_name(name)) return known;
    state_->names.emplace_back(name);
    const auto id = static_cast<std::int64_t>(state_->names.size());
    state_->name_numbers.emplace(std::string(name), id);
    state_->journal.hash += name_hash(state_->names.size(), name);
    state_->record(Record::name, 0, 0);
    return id;
}

std::int64_t Store::find_name(std::string_view name) const {
    const auto found = state_->name_numbers.find(name);
    return found == state_->name_numbers.end() ? 0 : found->second;
}

std::string_view Store::name_of(std::int64_t id) const {
    if (id < 1 || static_cast<std::size_t>(id) > state_->names.size()) return {};
    return state_->names[static_cast<std::size_t>(id - 1)];
}

// ---- rows

Handle Store::create(Table table) {
    auto& lives = state_->rows[static_cast<std::size_t>(table)];
    std::uint32_t row = lives.count;
    if (lives.free.empty()) {
        state_->grow(table);
    } else {
        std::ranges::pop_heap(lives.free, std::greater<>());
        row = lives.free.back();
        lives.free.pop_back();
    }
    const auto generation = lives.generation[row];
    state_->record(life_of(table), row, static_cast<Slot>(generation) << 1);
    state_->set_life(table, row, generation + 1, true);
    return state_->handle_at(table, row);
}

void Store::destroy(Handle handle) {
    if (!is_alive(handle)) return;
    const auto table = static_cast<Table>(handle.table());
    for (const auto i : state_->columns_of[handle.table()]) {
        const auto& column = state_->columns[i];
        if (column.pages.is_blank_page(handle.index())) continue;
        const auto before = column.pages.get(handle.index());
        if (before == column.info.value) continue;
        state_->record(i, handle.index(), before);
        state_->set(i, handle.index(), column.info.value);
    }
    auto& lives = state_->rows[handle.table()];
    state_->record(life_of(table), handle.index(), static_cast<Slot>(handle.generation) << 1 | 1);
    state_->set_life(table, handle.index(), handle.generation, false);
    lives.destroyed.push_back(handle.index());
}

void Store::release_destroyed() {
    for (auto& lives : state_->rows) {
        for (const auto row : lives.destroyed) {
            lives.free.push_back(row);
            std::ranges::push_heap(lives.free, std::greater<>());
        }
        lives.destroyed.clear();
    }
}

bool Store::is_alive(Handle handle) const { return state_->is_alive(handle); }

std::uint32_t Store::row_count(Table table) const {
    return state_->rows[static_cast<std::size_t>(table)].count;
}

Handle Store::at(Table table, std::uint32_t index) const { return state_->handle_at(table, index); }

void Store::for_each(Table table, const std::function<void(Handle)>& visit) const {
    for (std::uint32_t row = 0; row < row_count(table); ++row) {
        if (const auto handle = at(table, row); !handle.is_nobody()) visit(handle);
    }
}

std::size_t Store::live_count(Table table) const {
    return state_->rows[static_cast<std::size_t>(table)].live;
}

// ---- values

Slot Store::read(ColumnId column, Handle handle) const {
    const auto& it = state_->columns[column];
    if (!is_alive(handle) || static_cast<Table>(handle.table()) != it.info.table) return it.info.value;
    return it.pages.get(handle.index());
}

std::string_view Store::read_bytes(ColumnId column, Handle handle) const {
    return state_->bytes_of(state_->columns[column], read(column, handle));
}

std::uint64_t Store::stamp_of(ColumnId column, Handle handle) const {
    const auto blob = read(column, handle);
    if (blob <= 0) return blob == 0 ? 1 : 2;
    return state_->blobs[static_cast<std::size_t>(blob - 1)].stamp;
}

void Store::write(ColumnId column, Handle handle, Slot value) {
    const auto& it = state_->columns[column];
    if (!is_alive(handle) || static_cast<Table>(handle.table()) != it.info.table || it.is_blob) return;
    if (vm::write_cell(it.plain(), &state_->journal, handle.index(), value)) return;
    const auto before = it.pages.get(handle.index());
    if (before == value) return;
    state_->record(column, handle.index(), before);
    state_->set(column, handle.index(), value);
}

void Store::write_bytes(ColumnId column, Handle handle, std::string_view bytes) {
    const auto& it = state_->columns[column];
    if (!is_alive(handle) || static_cast<Table>(handle.table()) != it.info.table || !it.is_blob) return;
    const auto before = it.pages.get(handle.index());
    if (state_->bytes_of(it, before) == bytes) return;
    const auto blob = state_->new_blob(it, bytes);
    state_->record(column, handle.index(), before);
    state_->set(column, handle.index(), blob);
}

Slot Store::next_number(Field counter) {
    const auto number = world(counter);
    write(counter, world_row(), number + 1);
    return number;
}

// ---- undo

Store::Mark Store::mark() {
    state_->journal.mark = state_->journal.next;
    return state_->log().size();
}

void Store::roll_back(Mark mark) {
    auto& journal = state_->journal;
    while (state_->log().size() > mark) {
        --journal.next;
        journal.mark = std::min(journal.mark, journal.next);
        state_->undo(*journal.next);
    }
}

void Store::commit() {
    for (const auto& record : state_->log()) {
        if (record.column < Record::life && state_->columns[record.column].is_blob)
            state_->free_blob(record.before);
    }
    state_->journal.next = state_->journal.mark = state_->journal.first;
}

void Store::for_each_record(Mark mark, const std::function<void(ColumnId, Handle, Slot)>& visit) const {
    for (const auto& record : state_->log().subspan(mark)) {
        if (record.column >= Record::life) continue;
        const auto handle = at(state_->columns[record.column].info.table, record.row);
        if (!handle.is_nobody()) visit(record.column, handle, record.before);
    }
}

std::vector<Store::Change> Store::changes_since(Mark mark) const {
    std::vector<Change> changes;
    std::set<std::pair<ColumnId, Handle>> seen;
    for_each_record(mark, [&](ColumnId column, Handle handle, Slot before) {
        if (seen.emplace(column, handle).second) changes.push_back({column, handle, before});
    });
    return changes;
}

bool Store::has_touched_only(Table table, Mark mark) const {
    return std::ranges::all_of(state_->log().subspan(mark), [&](const vm::CellRecord& record) {
        if (record.column == Record::name) return true;
        if (record.column >= Record::life) return record.column == life_of(table);
        return state_->columns[record.column].info.table == table;
    });
}

// ---- derived indexes

std::span<const Handle> Store::contents(Handle place) const {
    return state_->indexes.group(Group::contents, place.to_slot());
}
std::span<const Handle> Store::occupants(Handle room) const {
    return state_->indexes.group(Group::occupants, room.to_slot());
}
std::span<const Handle> Store::exits_of(Handle room) const {
    return state_->indexes.group(Group::exits, room.to_slot());
}
std::span<const Handle> Store::effects_on(Handle creature) const {
    return state_->indexes.group(Group::effects, creature.to_slot());
}
std::span<const Handle> Store::instances(std::int64_t template_name) const {
    for (const auto group :
         {Group::items, Group::creatures, Group::rooms, Group::zones, Group::effects_made}) {
        if (const auto found = state_->indexes.group(group, template_name); !found.empty()) return found;
    }
    return {};
}
Handle Store::memory(Handle owner, std::int64_t key, Handle subject) const {
    return state_->indexes.memory(owner.to_slot(), key, subject.to_slot());
}
Handle Store::session_by_number(std::uint64_t number) const {
    return state_->indexes.session_by_number(static_cast<Slot>(number));
}
Handle Store::session_of(Handle creature) const {
    const auto sessions = sessions_of(creature);
    return sessions.empty() ? Handle{} : sessions.front();
}
std::span<const Handle> Store::sessions_of(Handle creature) const {
    return state_->indexes.group(Group::sessions_of, creature.to_slot());
}
std::span<const Handle> Store::memories_of(Handle owner) const {
    return state_->indexes.group(Group::memories_of, owner.to_slot());
}
std::span<const Handle> Store::memories_towards(Handle subject) const {
    return state_->indexes.group(Group::memories_towards, subject.to_slot());
}
std::uint64_t Store::creature_moves() const { return state_->creature_moves; }
Handle Store::by_id(std::uint64_t id) const { return state_->indexes.by_id(static_cast<Slot>(id)); }
std::span<const Handle> Store::timers_of(Handle owner) const {
    return state_->indexes.group(Group::timers_of, owner.to_slot());
}
Handle Store::next_timer() const { return state_->indexes.next_timer(); }
std::span<const Handle> Store::fibers_of(Handle owner) const {
    return state_->indexes.group(Group::fibers_of, owner.to_slot());
}
std::span<const Handle> Store::queued_of(Handle creature) const {
    return state_->indexes.group(Group::queued_of, creature.to_slot());
}
std::span<const Handle> Store::outputs_of(Handle session) const {
    return state_->indexes.group(Group::outputs_of, session.to_slot());
}

// ---- the machine's fast path

vm::ColumnView Store::view(ColumnId column) const {
    const auto& it = state_->columns[column];
    return {it.pages.address(), it.plain()};
}

vm::Journal* Store::journal() { return &state_->journal; }

vm::EntityTable Store::table(Table table) const {
    const auto& lives = state_->rows[static_cast<std::size_t>(table)];
    return {lives.alive.address(), &lives.count};
}

// ---- hash

std::uint64_t Store::hash() const { return state_->journal.hash; }
std::uint64_t Store::full_hash() const { return state_->recomputed_hash(); }

}  // namespace kiln::world
