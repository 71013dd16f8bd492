#pragma once
// Suspended handlers: rows that hold frames, wake by a timer, and end when what they are bound to is gone.

#include "world/tick/parts.h"

namespace kiln::world {

// Stores what the machine handed back, as a fiber of the innermost context, and its timer. A fault if it may
// not wait.
vm::Fault suspend(Engine& engine, vm::FiberView frames);
// The timer of a fiber is due: goes on in a slice of its own, or begins a forked block.
void wake_fiber(Engine& engine, Handle fiber, Slot answer);
// `overlap: queue`: the handler of the innermost context runs when those before it have ended. Handlers of
// words, which cannot be kept, are skipped instead.
vm::Fault queue_handler(Engine& engine, const HandlerDef& handler, std::span<const Slot> arguments);
// Ends it; its `on cancel` block is queued. Within the open slice.
void cancel_fiber(Engine& engine, Handle fiber);
// Cancels what belongs to an entity that ceases, or is bound to it.
void cancel_fibers_with(Engine& engine, Handle entity);

std::vector<Handle> fibers_of_handler(const Engine& engine, Handle self, std::string_view handler);
// A bound thing or the owner is gone: it must not go on.
bool is_orphaned(const Engine& engine, Handle fiber);

}  // namespace kiln::world
