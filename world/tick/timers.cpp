#include "world/tick/timers.h"

#include "world/actions/actions.h"
#include "world/fibers/fibers.h"
#include "world/limits.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

struct DueTimer {
    TimerPurpose purpose{};
    Handle owner;
    std::int64_t handler = 0, argument = 0;
};

std::string_view name_of(TimerPurpose purpose) {
    using enum TimerPurpose;
    switch (purpose) {
        case effect_tick: return "timer.effect_tick";
        case effect_end: return "timer.effect_end";
        case combat_round: return "timer.combat_round";
        case regeneration: return "timer.regeneration";
        case respawn: return "timer.respawn";
        case zone_reset: return "timer.zone_reset";
        case wander: return "timer.wander";
        case decay: return "timer.decay";
        default: return "timer";
    }
}

// Takes the timer out before what it does runs: a fault there must not bring it back.
DueTimer take(Engine& engine, Handle timer) {
    const auto& store = engine.store;
    const DueTimer due{static_cast<TimerPurpose>(store.read(Field::timer_purpose, timer)),
                       store.read_handle(Field::timer_owner, timer), store.read(Field::timer_handler, timer),
                       store.read(Field::timer_argument, timer)};
    engine.store.destroy(timer);
    engine.store.commit();
    return due;
}

void run_one(Engine& engine, const DueTimer& timer) {
    using enum TimerPurpose;
    if (!timer.owner.is_nobody() && !engine.store.is_alive(timer.owner)) return;
    switch (timer.purpose) {
        case wake_fiber: kiln::world::wake_fiber(engine, timer.owner, timer.argument); return;
        case every: run_every(engine, timer.owner, timer.handler); return;
        case lag_over: run_queued_lines(engine, timer.owner); return;
        case linkdead: end_linkdead(engine, timer.owner); return;
        case session_end: remove_session(engine, timer.owner); return;
        default: break;
    }
    const auto handler = engine.store.name_id(name_of(timer.purpose));
    const auto end = run_slice(engine, {timer.owner, timer.owner, handler}, nullptr, [&] {
        on_timer(engine, timer.purpose, timer.owner, timer.argument);
    });
    if (end.committed || !engine.store.is_alive(timer.owner)) return;
    // A fault puts the fight, the healing or the decay off; it does not end it.
    run_slice(engine, {timer.owner, timer.owner, handler}, nullptr, [&] {
        engine.schedule(timer.purpose, timer.owner, engine.now() + engine.ticks(limits::retry_ms), timer.handler,
                        timer.argument);
    });
}

}  // namespace

void run_timers(Engine& engine) {
    for (std::size_t done = 0; done < limits::timers_per_tick; ++done) {
        const auto timer = engine.store.next_timer();
        if (timer.is_nobody() || engine.store.read(Field::timer_due, timer) > static_cast<Slot>(engine.now()))
            return;
        run_one(engine, take(engine, timer));
        run_events(engine);
    }
}

// A timer is due in the future: what is made in a tick cannot keep that tick from ending.
Handle Engine::schedule(TimerPurpose purpose, Handle owner, std::uint64_t due, std::int64_t handler,
                        std::int64_t argument) {
    if (!owner.is_nobody() && store.timers_of(owner).size() >= limits::timers_per_owner) {
        fault(vm::Fault::too_many_timers);
        return {};
    }
    const auto timer = store.create(Table::timer);
    store.write(Field::timer_due, timer, static_cast<Slot>(std::max(due, now() + 1)));
    store.write(Field::timer_sequence, timer, store.next_number(Field::world_next_sequence));
    store.write(Field::timer_purpose, timer, static_cast<Slot>(purpose));
    store.write(Field::timer_owner, timer, owner);
    store.write(Field::timer_handler, timer, handler);
    store.write(Field::timer_argument, timer, argument);
    return timer;
}

void Engine::cancel_timers(Handle owner, TimerPurpose purpose) {
    const auto timers = store.timers_of(owner);
    for (const auto timer : std::vector<Handle>(timers.begin(), timers.end())) {
        if (store.read(Field::timer_purpose, timer) == static_cast<Slot>(purpose)) store.destroy(timer);
    }
}

}  // namespace kiln::world
