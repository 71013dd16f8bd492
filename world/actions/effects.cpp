#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/inner.h"
#include "world/actions/telling.h"

namespace kiln::world {

namespace {

Stacking stacking_of(const schema::Definition& definition) {
    const auto* value = definition.property("stacking");
    return value == nullptr ? Stacking::refresh : static_cast<Stacking>(value->integer);
}

std::int64_t number_of(const schema::Definition& definition, std::string_view name, std::int64_t otherwise) {
    const auto* value = definition.property(name);
    return value == nullptr ? otherwise : value->integer;
}

Handle running(const Engine& engine, Handle victim, std::uint32_t definition) {
    for (const Handle effect : effects_of(engine, victim)) {
        if (engine.definition_of(effect) == definition) return effect;
    }
    return {};
}

void end_at(Engine& engine, Handle effect, std::uint64_t tick) {
    engine.store.write(Field::effect_ends_at, effect, static_cast<Slot>(tick));
    engine.cancel_timers(effect, TimerPurpose::effect_end);
    if (tick > 0) engine.schedule(TimerPurpose::effect_end, effect, tick);
}

Handle begin(Engine& engine, std::uint32_t definition, Handle victim, std::uint64_t end, Handle source) {
    const Handle effect = engine.store.create(Table::effect);
    engine.store.write(Field::effect_template, effect, engine.template_name(definition));
    engine.store.write(Field::effect_id, effect, engine.store.next_number(Field::world_next_id));
    engine.store.write(Field::effect_victim, effect, victim);
    engine.store.write(Field::effect_source, effect, source);
    end_at(engine, effect, end);
    engine.start_every(effect);
    engine.after(Event::start_, effect, room_of(engine, victim), {{victim.to_slot(), source.to_slot()}, {}});
    return effect;
}

void dose_again(Engine& engine, Handle effect, const schema::Definition& definition, std::uint64_t end,
                std::uint64_t length, Handle source) {
    const auto current = static_cast<std::uint64_t>(engine.store.read(Field::effect_ends_at, effect));
    switch (stacking_of(definition)) {
        case Stacking::extend:
            if (current > 0 && length > 0) end_at(engine, effect, current + length);
            break;
        case Stacking::highest:
            if (current > 0 && (end == 0 || end > current)) end_at(engine, effect, end);
            break;
        case Stacking::intensify: {
            const std::int64_t most = std::max<std::int64_t>(number_of(definition, "stacking_max", 1), 1);
            const std::int64_t stacks = engine.store.read(Field::effect_stacks, effect);
            engine.store.write(Field::effect_stacks, effect, std::min(stacks + 1, most));
            end_at(engine, effect, end);
            break;
        }
        default: end_at(engine, effect, end); break;
    }
    engine.store.write(Field::effect_source, effect, source);
    const Handle victim = engine.store.read_handle(Field::effect_victim, effect);
    engine.after(Event::reapply_, effect, room_of(engine, victim),
                 {{victim.to_slot(), source.to_slot()}, {}});
}

}  // namespace

void apply_effect(Engine& engine, std::uint32_t index, Handle victim, std::int64_t length_ms, Handle source) {
    if (index >= engine.image().definitions.size() || !is_active(engine, victim)) return;
    const auto& definition = engine.definition(index);
    if (definition.kind != schema::Kind::effect_) return;
    if (is_player(engine, source) && is_player(engine, victim) && source != victim &&
        flagged(engine, room_of(engine, victim), RoomFlag::peaceful)) {
        return;
    }
    const std::int64_t length = length_ms > 0 ? length_ms : number_of(definition, "duration", 0);
    const std::uint64_t ticks = length > 0 ? engine.ticks(length) : 0;
    const std::uint64_t end = ticks > 0 ? engine.now() + ticks : 0;
    const Handle already = running(engine, victim, index);
    if (already.is_nobody() || stacking_of(definition) == Stacking::independent) {
        begin(engine, index, victim, end, source);
    } else {
        dose_again(engine, already, definition, end, ticks, source);
    }
}

void end_effect(Engine& engine, Handle effect, int reason) {
    if (!is_a(engine, effect, Table::effect) || is_gone(engine, effect)) return;
    const Handle victim = engine.store.read_handle(Field::effect_victim, effect);
    engine.store.write(Field::effect_ends_at, effect, Slot{-1});
    engine.cancel_timers(effect, TimerPurpose::effect_end);
    engine.cancel_timers(effect, TimerPurpose::every);
    engine.after(Event::end_, effect, room_of(engine, victim), {{victim.to_slot(), reason}, {}});
    // Its `end` handlers still find it in this tick; then it is gone.
    engine.schedule(TimerPurpose::decay, effect, engine.now() + 1);
    const std::int64_t most = total_stat(engine, victim, static_cast<int>(Stat::max_hp));
    if (engine.store.read(Field::creature_hp, victim) > most)
        engine.store.write(Field::creature_hp, victim, most);
}

void effect_end_due(Engine& engine, Handle effect) {
    const std::int64_t end = engine.store.read(Field::effect_ends_at, effect);
    if (end > 0 && static_cast<std::uint64_t>(end) <= engine.now()) {
        end_effect(engine, effect, static_cast<int>(EndReason::expired));
    }
}

}  // namespace kiln::world
