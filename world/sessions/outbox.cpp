// Output on its way to clients: numbered per session, kept until it is acknowledged, bounded.

#include "world/actions/actions.h"
#include "world/limits.h"
#include "world/sessions/output_record.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"

namespace kiln::world {

namespace {

std::vector<Handle> copy(std::span<const Handle> handles) { return {handles.begin(), handles.end()}; }

std::size_t size_of(const std::vector<StyledRun>& runs, std::string_view data) {
    std::size_t size = data.size();
    for (const auto& run : runs) size += run.style.size() + run.text.size();
    return size;
}

bool counts_as_speech(Output::Kind kind) {
    return kind == Output::Kind::text || kind == Output::Kind::room || kind == Output::Kind::stat_update ||
           kind == Output::Kind::gap;
}

}  // namespace

void emit_to_session(Engine& engine, Handle session, Output output) {
    auto& store = engine.store;
    output.session = static_cast<std::uint64_t>(store.read(Field::session_number, session));
    output.number = static_cast<std::uint64_t>(store.read(Field::session_next_output, session));
    store.write(Field::session_next_output, session, static_cast<Slot>(output.number) + 1);
    const auto row = store.create(Table::output);
    store.write(Field::output_session, row, session);
    store.write(Field::output_number, row, static_cast<Slot>(output.number));
    store.write_bytes(Field::output_record, row, encode(output));
    if (counts_as_speech(output.kind)) engine.parts().spoken_to.insert(session);
    engine.parts().result.outputs.push_back(std::move(output));
}

void Engine::emit(Handle creature, Output::Kind kind, std::string_view topic, std::vector<StyledRun> runs,
                  std::string data) {
    const auto sessions = copy(store.sessions_of(creature));
    if (sessions.empty()) return;
    const auto size = size_of(runs, data);
    parts_->output_bytes_total += size;
    if ((parts_->output_bytes[creature] += size) > limits::output_bytes_per_reader ||
        parts_->output_bytes_total > limits::output_bytes_per_slice) {
        fault(vm::Fault::too_much_output);
        return;
    }
    for (const auto session : sessions) {
        emit_to_session(*this, session,
                        {.kind = kind, .topic = std::string(topic), .runs = runs, .data = data});
    }
}

void acknowledge(Engine& engine, const Input& input) {
    auto& store = engine.store;
    const auto session = store.session_by_number(input.session);
    if (session.is_nobody()) return;
    run_slice(engine, {}, nullptr, [&] {
        const auto seen = std::min(static_cast<Slot>(std::min<std::uint64_t>(input.number, 1ull << 62)),
                                   store.read(Field::session_next_output, session) - 1);
        if (seen <= store.read(Field::session_last_acknowledged, session)) return;
        store.write(Field::session_last_acknowledged, session, seen);
        for (const auto output : copy(store.outputs_of(session))) {
            if (store.read(Field::output_number, output) > seen) break;
            store.destroy(output);
        }
    });
}

// The session is told first, so that the notice and the refresh are the newest it has.
static void trim_outbox(Engine& engine, Handle session) {
    auto& store = engine.store;
    std::size_t bytes = 0;
    const auto outputs = copy(store.outputs_of(session));
    for (const auto output : outputs) bytes += store.read_bytes(Field::output_record, output).size() + 16;
    if (bytes <= limits::outbox_bytes) return;
    for (const auto output : outputs) {
        if (bytes <= limits::outbox_bytes / 2) break;
        bytes -= store.read_bytes(Field::output_record, output).size() + 16;
        store.destroy(output);
    }
    emit_to_session(engine, session, {.kind = Output::Kind::gap, .topic = "gap"});
    const auto creature = store.read_handle(Field::session_creature, session);
    if (!store.read_handle(Field::creature_place, creature).is_nobody()) show_room(engine, creature, true);
}

void trim_outboxes(Engine& engine) {
    std::set<Handle> sessions;
    for (const auto& output : engine.parts().result.outputs)
        sessions.insert(engine.store.session_by_number(output.session));
    for (const auto session : sessions) {
        if (engine.store.is_alive(session)) trim_outbox(engine, session);
    }
    engine.parts().spoken_to.clear();
}

std::vector<Output> unacknowledged(const Engine& engine, std::uint64_t number) {
    std::vector<Output> result;
    for (const auto row : engine.store.outputs_of(engine.store.session_by_number(number))) {
        auto output = decode_output(engine.store.read_bytes(Field::output_record, row));
        if (!output) continue;
        output->session = number;
        output->number = static_cast<std::uint64_t>(engine.store.read(Field::output_number, row));
        result.push_back(std::move(*output));
    }
    return result;
}

}  // namespace kiln::world
