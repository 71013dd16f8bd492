#pragma once
// Faults: noted while a slice runs, counted and told when it has ended.

#include "world/tick/parts.h"

namespace kiln::world {

// Notes a fault of the innermost context at a place of its program (no_index: in engine code).
void note_fault(Engine& engine, vm::Fault fault, std::uint32_t function, std::uint32_t pc,
                const vm::FaultValues& values = {});
// After a slice: numbers the noted faults, counts them against their handlers, puts them into the tick's
// result. Answers the number of the last one, 0 if there was none.
std::uint64_t tell_faults(Engine& engine);
bool is_disabled(const Engine& engine, std::string_view handler);
void enable_all_handlers(Engine& engine);          // after a reload

}  // namespace kiln::world
