// Coins change hands, or lie somewhere as a heap: one item that says how many they are.

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::int64_t purse_of(const Engine& engine, Handle who) {
    return engine.store.read(Field::creature_gold, who);
}

void add_to_purse(Engine& engine, Handle who, std::int64_t amount) {
    engine.store.write(Field::creature_gold, who, purse_of(engine, who) + amount);
}

ActionResult too_poor(Engine& engine, Handle who) {
    const std::int64_t gold = purse_of(engine, who);
    return refused(gold == 0 ? "You have no gold at all." : "You only have " + money_words(gold) + ".");
}

Handle heap_in(const Engine& engine, Handle place, std::uint32_t definition) {
    for (const Handle item : engine.store.contents(place)) {
        if (engine.is_made_from(item, definition)) return item;
    }
    return {};
}

// One heap a place: coins that fall on others lie with them.
bool lay_coins(Engine& engine, Handle place, std::int64_t amount) {
    const std::uint32_t definition = standard_item(engine, "coins");
    if (definition == schema::no_index) return false;
    Handle heap = heap_in(engine, place, definition);
    const std::int64_t before = heap.is_nobody() ? 0 : engine.store.read(Field::item_amount, heap);
    if (heap.is_nobody()) heap = engine.make_item(definition, place);
    engine.store.write(Field::item_amount, heap, before + amount);
    return true;
}

}  // namespace

ActionResult take_money(Engine& engine, Handle who, Handle heap, std::int64_t amount) {
    const std::int64_t lying = engine.store.read(Field::item_amount, heap);
    if (amount >= lying) return take_item(engine, who, heap);
    const Handle room = room_of(engine, who);
    const Veto veto = engine.before(Event::get_, heap, room, {{heap.to_slot(), who.to_slot()}, {}});
    if (veto.prevented) return prevented(veto, "Something keeps you from taking it.");
    if (!engine.store.is_alive(heap) || engine.store.read(Field::item_amount, heap) != lying) return {};
    engine.store.write(Field::item_amount, heap, lying - amount);
    add_to_purse(engine, who, amount);
    const Name names[] = {{"who", who}};
    act_words(engine, who, "{Who} {picks up} " + money_words(amount) + ".", names);
    return done();
}

ActionResult drop_money(Engine& engine, Handle who, std::int64_t amount) {
    if (purse_of(engine, who) < amount) return too_poor(engine, who);
    if (!lay_coins(engine, room_of(engine, who), amount)) return refused("You keep your gold in your purse.");
    add_to_purse(engine, who, -amount);
    const Name names[] = {{"who", who}};
    act_words(engine, who, "{Who} {drops} " + money_words(amount) + ".", names);
    return done();
}

ActionResult put_money(Engine& engine, Handle who, std::int64_t amount, Handle container) {
    const Name names[] = {{"who", who}, {"container", container}};
    if (!is_container(engine, container))
        return refused(engine, who, "You cannot put anything in {the container}.", names);
    if (engine.store.read(Field::item_closed, container) != 0)
        return refused(engine, who, "{The container} is closed.", names);
    if (purse_of(engine, who) < amount) return too_poor(engine, who);
    if (!lay_coins(engine, container, amount)) return refused("You keep your gold in your purse.");
    add_to_purse(engine, who, -amount);
    act_words(engine, who, "{Who} {puts} " + money_words(amount) + " in {the container}.", names);
    return done();
}

ActionResult give_money(Engine& engine, Handle who, std::int64_t amount, Handle to) {
    if (to == who) return refused("It is yours already.");
    if (purse_of(engine, who) < amount) return too_poor(engine, who);
    add_to_purse(engine, who, -amount);
    add_to_purse(engine, to, amount);
    const Name names[] = {{"who", who}, {"to", to}};
    act_words(engine, who, "{Who} {gives} {to} " + money_words(amount) + ".", names);
    return done();
}

}  // namespace kiln::world
