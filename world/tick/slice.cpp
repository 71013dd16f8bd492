#include "world/tick/slice.h"

#include <utility>

#include "world/fibers/fibers.h"
#include "world/tick/faults.h"

namespace kiln::world {

namespace {

constexpr Field shown_stats[] = {Field::creature_hp,   Field::creature_max_hp, Field::creature_level,
                                 Field::creature_xp,   Field::creature_gold,   Field::creature_position,
                                 Field::creature_fighting};

// Remembers what the numbers a player sees were before this tick; told at its end.
void collect_stat_changes(Engine& engine) {
    auto& parts = engine.parts();
    engine.store.for_each_record(0, [&](ColumnId column, Handle handle, Slot before) {
        if (static_cast<Table>(handle.table()) != Table::creature) return;
        for (const auto field : shown_stats) {
            if (static_cast<ColumnId>(field) != column || engine.store.sessions_of(handle).empty()) continue;
            parts.stats_before[handle].emplace(field, before);
        }
    });
}

void start(Engine& engine, const Engine::Cause& cause, const LoadedImage* image) {
    auto& parts = engine.parts();
    parts.open = true;
    parts.contexts.clear();
    parts.contexts.push_back({.cause = cause, .image = image});
    parts.slice_fuel = parts.options().limits.fuel;
    parts.pending_fault = vm::Fault::none;
    parts.undo = false;
    parts.failed = false;
    parts.failure.clear();
    parts.raised.clear();
    parts.speech.begin_slice();
    parts.machine().reset_arena();
    ++parts.result.slices;
}

void finish(Engine& engine) {
    auto& parts = engine.parts();
    parts.open = false;
    parts.contexts.clear();
    parts.raised.clear();
    parts.aborting = false;
}

}  // namespace

Savepoint::Savepoint(Engine& engine)
    : engine_(engine),
      mark_(engine.store.mark()),
      speech_(engine.parts().speech.mark()),
      raised_(engine.parts().raised.size()),
      hash_(engine.store.hash()) {}

void Savepoint::roll_back() {
    auto& parts = engine_.parts();
    engine_.store.roll_back(mark_);
    parts.speech.roll_back(speech_);
    parts.raised.resize(raised_);
    ++parts.rollbacks;
    if (engine_.store.hash() != hash_) ++parts.rollbacks_wrong;
}

InnerContext::InnerContext(Engine& engine, const Engine::Cause& cause, const LoadedImage* image)
    : engine_(engine) {
    auto& parts = engine.parts();
    const bool nested = parts.machine_fuel != nullptr;
    parts.contexts.push_back({.cause = cause, .image = image, .nested = nested});
}

InnerContext::InnerContext(Engine& engine, bool) : engine_(engine), shares_draws_(true) {
    auto& parts = engine.parts();
    Context inner{.image = parts.current, .nested = true};
    if (const auto* asking = parts.top()) {
        inner.cause = asking->cause;
        inner.draws = asking->draws;
    }
    parts.contexts.push_back(std::move(inner));
}

InnerContext InnerContext::question(Engine& engine) { return {engine, true}; }

InnerContext::~InnerContext() {
    auto& contexts = engine_.parts().contexts;
    if (shares_draws_ && contexts.size() > 1) {
        auto& asking = contexts[contexts.size() - 2];
        asking.draws = contexts.back().draws;
        asking.cause.activation = contexts.back().cause.activation;
    }
    contexts.pop_back();
}

SliceEnd run_slice(Engine& engine, const Engine::Cause& cause, const LoadedImage* image,
                   const std::function<void()>& body) {
    auto& parts = engine.parts();
    engine.store.commit();
    start(engine, cause, image);
    Savepoint beginning(engine);
    body();
    SliceEnd end;
    if (parts.pending_fault != vm::Fault::none) note_fault(engine, parts.pending_fault, no_index, 0);
    if (parts.failed || parts.undo || parts.pending_fault != vm::Fault::none) {
        beginning.roll_back();
        end.failed = parts.failed;
        end.why = std::move(parts.failure);
    } else {
        collect_stat_changes(engine);
        engine.store.commit();
        for (auto& event : parts.raised) parts.events.push_back(std::move(event));
        end.committed = true;
    }
    finish(engine);
    end.report = tell_faults(engine);
    return end;
}

// The slice ends with the fault that the machine met; what it says about its place is already noted.
static RanFunction faulted(Engine& engine, const vm::RunResult& result) {
    auto& parts = engine.parts();
    if (!parts.failed && !parts.undo)
        note_fault(engine, result.fault, result.function, result.pc, result.values);
    return {Ran::faulted, 0};
}

static RanFunction ended(Engine& engine, vm::RunResult& result) {
    auto& parts = engine.parts();
    if (result.end == vm::RunResult::End::returned) return {Ran::returned, result.value};
    if (result.end == vm::RunResult::End::faulted) return faulted(engine, result);
    if (const auto fault = suspend(engine, parts.machine().fiber()); fault != vm::Fault::none) {
        result.fault = fault;
        return faulted(engine, result);
    }
    parts.top()->wait_ticks.reset();
    return {Ran::suspended, 0};
}

RanFunction run_function(Engine& engine, std::uint32_t function, std::span<const Slot> arguments, RunAs as) {
    auto& parts = engine.parts();
    const auto& image = parts.running();
    if (parts.machine_fuel) {
        auto* fuel = parts.machine_fuel;
        auto result = parts.machine().nested(*image.program, parts.host, function, arguments, *fuel);
        parts.machine_fuel = fuel;
        if (result.end == vm::RunResult::End::returned) return {Ran::returned, result.value};
        return faulted(engine, result);
    }
    auto limits = parts.options().limits;
    limits.fuel = parts.slice_fuel;
    if (as == RunAs::handler && parts.abort_after != 0) {
        parts.machine().abort_after(std::exchange(parts.abort_after, 0));
        parts.aborting = true;
    }
    const bool was_nested = std::exchange(parts.top()->nested, parts.top()->nested || as == RunAs::question);
    auto result = parts.machine().run(*image.program, parts.host, function, arguments, limits);
    parts.top()->nested = was_nested;
    parts.slice_fuel -= result.fuel_used;
    parts.result.fuel += static_cast<std::uint64_t>(result.fuel_used);
    if (as == RunAs::handler) parts.last_instructions = parts.machine().instructions_executed();
    if (as == RunAs::question && result.end == vm::RunResult::End::suspended) {
        result.end = vm::RunResult::End::faulted;
        result.fault = vm::Fault::cannot_suspend;
    }
    return ended(engine, result);
}

RanFunction resume_function(Engine& engine, vm::FiberView fiber, Slot answer) {
    auto& parts = engine.parts();
    auto limits = parts.options().limits;
    limits.fuel = parts.slice_fuel;
    if (parts.abort_after != 0) {
        parts.machine().abort_after(std::exchange(parts.abort_after, 0));
        parts.aborting = true;
    }
    auto result = parts.machine().resume(*parts.running().program, parts.host, fiber, answer, limits);
    parts.slice_fuel -= result.fuel_used;
    parts.result.fuel += static_cast<std::uint64_t>(result.fuel_used);
    parts.last_instructions = parts.machine().instructions_executed();
    return ended(engine, result);
}

std::vector<Slot> entities_for(const schema::Image& image, std::uint32_t function,
                               std::initializer_list<Handle> entities) {
    std::vector<Slot> arguments;
    const auto* next = entities.begin();
    for (const auto type : image.program.functions[function].parameters) {
        const bool is_entity = type == vm::SlotType::entity;
        arguments.push_back(is_entity && next != entities.end() ? (next++)->to_slot() : 0);
    }
    return arguments;
}

}  // namespace kiln::world
