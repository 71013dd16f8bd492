#include "world/tick/host.h"

#include <array>

#include "world/intrinsics/intrinsics.h"
#include "world/tick/parts.h"

namespace kiln::world {

namespace {

using schema::Base;
using vm::SlotType;

// Does a program's type stand where a row of ours says `wanted`? T, K and V are the same wherever they stand.
class Fitting {
   public:
    explicit Fitting(const vm::Program& program) : program_(program) {}

    bool fits(SlotType given, const schema::Type& wanted) {
        if (wanted.optional && !schema::is_entity(wanted.base)) {
            const auto* list = part_of(given, vm::CompositeType::Kind::list);
            return list != nullptr && fits(list->parts[0], schema::with_optional(wanted, false));
        }
        if (wanted.base == Base::variable) return is_same(given, wanted.detail);
        using Kind = vm::CompositeType::Kind;
        if (wanted.base == Base::list) return fits_parts(part_of(given, Kind::list), wanted);
        if (wanted.base == Base::set) return fits_parts(part_of(given, Kind::set), wanted);
        if (wanted.base == Base::map) return fits_parts(part_of(given, Kind::map), wanted);
        return given == schema::slot_type(wanted);
    }

   private:
    const vm::CompositeType* part_of(SlotType given, vm::CompositeType::Kind kind) const {
        const auto* found = vm::composite_of(program_, given);
        return found != nullptr && found->kind == kind ? found : nullptr;
    }
    bool fits_parts(const vm::CompositeType* given, const schema::Type& wanted) {
        for (std::size_t i = 0; given != nullptr && i < wanted.parts.size(); ++i) {
            if (!fits(given->parts[i], wanted.parts[i])) return false;
        }
        return given != nullptr;
    }
    bool is_same(SlotType given, std::size_t variable) {
        auto& bound = bound_[variable % bound_.size()];
        if (bound == SlotType::nothing) bound = given;
        return given != SlotType::nothing && bound == given;
    }

    const vm::Program& program_;
    std::array<SlotType, 3> bound_{};
};

std::optional<schema::Intrinsic> intrinsic_named(std::string_view name) {
    const auto& rows = schema::vocabulary().intrinsics;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].id == name) return static_cast<schema::Intrinsic>(i);
    }
    return std::nullopt;
}

bool fits(const vm::Program& program, const vm::NativeImport& import, const schema::IntrinsicRow& row) {
    if (import.parameters.size() != row.parameters.size() || import.may_suspend != row.suspend) return false;
    Fitting fitting(program);
    for (std::size_t i = 0; i < row.parameters.size(); ++i) {
        if (!fitting.fits(import.parameters[i], row.parameters[i].type)) return false;
    }
    return fitting.fits(import.result, row.result);
}

const schema::StateDef* state_named(const schema::Image& image, std::string_view name) {
    for (const auto& state : image.states) {
        if (state.name == name) return &state;
    }
    return nullptr;
}

// Composites are all one type to the store; their shape says which.
SlotType column_type(const schema::StateDef& state) {
    const auto base = state.type.base;
    const bool boxed = state.type.optional && !schema::is_entity(base);
    return boxed || schema::is_composite(base) ? vm::first_own_type : schema::slot_type(state.type);
}
std::string shape_of(const schema::Image& image, const schema::StateDef& state) {
    return schema::shape_of(image.records, state.type);
}

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

// Arguments that number declarations, events among them; programs of older images number them otherwise.
bool is_definition(const schema::Parameter& parameter, const schema::IntrinsicRow& row) {
    if (parameter.type.base == Base::template_of) return true;
    return row.form == schema::Form::hidden &&
           (parameter.name == "template" || parameter.name == "definition" || parameter.name == "event");
}

}  // namespace

std::optional<std::string> WorldHost::bind_natives(LoadedImage& image) const {
    for (const auto& import : image.image->program.natives) {
        const auto intrinsic = intrinsic_named(import.name);
        if (!intrinsic)
            return "the image calls " + quoted(import.name) + ", which this program does not have";
        if (!fits(image.image->program, import, schema::vocabulary().row(*intrinsic))) {
            return "the image calls " + quoted(import.name) + " with another signature than this program has";
        }
        image.natives.push_back(*intrinsic);
    }
    return std::nullopt;
}

