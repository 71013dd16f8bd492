// The opcodes that leave the loop: natives, blobs, texts.

#include <algorithm>

#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

// Charges for bytes; false if that is more fuel than is left.
bool charge_bytes(MachineState& state, std::size_t bytes) {
    state.fuel -= static_cast<std::int64_t>(bytes) / bytes_per_fuel;
    return state.fuel >= 0;
}

// Strings and composites are bounded wherever they enter the program.
Fault check_length(const MachineState& state, const Program& program, SlotType type, Slot value) {
    if (type == SlotType::string) {
        return state.arena.string(program, value).size() > state.limits.string_bytes ? Fault::string_too_long
                                                                                     : Fault::none;
    }
    const auto* const composite = composite_of(program, type);
    if (composite == nullptr || composite->kind == CompositeType::Kind::record) return Fault::none;
    const std::size_t length = state.arena.list(value).size() / composite->parts.size();
    return length > state.limits.list_length ? Fault::list_too_long : Fault::none;
}

std::vector<MachineState::LoadedBlob>::iterator find_blob(const Context& context, std::uint32_t field,
                                                          Handle entity) {
    auto& known = context.state.loaded_blobs;
    return std::find_if(known.begin(), known.end(), [&](const MachineState::LoadedBlob& one) {
        return one.field == field && one.entity == entity.to_slot() &&
               one.program == context.loaded.identity();
    });
}

// Remembers what a field holds, if the host knows when that changes.
void remember_blob(const Context& context, std::uint32_t field, Handle entity, Slot value) {
    constexpr std::size_t most_remembered = 32;
    auto& known = context.state.loaded_blobs;
    const std::uint64_t stamp = context.host.stamp_of(context.loaded.program(), field, entity);
    if (stamp == 0) return;
    if (const auto found = find_blob(context, field, entity); found != known.end()) known.erase(found);
    if (known.size() >= most_remembered) known.erase(known.begin());
    known.push_back({context.loaded.identity(), stamp, field, entity.to_slot(), value});
}

// The value that this slice has already built from what the field holds, if there is one.
std::optional<Slot> known_blob(const Context& context, std::uint32_t field, Handle entity, bool take) {
    auto& known = context.state.loaded_blobs;
    const auto found = find_blob(context, field, entity);
    if (found == known.end()) return std::nullopt;
    const Slot value = found->value;
    const bool same = found->stamp == context.host.stamp_of(context.loaded.program(), field, entity);
    if (take || !same) known.erase(found);
    return same ? std::optional(value) : std::nullopt;
}

}  // namespace

Arena::BlobLimits blob_limits(const MachineState& state) {
    return {state.limits.value_bytes, state.limits.list_length, state.limits.string_bytes};
}

Arena::IsAlive alive_in(const Context& context) {
    return [&binding = context.binding](Slot entity) {
        const Handle handle = Handle::from_slot(entity);
        return binding.tables[handle.table()].is_alive(handle);
    };
}

NativeResult call_native(const Context& context, const Prepared& instruction, Slot* base) {
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const PreparedNative& native = *row_at(context.loaded.natives(), instruction.imm);
    const std::span<const Slot> arguments(base + instruction.a, native.parameters);
    NativeCall call{native.index, arguments, state.arena, program, state.fuel};
    NativeResult result = context.host.call(call);
    if (result.fault != Fault::none) return result;
    if (result.suspend) {
        if (state.nested_runs > 0 || !native.may_suspend) result.fault = Fault::cannot_suspend;
        return result;
    }
    if (is_reference(native.result)) result.fault = check_length(state, program, native.result, result.value);
    // It may be, or be part of, something that the program holds already.
    if (is_composite(native.result)) state.arena.share(result.value);
    return result;
}

Fault load_blob(const Context& context, const Prepared& instruction, Slot* base) {
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const FieldView& field = *row_at(context.binding.fields.data(), instruction.imm);
    const std::uint32_t index = field.index;
    const Handle handle = Handle::from_slot(base[instruction.b]);
    if (const Fault fault = field.check(handle); fault != Fault::none) return fault;
    const std::string_view bytes = context.host.load_bytes(program, index, handle);
    if (!charge_bytes(state, bytes.size())) return Fault::out_of_fuel;
    const SlotType type = program.fields[index].type;
    const bool take = instruction.op == Opcode::take_blob;
    if (type == SlotType::string && bytes.size() > state.limits.string_bytes) return Fault::string_too_long;
    auto value = known_blob(context, index, handle, take);
    if (!value) {
        value = state.arena.from_blob(program, type, bytes, blob_limits(state), alive_in(context));
        if (!value) return Fault::out_of_memory;
        if (!take && !bytes.empty()) remember_blob(context, index, handle, *value);
    }
    if (is_composite(type) && !take) state.arena.share(*value);
    base[instruction.a] = *value;
    return check_length(state, program, type, *value);
}

