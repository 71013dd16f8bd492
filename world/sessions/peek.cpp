// Lines that only look, for a world that has to stand still: done, shown, and taken back.

#include <algorithm>

#include "world/commands/commands.h"
#include "world/commands/targets.h"
#include "world/limits.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"

namespace kiln::world {

namespace {

// What looking may leave behind is not missed when it is taken back: what "it" means, numbers for chance.
bool is_trace_of_looking(const Engine& engine, Handle memory) {
    const auto key = engine.store.name_of(engine.store.read(Field::memory_key, memory));
    return key == it_key || key == whom_key || key.ends_with("#draws");
}

// Since the marks nothing has happened that anybody else could notice.
bool has_only_looked(const Engine& engine, Handle session, Store::Mark mark, Speech::Mark said_before) {
    const auto& parts = engine.parts();
    if (!engine.store.has_touched_only(Table::memory, mark)) return false;
    bool is_harmless = true;
    engine.store.for_each_record(mark, [&](ColumnId, Handle memory, Slot) {
        is_harmless = is_harmless && is_trace_of_looking(engine, memory);
    });
    const auto said = std::span(parts.speech.all()).subspan(said_before.said);
    const auto creature = engine.store.read_handle(Field::session_creature, session);
    return is_harmless &&
           std::ranges::all_of(said, [&](const Speech::Said& one) { return one.reader == creature; }) &&
           std::ranges::all_of(parts.raised,
                               [](const QueuedEvent& event) { return event.event == Event::examine_; });
}

}  // namespace

std::optional<std::vector<Output>> peek(Engine& engine, std::uint64_t number, std::string_view line) {
    auto& parts = engine.parts();
    auto& store = engine.store;
    const auto session = store.session_by_number(number);
    const auto creature = store.read_handle(Field::session_creature, session);
    if (!store.is_alive(creature) || store.read_handle(Field::creature_place, creature).is_nobody())
        return std::nullopt;
    const auto result = parts.result;            // counters and reports of the next tick
    parts.aborting = true;                       // a fault is not counted: it will not have been
    std::optional<std::vector<Output>> shown;
    run_slice(engine, {creature, creature, store.find_name("command")}, parts.current, [&] {
        const auto mark = store.mark();
        const auto said_before = parts.speech.mark();
        const auto outcome = run_command(engine, creature, line.substr(0, limits::line_bytes));
        if (!engine.is_faulting() && !outcome.undo && outcome.lag_ms == 0) {
            if (!outcome.refusal.empty())
                engine.emit(creature, Output::Kind::text, "error", outcome.refusal);
            if (has_only_looked(engine, session, mark, said_before)) {
                shown.emplace();
                for (const auto& one : std::span(parts.speech.all()).subspan(said_before.said))
                    if (one.session == session) shown->push_back({number, 0, one.body});
            }
        }
        parts.undo = true;
    });
    parts.result = result;
    return shown;
}

}  // namespace kiln::world
