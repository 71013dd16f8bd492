#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/inner.h"
#include "world/limits.h"

namespace kiln::world {

namespace {

using schema::SpawnDef;

const std::vector<SpawnDef>* spawns_of(const Engine& engine, Handle room) {
    const std::uint32_t index = engine.definition_of(room);
    return index == schema::no_index ? nullptr : &engine.definition(index).spawns;
}

std::string key_of(std::size_t row) { return "spawn." + std::to_string(row); }

bool is_npc_row(const Engine& engine, const SpawnDef& row) {
    return row.what < engine.image().definitions.size() &&
           engine.definition(row.what).kind == schema::Kind::npc_;
}

// The row of memory that those spawned by one row of a room point at; its value is the row number from 1.
Handle memory_of(Engine& engine, Handle room, std::size_t row) {
    engine.remember(room, key_of(row), Handle{}, static_cast<std::int64_t>(row) + 1);
    return engine.store.memory(room, engine.store.find_name(key_of(row)), Handle{});
}

std::int64_t living_from(const Engine& engine, Handle memory, std::uint32_t definition) {
    std::int64_t count = 0;
    for (const Handle one : engine.store.instances(engine.template_name(definition))) {
        if (engine.store.read_handle(Field::creature_spawner, one) == memory && !is_dying(engine, one))
            ++count;
    }
    return count;
}

std::int64_t lying_in(const Engine& engine, Handle room, std::uint32_t definition) {
    return std::ranges::count_if(engine.store.contents(room),
                                 [&](Handle item) { return engine.definition_of(item) == definition; });
}

void furnish(Engine& engine, Handle owner, const std::vector<SpawnDef>& rows, std::uint32_t parent,
             int depth) {
    if (depth > deepest_nesting) return;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        if (rows[i].parent != parent || rows[i].what >= engine.image().definitions.size()) continue;
        const auto count = std::clamp<std::int64_t>(rows[i].max, 1, limits::things_per_spawn);
        for (std::int64_t n = 0; n < count; ++n) {
            const Handle item = engine.make_item(rows[i].what, owner);
            if (rows[i].where == SpawnDef::Where::worn) {
                std::int64_t slot = integer_property(engine, item, "slot");
                if (slot == 0 && kind_of(engine, item) == ItemKind::weapon)
                    slot = static_cast<Slot>(WearSlot::wielded);
                engine.store.write(Field::item_slot, item, slot);
            }
            furnish(engine, item, rows, i, depth + 1);
        }
    }
}

// What is unique in the world is not made twice, wherever the first one has gone.
bool may_make(const Engine& engine, const SpawnDef& row) {
    const auto* flags = engine.definition(row.what).property("flags");
    if (!is_npc_row(engine, row) || flags == nullptr) return true;
    const auto unique = static_cast<std::int64_t>(NpcFlag::unique);
    return std::ranges::find(flags->integers, unique) == flags->integers.end() ||
           !unique_exists(engine, row.what);
}

}  // namespace

void spawn_row(Engine& engine, Handle room, std::size_t index) {
    const auto* rows = spawns_of(engine, room);
    if (rows == nullptr || index >= rows->size()) return;
    const SpawnDef& row = (*rows)[index];
    if (row.parent != schema::no_index || row.what >= engine.image().definitions.size()) return;
    const bool npc = is_npc_row(engine, row);
    const Handle memory = npc ? memory_of(engine, room, index) : Handle{};
    const std::int64_t there = npc ? living_from(engine, memory, row.what) : lying_in(engine, room, row.what);
    const auto most = std::clamp<std::int64_t>(row.max, 1, limits::things_per_spawn);
    for (std::int64_t n = there; n < most && may_make(engine, row); ++n) {
        const Handle made = npc ? engine.make_npc(row.what, room) : engine.make_item(row.what, room);
        if (npc) engine.store.write(Field::creature_spawner, made, memory);
        furnish(engine, made, *rows, static_cast<std::uint32_t>(index), 0);
    }
    // Nobody tells when a thing is carried off: things that come back are looked after regularly.
    if (!npc && row.respawn_ms > 0) {
        engine.schedule(TimerPurpose::respawn, room, engine.now() + engine.ticks(row.respawn_ms), 0,
                        static_cast<std::int64_t>(index));
    }
}

void fill_spawns(Engine& engine, Handle room) {
    const auto* rows = spawns_of(engine, room);
    if (rows == nullptr) return;
    engine.cancel_timers(room, TimerPurpose::respawn);
    for (std::size_t row = 0; row < rows->size(); ++row) spawn_row(engine, room, row);
}

void schedule_respawn(Engine& engine, Handle npc) {
    const Handle memory = engine.store.read_handle(Field::creature_spawner, npc);
    if (!is_a(engine, memory, Table::memory)) return;
    const Handle room = engine.store.read_handle(Field::memory_owner, memory);
    const auto row = engine.store.read(Field::memory_value, memory) - 1;
    const auto* rows = spawns_of(engine, room);
    if (rows == nullptr || row < 0 || static_cast<std::size_t>(row) >= rows->size()) return;
    const std::int64_t respawn = (*rows)[static_cast<std::size_t>(row)].respawn_ms;
    if (respawn > 0)
        engine.schedule(TimerPurpose::respawn, room, engine.now() + engine.ticks(respawn), 0, row);
}

}  // namespace kiln::world
