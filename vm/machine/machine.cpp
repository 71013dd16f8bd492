#include "vm/machine/machine.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "vm/machine/fiber.h"
#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

constexpr std::uint32_t registers_of_frame = 256;
constexpr std::uint32_t most_call_depth = 4096;
constexpr std::size_t most_bindings = 8;
constexpr std::uint32_t no_rows = 0;

TableView view_of(Host& host, std::uint32_t table) {
    const EntityTable answered = host.table(table);
    if (answered.rows == nullptr || answered.generations == nullptr) return {nullptr, &no_rows};
    return {answered.generations, answered.rows};
}

std::unique_ptr<Binding> make_binding(const LoadedProgram& loaded, Host& host) {
    auto binding = std::make_unique<Binding>();
    binding->program = loaded.identity();
    binding->host = host.identity();
    binding->journal = host.journal();
    for (std::uint32_t i = 0; i < most_tables; ++i) binding->tables[i] = view_of(host, i);
    const Program& program = loaded.program();
    for (std::uint32_t i = 0; i < program.fields.size(); ++i) {
        const FieldImport& import = program.fields[i];
        FieldView view{.table = binding->tables[import.table], .table_number = import.table, .index = i};
        // Strings and lists are never read through pages, so a host need not have any for them.
        if (!is_reference(import.type)) {
            const ColumnView column = host.column(program, i);
            view.pages = column.pages;
            if (binding->journal != nullptr) view.plain = column.plain;
            if (view.pages == nullptr) view.table = {nullptr, &no_rows};
        }
        binding->fields.push_back(view);
    }
    return binding;
}

RunResult refused(Fault fault) {
    RunResult result;
    result.end = RunResult::End::faulted;
    result.fault = fault;
    return result;
}

// What a finished activation of the interpreter says to whoever began it. `bottom` is its first frame.
RunResult report(const Context& context, const Outcome& outcome, const Frame* bottom) {
    MachineState& state = context.state;
    RunResult result{.end = outcome.end, .fault = outcome.fault};
    if (outcome.end == RunResult::End::returned) {
        result.value = bottom->function->has_result ? outcome.value : 0;
        return result;
    }
    const Frame* const top = state.top;
    result.function = top->function->index;
    result.pc = static_cast<std::uint32_t>(outcome.pc - top->function->code);
    if (outcome.end == RunResult::End::suspended) {
        capture_fiber(context, outcome.pc, state.fiber);
        return result;
    }
    state.trace.clear();
    for (const Frame* frame = top; frame >= bottom; --frame) state.trace.push_back(frame->function->index);
    const Instruction& instruction = context.loaded.program().functions[result.function].code[result.pc];
    result.values = fault_values(context, instruction, state.base);
    return result;
}

bool fits(const LoadedProgram& loaded, std::uint32_t function, std::span<const Slot> arguments) {
    return function < loaded.function_count() && loaded.function(function).parameters == arguments.size();
}

}  // namespace

struct Machine::State : MachineState {};

void MachineState::prepare(const Limits& wanted) {
    if (top != nullptr) {
        std::fputs("kiln: a machine that runs was asked to run\n", stderr);
        std::abort();
    }
    asked_limits.fuel = wanted.fuel;
    if (asked_limits != wanted || stack == nullptr) resize(wanted);
    fuel = std::max<std::int64_t>(wanted.fuel, 0);
    executed = stop_at == 0 ? executed : 0;
}

void MachineState::resize(const Limits& wanted) {
    asked_limits = limits = wanted;
    const std::uint32_t depth = limits.call_depth =
        std::clamp<std::uint32_t>(wanted.call_depth, 1, most_call_depth);
    if (frames.size() != depth + 1) {
        frames.assign(depth + 1, Frame{});
        // Zeroed, so that what a program does can never depend on what another one left.
        stack = std::make_unique<Slot[]>(std::size_t{registers_of_frame} * (depth + 1));
    }
    arena.set_limit(wanted.arena_bytes);
}

