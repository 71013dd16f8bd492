#include "world/tick/tick.h"

#include "world/actions/actions.h"
#include "world/actions/telling.h"
#include "world/load/reload.h"
#include "world/schema/checksum.h"
#include "world/sessions/output_record.h"
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

// Bystanders in a crowd read how much they have missed.
void show_missed(Engine& engine) {
    const auto all = engine.parts().speech.missed();
    if (all.empty()) return;
    run_slice(engine, {}, nullptr, [&] {
        for (const auto& missed : all) {
            const auto words = missed.count == 1 ? std::string("In the crowd, one more thing happens.")
                                                 : "In the crowd, " + std::to_string(missed.count) +
                                                       " more things happen at once.";
            room_runs(engine, missed.room, {}, "crowd", {{"hint", words}});
        }
    });
}

// Sessions with something to read, by row.
std::vector<Handle> spoken_to(const Engine& engine) {
    std::vector<Handle> by_row;
    for (const auto& said : engine.parts().speech.all()) {
        if (by_row.size() <= said.session.index()) by_row.resize(said.session.index() + 1);
        by_row[said.session.index()] = said.session;
    }
    std::erase(by_row, Handle{});
    return by_row;
}

// Whoever has been told something is shown the prompt, if it is another one than before.
void show_prompt(Engine& engine, Handle session, Handle creature) {
    auto prompt = render_prompt(engine, creature);
    if (engine.is_faulting()) return;
    const auto body = std::make_shared<Output::Body>(
        Output::Body{Output::Kind::prompt, "", std::move(prompt.runs), std::move(prompt.data)});
    std::string bytes;
    put_output(bytes, *body);
    const auto hash = static_cast<Slot>(schema::hash64(bytes));
    if (hash == engine.store.read(Field::session_prompt, session)) return;
    engine.store.write(Field::session_prompt, session, hash);
    engine.parts().speech.say_to_session(session, body);
}

void show_prompts(Engine& engine) {
    const auto& store = engine.store;
    for (const auto session : spoken_to(engine)) {
        const auto creature = store.read_handle(Field::session_creature, session);
        if (!store.is_alive(creature) || store.read_handle(Field::creature_place, creature).is_nobody())
            continue;
        run_slice(engine, {creature, creature}, nullptr, [&] { show_prompt(engine, session, creature); });
    }
}

}  // namespace

void show_changes(Engine& engine) {
    auto& parts = engine.parts();
    show_missed(engine);
    if (!parts.stats_before.empty()) run_slice(engine, {}, nullptr, [&] { show_stats(engine); });
    show_prompts(engine);
    keep_outputs(engine);
    parts.speech.end_tick();
    parts.stats_before.clear();
    parts.events.clear();
    parts.events_this_tick = 0;
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
