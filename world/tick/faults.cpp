#include "world/tick/faults.h"

#include "world/limits.h"

namespace kiln::world {

namespace {

std::string name_for_people(const Engine& engine, Handle entity) {
    const auto& store = engine.store;
    if (entity.is_nobody()) return "";
    if (!store.is_alive(entity)) return "something that is gone";
    if (static_cast<Table>(entity.table()) == Table::creature &&
        store.read(Field::creature_is_player, entity) != 0) {
        return std::string(store.read_bytes(Field::creature_name, entity));
    }
    const auto definition = engine.definition_of(entity);
    return definition == no_index ? std::string(schema::vocabulary().tables[entity.table()].name)
                                  : engine.definition(definition).name;
}

// Counts a fault of a handler; true if it was the one too many.
bool count_fault(Engine& engine, const std::string& handler) {
    const auto now = static_cast<std::int64_t>(engine.now());
    const auto window = static_cast<std::int64_t>(engine.ticks(limits::fault_window_ms));
    const auto since = engine.recall({}, handler + "#faults_since");
    auto count = engine.recall({}, handler + "#faults");
    if (count == 0 || now - since > window) {
        engine.remember({}, handler + "#faults_since", {}, now);
        count = 0;
    }
    engine.remember({}, handler + "#faults", {}, count + 1);
    if (count + 1 < limits::faults_until_disabled) return false;
    engine.remember({}, handler + "#disabled", {}, 1);
    return true;
}

}  // namespace

void note_fault(Engine& engine, vm::Fault fault, std::uint32_t function, std::uint32_t pc,
                const vm::FaultValues& values) {
    auto& parts = engine.parts();
    PendingReport pending;
    auto& report = pending.report;
    report.tick = engine.now();
    report.fault = vm::fault_name(fault);
    report.message = vm::fault_text(fault);
    if (const auto* context = parts.top()) {
        pending.handler = context->cause.handler;
        report.handler = engine.store.name_of(context->cause.handler);
        report.self = name_for_people(engine, context->cause.owner);
        report.actor = name_for_people(engine, context->cause.actor);
    }
    if (function != no_index) {
        const auto place = vm::place_of(parts.running().image->program, function, pc);
        report.file = place.file;
        report.line = place.line;
        report.column = place.column;
        report.message = vm::fault_sentence(parts.running().image->program, fault, function, pc, values);
    }
    pending.counts = !parts.aborting;
    parts.reports.push_back(std::move(pending));
}

std::uint64_t tell_faults(Engine& engine) {
    auto& parts = engine.parts();
    auto reports = std::move(parts.reports);
    parts.reports.clear();
    std::uint64_t last = 0;
    for (auto& pending : reports) {
        auto& report = pending.report;
        if (pending.counts) {
            if (report.report == 0)
                report.report =
                    static_cast<std::uint64_t>(engine.store.next_number(Field::world_reports)) + 1;
            if (parts.triggers.find(report.handler) != no_index)
                report.disabled = count_fault(engine, report.handler);
        }
        last = report.report;
        parts.result.faults.push_back(std::move(report));
    }
    if (!reports.empty()) engine.store.commit();
    return last;
}

std::uint64_t Engine::report_fault(FaultReport report) {
    report.tick = now();
    if (report.handler.empty() && parts_->top()) report.handler = store.name_of(parts_->top()->cause.handler);
    const auto waiting = parts_->reports.size();
    parts_->reports.push_back({std::move(report), 0, !parts_->aborting});
    const auto number = static_cast<std::uint64_t>(store.world(Field::world_reports)) + waiting + 1;
    if (!parts_->open) tell_faults(*this);
    return number;
}

bool is_disabled(const Engine& engine, std::string_view handler) {
    return engine.recall({}, std::string(handler) + "#disabled") != 0;
}

void enable_all_handlers(Engine& engine) {
    std::vector<Handle> marks;
    engine.store.for_each(Table::memory, [&](Handle memory) {
        const auto key = engine.store.name_of(engine.store.read(Field::memory_key, memory));
        if (key.ends_with("#disabled") || key.ends_with("#faults")) marks.push_back(memory);
    });
    for (const auto mark : marks) engine.store.destroy(mark);
}

}  // namespace kiln::world
