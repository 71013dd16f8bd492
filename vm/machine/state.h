#pragma once
// What a machine is made of; private to this folder. The slot stack is one array: a callee's registers begin
// at the caller's argument registers. A frame's depth bounds its place, so calls check the depth only.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vm/bytecode/type_flow.h"
#include "vm/machine/machine.h"

namespace kiln::vm {

// An instruction as the interpreter runs it: where its code is, and its operands. `imm` is prepared too:
// jumps hold the way to go in bytes, field opcodes and calls the place of their row in bytes. Instruction by
// instruction the same as the portable code, so that a place in one is a place in the other.
struct Prepared {
    const void* label = nullptr;
    std::uint8_t a = 0;
    Opcode op = Opcode::halt;
    std::uint8_t b = 0, c = 0;
    std::int32_t imm = 0;

    std::uint16_t distance() const { return static_cast<std::uint16_t>(b | (c << 8)); }
};
static_assert(sizeof(Prepared) == 16);

struct PreparedFunction {
    const Prepared* code = nullptr;
    std::uint32_t index = 0;
    std::uint32_t call_cost = 1;
    std::uint32_t frame_size = 0;
    std::uint32_t parameters = 0;
    bool has_result = false;
};

struct PreparedNative {
    std::uint32_t index = 0;
    std::uint16_t parameters = 0;
    SlotType result = SlotType::nothing;
    bool may_suspend = false;
};

class LoadedProgram {
   public:
    explicit LoadedProgram(const Program& program);

    const Program& program() const { return program_; }
    std::uint64_t identity() const { return identity_; }
    const PreparedFunction* functions() const { return functions_.data(); }
    const PreparedFunction& function(std::uint32_t index) const { return functions_[index]; }
    std::uint32_t function_count() const { return static_cast<std::uint32_t>(functions_.size()); }
    const PreparedNative* natives() const { return natives_.data(); }
    // The suspension point whose call is the instruction `pc`; nullptr if that cannot suspend.
    const SuspensionPoint* point_at(std::uint32_t function, std::uint32_t pc) const;

   private:
    const Program& program_;
    std::uint64_t identity_;
    std::vector<Prepared> code_;
    std::vector<PreparedFunction> functions_;
    std::vector<PreparedNative> natives_;
    std::vector<std::vector<SuspensionPoint>> points_;  // by function
};

// One table as the interpreter sees it; always dereferenceable, a missing table has no rows.
struct TableView {
    const Slot* const* const* generations = nullptr;
    const std::uint32_t* rows = nullptr;

    bool is_alive(Handle handle) const {
        const std::uint32_t index = handle.index();
        return handle.generation != 0 && index < *rows &&
               (*generations)[index / page_rows][index % page_rows] == static_cast<Slot>(handle.generation);
    }
};

struct alignas(64) FieldView {
    TableView table;
    const Slot* const* const* pages = nullptr;
    std::uint32_t table_number = 0;
    std::uint32_t index = 0;  // of Program::fields
    PlainColumn plain;

    bool has(Handle handle) const { return handle.table() == table_number && table.is_alive(handle); }
    Fault why_not(Handle handle) const {
        const bool other = !handle.is_nobody() && handle.table() != table_number;
        return other ? Fault::wrong_kind : Fault::entity_gone;
    }
    Fault check(Handle handle) const { return has(handle) ? Fault::none : why_not(handle); }
};

// A program's imports, answered by one host.
struct Binding {
    std::uint64_t program = 0, host = 0;
    Journal* journal = nullptr;
    std::vector<FieldView> fields;
    std::array<TableView, most_tables> tables;
};

struct Frame {
    const Prepared* return_pc = nullptr;
    Slot* caller_base = nullptr;
    const PreparedFunction* function = nullptr;
};

struct MachineState {
    Arena arena;
    Limits limits;
    Limits asked_limits;  // as they were given, before they were made sound
    std::unique_ptr<Slot[]> stack;
    std::vector<Frame> frames;  // the first is nobody's: below the outermost there is a place to return to
    std::vector<std::unique_ptr<Binding>> bindings;  // the latest first
    std::string scratch;                             // blobs on their way to the host
    // Values loaded in this slice, so that looking at one again costs no memory.
    struct LoadedBlob {
        std::uint64_t program = 0, stamp = 0;
        std::uint32_t field = 0;
        Slot entity = 0, value = 0;
    };
    std::vector<LoadedBlob> loaded_blobs;
    Fiber fiber;                                     // of the last suspension
    std::vector<std::uint32_t> trace;                // of the last fault

    // Where a run is while it is not in the interpreter: in a native, or over.
    Frame* top = nullptr;  // the innermost frame; nullptr when nothing runs
    Slot* base = nullptr;  // its registers
    std::int64_t fuel = 0;
    int nested_runs = 0;

    std::uint64_t stop_at = 0;  // abort_after
    std::uint64_t executed = 0;

    void prepare(const Limits& wanted);
    Frame* first_frame() { return frames.data() + 1; }
    Frame* last_frame() { return frames.data() + frames.size() - 1; }
    const Binding& bind(const LoadedProgram& loaded, Host& host) {
        const bool is_latest = !bindings.empty() && bindings.front()->program == loaded.identity() &&
                               bindings.front()->host == host.identity();
        return is_latest ? *bindings.front() : find_binding(loaded, host);
    }

 private:
    void resize(const Limits& wanted);
    const Binding& find_binding(const LoadedProgram& loaded, Host& host);
};

// Rows that prepared instructions name by their place in bytes.
template <typename Row>
const Row* row_at(const Row* rows, std::int32_t bytes) {
    return reinterpret_cast<const Row*>(reinterpret_cast<const char*>(rows) + bytes);
}

// Everything one activation of the interpreter needs.
struct Context {
    MachineState& state;
    const LoadedProgram& loaded;
    const Binding& binding;
    Host& host;
};

struct Outcome {
    RunResult::End end = RunResult::End::returned;
    Fault fault = Fault::none;
    Slot value = 0;
    const Prepared* pc = nullptr;  // the instruction that faulted or suspended
};

// Runs from `pc` in the frame state.top until that frame's call chain returns to a halt instruction, suspends
// or faults; then state.top and state.base say where it was.
Outcome interpret(const Context& context, const Prepared* pc);
const Prepared* halt_instruction();
const void* label_of(Opcode op);

// What is too long for the loop itself. Fuel is in state.fuel while they run; they charge before they work.
NativeResult call_native(const Context& context, const Prepared& instruction, Slot* base);
Fault load_blob(const Context& context, const Prepared& instruction, Slot* base);  // take_blob, too
Fault store_blob(const Context& context, const Prepared& instruction, Slot* base);  // put_blob, too
void return_blob(const Context& context, const Prepared& instruction, Slot* base);
Fault make_text(const Context& context, const Prepared& instruction, Slot* base);
Fault collect(const Context& context, const Prepared& instruction, Slot* base);  // lists, sets, maps, records

// What the faulting instruction was working with; its registers are as it found them.
FaultValues fault_values(const Context& context, const Instruction& instruction, const Slot* base);

constexpr std::int64_t bytes_per_fuel = 64;
constexpr std::int64_t elements_per_fuel = 16;

// How a value of the program is read from a blob.
Arena::BlobLimits blob_limits(const MachineState& state);
Arena::IsAlive alive_in(const Context& context);

}  // namespace kiln::vm
