#include "world/fibers/fibers.h"

#include <algorithm>

#include "world/fibers/fiber_code.h"
#include "world/limits.h"
#include "world/tick/faults.h"
#include "world/tick/slice.h"

namespace kiln::world {

namespace {

constexpr std::string_view bound_key = "#bound_fiber";

// Handlers outside any declaration have no self; their fibers belong to the world.
Handle owner_of(const Engine& engine, Handle self) {
    return self.is_nobody() ? engine.store.world_row() : self;
}

void unbind(Engine& engine, Handle fiber) {
    const auto bindings = decode_bindings(engine.store.read_bytes(Field::fiber_bound, fiber));
    if (!bindings) return;
    for (const auto handle : bindings->bound) engine.remember(handle, bound_key, fiber, 0);
}

void remove_fiber(Engine& engine, Handle fiber) {
    unbind(engine, fiber);
    const auto timers = engine.store.timers_of(fiber);
    for (const auto timer : std::vector<Handle>(timers.begin(), timers.end())) engine.store.destroy(timer);
    engine.store.destroy(fiber);
}

Handle new_fiber(Engine& engine, const Engine::Cause& cause, const std::string& image) {
    auto& store = engine.store;
    const auto fiber = store.create(Table::fiber);
    store.write(Field::fiber_id, fiber, store.next_number(Field::world_next_id));
    store.write(Field::fiber_owner, fiber, owner_of(engine, cause.owner));
    store.write(Field::fiber_actor, fiber, cause.actor);
    store.write(Field::fiber_handler, fiber, cause.handler);
    store.write_bytes(Field::fiber_image, fiber, image);
    return fiber;
}

void wake_at(Engine& engine, Handle fiber, std::uint64_t ticks, Slot answer) {
    const auto due = engine.now() + ticks;
    engine.store.write(Field::fiber_wake_at, fiber, static_cast<Slot>(due));
    engine.schedule(TimerPurpose::wake_fiber, fiber, due, 0, answer);
}

LoadedImage* image_of(Engine& engine, Handle fiber) {
    const auto found =
        engine.parts().images.find(std::string(engine.store.read_bytes(Field::fiber_image, fiber)));
    return found == engine.parts().images.end() ? nullptr : found->second.get();
}

Engine::Cause cause_of(const Engine& engine, Handle fiber) {
    auto owner = engine.store.read_handle(Field::fiber_owner, fiber);
    if (owner == engine.store.world_row()) owner = {};
    return {owner, engine.store.read_handle(Field::fiber_actor, fiber),
            engine.store.read(Field::fiber_handler, fiber),
            engine.store.read(Field::fiber_activation, fiber)};
}

// The context goes on where the fiber stopped: its bindings and the numbers of its draws.
void restore_context(Engine& engine, Handle fiber) {
    auto& context = *engine.parts().top();
    context.fiber = fiber;
    context.draws = engine.store.read(Field::fiber_draws, fiber);
    if (auto bindings = decode_bindings(engine.store.read_bytes(Field::fiber_bound, fiber))) {
        context.bound = std::move(bindings->bound);
        context.on_cancel = bindings->on_cancel;
    }
}

// A function that has not begun may come from a damaged file: its arguments must be those it takes.
bool can_begin(const schema::Image& image, const FiberCode& code) {
    if (code.function >= image.program.functions.size()) return false;
    const auto& parameters = image.program.functions[code.function].parameters;
    return parameters.size() == code.arguments.size() && std::ranges::none_of(parameters, vm::is_reference);
}

RanFunction go_on(Engine& engine, const LoadedImage& image, const FiberCode& code, Slot answer) {
    if (code.begun) return resume_function(engine, code.frames, answer);
    if (can_begin(*image.image, code))
        return run_function(engine, code.function, code.arguments, RunAs::handler);
    note_fault(engine, vm::Fault::bad_argument, no_index, 0);
    return {Ran::faulted, 0};
}

}  // namespace

vm::Fault suspend(Engine& engine, vm::FiberView frames) {
    auto& parts = engine.parts();
    auto& context = *parts.top();
    if (!context.wait_ticks || context.nested) return vm::Fault::cannot_suspend;
    auto fiber = context.fiber;
    if (fiber.is_nobody()) {
        const auto handler = engine.store.name_of(context.cause.handler);
        if (fibers_of_handler(engine, context.cause.owner, handler).size() >= limits::fibers_per_handler) {
            return vm::Fault::too_many_fibers;
        }
        fiber = new_fiber(engine, context.cause, parts.running().hash);
    } else {
        if (!engine.store.is_alive(fiber)) return vm::Fault::none;   // it was cancelled while it ran
        unbind(engine, fiber);
    }
    engine.store.write_bytes(Field::fiber_frames, fiber,
                             encode(FiberCode{.frames = {frames.begin(), frames.end()}}));
    engine.store.write_bytes(Field::fiber_bound, fiber,
                             encode(FiberBindings{context.on_cancel, context.bound}));
    for (const auto handle : context.bound) engine.remember(handle, bound_key, fiber, 1);
    engine.store.write(Field::fiber_activation, fiber, context.cause.activation);
    engine.store.write(Field::fiber_draws, fiber, context.draws);
    wake_at(engine, fiber, *context.wait_ticks, context.answer);
    context.fiber = fiber;
    return vm::Fault::none;
}

// A handler in a queue begins when no older one of its kind is left.
static bool must_queue_on(const Engine& engine, Handle fiber, const Engine::Cause& cause) {
    const auto all = fibers_of_handler(engine, cause.owner, engine.store.name_of(cause.handler));
    return !all.empty() && all.front() != fiber;
}

vm::Fault queue_handler(Engine& engine, const HandlerDef& handler, std::span<const Slot> arguments) {
    const auto& cause = engine.cause();
    FiberCode code{.begun = false, .queued = true, .function = handler.function};
    code.arguments.assign(arguments.begin(), arguments.end());
    if (!can_begin(engine.image(), code)) return vm::Fault::none;
    if (fibers_of_handler(engine, cause.owner, handler.name).size() >= limits::fibers_per_handler) {
        return vm::Fault::too_many_fibers;
    }
    const auto fiber = new_fiber(engine, cause, engine.parts().current->hash);
    engine.store.write_bytes(Field::fiber_frames, fiber, encode(code));
    wake_at(engine, fiber, 1, 0);
    return vm::Fault::none;
}

void wake_fiber(Engine& engine, Handle fiber, Slot answer) {
    if (!engine.store.is_alive(fiber)) return;
    const auto cause = cause_of(engine, fiber);
    auto* image = image_of(engine, fiber);
    const auto code = decode_fiber(engine.store.read_bytes(Field::fiber_frames, fiber));
    if (!image || !code || is_orphaned(engine, fiber)) {
        run_slice(engine, cause, image, [&] { cancel_fiber(engine, fiber); });
        return;
    }
    if (code->queued && must_queue_on(engine, fiber, cause)) {
        run_slice(engine, cause, image,
                  [&] { wake_at(engine, fiber, engine.ticks(limits::sampling_ms), 0); });
        return;
    }
    const auto end = run_slice(engine, cause, image, [&] {
        restore_context(engine, fiber);
        const auto ran = go_on(engine, *image, *code, answer);
        if (ran.end == Ran::returned && engine.store.is_alive(fiber)) remove_fiber(engine, fiber);
        if (ran.end == Ran::faulted) engine.parts().undo = true;
    });
    if (end.committed) return;
    run_slice(engine, cause, image, [&] {
        remove_fiber(engine, fiber);
        if (end.failed && !end.why.empty()) engine.emit(cause.actor, Output::Kind::text, "error", end.why);
    });
}

void cancel_fiber(Engine& engine, Handle fiber) {
    if (!engine.store.is_alive(fiber)) return;
    const auto cause = cause_of(engine, fiber);
    const auto* image = image_of(engine, fiber);
    const auto bindings = decode_bindings(engine.store.read_bytes(Field::fiber_bound, fiber));
    remove_fiber(engine, fiber);
    if (!image || !bindings || bindings->on_cancel >= image->image->program.functions.size()) return;
    engine.parts().raised.push_back({.actor = cause.actor,
                                     .depth = engine.cause().depth + 1,
                                     .image = image,
                                     .function = bindings->on_cancel,
                                     .handler = cause.handler,
                                     .owner = cause.owner});
}

void cancel_fibers_with(Engine& engine, Handle entity) {
    const auto own = engine.store.fibers_of(entity);
    for (const auto fiber : std::vector<Handle>(own.begin(), own.end())) cancel_fiber(engine, fiber);
    const auto key = engine.store.find_name(bound_key);
    const auto facts = engine.store.memories_of(entity);
    for (const auto fact : std::vector<Handle>(facts.begin(), facts.end())) {
        if (key == 0 || engine.store.read(Field::memory_key, fact) != key) continue;
        cancel_fiber(engine, engine.store.read_handle(Field::memory_subject, fact));
    }
}

std::vector<Handle> fibers_of_handler(const Engine& engine, Handle self, std::string_view handler) {
    std::vector<Handle> result;
    const auto name = engine.store.find_name(handler);
    for (const auto fiber : engine.store.fibers_of(owner_of(engine, self))) {
        if (engine.store.read(Field::fiber_handler, fiber) == name) result.push_back(fiber);
    }
    return result;
}

bool is_orphaned(const Engine& engine, Handle fiber) {
    if (!engine.store.is_alive(engine.store.read_handle(Field::fiber_owner, fiber))) return true;
    const auto bindings = decode_bindings(engine.store.read_bytes(Field::fiber_bound, fiber));
    if (!bindings) return true;
    return std::ranges::any_of(bindings->bound,
                               [&](Handle handle) { return !engine.store.is_alive(handle); });
}

vm::Fault Engine::fork(std::uint32_t function, std::int64_t delay_ms, Handle first, Handle second) {
    const auto& program = running_image().program;
    if (function >= program.functions.size()) return vm::Fault::bad_argument;
    FiberCode code{.begun = false, .function = function};
    code.arguments = entities_for(running_image(), function, {cause().owner, first, second});
    if (!can_begin(running_image(), code)) return vm::Fault::bad_argument;
    if (fibers_of_handler(*this, cause().owner, store.name_of(cause().handler)).size() >=
        limits::fibers_per_handler) {
        return vm::Fault::too_many_fibers;
    }
    const auto fiber = new_fiber(*this, cause(), parts_->running().hash);
    store.write_bytes(Field::fiber_frames, fiber, encode(code));
    wake_at(*this, fiber, std::max<std::uint64_t>(ticks(delay_ms), 1), 0);
    return vm::Fault::none;
}

}  // namespace kiln::world
