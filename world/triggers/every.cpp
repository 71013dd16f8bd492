// `every 30s`: one timer for each instance and handler; phases are spread by the id of the instance.

#include <algorithm>
#include <set>

#include "world/schema/checksum.h"
#include "world/tick/slice.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

using Phase = HandlerDef::Phase;

Field id_field(Handle entity) {
    switch (static_cast<Table>(entity.table())) {
        case Table::zone: return Field::zone_id;
        case Table::room: return Field::room_id;
        case Table::item: return Field::item_id;
        case Table::effect: return Field::effect_id;
        default: return Field::creature_id;
    }
}

bool is_effect(Handle entity) { return static_cast<Table>(entity.table()) == Table::effect; }

std::uint64_t first_delay(const Engine& engine, Handle entity, const HandlerDef& handler) {
    const auto period = engine.ticks(handler.period_ms);
    if (is_effect(entity)) return period;
    const auto id = static_cast<std::uint64_t>(engine.store.read(id_field(entity), entity));
    return 1 + (id * 0x9e3779b97f4a7c15u ^ schema::hash64(handler.name)) % period;
}

void start_one(Engine& engine, Handle entity, const HandlerDef& handler) {
    if (handler.period_ms <= 0) return;
    engine.schedule(TimerPurpose::every, entity, engine.now() + first_delay(engine, entity, handler),
                    engine.store.name_id(handler.name));
}

std::span<const std::uint32_t> every_handlers(const Engine& engine, Handle entity) {
    const auto definition = engine.definition_of(entity);
    if (definition == no_index) return {};
    return engine.parts().triggers.handlers(definition, Event::every_, Phase::after);
}

}  // namespace

void Engine::start_every(Handle entity) {
    for (const auto handler : every_handlers(*this, entity))
        start_one(*this, entity, image().handlers[handler]);
}

void run_every(Engine& engine, Handle owner, std::int64_t handler_name) {
    const auto index = engine.parts().triggers.find(engine.store.name_of(handler_name));
    if (index == no_index) return;
    const auto& handler = engine.image().handlers[index];
    if (!std::ranges::count(every_handlers(engine, owner), index)) return;
    run_slice(engine, {owner, {}, handler_name}, nullptr, [&] {
        engine.schedule(TimerPurpose::every, owner, engine.now() + engine.ticks(handler.period_ms),
                        handler_name);
    });
    if (!handler.always && !is_effect(owner) && !engine.is_player_near(owner)) return;
    run_slice(engine, {owner, {}, handler_name}, engine.parts().current, [&] {
        const auto arguments = handler_arguments(engine, handler, owner, {});
        const auto ran = run_handler(engine, {index, owner}, {}, arguments, 0);
        if (ran == Engine::RunEnd::faulted) engine.parts().undo = true;
    });
}

static void renew_one(Engine& engine, Handle entity) {
    std::set<std::int64_t> wanted;
    for (const auto handler : every_handlers(engine, entity))
        wanted.insert(engine.store.name_id(engine.image().handlers[handler].name));
    const auto span = engine.store.timers_of(entity);
    for (const auto timer : std::vector<Handle>(span.begin(), span.end())) {
        if (engine.store.read(Field::timer_purpose, timer) != static_cast<Slot>(TimerPurpose::every))
            continue;
        const auto name = engine.store.read(Field::timer_handler, timer);
        if (wanted.erase(name) == 0) engine.store.destroy(timer);
    }
    for (const auto handler : every_handlers(engine, entity)) {
        const auto& about = engine.image().handlers[handler];
        if (wanted.contains(engine.store.find_name(about.name))) start_one(engine, entity, about);
    }
}

void renew_every(Engine& engine) {
    for (const auto table : {Table::zone, Table::room, Table::item, Table::creature, Table::effect}) {
        std::vector<Handle> all;
        engine.store.for_each(table, [&](Handle entity) { all.push_back(entity); });
        for (const auto entity : all) renew_one(engine, entity);
    }
}

}  // namespace kiln::world
