// The opcodes that leave the loop: natives, blobs, texts.

#include <algorithm>

#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

constexpr std::size_t bytes_per_fuel = 64;

// Charges for bytes; false if that is more fuel than is left.
bool charge_bytes(MachineState& state, std::size_t bytes) {
    state.fuel -= static_cast<std::int64_t>(bytes / bytes_per_fuel);
    return state.fuel >= 0;
}

// Strings and lists are bounded wherever they enter the program.
Fault check_length(const MachineState& state, const Program& program, SlotType type, Slot value) {
    if (type == SlotType::string) {
        return state.arena.string(program, value).size() > state.limits.string_bytes ? Fault::string_too_long
                                                                                     : Fault::none;
    }
    if (!is_list(type)) return Fault::none;
    return state.arena.list(value).size() > state.limits.list_length ? Fault::list_too_long : Fault::none;
}

}  // namespace

NativeResult call_native(const Context& context, const Instruction& instruction, Slot* base) {
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const auto index = static_cast<std::uint32_t>(instruction.imm);
    const NativeImport& native = program.natives[index];
    const std::span<const Slot> arguments(base + instruction.a, native.parameters.size());
    NativeCall call{index, arguments, state.arena, program, state.fuel};
    NativeResult result = context.host.call(call);
    if (result.fault != Fault::none) return result;
    if (result.suspend) {
        if (state.nested_runs > 0 || !native.may_suspend) result.fault = Fault::cannot_suspend;
        return result;
    }
    if (is_reference(native.result)) result.fault = check_length(state, program, native.result, result.value);
    return result;
}

Fault load_blob(const Context& context, const Instruction& instruction, Slot* base) {
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const auto index = static_cast<std::uint32_t>(instruction.imm);
    const Handle handle = Handle::from_slot(base[instruction.b]);
    if (const Fault fault = context.binding.fields[index].check(handle); fault != Fault::none) return fault;
    const std::string_view bytes = context.host.load_bytes(program, index, handle);
    if (!charge_bytes(state, bytes.size())) return Fault::out_of_fuel;
    const SlotType type = program.fields[index].type;
    if (type == SlotType::string && bytes.size() > state.limits.string_bytes) return Fault::string_too_long;
    const std::optional<Slot> value = state.arena.from_blob(type, bytes);
    if (!value) return Fault::out_of_memory;
    base[instruction.a] = *value;
    return check_length(state, program, type, *value);
}

Fault store_blob(const Context& context, const Instruction& instruction, Slot* base) {
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const auto index = static_cast<std::uint32_t>(instruction.imm);
    const Handle handle = Handle::from_slot(base[instruction.a]);
    if (const Fault fault = context.binding.fields[index].check(handle); fault != Fault::none) return fault;
    const SlotType type = program.fields[index].type;
    const Slot value = base[instruction.b];
    if (const Fault fault = check_length(state, program, type, value); fault != Fault::none) return fault;
    // One string may stand in a list many times: what could not be loaded again is not stored.
    const std::size_t most = state.arena.most_blob_bytes(program, type, value);
    if (most > state.limits.arena_bytes) return Fault::out_of_memory;
    if (!charge_bytes(state, most)) return Fault::out_of_fuel;
    if (type == SlotType::string) {
        return context.host.store_bytes(program, index, handle, state.arena.string(program, value));
    }
    state.scratch.clear();
    state.arena.append_blob(state.scratch, program, type, value);
    return context.host.store_bytes(program, index, handle, state.scratch);
}

Fault make_text(const Context& context, const Instruction& instruction, Slot* base) {
    MachineState& state = context.state;
    const auto index = static_cast<std::uint32_t>(instruction.imm);
    const auto& types = context.loaded.program().texts[index].arguments;
    const std::span<const Slot> arguments(base + instruction.b, types.size());
    std::uint32_t parts = 1;
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i] == SlotType::text) parts += state.arena.text_parts(arguments[i]);
    }
    if (parts > state.limits.text_parts) return Fault::string_too_long;
    const std::optional<Slot> text = state.arena.add_text(index, arguments, parts);
    if (!text) return Fault::out_of_memory;
    base[instruction.a] = *text;
    return Fault::none;
}

}  // namespace kiln::vm
