#include "world/actions/asking.h"
#include "world/actions/inner.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::int64_t corpse_ms = 300'000;

Handle make_corpse(Engine& engine, Handle victim, Handle room) {
    const std::uint32_t definition = standard_item(engine, "corpse");
    if (definition == schema::no_index || room.is_nobody()) return {};
    const std::string name = "the corpse of " + name_as_written(engine, victim);
    const Handle corpse = engine.make_item(definition, room);
    engine.store.write_bytes(Field::item_bound_name, corpse, name);
    engine.schedule(TimerPurpose::decay, corpse, engine.now() + engine.ticks(corpse_ms));
    return corpse;
}

// Who gets the reward: the killer, if that is a player.
void reward_killer(Engine& engine, Handle victim, Handle killer, std::int64_t gold) {
    if (!is_player(engine, killer) || !is_active(engine, killer)) return;
    const Slot arguments[2] = {killer.to_slot(), victim.to_slot()};
    const std::int64_t own = integer_property(engine, victim, "xp");
    give_xp(engine, killer, own > 0 ? own : engine.rule(Rule::kill_xp, arguments));
    if (gold <= 0) return;
    engine.store.write(Field::creature_gold, killer, engine.store.read(Field::creature_gold, killer) + gold);
    const Name names[] = {{"victim", victim}};
    auto runs = styled("", "You take ");
    append(runs, styled("good", money_words(gold)));
    append(runs, sentence(engine, " from {the victim}.", names, killer));
    show(engine, killer, "combat", std::move(runs));
}

std::int64_t leave_loot(Engine& engine, Handle victim, Handle killer, Handle place) {
    std::int64_t gold = engine.store.read(Field::creature_gold, victim);
    const auto* loot = property_of(engine, victim, "loot");
    if (loot == nullptr || loot->integer < 0) return gold;
    roll_loot(engine, static_cast<std::uint32_t>(loot->integer), killer,
              [&](std::uint32_t item, std::int64_t count) {
                  if (item == schema::no_index) {
                      gold += count;
                      return;
                  }
                  for (std::int64_t i = 0; i < count; ++i) engine.make_item(item, place);
              });
    return gold;
}

}  // namespace

void die(Engine& engine, Handle victim, Handle killer) {
    if (!is_a(engine, victim, Table::creature) || !is_dying(engine, victim)) return;
    stop_fight(engine, victim);
    if (is_player(engine, victim)) return wake_at_home(engine, victim);
    const Handle room = room_of(engine, victim);
    const Handle corpse = make_corpse(engine, victim, room);
    const Handle place = corpse.is_nobody() ? room : corpse;
    for (const Handle item : things_in(engine, victim)) place_item(engine, item, place);
    const std::int64_t gold = leave_loot(engine, victim, killer, place);
    reward_killer(engine, victim, killer, gold);
    schedule_respawn(engine, victim);
    engine.unmake(victim);
}

}  // namespace kiln::world
