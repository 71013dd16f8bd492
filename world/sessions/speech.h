#pragma once
// What has been said in this tick and is not yet numbered. Slices add to it and take back what they added;
// at the end of the tick it becomes the sessions' unacknowledged output (outbox.cpp).

#include <cstdint>
#include <utility>
#include <vector>

#include "world/engine.h"

namespace kiln::world {

class Speech {
   public:
    struct Said {
        Handle session, reader;
        std::size_t bytes = 0;               // counted once for a reader, however many sessions there are
        SharedBody body;
    };

    // Counts what one reader and what all get in a slice; a new slice starts at nothing.
    void begin_slice();
    // False: more than a slice may say. Nothing has been added then.
    bool say(Handle reader, std::span<const Handle> sessions, const SharedBody& body);
    void say_to_session(Handle session, SharedBody body) {
        said_.push_back({session, {}, 0, std::move(body)});
    }

    // One more thing that somebody does in a crowd. False: the bystanders have had enough of them this tick.
    bool crowd_listens(Handle room);
    // How many things bystanders have missed in this tick: rooms in the order in which it began.
    struct Missed { Handle room; std::size_t count = 0; };
    std::vector<Missed> missed() const;

    struct Mark { std::size_t said = 0, noises = 0; };
    Mark mark() const { return {said_.size(), noises_.size()}; }
    void roll_back(Mark mark);

    bool is_empty() const { return said_.empty(); }
    const std::vector<Said>& all() const { return said_; }
    std::vector<Said> take() { return std::exchange(said_, {}); }
    void end_tick() { noises_.clear(); }

   private:
    struct Noise { Handle room; std::size_t ordinal = 0; };          // the n-th of this tick there
    std::vector<Said> said_;
    std::vector<Noise> noises_;
    std::size_t slice_begin_ = 0, slice_bytes_ = 0;
    std::vector<std::size_t> reader_bytes_;      // in this slice, by row of the creature
};

}  // namespace kiln::world