Fault store_blob(const Context& context, const Prepared& instruction, Slot* base) {
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const FieldView& field = *row_at(context.binding.fields.data(), instruction.imm);
    const std::uint32_t index = field.index;
    const Handle handle = Handle::from_slot(base[instruction.a]);
    if (const Fault fault = field.check(handle); fault != Fault::none) return fault;
    const SlotType type = program.fields[index].type;
    const Slot value = base[instruction.b];
    if (const Fault fault = check_length(state, program, type, value); fault != Fault::none) return fault;
    // What could not be loaded again is not stored; so much is written before it is charged, and no more.
    state.scratch.clear();
    if (!state.arena.append_blob(state.scratch, program, type, value, state.limits.value_bytes))
        return Fault::value_too_large;
    if (!charge_bytes(state, state.scratch.size())) return Fault::out_of_fuel;
    const Fault fault = context.host.store_bytes(program, index, handle, state.scratch);
    if (fault != Fault::none) return fault;
    if (is_composite(type) && instruction.op == Opcode::store_blob) state.arena.share(value);
    if (!state.scratch.empty()) remember_blob(context, index, handle, value);
    return Fault::none;
}

void return_blob(const Context& context, const Prepared& instruction, Slot* base) {
    const FieldView& field = *row_at(context.binding.fields.data(), instruction.imm);
    const Handle handle = Handle::from_slot(base[instruction.a]);
    if (field.check(handle) == Fault::none)
        remember_blob(context, field.index, handle, base[instruction.b]);
}

Fault make_text(const Context& context, const Prepared& instruction, Slot* base) {
    MachineState& state = context.state;
    const auto index = static_cast<std::uint32_t>(instruction.imm);
    const auto& types = context.loaded.program().texts[index].arguments;
    const std::span<const Slot> arguments(base + instruction.b, types.size());
    std::uint32_t parts = 1;
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i] == SlotType::text) parts += state.arena.text_parts(arguments[i]);
        if (is_composite(types[i])) state.arena.share(arguments[i]);
    }
    if (parts > state.limits.text_parts) return Fault::string_too_long;
    const std::optional<Slot> text = state.arena.add_text(index, arguments, parts);
    if (!text) return Fault::out_of_memory;
    base[instruction.a] = *text;
    return Fault::none;
}

FaultValues fault_values(const Context& context, const Instruction& instruction, const Slot* base) {
    const Slot a = base[instruction.a], b = base[instruction.b], c = base[instruction.c];
    const auto length = [&](Slot list) { return static_cast<Slot>(context.state.arena.list(list).size()); };
    switch (instruction.op) {
        case Opcode::add:
        case Opcode::subtract:
        case Opcode::multiply:
        case Opcode::divide:
        case Opcode::modulo:
        case Opcode::scale: return {b, c};
        case Opcode::add_int:
        case Opcode::multiply_int:
        case Opcode::scale_int: return {b, instruction.imm};
        case Opcode::subtract_from: return {instruction.imm, b};
        case Opcode::negate: return {b, 0};
        case Opcode::loop_range: return {a, 1};
        case Opcode::add_known:
        case Opcode::subtract_known: {
            const FieldView& field = context.binding.fields[static_cast<std::size_t>(instruction.imm)];
            const std::uint32_t row = Handle::from_slot(a).index();
            return {(*field.pages)[row / page_rows][row % page_rows], b};
        }
        case Opcode::load_field:
        case Opcode::load_blob:
        case Opcode::take_blob: return {b, 0};
        case Opcode::check_entity:
        case Opcode::store_field:
        case Opcode::store_known:
        case Opcode::store_blob:
        case Opcode::put_blob: return {a, b};
        case Opcode::list_get: return {length(b), c};
        case Opcode::list_set:
        case Opcode::list_insert:
        case Opcode::list_remove: return {length(a), b};
        case Opcode::list_push: return {length(a), 0};
        default: return {};
    }
}

}  // namespace kiln::vm