std::optional<std::string> WorldHost::check_fields(const LoadedImage& image) const {
    for (const auto& state : image.image->states) {
        const auto found = engine_.store.find_column(state.name);
        if (!found) continue;
        const auto& known = engine_.store.columns()[*found];
        if (*found < static_cast<ColumnId>(Field::count) || known.table != state.table ||
            known.type != column_type(state) || known.shape != shape_of(*image.image, state)) {
            return "the state " + quoted(state.name) +
                   " has another type than the one saved under this name; rename it";
        }
    }
    for (const auto& import : image.image->program.fields) {
        const auto* state = state_named(*image.image, import.name);
        if (state) {
            if (static_cast<Table>(import.table) == state->table &&
                import.type == schema::slot_type(image.image->program, image.image->records, state->type))
                continue;
            return "the field " + quoted(import.name) + " is declared otherwise than it is used";
        }
        const auto found = engine_.store.find_column(import.name);
        if (!found || *found >= static_cast<ColumnId>(Field::count))
            return "there is no field " + quoted(import.name);
        const auto& row = schema::vocabulary().row(static_cast<Field>(*found));
        if (static_cast<Table>(import.table) != row.table || import.type != schema::slot_type(row.type)) {
            return "the field " + quoted(import.name) + " is of another type in this program";
        }
        if (row.access == schema::Access::hidden ||
            (import.writable && row.access != schema::Access::write)) {
            return "the field " + quoted(import.name) + " may not be used like this";
        }
    }
    return std::nullopt;
}

std::optional<std::string> WorldHost::bind(LoadedImage& image) {
    if (auto problem = check_fields(image)) return problem;
    if (auto problem = bind_natives(image)) return problem;
    for (const auto& state : image.image->states) {
        const bool kept_as_bytes = vm::is_reference(column_type(state));
        engine_.store.add_column({.name = state.name,
                                  .table = state.table,
                                  .type = column_type(state),
                                  .value = kept_as_bytes ? 0 : state.value,
                                  .shape = shape_of(*image.image, state),
                                  .bytes = kept_as_bytes ? state.blob : std::string()});
    }
    for (const auto& import : image.image->program.fields)
        image.columns.push_back(*engine_.store.find_column(import.name));
    images_[&image.image->program] = &image;
    return std::nullopt;
}

void WorldHost::forget(const LoadedImage& image) { images_.erase(&image.image->program); }

vm::ColumnView WorldHost::column(const vm::Program& program, std::uint32_t field) {
    return engine_.store.view(images_.at(&program)->columns[field]);
}

vm::EntityTable WorldHost::table(std::uint32_t table) {
    if (table >= static_cast<std::uint32_t>(schema::table_count)) return {};
    return engine_.store.table(static_cast<Table>(table));
}

vm::Journal* WorldHost::journal() { return engine_.store.journal(); }

vm::NativeResult WorldHost::call(vm::NativeCall& call) {
    auto& parts = engine_.parts();
    const auto& image = *images_.at(&call.program);
    const auto intrinsic = image.natives[call.native];
    const auto& row = schema::vocabulary().row(intrinsic);
    call.fuel -= row.fuel;
    if (call.fuel < 0) return {vm::Fault::out_of_fuel};
    auto* outer_fuel = parts.machine_fuel;
    parts.machine_fuel = &call.fuel;
    vm::NativeResult result;
    if (&image == parts.current) {
        result = body_of(intrinsic)(engine_, call);
    } else {
        std::vector<Slot> arguments(call.arguments.begin(), call.arguments.end());
        for (std::size_t i = 0; i < arguments.size() && i < row.parameters.size(); ++i) {
            if (!is_definition(row.parameters[i], row)) continue;
            const auto index = static_cast<std::uint64_t>(arguments[i]);
            if (index >= image.definitions.size() || image.definitions[index] == no_index) {
                parts.machine_fuel = outer_fuel;
                return {vm::Fault::entity_gone};
            }
            arguments[i] = image.definitions[index];
        }
        vm::NativeCall translated{call.native, arguments, call.arena, call.program, call.fuel};
        result = body_of(intrinsic)(engine_, translated);
    }
    parts.machine_fuel = outer_fuel;
    if (result.fault == vm::Fault::none && parts.pending_fault != vm::Fault::none)
        result.fault = parts.pending_fault;
    // What ends the slice ends the program: `fail`, or a rule that faulted and has been noted.
    if (result.fault == vm::Fault::none && (parts.failed || parts.undo)) result.fault = vm::Fault::bad_argument;
    parts.pending_fault = vm::Fault::none;
    return result;
}

vm::Fault WorldHost::store(const vm::Program& program, std::uint32_t field, Handle entity, Slot value) {
    engine_.store.write(images_.at(&program)->columns[field], entity, value);
    return vm::Fault::none;
}

vm::Fault WorldHost::store_bytes(const vm::Program& program, std::uint32_t field, Handle entity,
                                 std::string_view bytes) {
    engine_.store.write_bytes(images_.at(&program)->columns[field], entity, bytes);
    return vm::Fault::none;
}

std::string_view WorldHost::load_bytes(const vm::Program& program, std::uint32_t field, Handle entity) {
    return engine_.store.read_bytes(images_.at(&program)->columns[field], entity);
}

std::uint64_t WorldHost::stamp_of(const vm::Program& program, std::uint32_t field, Handle entity) {
    return engine_.store.stamp_of(images_.at(&program)->columns[field], entity);
}

}  // namespace kiln::world
