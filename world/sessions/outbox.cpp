// Output on its way to clients: numbered per session, kept until it is acknowledged, bounded. What one tick
// says to one session is one row (or a few, if it is much).

#include <algorithm>

#include "world/actions/actions.h"
#include "world/limits.h"
#include "world/sessions/output_record.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"

namespace kiln::world {

namespace {

constexpr Slot output_bytes = 64;  // what an output costs beside its words, as the message it becomes

void add_to_outbox(Engine& engine, Handle session, Slot bytes) {
    engine.store.write(Field::session_outbox_bytes, session,
                       engine.store.read(Field::session_outbox_bytes, session) + bytes);
}

void add_row(Engine& engine, Handle session, std::uint64_t first, std::uint64_t behind,
             const std::string& record) {
    auto& store = engine.store;
    const auto row = store.create(Table::output);
    store.write(Field::output_session, row, session);
    store.write(Field::output_number, row, static_cast<Slot>(first));
    store.write_bytes(Field::output_record, row, record);
    add_to_outbox(engine, session,
                  static_cast<Slot>(record.size()) + output_bytes * static_cast<Slot>(behind - first));
}

void drop_row(Engine& engine, Handle session, Handle row, Slot behind) {
    const auto size = static_cast<Slot>(engine.store.read_bytes(Field::output_record, row).size());
    const auto count = behind - engine.store.read(Field::output_number, row);
    add_to_outbox(engine, session, -size - output_bytes * count);
    engine.store.destroy(row);
}

// The rows of a session with the number behind the last output of each.
std::vector<std::pair<Handle, Slot>> rows_of(const Engine& engine, Handle session) {
    const auto rows = engine.store.outputs_of(session);
    std::vector<std::pair<Handle, Slot>> result;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        result.emplace_back(rows[i], i + 1 < rows.size()
                                         ? engine.store.read(Field::output_number, rows[i + 1])
                                         : engine.store.read(Field::session_next_output, session));
    }
    return result;
}

// What one session is told, in order: numbers it and makes rows of it.
void keep(Engine& engine, Handle session, std::span<Speech::Said> said) {
    auto& store = engine.store;
    auto& outputs = engine.parts().result.outputs;
    const auto number = static_cast<std::uint64_t>(store.read(Field::session_number, session));
    auto next = static_cast<std::uint64_t>(store.read(Field::session_next_output, session));
    auto first = next;
    std::string record;
    for (auto& one : said) {
        put_output(record, *one.body);
        outputs.push_back({number, next++, std::move(one.body)});
        if (record.size() < limits::output_record_bytes) continue;
        add_row(engine, session, first, next, record);
        record.clear();
        first = next;
    }
    if (!record.empty()) add_row(engine, session, first, next, record);
    store.write(Field::session_next_output, session, static_cast<Slot>(next));
}

// One session behind the other, each in the order of what it was told.
std::vector<Speech::Said> by_session(std::vector<Speech::Said> said) {
    std::vector<std::size_t> places;             // where the next one of each session goes, by row
    for (const auto& one : said) {
        const std::size_t row = one.session.index();
        if (places.size() <= row + 1) places.resize(row + 2);
        ++places[row + 1];
    }
    for (std::size_t row = 1; row < places.size(); ++row) places[row] += places[row - 1];
    std::vector<Speech::Said> sorted(said.size());
    for (auto& one : said) sorted[places[one.session.index()]++] = std::move(one);
    return sorted;
}

// Answers the sessions that were told something.
std::vector<Handle> keep_what_was_said(Engine& engine) {
    auto& parts = engine.parts();
    auto said = parts.speech.take();
    std::erase_if(said, [&](const Speech::Said& one) { return !engine.store.is_alive(one.session); });
    said = by_session(std::move(said));
    parts.result.outputs.reserve(parts.result.outputs.size() + said.size());
    std::vector<Handle> sessions;
    for (std::size_t begin = 0, end = 0; begin < said.size(); begin = end) {
        const auto session = said[begin].session;
        while (end < said.size() && said[end].session == session) ++end;
        keep(engine, session, std::span(said).subspan(begin, end - begin));
        sessions.push_back(session);
    }
    engine.store.commit();
    return sessions;
}

// The session is told afterwards, so that the notice and the refresh are the newest it has.
void trim(Engine& engine, Handle session) {
    auto& store = engine.store;
    constexpr auto half = static_cast<Slot>(limits::outbox_bytes / 2);
    for (const auto& [row, behind] : rows_of(engine, session)) {
        if (store.read(Field::session_outbox_bytes, session) <= half) break;
        drop_row(engine, session, row, behind);
    }
    store.commit();
    run_slice(engine, {}, nullptr, [&] {
        engine.parts().speech.say_to_session(
            session, std::make_shared<Output::Body>(Output::Body{Output::Kind::gap, "gap", {}, {}}));
    });
    const auto creature = store.read_handle(Field::session_creature, session);
    if (store.read_handle(Field::creature_place, creature).is_nobody()) return;
    run_slice(engine, {creature, creature}, nullptr, [&] { show_room(engine, creature, true); });
}

}  // namespace

void Engine::emit(Handle creature, Output::Kind kind, std::string_view topic, std::vector<StyledRun> runs,
                  std::string data) {
    if (store.sessions_of(creature).empty()) return;
    emit(creature, std::make_shared<Output::Body>(
                       Output::Body{kind, std::string(topic), std::move(runs), std::move(data)}));
}

void Engine::emit(Handle creature, const SharedBody& body) {
    const auto sessions = store.sessions_of(creature);
    if (!sessions.empty() && !parts_->speech.say(creature, sessions, body)) fault(vm::Fault::too_much_output);
}

void keep_outputs(Engine& engine) {
    if (engine.parts().speech.is_empty()) return;
    for (const auto session : keep_what_was_said(engine)) {
        const auto bytes = engine.store.read(Field::session_outbox_bytes, session);
        if (bytes > static_cast<Slot>(limits::outbox_bytes)) trim(engine, session);
    }
    keep_what_was_said(engine);
}

void acknowledge(Engine& engine, const Input& input) {
    auto& store = engine.store;
    const auto session = store.session_by_number(input.session);
    if (session.is_nobody()) return;
    run_slice(engine, {}, nullptr, [&] {
        const auto next = store.read(Field::session_next_output, session);
        const auto seen =
            std::min(static_cast<Slot>(std::min<std::uint64_t>(input.number, 1ull << 62)), next - 1);
        if (seen <= store.read(Field::session_last_acknowledged, session)) return;
        store.write(Field::session_last_acknowledged, session, seen);
        for (const auto& [row, behind] : rows_of(engine, session)) {
            if (behind - 1 > seen) break;
            drop_row(engine, session, row, behind);
        }
    });
}

std::vector<Output> unacknowledged(const Engine& engine, std::uint64_t number) {
    const auto& store = engine.store;
    const auto session = store.session_by_number(number);
    const auto seen = static_cast<std::uint64_t>(store.read(Field::session_last_acknowledged, session));
    std::vector<Output> result;
    for (const auto row : store.outputs_of(session)) {
        auto bodies = read_outputs(store.read_bytes(Field::output_record, row));
        if (!bodies) continue;
        auto next = static_cast<std::uint64_t>(store.read(Field::output_number, row));
        for (auto& body : *bodies) {
            if (next > seen)
                result.push_back({number, next, std::make_shared<Output::Body>(std::move(body))});
            ++next;
        }
    }
    return result;
}

}  // namespace kiln::world
