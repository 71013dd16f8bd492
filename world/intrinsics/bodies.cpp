#include "world/intrinsics/bodies.h"

#include <array>

#include "world/text/names.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::array<IntrinsicBody, static_cast<std::size_t>(Intrinsic::count)> bodies = {
#define KILN_INTRINSIC(id, form, signature, result, flags, fuel, meaning) &body<Intrinsic::id##_>,
#include "world/schema/intrinsics.def"
#undef KILN_INTRINSIC
};

}  // namespace

IntrinsicBody body_of(Intrinsic intrinsic) { return bodies[static_cast<std::size_t>(intrinsic)]; }

std::vector<StyledRun> text_at(Engine& engine, const vm::NativeCall& call, std::size_t index, Handle reader) {
    return render(engine, call.arena.text(integer_at(call, index)), reader);
}

vm::Fault must_be(const Engine& engine, Handle entity, Table table) {
    if (!engine.store.is_alive(entity)) return vm::Fault::entity_gone;
    return table_of(entity) == table ? vm::Fault::none : vm::Fault::wrong_kind;
}

vm::Fault charge(vm::NativeCall& call, std::int64_t fuel) {
    call.fuel -= fuel;
    return call.fuel < 0 ? vm::Fault::out_of_fuel : vm::Fault::none;
}

vm::Fault check_definition(const Engine& engine, Slot definition, schema::Kind kind) {
    const auto& definitions = engine.image().definitions;
    if (definition < 0 || static_cast<std::size_t>(definition) >= definitions.size())
        return vm::Fault::bad_argument;
    const auto& found = definitions[static_cast<std::size_t>(definition)];
    return found.kind == kind && !found.is_abstract ? vm::Fault::none : vm::Fault::bad_argument;
}

vm::NativeResult list_answer(vm::NativeCall& call, const std::vector<Handle>& entities) {
    KILN_CHECK(charge(call, static_cast<std::int64_t>(entities.size())));
    std::vector<Slot> slots;
    for (const Handle entity : entities) slots.push_back(entity.to_slot());
    const auto list = call.arena.add_list(slots);
    return list ? answer(*list) : faulted(vm::Fault::out_of_memory);
}

}  // namespace kiln::world
