#pragma once
// The front door: an image becomes a world, the world advances by ticks. Deterministic and single-threaded:
// the state after tick N is a function of (seed, images, inputs of ticks 1..N). No clocks, no files, no
// sockets here.

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/bytecode/value.h"
#include "vm/machine/limits.h"
#include "world/schema/image.h"

namespace kiln::world {

constexpr std::uint32_t semantics_version = 2;   // bumped whenever the golden replay hash changes

struct WorldOptions {
    std::uint64_t seed = 1;
    std::uint32_t tick_ms = 100;                 // fixed for ever when a world is made
    vm::Limits limits;
};

// ---- in: what reaches the world from outside, in order. All of it goes into the journal.
struct Input {
    enum class Kind : std::uint8_t {
        attach,   // session gets a socket. character 0 = make a new one called `text` (empty: a guest name)
        detach,   // its last socket went away
        command,  // `text` typed; number = the client's own, must rise
        acknowledge,  // the client has seen outputs up to `number`
        wall_second,  // number = seconds since 1970, at most once a second, for `real` durations
        image,        // text = bytes of a new image to swap in
        staff,        // text = operator's line (issue of later: spawn, teleport)
    };
    Kind kind = Kind::command;
    std::uint64_t session = 0;                   // the server's number for it, from 1, never reused
    std::uint64_t number = 0;
    std::uint64_t character = 0;                 // attach: 64-bit entity id
    std::string text;
    bool operator==(const Input&) const = default;
};

// ---- out: what leaves, per session, numbered without gaps from 1.
struct StyledRun {                               // semantic style, never colour codes
    std::string
        style;  // "", "title", "exit", "item", "npc", "player", "say", "hit", "bad", "good", "hint", ...
    std::string text;
    bool operator==(const StyledRun&) const = default;
};

struct Output {
    enum class Kind : std::uint8_t {
        text,         // runs: one paragraph to show
        room,         // data: where one is (name, exits, things)
        prompt,       // runs: hit points and so on; data has the numbers. Sent when it has changed
        stat_update,  // data: only what changed, coalesced per tick
        closed,       // the session ends: text says why
        gap,          // unacknowledged output was dropped; a full refresh follows
    };
    // What it says. Readers of the same words share one body.
    struct Body {
        Kind kind = Kind::text;
        std::string topic;  // text: "say", "tell", "combat", "error", "room", ... for clients that sort
        std::vector<StyledRun> runs;
        std::string data;                        // JSON object, canonical; empty if none
        bool operator==(const Body&) const = default;
    };
    std::uint64_t session = 0;
    std::uint64_t number = 0;
    std::shared_ptr<const Body> body;            // never null
    const Body* operator->() const { return body.get(); }
    bool operator==(const Output& other) const {
        return session == other.session && number == other.number && *body == *other.body;
    }
};
std::string plain_text(const Output& output);    // runs joined

struct Attached {                                // answers attach inputs, in order
    std::uint64_t session = 0;
    std::uint64_t character = 0;                 // 64-bit id; 0 = refused, reason says why
    std::string name;
    std::uint64_t last_input = 0;                // highest client number already accepted
    std::uint64_t next_output = 1;
    std::string reason;
};

struct FaultReport {
    std::uint64_t report = 0;                    // number shown to the player
    std::uint64_t tick = 0;
    std::string handler, fault, file, message;   // message: the fault's text with values
    std::uint32_t line = 0, column = 0;
    std::string self, actor;                     // names, for people
    bool disabled = false;                       // this was the fifth in ten minutes
};

struct TickResult {
    std::uint64_t tick = 0;
    std::uint64_t hash = 0;                      // of the whole state after the tick
    std::vector<Output> outputs;                 // new ones, one session after the other
    std::vector<Attached> attached;
    std::vector<FaultReport> faults;
    std::vector<std::pair<std::uint64_t, std::uint64_t>>
        accepted;  // (session, client number) taken over: durable when the tick is
    // Lines that were run, for the operator's log: what they were taken for, never what was typed.
    struct Line { std::uint64_t session = 0, character = 0, bytes = 0; std::string verb; };
    std::vector<Line> lines;
    std::uint64_t slices = 0, handlers = 0, commands = 0, fuel = 0;  // counters for metrics
    std::string reload_problem;                  // an image input that was refused
};

struct WorldProblem {
    std::string message;
};

// ---- read-only views, for server, tests and staff
struct PlayerView {
    std::uint64_t character = 0;
    std::string name, room;
    std::int64_t level = 0, hp = 0, max_hp = 0;
    bool attached = false;
};
struct SessionView {
    std::uint64_t session = 0, character = 0;    // character 0: closed, still readable
    bool is_attached = false;
};
struct EntityView {
    vm::Handle handle;
    std::uint64_t id = 0;
    std::string definition;                      // "mill.cellar"
    std::vector<std::pair<std::string, std::string>> fields;   // name, value as text
};

// An image that was read, checked and verified once, for any number of worlds, of several threads, too.
struct PreparedImage;
std::expected<std::shared_ptr<const PreparedImage>, WorldProblem> prepare_image(std::string bytes);

class World {
   public:
      // A new world: rooms, doors and first spawns are made. Refuses an image that does not verify or fit the
      // vocabulary.
      static std::expected<std::unique_ptr<World>, WorldProblem> create(std::string image_bytes,
                                                                        const WorldOptions& options);
      static std::expected<std::unique_ptr<World>, WorldProblem> create(
          std::shared_ptr<const PreparedImage> image, const WorldOptions& options);
      // From save(): byte for byte the same world. `images`: every image the state names, by hash (see
      // images_needed()).
      // `known` spares reading the image again if the state names it.
      static std::expected<std::unique_ptr<World>, WorldProblem> restore(
          std::string_view state, std::shared_ptr<const PreparedImage> known = nullptr);
      ~World();

      TickResult tick(std::span<const Input> inputs);
      // What a line would show to its session, if it can be done without changing anything; nothing if it cannot.
      // For a world that has to stand still: the outputs have no numbers, and afterwards all is as it was.
      std::optional<std::vector<Output>> peek(std::uint64_t session, std::string_view line);
      std::string save() const;  // state with its images; checksummed, versioned, compressed

      std::uint64_t tick_number() const;
      std::uint32_t tick_ms() const;
      std::uint64_t hash() const;                // kept incrementally
      std::uint64_t full_hash() const;           // recomputed from nothing; equals hash()
      bool is_quiet(std::uint64_t ticks) const;  // nothing is due within so many ticks

      std::vector<PlayerView> players() const;
      std::vector<SessionView> sessions() const;                        // by number
      std::vector<Output> unacknowledged(std::uint64_t session) const;  // for resuming clients
      std::vector<EntityView> entities(std::string_view definition) const;
      const schema::Image& image() const;
      std::string image_hash() const;

      // Test doors, used by scenario/ and the proofs; they act like inputs but are not journaled.
      class Probe;
      Probe& probe();

   private:
    World();
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kiln::world
