#pragma once
// Runs verified programs. One Machine is one stack and one arena, used for one slice at a time; it keeps
// nothing between slices. A slice ends by returning, by suspending (then the frames come back as plain data:
// a Fiber) or by a fault. Not thread safe; deterministic: same program, arguments, limits and host answers
// give the same result and fuel.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "vm/bytecode/fault_text.h"
#include "vm/bytecode/program.h"
#include "vm/machine/arena.h"
#include "vm/machine/host.h"
#include "vm/machine/limits.h"

namespace kiln::vm {

// A program that passed the verifier, prepared for the interpreter. Cheap to ask, expensive to make: once per
// image.
class LoadedProgram;

struct LoadProblem {
    std::string message;
};

// Verifies. Nothing runs that did not come through here. The program must outlive the result.
std::shared_ptr<const LoadedProgram> load_program(const Program& program, LoadProblem& problem);
const Program& program_of(const LoadedProgram& loaded);

// A suspended program as plain data, which is also what a snapshot keeps: words that point nowhere (fiber.cpp
// says which). Only what will be read again is in it.
using Fiber = std::vector<Slot>;
using FiberView = std::span<const Slot>;

// Nothing if the fiber fits the program in every respect, so that resuming it cannot be refused; else a
// sentence.
std::optional<std::string> check_fiber(const LoadedProgram& program, FiberView fiber, const Limits& limits);

struct RunResult {
    enum class End : std::uint8_t { returned, suspended, faulted };
    End end = End::returned;
    Fault fault = Fault::none;           // faulted
    std::uint32_t function = 0, pc = 0;  // faulted or suspended: where
    Slot value = 0;                      // returned: the result (a reference is valid until the next run)
    std::int64_t fuel_used = 0;
    FaultValues values{};  // faulted: what the instruction was working with
};

class Machine {
   public:
    Machine();
    ~Machine();
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    // Starts a slice. Arguments must match the function's parameters; string arguments are Reference slots
    // made with arena() after reset_arena().
    RunResult run(const LoadedProgram& program, Host& host, std::uint32_t function,
                  std::span<const Slot> arguments, const Limits& limits);
    // Goes on after a suspension, with the fuel of a new slice. Like run(), it leaves the arena as it is.
    // `answer` becomes the value of the native that suspended. A fiber whose shape does not fit the program
    // (a damaged file) is refused with Fault::bad_argument, never trusted. `fiber` may be this machine's own.
    RunResult resume(const LoadedProgram& program, Host& host, FiberView fiber, Slot answer,
                     const Limits& limits);

    // Of the last run, until the next one: the frames it left when it suspended; the functions on the stack
    // when it faulted, innermost first.
    const Fiber& fiber() const;
    std::span<const std::uint32_t> trace() const;

    // run() does not reset the arena, so that arguments can be built in it and a formula can be run while a
    // handler's slice is in progress (the host calls back in through nested(); depth counts against
    // limits.call_depth).
    void reset_arena();
    Arena& arena();
    // Runs a function that cannot suspend from inside a native, on the same stack, arena and fuel. A fault is
    // the result's alone: the native decides what its own caller hears. Outside any run it begins one, with
    // the last limits.
    RunResult nested(const LoadedProgram& program, Host& host, std::uint32_t function,
                     std::span<const Slot> arguments, std::int64_t& fuel);

    // Testing hook: stop with Fault::out_of_fuel before the instruction numbered `count` (from 1) of the next
    // run or resume, nested runs included (0 = off). Instructions are counted in such a run only: a huge
    // count just counts.
    void abort_after(std::uint64_t count);
    std::uint64_t instructions_executed() const;  // in the last run that was counted

   private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kiln::vm
