#pragma once
// What the rooms of world/ share: one Engine owns the store, the image, the machine and the course of a tick.
// tick/, triggers/, fibers/, sessions/ and load/ implement it; commands/, actions/, intrinsics/ and text/
// stand on it.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/machine/machine.h"
#include "world/schema/image.h"
#include "world/store/store.h"
#include "world/world.h"

namespace kiln::world {

using schema::Event;
using schema::Rule;
using SharedBody = std::shared_ptr<const Output::Body>;

enum class TimerPurpose : std::int64_t {
    wake_fiber = 1, every, effect_tick, effect_end, combat_round, regeneration, respawn, zone_reset, wander,
    lag_over, linkdead, decay, after_block, session_end,
};

// Values an event carries, in the order of its row in events.def. Strings for `words`.
struct EventArguments {
    std::vector<Slot> slots;             // handles, integers; words: ignored
    std::string words;
};

struct Veto {
    bool prevented = false;
    bool told = false;                   // the actor has read why
};

// How a message reaches its readers; see text/.
struct Styled {
    std::vector<StyledRun> runs;
};

struct Parts;                            // the running side of a world: world/tick/parts.h, for my rooms only

class Engine {
   public:
    explicit Engine(const WorldOptions& options);

    // ---- parts
    Store store;
    const schema::Image& image() const { return *image_; }
    const schema::Definition& definition(std::uint32_t index) const { return image_->definitions[index]; }
    // The image whose code runs now: an old one while a fiber from before a reload goes on. Text ids, memory
    // keys and function numbers that a program hands over belong to it. Definition indexes that natives get
    // as arguments have been translated to image() already.
    const schema::Image& running_image() const;
    // Definition an entity was made from; no_index for player characters and things whose definition is gone.
    std::uint32_t definition_of(Handle entity) const;
    std::uint32_t definition_by_name(std::string_view name) const;     // no_index if none
    // The declaration that a value of type `template<..>` means: a number made of its name. no_index if none.
    std::uint32_t definition_called(Slot value, const schema::Image& image) const;
    std::int64_t template_name(
        std::uint32_t definition) const;  // its name id, as stored in `template` fields
    bool is_made_from(Handle entity, std::uint32_t definition) const;  // or from a child of it

    std::uint64_t now() const { return static_cast<std::uint64_t>(store.world(Field::world_tick)); }
    std::uint64_t ticks(std::int64_t milliseconds) const;  // rounded up, at least 1 for anything above 0
    std::uint32_t tick_ms() const { return options_.tick_ms; }

    // ---- making and unmaking (load/)
    Handle make_item(std::uint32_t definition, Handle place);          // with what is inside; raises spawn
    Handle make_npc(std::uint32_t definition, Handle room);  // with what it wears and carries; raises spawn
    Handle make_player(std::string_view name, Handle room);
    void unmake(Handle entity);  // with contents, timers, effects, fibers; cancels what is bound to it
    Handle room_of(std::uint32_t definition) const;                    // the room instance of a definition
    Handle zone_of(Handle room) const;
    Handle start_room() const;

    // ---- course of a slice (tick/)
    struct Cause {
        Handle owner, actor;             // self and who, for reports and draws
        std::int64_t handler = 0;        // name id
        std::int64_t activation = 0;
        int depth = 0;                   // of the cascade
    };
    // Random draw in [0, bound): a pure function of (seed, owner id, handler, activation, draw index).
    std::uint64_t draw(std::uint64_t bound);
    // Raises an event. `before` handlers run now, inside this slice, each under a savepoint; the first
    // prevent wins.
    Veto before(Event event, Handle target, Handle room, const EventArguments& arguments);
    // Queues `after` handlers; they run when this slice has committed, in this tick, each a slice of its own.
    void after(Event event, Handle target, Handle room, const EventArguments& arguments);
    void after_own(std::uint32_t author_event, const EventArguments& arguments);
    // Death: `after(Event::death_, victim, room, {victim, killer})` is all that damage() needs to do beside
    // marking `dying`. When its handlers have run, tick/ calls die() of actions.h in a slice of its own.
    // A formula of rules.def. It decides what happens, so a fault in it takes the slice back; 0 is answered
    // until the slice has ended.
    std::int64_t rule(Rule rule, std::span<const Slot> arguments);
    // Any other pure function of the image: dynamic texts, conditions of loot, changes of effects. Nothing if
    // it faulted: that is reported, and the asker leaves it out.
    std::optional<Slot> evaluate(std::uint32_t function, std::span<const Slot> arguments);

