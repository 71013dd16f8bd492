#pragma once
// Attachments of clients to characters, their numbered output and input. All of it is state, so that a replay
// brings it back and a client goes on where it was, over a lost network or a restart.

#include "world/tick/parts.h"

namespace kiln::world {

// ---- inputs; each runs in slices of its own and never fails for the others
void attach(Engine& engine, const Input& input);
void detach(Engine& engine, const Input& input);
void acknowledge(Engine& engine, const Input& input);
void take_line(Engine& engine, const Input& input);

// What a line would show, without doing it; see World::peek.
std::optional<std::vector<Output>> peek(Engine& engine, std::uint64_t session, std::string_view line);

// ---- timers
void run_queued_lines(Engine& engine, Handle creature);   // lag is over
void end_linkdead(Engine& engine, Handle session);        // nobody has come back
void remove_session(Engine& engine, Handle session);      // a closed one has been readable long enough

// ---- between slices
// What was said since the last time is numbered, becomes state until it is acknowledged, and leaves with the
// tick. Who lets too much pile up loses the oldest and is told: `gap`, then where they are.
void keep_outputs(Engine& engine);

// ---- inside a slice
Handle new_session(Engine& engine, std::uint64_t number, Handle creature);
void enter_world(Engine& engine, Handle creature);        // from nowhere into its last room
void leave_world(Engine& engine, Handle creature);
std::vector<Output> unacknowledged(const Engine& engine, std::uint64_t session);

// Why a character cannot be called so; empty if it can.
std::string problem_of_name(const Engine& engine, std::string_view name);

}  // namespace kiln::world
