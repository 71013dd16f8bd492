#pragma once
// One body for each row of intrinsics.def, and what all of them need to read their arguments.

#include <string>
#include <string_view>
#include <vector>

#include "vm/machine/arena.h"
#include "world/intrinsics/intrinsics.h"

namespace kiln::world {

using schema::Intrinsic;

template <Intrinsic row>
vm::NativeResult body(Engine& engine, vm::NativeCall& call);

#define KILN_INTRINSIC(id, form, signature, result, flags, fuel, meaning) \
    template <>                                                           \
    vm::NativeResult body<Intrinsic::id##_>(Engine & engine, vm::NativeCall & call);
#include "world/schema/intrinsics.def"
#undef KILN_INTRINSIC

// The head of a body: KILN_BODY(tell) { ... }
#define KILN_BODY(id)                                                         \
    template <>                                                               \
    vm::NativeResult body<Intrinsic::id##_>([[maybe_unused]] Engine & engine, \
                                            [[maybe_unused]] vm::NativeCall & call)

inline vm::NativeResult answer(Slot value) { return {vm::Fault::none, false, value}; }
inline vm::NativeResult answer(Handle entity) { return answer(entity.to_slot()); }
inline vm::NativeResult answer(bool yes) { return answer(Slot{yes}); }
inline vm::NativeResult nothing() { return {}; }
inline vm::NativeResult faulted(vm::Fault fault) { return {fault, false, 0}; }

// Missing arguments read as 0: the importer has checked the signature.
inline Slot integer_at(const vm::NativeCall& call, std::size_t index) {
    return index < call.arguments.size() ? call.arguments[index] : 0;
}
inline Handle entity_at(const vm::NativeCall& call, std::size_t index) {
    return Handle::from_slot(integer_at(call, index));
}
inline std::string_view string_at(const vm::NativeCall& call, std::size_t index) {
    return call.arena.string(call.program, integer_at(call, index));
}
std::vector<StyledRun> text_at(Engine& engine, const vm::NativeCall& call, std::size_t index, Handle reader);

// none if the entity is there and of the table, else what the handler ends with.
vm::Fault must_be(const Engine& engine, Handle entity, Table table);
vm::Fault charge(vm::NativeCall& call, std::int64_t fuel);       // out_of_fuel if there is not so much
vm::Fault check_definition(const Engine& engine, Slot definition, schema::Kind kind);
vm::NativeResult list_answer(vm::NativeCall& call, const std::vector<Handle>& entities);

// Leaves the body with a fault if there is one.
#define KILN_CHECK(expression)                                                             \
    do {                                                                                   \
        if (const vm::Fault found = (expression); found != vm::Fault::none) return faulted(found); \
    } while (false)

}  // namespace kiln::world