const Binding& MachineState::find_binding(const LoadedProgram& loaded, Host& host) {
    for (auto& binding : bindings) {
        if (binding->program != loaded.identity() || binding->host != host.identity()) continue;
        if (&binding != &bindings.front()) std::swap(binding, bindings.front());
        return *bindings.front();
    }
    // A binding in use by an outer run stays where it is in memory and must not be dropped.
    if (bindings.size() >= most_bindings && top == nullptr) bindings.pop_back();
    bindings.insert(bindings.begin(), make_binding(loaded, host));
    return *bindings.front();
}

Machine::Machine() : state_(std::make_unique<State>()) { state_->prepare(Limits{}); }
Machine::~Machine() = default;

RunResult Machine::run(const LoadedProgram& program, Host& host, std::uint32_t function,
                       std::span<const Slot> arguments, const Limits& limits) {
    State& state = *state_;
    state.prepare(limits);
    if (!fits(program, function, arguments)) return refused(Fault::bad_argument);
    const Context context{state, program, state.bind(program, host), host};
    const PreparedFunction& begun = program.function(function);
    state.base = state.stack.get();
    state.top = state.first_frame();
    *state.top = {halt_instruction(), state.base, &begun};
    std::copy(arguments.begin(), arguments.end(), state.base);
    RunResult result = report(context, interpret(context, begun.code), state.first_frame());
    result.fuel_used = std::max<std::int64_t>(limits.fuel, 0) - state.fuel;
    state.top = nullptr;
    state.stop_at = 0;
    return result;
}

RunResult Machine::resume(const LoadedProgram& program, Host& host, FiberView fiber, Slot answer,
                          const Limits& limits) {
    State& state = *state_;
    state.prepare(limits);
    const Context context{state, program, state.bind(program, host), host};
    const Restored restored = restore_fiber(state, program, fiber);
    if (restored.fault != Fault::none) {
        state.top = nullptr;
        return refused(restored.fault);
    }
    *restored.answer = answer;
    RunResult result = report(context, interpret(context, restored.pc), state.first_frame());
    result.fuel_used = std::max<std::int64_t>(limits.fuel, 0) - state.fuel;
    state.top = nullptr;
    state.stop_at = 0;
    return result;
}

RunResult Machine::nested(const LoadedProgram& program, Host& host, std::uint32_t function,
                          std::span<const Slot> arguments, std::int64_t& fuel) {
    State& state = *state_;
    if (!fits(program, function, arguments)) return refused(Fault::bad_argument);
    Frame* const outer_top = state.top;
    Slot* const outer_base = state.base;
    if (outer_top == state.last_frame()) return refused(Fault::call_too_deep);
    const Context context{state, program, state.bind(program, host), host};
    // `fuel` may be the outer run's own counter, which the interpreter uses as its own in between.
    const std::int64_t outer_fuel = state.fuel, given = std::max<std::int64_t>(fuel, 0);
    const PreparedFunction& begun = program.function(function);
    state.fuel = given;
    state.top = outer_top == nullptr ? state.first_frame() : outer_top + 1;
    state.base = outer_top == nullptr ? state.stack.get() : outer_base + outer_top->function->frame_size;
    *state.top = {halt_instruction(), state.base, &begun};
    std::copy(arguments.begin(), arguments.end(), state.base);
    ++state.nested_runs;
    const Frame* const bottom = state.top;
    RunResult result = report(context, interpret(context, begun.code), bottom);
    result.fuel_used = given - state.fuel;
    --state.nested_runs;
    const std::int64_t left = state.fuel;
    state.fuel = outer_fuel;
    state.top = outer_top;
    state.base = outer_base;
    fuel = left;
    return result;
}

void Machine::reset_arena() {
    state_->arena.reset();
    state_->loaded_blobs.clear();
}
const Fiber& Machine::fiber() const { return state_->fiber; }
std::span<const std::uint32_t> Machine::trace() const { return state_->trace; }
Arena& Machine::arena() { return state_->arena; }
void Machine::abort_after(std::uint64_t count) { state_->stop_at = count; }
std::uint64_t Machine::instructions_executed() const { return state_->executed; }

}  // namespace kiln::vm