    // ---- timers (tick/)
    Handle schedule(TimerPurpose purpose, Handle owner, std::uint64_t due, std::int64_t handler = 0,
                    std::int64_t argument = 0);
    void cancel_timers(Handle owner, TimerPurpose purpose);

    // `every` handlers of an entity begin to run; called for everything that is made (effects: by
    // apply_effect).
    void start_every(Handle entity);
    // Somebody is near: a player is in the zone of the entity.
    bool is_player_near(Handle entity) const;
    Handle place_room(
        Handle entity) const;  // the room it is in, however deep; itself for rooms; effects: their victim's

    // A limit is reached or an action cannot be done: the slice that runs ends with this fault, wherever it
    // is asked.
    void fault(vm::Fault fault);
    bool is_faulting() const;

    // ---- keyed facts
    std::int64_t recall(Handle owner, std::string_view key, Handle subject = {}) const;
    void remember(Handle owner, std::string_view key, Handle subject, std::int64_t value);

    // ---- output (sessions/). Dropped silently for creatures without a session; undone with the slice.
    void emit(Handle creature, Output::Kind kind, std::string_view topic, std::vector<StyledRun> runs,
              std::string data = {});
    void emit(Handle creature, const SharedBody& body);
    // While words are made for many readers: whom they speak of, and so must be told in other words.
    std::vector<Handle>* spoken_of = nullptr;
    void end_session(Handle creature, std::string_view reason);        // quit: closed, body leaves the world

    // ---- the handler that is running now, for the intrinsics of its course (fibers/, triggers/). The fuel
    // of the row in intrinsics.def has been charged when a body is called.
    const Cause& cause() const;                                        // of the running slice or handler
    vm::Arena& arena();  // of the running slice; strings for run_now go there
    // The native then answers `suspend`; cannot_suspend in `before`. `answer` is the native's value when the
    // fiber goes on.
    vm::Fault suspend_for(std::int64_t milliseconds, Slot answer = 0);
    vm::Fault bind(Handle what);  // the handler's fiber is cancelled when it ceases
    vm::Fault on_cancel(std::uint32_t function);                       // 0xffffffff: none any more
    vm::Fault fork(std::uint32_t function, std::int64_t delay_ms, Handle first, Handle second);
    vm::Fault prevent(
        std::vector<StyledRun> message);  // shown to the actor; `before` answers prevented and told
    vm::Fault fail(std::vector<StyledRun> message);  // kept outside the undo; the slice is rolled back
    vm::Fault count_spawns(std::int64_t count);      // too_many_spawns above 50 an activation

    // ---- handlers of commands, run inside the slice of the line (triggers/, fibers/)
    struct Listener { std::uint32_t handler = 0; Handle self; };
    // Who hears an event, in the order of the language: target, things and creatures here, the room, its
    // zone, modules.
    std::vector<Listener> listeners(Event event, schema::HandlerDef::Phase phase, Handle target,
                                    Handle room) const;
    // refused: a clause said no, nothing happened; prevented: a before handler, the actor has been told.
    // failed and faulted: the caller of run_command() undoes the slice; after a fault it also says the
    // neutral line.
    enum class RunEnd : std::uint8_t { refused, done, failed, faulted, prevented };
    struct HandlerRun { RunEnd end = RunEnd::refused; std::vector<StyledRun> message; };   // failed: why
    // Arguments after self: the event's parameters, then the pattern's slots. Clauses (when, once,
    // cooldown...) are asked here.
    HandlerRun run_listener(const Listener& listener, Handle actor, std::span<const Slot> arguments);
    // One form of a `command` declaration: (who, slots...).
    HandlerRun run_form(std::uint32_t definition, std::size_t form, Handle who, std::span<const Slot> slots);

    // ---- reports
    std::uint64_t report_fault(FaultReport report);                    // gives it a number

    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    Parts& parts() { return *parts_; }
    const Parts& parts() const { return *parts_; }

   private:
    friend struct Parts;
    void forgive();
    std::shared_ptr<const schema::Image> image_;
    WorldOptions options_;
    vm::Machine machine_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kiln::world
