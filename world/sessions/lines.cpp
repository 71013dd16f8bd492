// Lines that players type: numbered, each a slice; those that come while a creature cannot act yet wait their
// turn.

#include "world/commands/commands.h"
#include "world/commands/typed_lines.h"
#include "world/limits.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

Engine::Cause cause_of_line(Engine& engine, Handle creature) {
    return {creature, creature, engine.store.name_id("command")};
}

void say(Engine& engine, Handle creature, std::vector<StyledRun> runs) {
    run_slice(engine, cause_of_line(engine, creature), nullptr,
              [&] { engine.emit(creature, Output::Kind::text, "error", std::move(runs)); });
}

void run_line(Engine& engine, Handle session, Handle creature, std::string_view line) {
    auto& store = engine.store;
    ++engine.parts().result.commands;
    const auto number = static_cast<std::uint64_t>(store.read(Field::session_number, session));
    const auto character = static_cast<std::uint64_t>(store.read(Field::creature_id, creature));
    CommandOutcome outcome;
    const auto end = run_slice(engine, cause_of_line(engine, creature), engine.parts().current, [&] {
        outcome = run_command(engine, creature, line);
        if (engine.is_faulting()) return;
        if (outcome.undo) {
            engine.parts().failed = true;
            return;
        }
        if (!outcome.refusal.empty()) engine.emit(creature, Output::Kind::text, "error", outcome.refusal);
        if (outcome.lag_ms > 0 && store.is_alive(creature)) {
            store.write(Field::creature_lag_until, creature,
                        static_cast<Slot>(engine.now() + engine.ticks(outcome.lag_ms)));
        }
    });
    engine.parts().result.lines.push_back({number, character, line.size(), std::move(outcome.verb)});
    if (end.committed || !store.is_alive(creature)) return;
    if (end.failed) {
        say(engine, creature, outcome.refusal.empty() ? end.why : outcome.refusal);
        return;
    }
    say(engine, creature,
        {{"bad", "Something went wrong, and what you tried has not happened. (report " +
                     std::to_string(end.report) + ")"}});
}

void wait_for_lag(Engine& engine, Handle creature) {
    if (!engine.store.timers_of(creature).empty()) engine.cancel_timers(creature, TimerPurpose::lag_over);
    engine.schedule(TimerPurpose::lag_over, creature,
                    static_cast<std::uint64_t>(engine.store.read(Field::creature_lag_until, creature)));
}

void queue_line(Engine& engine, Handle session, Handle creature, std::string_view line) {
    auto& store = engine.store;
    if (store.queued_of(creature).size() >= limits::queued_lines) {
        say(engine, creature, {{"bad", "You are still busy; that was too much at once."}});
        return;
    }
    run_slice(engine, cause_of_line(engine, creature), nullptr, [&] {
        const auto row = store.create(Table::queued);
        store.write(Field::queued_creature, row, creature);
        store.write(Field::queued_session, row, session);
        store.write(Field::queued_arrival, row, store.next_number(Field::world_next_arrival));
        store.write_bytes(Field::queued_line, row, line);
        wait_for_lag(engine, creature);
    });
}

bool must_wait(const Engine& engine, Handle creature) {
    return engine.store.read(Field::creature_lag_until, creature) > static_cast<Slot>(engine.now());
}

}  // namespace

void take_line(Engine& engine, const Input& input) {
    auto& store = engine.store;
    const auto session = store.session_by_number(input.session);
    if (session.is_nobody()) return;
    engine.parts().result.accepted.emplace_back(input.session, input.number);
    if (static_cast<std::uint64_t>(store.read(Field::session_last_input, session)) >= input.number) return;
    store.write(Field::session_last_input, session, static_cast<Slot>(input.number));
    store.commit();
    const auto creature = store.read_handle(Field::session_creature, session);
    if (!store.is_alive(creature) || store.read_handle(Field::creature_place, creature).is_nobody()) return;
    std::vector<std::string> lines;
    run_slice(engine, cause_of_line(engine, creature), nullptr, [&] {
        lines = typed_lines(engine, creature, std::string_view(input.text).substr(0, limits::line_bytes));
    });
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!store.is_alive(creature) || store.read_handle(Field::creature_place, creature).is_nobody())
            return;
        if (must_wait(engine, creature) || !store.queued_of(creature).empty())
            queue_line(engine, session, creature, lines[i]);
        else
            run_line(engine, session, creature, lines[i]);
        // What one line of an alias has caused happens before the next.
        if (i + 1 < lines.size()) run_events(engine);
    }
}

void run_queued_lines(Engine& engine, Handle creature) {
    auto& store = engine.store;
    while (store.is_alive(creature) && !store.queued_of(creature).empty()) {
        if (must_wait(engine, creature)) {
            run_slice(engine, cause_of_line(engine, creature), nullptr,
                      [&] { wait_for_lag(engine, creature); });
            return;
        }
        const auto row = store.queued_of(creature).front();
        const std::string line(store.read_bytes(Field::queued_line, row));
        const auto session = store.read_handle(Field::queued_session, row);
        store.destroy(row);
        store.commit();
        if (!store.read_handle(Field::creature_place, creature).is_nobody()) run_line(engine, session, creature, line);
        run_events(engine);
    }
}

}  // namespace kiln::world
