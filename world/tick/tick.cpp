#include "world/tick/tick.h"

#include "world/actions/actions.h"
#include "world/load/reload.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"
#include "world/tick/timers.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

void wall_second(Engine& engine, const Input& input) {
    run_slice(engine, {}, nullptr, [&] {
        const auto second = static_cast<Slot>(input.number);
        if (second > engine.store.world(Field::world_wall_second)) {
            engine.store.write(Field::world_wall_second, engine.store.world_row(), second);
        }
    });
}

void take_input(Engine& engine, const Input& input) {
    switch (input.kind) {
        case Input::Kind::attach: attach(engine, input); break;
        case Input::Kind::detach: detach(engine, input); break;
        case Input::Kind::command: take_line(engine, input); break;
        case Input::Kind::acknowledge: acknowledge(engine, input); break;
        case Input::Kind::wall_second: wall_second(engine, input); break;
        case Input::Kind::image: reload(engine, input.text); break;
        case Input::Kind::staff: break;
    }
    run_events(engine);
}

std::string_view word_of(std::string_view enumeration, Slot value) {
    const auto& vocabulary = schema::vocabulary();
    const auto& values = vocabulary.enumerations[*vocabulary.enumeration(enumeration)].values;
    return value >= 0 && static_cast<std::size_t>(value) < values.size()
               ? values[static_cast<std::size_t>(value)]
               : std::string_view();
}

// {"hp":9,"max_hp":20}: only what is not as it was when the tick began. Fields stand in the order of
// fields.def.
std::string changed_stats(const Engine& engine, Handle creature, const std::map<Field, Slot>& before) {
    std::string data;
    for (const auto& [field, old] : before) {
        const auto now = engine.store.read(field, creature);
        if (now == old) continue;
        data += data.empty() ? "{\"" : ",\"";
        data += schema::vocabulary().row(field).name;
        data += "\":";
        if (field == Field::creature_position) data += "\"" + std::string(word_of("position", now)) + "\"";
        else if (field == Field::creature_fighting) data += now != 0 ? "true" : "false";
        else data += std::to_string(now);
    }
    return data.empty() ? data : data + "}";
}

void show_stats(Engine& engine) {
    const auto changed = std::move(engine.parts().stats_before);
    engine.parts().stats_before.clear();
    for (const auto& [creature, before] : changed) {
        if (!engine.store.is_alive(creature)) continue;
        auto data = changed_stats(engine, creature, before);
        if (!data.empty()) engine.emit(creature, Output::Kind::stat_update, "", {}, std::move(data));
    }
}

void show_prompts(Engine& engine) {
    const auto sessions = std::move(engine.parts().spoken_to);
    engine.parts().spoken_to.clear();
    for (const auto session : sessions) {
        const auto creature = engine.store.read_handle(Field::session_creature, session);
        if (!engine.store.is_alive(creature) ||
            engine.store.read_handle(Field::creature_place, creature).is_nobody())
            continue;
        auto prompt = render_prompt(engine, creature);
        emit_to_session(
            engine, session,
            {.kind = Output::Kind::prompt, .runs = std::move(prompt.runs), .data = std::move(prompt.data)});
    }
    engine.parts().spoken_to.clear();
}

}  // namespace

void show_changes(Engine& engine) {
    const auto& parts = engine.parts();
    if (!parts.stats_before.empty()) run_slice(engine, {}, nullptr, [&] { show_stats(engine); });
    if (!parts.spoken_to.empty()) run_slice(engine, {}, nullptr, [&] { show_prompts(engine); });
    if (!parts.result.outputs.empty()) run_slice(engine, {}, nullptr, [&] { trim_outboxes(engine); });
    engine.parts().stats_before.clear();
    engine.parts().events.clear();
    engine.parts().events_this_tick = 0;
    engine.store.release_destroyed();
}

TickResult run_tick(Engine& engine, std::span<const Input> inputs) {
    auto& store = engine.store;
    store.write(Field::world_tick, store.world_row(), store.world(Field::world_tick) + 1);
    store.commit();
    run_events(engine);
    for (const auto& input : inputs) take_input(engine, input);
    run_timers(engine);
    show_changes(engine);
    auto result = std::move(engine.parts().result);
    engine.parts().result = {};
    result.tick = engine.now();
    result.hash = store.hash();
    return result;
}

}  // namespace kiln::world
