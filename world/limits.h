#pragma once
// What handlers and clients may use of the world. Deterministic: nothing here is wall time. Each row has a
// test.

#include <cstddef>
#include <cstdint>

namespace kiln::world::limits {

constexpr int cascade_depth = 10;                        // events that cause events
constexpr int spawns_per_activation = 50;
constexpr std::size_t fibers_per_handler = 8;            // suspended at once, for one entity
constexpr std::int64_t sampling_ms = 1000;               // how often what waits for others looks again
constexpr std::size_t bound_per_fiber = 16;
constexpr std::size_t timers_per_owner = 256;
constexpr std::size_t output_bytes_per_reader = 64 * 1024;      // in one slice
constexpr std::size_t output_bytes_per_slice = 4 * 1024 * 1024;
constexpr std::size_t crowd = 30;                        // creatures in a room from which it is a crowd:
constexpr std::size_t crowd_lines_per_tick = 5;          // bystanders read so many doings, then how many more
constexpr std::size_t people_named = 12;                 // players in a room who are called by name; the
                                                         // others are counted
constexpr std::size_t players_listed = 100;              // by `who`; the others are counted
constexpr std::size_t events_per_tick = 20'000;          // causes of after-handlers; more is a runaway, which
                                                         // is reported and cut off
constexpr std::size_t timers_per_tick = 200'000;         // the others are run in the next one

constexpr std::int64_t retry_ms = 5'000;                 // until a timer whose slice faulted is due again
constexpr std::int64_t faults_until_disabled = 5;        // of one handler ...
constexpr std::int64_t fault_window_ms = 10 * 60 * 1000; // ... in ten minutes

constexpr std::size_t queued_lines = 20;                 // behind lag, per creature
constexpr std::size_t line_bytes = 2'000;                // of one command; the server takes no longer one
constexpr std::size_t outbox_bytes = 256 * 1024;         // unacknowledged output of one session
constexpr std::size_t output_record_bytes = 32 * 1024;   // of it in one row, unless one output is larger
constexpr std::int64_t linkdead_ms = 60 * 1000;          // from the last socket to the body leaving the world
constexpr std::int64_t closed_session_ms = 60 * 1000;    // a closed session can still be read so long
constexpr std::size_t remembered_lines = 10, remembered_line_bytes = 100;   // for ! and ^
constexpr std::size_t aliases = 30, alias_name_bytes = 15, alias_bytes = 200;
constexpr std::size_t lines_of_alias = 10;
constexpr std::size_t shortest_name = 3, longest_name = 20;
constexpr std::int64_t things_per_spawn = 100;           // that one line of a declaration makes at once

}  // namespace kiln::world::limits
