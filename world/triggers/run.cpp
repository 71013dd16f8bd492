// Running one handler: alone in its slice (after), inside another one (before), or as a player's command.

#include "world/actions/actions.h"
#include "world/limits.h"
#include "world/tick/faults.h"
#include "world/tick/slice.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

std::vector<Engine::Listener> author_listeners(const Engine& engine, std::uint32_t author_event);

namespace {

// An author's event has two entities and a number to give; its parameters take them in order.
std::vector<Slot> author_arguments(const schema::Definition& event, const EventArguments& arguments) {
    std::vector<Slot> result;
    std::size_t next = 0;
    for (const auto& parameter : event.parameters) {
        const bool is_entity = schema::is_entity(parameter.type.base);
        const std::size_t place = is_entity ? next++ : 2;
        result.push_back(place < arguments.slots.size() ? arguments.slots[place] : 0);
    }
    return result;
}

// What an event may lack, a direction or a word of a list: the world says -1 for none.
Slot boxed(Engine& engine, Slot value) {
    if (value < 0) return 0;
    return engine.arena().add_list({&value, 1}).value_or(0);
}

}  // namespace

std::vector<Slot> handler_arguments(Engine& engine, const HandlerDef& handler, Handle self,
                                    const EventArguments& arguments) {
    std::vector<Slot> result{self.to_slot()};
    if (handler.event == Event::none) {
        for (const auto slot : author_arguments(engine.definition(handler.author_event), arguments))
            result.push_back(slot);
    } else {
        const auto& parameters =
            schema::vocabulary().events[static_cast<std::size_t>(handler.event)].parameters;
        const bool words_have_a_slot = arguments.slots.size() >= parameters.size();
        std::size_t next = 0;
        for (const auto& parameter : parameters) {
            const bool is_words = parameter.type.base == schema::Base::words;
            const auto slot = (!is_words || words_have_a_slot) && next < arguments.slots.size()
                                  ? arguments.slots[next++]
                                  : 0;
            if (schema::is_boxed(parameter.type))
                result.push_back(boxed(engine, slot));
            else
                result.push_back(is_words ? engine.arena().add_string(arguments.words).value_or(0) : slot);
        }
    }
    const auto wanted = engine.image().program.functions[handler.function].parameters.size();
    result.resize(wanted);
    return result;
}

Engine::RunEnd run_handler(Engine& engine, const Engine::Listener& listener, Handle actor,
                           std::span<const Slot> arguments, int depth) {
    auto& parts = engine.parts();
    const auto& handler = engine.image().handlers[listener.handler];
    const Engine::Cause cause{listener.self, actor, engine.store.name_id(handler.name), 0, depth};
    const InnerContext context(engine, cause, parts.current);
    if (handler.phase == HandlerDef::Phase::before) parts.top()->nested = true;
    const auto faults = parts.reports.size();
    if (!clauses_agree(engine, handler, listener.self, actor, arguments)) {
        return parts.reports.size() > faults ? Engine::RunEnd::faulted : Engine::RunEnd::refused;
    }
    ++parts.result.handlers;
    note_run(engine, handler, listener.self, actor);
    const auto ran = run_function(engine, handler.function, arguments, RunAs::handler);
    if (parts.failed) return Engine::RunEnd::failed;
    if (ran.end == Ran::faulted) return Engine::RunEnd::faulted;
    return parts.top()->prevented ? Engine::RunEnd::prevented : Engine::RunEnd::done;
}

// ---- before

// The part of the slice that faulted has been taken back alone; the rest goes on.
void Engine::forgive() {
    parts_->pending_fault = vm::Fault::none;
    parts_->undo = false;
}

Veto Engine::before(Event event, Handle target, Handle room, const EventArguments& arguments) {
    const auto actor = actor_of(event, arguments);
    const int depth = cause().depth;
    for (const auto& listener : listeners(event, HandlerDef::Phase::before, target, room)) {
        if (is_faulting()) return {true, true};
        if (listener.self == actor && listener.self != target) continue;
        if (!listener.self.is_nobody() && !store.is_alive(listener.self)) continue;
        const auto& handler = image().handlers[listener.handler];
        if (event == Event::say_ && !fits_words(handler, arguments.words)) continue;
        if (static_cast<int>(parts_->contexts.size()) > limits::cascade_depth) {
            fault(vm::Fault::cascade_too_deep);
            return {true, true};
        }
        Savepoint savepoint(*this);
        const auto end = run_handler(*this, listener, actor,
                                     handler_arguments(*this, handler, listener.self, arguments), depth);
        if (end == RunEnd::prevented) return {true, true};
        if (end == RunEnd::failed) return {true, true};
        if (end != RunEnd::faulted) continue;
        savepoint.roll_back();
        forgive();
        if (event != Event::leave_) return {true, false};
    }
    return {};
}

// ---- after

static void queue_event(Engine& engine, QueuedEvent event) {
    event.depth = engine.cause().depth + 1;
    if (event.depth > limits::cascade_depth) {
        engine.fault(vm::Fault::cascade_too_deep);
        return;
    }
    engine.parts().raised.push_back(std::move(event));
}

