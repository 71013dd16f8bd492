// Questions about one creature or thing. Nothing here writes.
#include "world/actions/asking.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

namespace {

vm::NativeResult string_answer(vm::NativeCall& call, std::string_view words) {
    KILN_CHECK(charge(call, static_cast<Slot>(words.size() / 16)));
    const auto string = call.arena.add_string(words);
    return string ? answer(*string) : faulted(vm::Fault::out_of_memory);
}

Handle effect_on(const Engine& engine, const vm::NativeCall& call) {
    for (const Handle effect : effects_of(engine, entity_at(call, 0))) {
        if (engine.is_made_from(effect, static_cast<std::uint32_t>(integer_at(call, 1)))) return effect;
    }
    return {};
}

}  // namespace

KILN_BODY(name) {
    if (!engine.store.is_alive(entity_at(call, 0))) return faulted(vm::Fault::entity_gone);
    return string_answer(call, name_as_written(engine, entity_at(call, 0)));
}

KILN_BODY(door_name) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::exit));
    return string_answer(call, name_as_written(engine, entity_at(call, 0)));
}

KILN_BODY(kind) { return answer(static_cast<Slot>(kind_of(engine, entity_at(call, 0)))); }
KILN_BODY(weapon) { return answer(worn_in(engine, entity_at(call, 0), WearSlot::wielded)); }
KILN_BODY(weapon_damage) { return answer(integer_property(engine, entity_at(call, 0), "damage")); }

KILN_BODY(worn_armor) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    return answer(total_stat(engine, entity_at(call, 0), static_cast<int>(Stat::armor)));
}

KILN_BODY(stat_total) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    return answer(total_stat(engine, entity_at(call, 0), static_cast<int>(integer_at(call, 1))));
}

KILN_BODY(wears_slot) {
    const auto slot = static_cast<WearSlot>(integer_at(call, 1));
    return answer(slot == WearSlot::none ? Handle{} : worn_in(engine, entity_at(call, 0), slot));
}

KILN_BODY(has_effect) { return answer(!effect_on(engine, call).is_nobody()); }
KILN_BODY(stacks_of) {
    const Handle effect = effect_on(engine, call);
    return answer(effect.is_nobody() ? Slot{0} : engine.store.read(Field::effect_stacks, effect));
}

KILN_BODY(is_player) { return answer(is_player(engine, entity_at(call, 0))); }
KILN_BODY(is_npc) { return answer(is_npc(engine, entity_at(call, 0))); }
KILN_BODY(is_item) { return answer(is_a(engine, entity_at(call, 0), Table::item)); }
KILN_BODY(is_of) {
    return answer(engine.is_made_from(entity_at(call, 0), static_cast<std::uint32_t>(integer_at(call, 1))));
}
KILN_BODY(is_fighting) {
    return answer(!engine.store.read_handle(Field::creature_fighting, entity_at(call, 0)).is_nobody());
}
KILN_BODY(is_asleep) { return answer(position_of(engine, entity_at(call, 0)) == Position::asleep); }
KILN_BODY(is_here) { return answer(is_active(engine, entity_at(call, 0))); }

}  // namespace kiln::world
