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

struct PreparedFunction {
    const Instruction* code = nullptr;  // jump targets are relative to the jump
    std::uint32_t index = 0;
    std::uint32_t call_cost = 1;
    std::uint32_t frame_size = 0;
    std::vector<SuspensionPoint> points;
};

class LoadedProgram {
   public:
    explicit LoadedProgram(const Program& program);

    const Program& program() const { return program_; }
    std::uint64_t identity() const { return identity_; }
    const PreparedFunction* functions() const { return functions_.data(); }
    const PreparedFunction& function(std::uint32_t index) const { return functions_[index]; }
    // The suspension point whose call is the instruction `pc`; nullptr if that cannot suspend.
    const SuspensionPoint* point_at(std::uint32_t function, std::uint32_t pc) const;

   private:
    const Program& program_;
    std::uint64_t identity_;
    std::vector<Instruction> code_;
    std::vector<PreparedFunction> functions_;
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

struct FieldView {
    TableView table;
    const Slot* const* const* pages = nullptr;
    std::uint32_t table_number = 0;

    Fault check(Handle handle) const {
        if (handle.is_nobody()) return Fault::entity_gone;
        if (handle.table() != table_number) return Fault::wrong_kind;
        return table.is_alive(handle) ? Fault::none : Fault::entity_gone;
    }
};

// A program's imports, answered by one host.
struct Binding {
    std::uint64_t program = 0, host = 0;
    std::vector<FieldView> fields;
    std::array<TableView, most_tables> tables;
};

struct Frame {
    const Instruction* return_pc = nullptr;
    Slot* caller_base = nullptr;
    const PreparedFunction* function = nullptr;
};

struct MachineState {
    Arena arena;
    Limits limits;
    std::vector<Slot> stack;
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
    const Binding& bind(const LoadedProgram& loaded, Host& host);
};

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
    const Instruction* pc = nullptr;  // the instruction that faulted or suspended
};

// Runs from `pc` in the frame state.top until that frame's call chain returns to a halt instruction, suspends
// or faults; then state.top and state.base say where it was.
Outcome interpret(const Context& context, const Instruction* pc);
extern const Instruction halt_instruction;

// What is too long for the loop itself. Fuel is in state.fuel while they run; they charge before they work.
NativeResult call_native(const Context& context, const Instruction& instruction, Slot* base);
Fault load_blob(const Context& context, const Instruction& instruction, Slot* base);  // take_blob, too
Fault store_blob(const Context& context, const Instruction& instruction, Slot* base);  // put_blob, too
void return_blob(const Context& context, const Instruction& instruction, Slot* base);
Fault make_text(const Context& context, const Instruction& instruction, Slot* base);
Fault collect(const Context& context, const Instruction& instruction, Slot* base);  // lists, sets, maps, records

constexpr std::int64_t bytes_per_fuel = 64;
constexpr std::int64_t elements_per_fuel = 16;

// How a value of the program is read from a blob.
Arena::BlobLimits blob_limits(const MachineState& state);
Arena::IsAlive alive_in(const Context& context);

}  // namespace kiln::vm