void Engine::after(Event event, Handle target, Handle room, const EventArguments& arguments) {
    queue_event(*this, {.event = event,
                        .target = target,
                        .room = room,
                        .actor = actor_of(event, arguments),
                        .arguments = arguments});
}

void Engine::after_own(std::uint32_t author_event, const EventArguments& arguments) {
    if (author_event >= image().definitions.size() || definition(author_event).kind != schema::Kind::event_) {
        fault(vm::Fault::bad_argument);
        return;
    }
    const auto first = arguments.slots.empty() ? Handle{} : Handle::from_slot(arguments.slots[0]);
    auto room = place_room(first);
    if (room.is_nobody()) room = place_room(cause().owner);
    queue_event(*this, {.author_event = author_event,
                        .target = first,
                        .room = room,
                        .actor = cause().actor,
                        .arguments = arguments});
}

static void run_after(Engine& engine, const QueuedEvent& event, const Engine::Listener& listener) {
    const auto& handler = engine.image().handlers[listener.handler];
    if (handler.event == Event::say_ && !fits_words(handler, event.arguments.words)) return;
    const Engine::Cause cause{listener.self, event.actor, 0, 0, event.depth};
    const auto end = run_slice(engine, cause, engine.parts().current, [&] {
        const auto arguments = handler_arguments(engine, handler, listener.self, event.arguments);
        const auto ran = run_handler(engine, listener, event.actor, arguments, event.depth);
        if (ran == Engine::RunEnd::faulted) engine.parts().undo = true;
    });
    if (end.failed && !end.why.empty()) {
        run_slice(engine, cause, nullptr,
                  [&] { engine.emit(event.actor, Output::Kind::text, "error", end.why); });
    }
}

static void run_event(Engine& engine, const QueuedEvent& event) {
    if (event.function != no_index) {
        run_slice(engine, {event.owner, event.actor, event.handler, 0, event.depth}, event.image, [&] {
            const auto arguments =
                entities_for(*event.image->image, event.function, {event.owner, event.actor});
            if (run_function(engine, event.function, arguments, RunAs::handler).end == Ran::faulted)
                engine.parts().undo = true;
        });
        return;
    }
    const auto listeners =
        event.event == Event::none
            ? author_listeners(engine, event.author_event)
            : engine.listeners(event.event, HandlerDef::Phase::after, event.target, event.room);
    for (const auto& listener : listeners) {
        if (listener.self == event.actor && listener.self != event.target && event.event != Event::none)
            continue;
        if (!listener.self.is_nobody() && !engine.store.is_alive(listener.self)) continue;
        run_after(engine, event, listener);
    }
    if (event.event != Event::death_ || !engine.store.is_alive(event.target)) return;
    const auto killer =
        event.arguments.slots.size() > 1 ? Handle::from_slot(event.arguments.slots[1]) : Handle{};
    const auto dies = [&](Handle by) {
        return run_slice(engine, {event.target, by, 0, 0, event.depth}, nullptr,
                         [&] { die(engine, event.target, by); });
    };
    // If the killer's reward faults, the dead are dead all the same.
    if (!dies(killer).committed) dies({});
}

void run_events(Engine& engine) {
    auto& parts = engine.parts();
    while (!parts.events.empty()) {
        const auto event = std::move(parts.events.front());
        parts.events.pop_front();
        if (++parts.events_this_tick > limits::events_per_tick) {
            parts.events.clear();
            run_slice(engine, {event.owner, event.actor, event.handler, 0, event.depth}, nullptr,
                      [&] { engine.fault(vm::Fault::cascade_too_deep); });
            return;
        }
        run_event(engine, event);
    }
}

// ---- as a command

Engine::HandlerRun Engine::run_listener(const Listener& listener, Handle actor,
                                        std::span<const Slot> arguments) {
    std::vector<Slot> all{listener.self.to_slot()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto& handler = image().handlers[listener.handler];
    all.resize(image().program.functions[handler.function].parameters.size());
    Savepoint savepoint(*this);
    const auto end = run_handler(*this, listener, actor, all, cause().depth);
    if (end == RunEnd::faulted && handler.phase == HandlerDef::Phase::before) {
        savepoint.roll_back();
        forgive();
        return {RunEnd::prevented, {}};
    }
    if (end == RunEnd::faulted) parts_->undo = true;
    return {end, end == RunEnd::failed ? parts_->failure : std::vector<StyledRun>()};
}

Engine::HandlerRun Engine::run_form(std::uint32_t definition, std::size_t form, Handle who,
                                    std::span<const Slot> slots) {
    const auto& declaration = image().definitions[definition];
    const auto function = declaration.forms[form].function;
    std::vector<Slot> all{who.to_slot()};
    all.insert(all.end(), slots.begin(), slots.end());
    all.resize(image().program.functions[function].parameters.size());
    const auto name = image().program.functions[function].name;
    const InnerContext context(*this, {who, who, store.name_id(name), 0, cause().depth}, parts_->current);
    ++parts_->result.handlers;
    const auto ran = run_function(*this, function, all, RunAs::handler);
    if (parts_->failed) return {RunEnd::failed, parts_->failure};
    if (ran.end == Ran::faulted) parts_->undo = true;
    return {ran.end == Ran::faulted ? RunEnd::faulted : RunEnd::done, {}};
}

}  // namespace kiln::world
