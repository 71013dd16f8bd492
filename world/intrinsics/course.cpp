// The course of a handler: waiting, binding, refusing, going on elsewhere.
#include <algorithm>

#include "world/actions/asking.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

namespace {

constexpr std::int64_t sample_ms = 1'000;

vm::NativeResult suspended(vm::Fault fault) { return {fault, fault == vm::Fault::none, 0}; }

}  // namespace

KILN_BODY(wait) {
    if (integer_at(call, 0) < 0) return faulted(vm::Fault::bad_argument);
    return suspended(engine.suspend_for(integer_at(call, 0)));
}

// One sample: true at once if the condition holds, else false after a second, or after what is left of the
// limit.
KILN_BODY(wait_until) {
    if (integer_at(call, 0) != 0) return answer(true);
    const Slot limit = integer_at(call, 1);
    return suspended(engine.suspend_for(limit > 0 ? std::min<Slot>(limit, sample_ms) : sample_ms, 0));
}

KILN_BODY(bind) { return faulted(engine.bind(entity_at(call, 0))); }

KILN_BODY(prevent) { return faulted(engine.prevent(text_at(engine, call, 0, engine.cause().actor))); }

KILN_BODY(fail) { return faulted(engine.fail(text_at(engine, call, 0, engine.cause().actor))); }

// Arguments by the event's declaration: entities and the number each go to the first parameters of their
// kind.
KILN_BODY(raise) {
    KILN_CHECK(check_definition(engine, integer_at(call, 0), schema::Kind::event_));
    const auto index = static_cast<std::uint32_t>(integer_at(call, 0));
    EventArguments arguments;
    std::size_t entities = 0;
    for (const auto& parameter : engine.definition(index).parameters) {
        const bool entity = schema::is_entity(parameter.type.base);
        arguments.slots.push_back(integer_at(call, entity ? 1 + std::min<std::size_t>(entities++, 1) : 3));
    }
    engine.after_own(index, arguments);
    return nothing();
}

KILN_BODY(on_cancel) { return faulted(engine.on_cancel(static_cast<std::uint32_t>(integer_at(call, 0)))); }

KILN_BODY(fork) {
    const auto function = static_cast<std::uint32_t>(integer_at(call, 0));
    return faulted(engine.fork(function, integer_at(call, 1), entity_at(call, 2), entity_at(call, 3)));
}

}  // namespace kiln::world
