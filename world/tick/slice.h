#pragma once
// The slice: the unit of commit. Everything that runs, runs in one; it commits wholly or leaves nothing but a
// report.

#include <functional>

#include "world/tick/parts.h"

namespace kiln::world {

struct SliceEnd {
    bool committed = false;
    bool failed = false;                           // by `fail`; then why
    std::vector<StyledRun> why;
    std::uint64_t report = 0;                      // the number of the fault report, if it faulted
};

// Runs `body` as a slice. It must not be called while one is open. What it raised is in Parts::events
// afterwards.
SliceEnd run_slice(Engine& engine, const Engine::Cause& cause, const LoadedImage* image,
                   const std::function<void()>& body);

// A part of the open slice that can be taken back alone.
class Savepoint {
   public:
    explicit Savepoint(Engine& engine);
    void roll_back();

   private:
    Engine& engine_;
    Store::Mark mark_;
    Speech::Mark speech_;
    std::size_t raised_;
    std::uint64_t hash_;
};

// How a function of the innermost context's image ended. Suspended ones have become a fiber row.
enum class Ran : std::uint8_t { returned, suspended, faulted };
struct RanFunction {
    Ran end = Ran::returned;
    Slot value = 0;
};
enum class RunAs : std::uint8_t {
    question,
    handler
}; // questions (conditions, formulas) cannot wait and abort no proof

// A context on top of the running one, for as long as it lives. Questions draw on with the numbers of who
// asks.
class InnerContext {
   public:
    InnerContext(Engine& engine, const Engine::Cause& cause, const LoadedImage* image);
    static InnerContext question(Engine& engine);    // of the image in force
    InnerContext(const InnerContext&) = delete;
    ~InnerContext();

   private:
    InnerContext(Engine& engine, bool);
    Engine& engine_;
    bool shares_draws_ = false;
};

// Runs a function in the open slice, inside the program that runs now if there is one. A fault is noted for a
// report; undoing is the caller's business.
RanFunction run_function(Engine& engine, std::uint32_t function, std::span<const Slot> arguments, RunAs as);
// The rest of a suspended program: its frames come from the context's fiber row.
RanFunction resume_function(Engine& engine, vm::FiberView fiber, Slot answer);

// The function's parameters filled from entities in order; others get nothing. For blocks that know only self
// and who.
std::vector<Slot> entities_for(const schema::Image& image, std::uint32_t function,
                               std::initializer_list<Handle> entities);

}  // namespace kiln::world
