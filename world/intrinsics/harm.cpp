// Harm and help.
#include "world/actions/asking.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

KILN_BODY(damage) {
    const Handle victim = entity_at(call, 0);
    KILN_CHECK(must_be(engine, victim, Table::creature));
    damage(engine, victim, integer_at(call, 1), static_cast<int>(integer_at(call, 2)), entity_at(call, 3));
    return nothing();
}

KILN_BODY(heal) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    heal(engine, entity_at(call, 0), integer_at(call, 1));
    return nothing();
}

KILN_BODY(attack) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    KILN_CHECK(must_be(engine, entity_at(call, 1), Table::creature));
    start_fight(engine, entity_at(call, 0), entity_at(call, 1));
    return nothing();
}

KILN_BODY(apply) {
    const Handle victim = entity_at(call, 1);
    KILN_CHECK(check_definition(engine, integer_at(call, 0), schema::Kind::effect_));
    KILN_CHECK(must_be(engine, victim, Table::creature));
    KILN_CHECK(engine.count_spawns(1));
    apply_effect(engine, static_cast<std::uint32_t>(integer_at(call, 0)), victim, integer_at(call, 2),
                 entity_at(call, 3));
    return nothing();
}

KILN_BODY(cure) {
    const Handle victim = entity_at(call, 0);
    KILN_CHECK(must_be(engine, victim, Table::creature));
    for (const Handle effect : effects_of(engine, victim)) {
        if (engine.is_made_from(effect, static_cast<std::uint32_t>(integer_at(call, 1)))) {
            end_effect(engine, effect, static_cast<int>(EndReason::removed));
        }
    }
    return nothing();
}

KILN_BODY(give_xp) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    give_xp(engine, entity_at(call, 0), integer_at(call, 1));
    return nothing();
}

}  // namespace kiln::world
