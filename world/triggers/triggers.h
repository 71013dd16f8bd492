#pragma once
// The running of handlers: who hears, which clauses agree, what becomes of the events that wait. Private to
// my rooms.

#include "world/tick/parts.h"

namespace kiln::world {

// Runs the after handlers of everything in Parts::events, first in first out, each in a slice of its own, and
// of what they raise in turn.
void run_events(Engine& engine);

// The arguments of a handler: self, then the event's parameters. Words go into the arena of the open slice.
std::vector<Slot> handler_arguments(Engine& engine, const HandlerDef& handler, Handle self,
                                    const EventArguments& arguments);

// Do the clauses agree (disabled, once, cooldown, overlap, when, chance)? Within the handler's own context.
bool clauses_agree(Engine& engine, const HandlerDef& handler, Handle self, Handle actor,
                   std::span<const Slot> arguments);
// Remembers that it has run, for once and cooldown.
void note_run(Engine& engine, const HandlerDef& handler, Handle self, Handle actor);
// One of the patterns is there in words, or there are none.
bool fits_words(const HandlerDef& handler, std::string_view words);

// A row of Listener's handler runs in the open slice, in a context of its own, clauses asked.
Engine::RunEnd run_handler(Engine& engine, const Engine::Listener& listener, Handle actor,
                           std::span<const Slot> arguments, int depth);

// The timer of an `every` handler is due.
void run_every(Engine& engine, Handle owner, std::int64_t handler_name);
// All `every` timers of the world as the image in force wants them; after a reload.
void renew_every(Engine& engine);

// The parameter of an event that is who does it; nobody if it has none.
Handle actor_of(Event event, const EventArguments& arguments);

}  // namespace kiln::world
