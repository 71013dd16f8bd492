#include "world/store/indexes.h"

#include <algorithm>
#include <array>

namespace kiln::world {

namespace {

struct GroupRow {
    Group group;
    Field key, order;
};

// The groups of store.h: what collects them and what orders them.
constexpr std::array group_rows = {
    GroupRow{Group::contents, Field::item_place, Field::item_arrival},
    GroupRow{Group::occupants, Field::creature_place, Field::creature_arrival},
    GroupRow{Group::exits, Field::exit_room, Field::exit_direction},
    GroupRow{Group::effects, Field::effect_victim, Field::effect_id},
    GroupRow{Group::zones, Field::zone_template, Field::zone_id},
    GroupRow{Group::rooms, Field::room_template, Field::room_id},
    GroupRow{Group::items, Field::item_template, Field::item_id},
    GroupRow{Group::creatures, Field::creature_template, Field::creature_id},
    GroupRow{Group::effects_made, Field::effect_template, Field::effect_id},
    GroupRow{Group::memories_of, Field::memory_owner, Field::memory_key},
    GroupRow{Group::memories_towards, Field::memory_subject, Field::memory_key},
    GroupRow{Group::sessions_of, Field::session_creature, Field::session_number},
    GroupRow{Group::timers_of, Field::timer_owner, Field::timer_sequence},
    GroupRow{Group::fibers_of, Field::fiber_owner, Field::fiber_id},
    GroupRow{Group::queued_of, Field::queued_creature, Field::queued_arrival},
    GroupRow{Group::outputs_of, Field::output_session, Field::output_number},
};

constexpr std::array id_fields = {Field::zone_id,     Field::room_id,   Field::item_id,
                                  Field::creature_id, Field::effect_id, Field::fiber_id};

// Index numbers: the groups first, then the ids of each table, then these three.
constexpr std::uint8_t first_id = group_rows.size();
constexpr std::uint8_t memory_index = first_id + id_fields.size();
constexpr std::uint8_t session_index = memory_index + 1;
constexpr std::uint8_t timer_index = memory_index + 2;

std::tuple<Slot, Slot, Handle> timer_key(Handle handle, const RowReader& reader) {
    return {reader.read(Field::timer_due, handle.index()), reader.read(Field::timer_sequence, handle.index()),
            handle};
}

std::uint64_t spread(std::uint64_t value) {
    value *= 0x9e3779b97f4a7c15u;
    return value ^ (value >> 32);
}

}  // namespace

std::uint64_t Indexes::SlotHash::operator()(Slot key) const {
    return spread(static_cast<std::uint64_t>(key));
}

std::uint64_t Indexes::MemoryHash::operator()(const MemoryKey& key) const {
    const auto hash = spread(static_cast<std::uint64_t>(key.owner)) ^ static_cast<std::uint64_t>(key.key);
    return spread(spread(hash) ^ static_cast<std::uint64_t>(key.subject));
}

Indexes::MemoryKey Indexes::memory_key(std::uint32_t row, const RowReader& reader) {
    return {reader.read(Field::memory_owner, row), reader.read(Field::memory_key, row),
            reader.read(Field::memory_subject, row)};
}

std::vector<std::uint8_t> Indexes::depending_on(Field field) {
    std::vector<std::uint8_t> result;
    for (std::size_t i = 0; i < group_rows.size(); ++i) {
        if (group_rows[i].key == field || group_rows[i].order == field)
            result.push_back(static_cast<std::uint8_t>(i));
    }
    for (std::size_t i = 0; i < id_fields.size(); ++i) {
        if (id_fields[i] == field) result.push_back(static_cast<std::uint8_t>(first_id + i));
    }
    using enum Field;
    if (field == memory_owner || field == memory_key || field == memory_subject)
        result.push_back(memory_index);
    if (field == session_number) result.push_back(session_index);
    if (field == timer_due || field == timer_sequence) result.push_back(timer_index);
    return result;
}

// Where a row stands in its group, or would stand: ordered by the group's field, then by row.
static std::vector<Handle>::iterator place_in(std::vector<Handle>& group, Field order, Handle handle,
                                              const RowReader& reader) {
    const auto wanted = std::pair(reader.read(order, handle.index()), handle.row);
    return std::lower_bound(group.begin(), group.end(), wanted, [&](Handle member, const auto& key) {
        return std::pair(reader.read(order, member.index()), member.row) < key;
    });
}

// Members of a group are always of one table, so that they have the same order field.
void Indexes::unlink(std::uint8_t index, Handle handle, const RowReader& reader) {
    const auto row = handle.index();
    if (index < group_rows.size()) {
        const auto key = reader.read(group_rows[index].key, row);
        auto& groups = groups_[static_cast<std::size_t>(group_rows[index].group)];
        auto* group = key == 0 ? nullptr : groups.find(key);
        if (!group) return;
        const auto place = place_in(*group, group_rows[index].order, handle, reader);
        if (place != group->end() && *place == handle) group->erase(place);
        if (group->empty()) groups.erase(key);
    } else if (index < memory_index) {
        ids_.remove(reader.read(id_fields[index - first_id], row), handle);
    } else if (index == memory_index) {
        memories_.remove(memory_key(row, reader), handle);
    } else if (index == session_index) {
        session_numbers_.remove(reader.read(Field::session_number, row), handle);
    } else {
        timers_.erase(timer_key(handle, reader));
    }
}

void Indexes::link(std::uint8_t index, Handle handle, const RowReader& reader) {
    const auto row = handle.index();
    if (index < group_rows.size()) {
        const auto key = reader.read(group_rows[index].key, row);
        if (key == 0) return;
        auto& group = groups_[static_cast<std::size_t>(group_rows[index].group)][key];
        group.insert(place_in(group, group_rows[index].order, handle, reader), handle);
    } else if (index < memory_index) {
        const auto id = reader.read(id_fields[index - first_id], row);
        if (id != 0) ids_.add(id, handle);
    } else if (index == memory_index) {
        if (reader.read(Field::memory_key, row) != 0) memories_.add(memory_key(row, reader), handle);
    } else if (index == session_index) {
        const auto number = reader.read(Field::session_number, row);
        if (number != 0) session_numbers_.add(number, handle);
    } else if (reader.read(Field::timer_due, row) != 0) {
        timers_.insert(timer_key(handle, reader));
    }
}

std::span<const Handle> Indexes::group(Group group, Slot key) const {
    const auto* found = groups_[static_cast<std::size_t>(group)].find(key);
    return found ? std::span<const Handle>(*found) : std::span<const Handle>();
}

Handle Indexes::memory(Slot owner, Slot key, Slot subject) const {
    return memories_.find({owner, key, subject});
}

Handle Indexes::session_by_number(Slot number) const { return session_numbers_.find(number); }
Handle Indexes::by_id(Slot id) const { return ids_.find(id); }
Handle Indexes::next_timer() const { return timers_.empty() ? Handle{} : std::get<2>(*timers_.begin()); }

}  // namespace kiln::world
