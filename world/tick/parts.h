#pragma once
// The running side of a world, beside its state: loaded images, the slice that is open, what the tick has
// brought so far. Nothing here survives a tick that is not derived from the store or an image. Private to my
// rooms of world/.

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "world/engine.h"
#include "world/sessions/speech.h"
#include "world/tick/host.h"
#include "world/triggers/trigger_index.h"

namespace kiln::world {

using schema::HandlerDef;
using schema::no_index;

using DefinitionsByValue = std::map<Slot, std::uint32_t>;  // what template values mean

// An image before it belongs to a world; nothing in it ever changes.
struct PreparedImage {
    std::string hash;
    std::shared_ptr<const std::string> bytes;
    std::shared_ptr<const schema::Image> image;
    std::shared_ptr<const vm::LoadedProgram> program;
    std::shared_ptr<const DefinitionsByValue> definitions_by_value;
};

// An image with everything that binds it to this world.
struct LoadedImage : PreparedImage {
    explicit LoadedImage(const PreparedImage& prepared) : PreparedImage(prepared) {}
    std::vector<ColumnId> columns;                 // of Program::fields
    std::vector<schema::Intrinsic> natives;        // of Program::natives
    std::vector<std::uint32_t> definitions; // its definitions as those of the image in force; no_index = gone
};

// A handler, command or timer that runs now. They nest: before handlers run inside what causes them.
struct Context {
    Engine::Cause cause;
    const LoadedImage* image = nullptr;
    Handle fiber;                                  // the row it goes on from, if it is a resumed one
    bool nested = false;                           // must finish at once
    std::int64_t draws = 0;
    int spawns = 0;
    std::vector<Handle> bound;
    std::uint32_t on_cancel = no_index;
    bool prevented = false, told = false;
    std::optional<std::uint64_t> wait_ticks;       // it has asked to wait
    Slot answer = 0;
};

// An event that waits for its after handlers, or a function that shall run by itself (on cancel).
struct QueuedEvent {
    Event event = Event::none;
    std::uint32_t author_event = no_index;
    Handle target, room, actor;
    EventArguments arguments;
    int depth = 0;
    const LoadedImage* image = nullptr;            // on cancel: whose function
    std::uint32_t function = no_index;
    std::int64_t handler = 0;
    Handle owner;
};

// A fault, until the slice has ended and it can be counted and told.
struct PendingReport {
    FaultReport report;
    std::int64_t handler = 0;                      // name id
    bool counts = true;                            // against the handler; false for aborts of the proofs
};

struct Parts {
    explicit Parts(Engine& owner) : engine(owner), host(owner) {}

    Engine& engine;
    WorldHost host;
    std::map<std::string, std::shared_ptr<LoadedImage>> images;     // by hash
    LoadedImage* current = nullptr;
    TriggerIndex triggers;
    std::vector<std::uint32_t> definition_of_name;                  // by name id

    // ---- the slice that is open
    bool open = false;
    std::deque<Context> contexts;
    std::int64_t slice_fuel = 0;
    std::int64_t* machine_fuel = nullptr;          // of the program that runs now; null while none does
    vm::Fault pending_fault = vm::Fault::none;     // asked for by engine code, not yet taken by the machine
    bool undo = false; // the slice shall be rolled back; its fault is already noted
    bool failed = false;                           // `fail`
    std::vector<StyledRun> failure;
    std::vector<QueuedEvent> raised;
    int making_depth = 0;                          // things being made inside things
    std::vector<PendingReport> reports;

    // ---- the tick
    std::deque<QueuedEvent> events;
    std::size_t events_this_tick = 0;
    TickResult result;
    std::map<Handle, std::map<Field, Slot>> stats_before; // of creatures with a session, at the first change
    Speech speech;
    std::uint64_t zones_version = 0;               // of the next: Store::creature_moves
    bool zones_known = false;
    std::set<Handle> zones_with_players;

    // ---- proofs
    std::uint64_t abort_after = 0;                 // of the next handler
    bool aborting = false;
    std::uint64_t last_instructions = 0;
    std::uint64_t rollbacks = 0, rollbacks_wrong = 0;

    vm::Machine& machine() { return engine.machine_; }
    const WorldOptions& options() const { return engine.options_; }
    void set_options(const WorldOptions& options) { engine.options_ = options; }
    void use(LoadedImage& image);                  // makes it the one in force
    Context* top() { return contexts.empty() ? nullptr : &contexts.back(); }
    const LoadedImage& running() const {
        return contexts.empty() || !contexts.back().image ? *current : *contexts.back().image;
    }
};

}  // namespace kiln::world
