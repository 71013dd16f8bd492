#include "world/actions/asking.h"
#include "world/actions/telling.h"

namespace kiln::world {

namespace {

EventArguments worn_and_who(Handle item, Handle who) { return {{item.to_slot(), who.to_slot()}, {}}; }

// Weapons and lights that do not say where they belong go where their kind belongs.
WearSlot slot_for(const Engine& engine, Handle item) {
    const auto declared = static_cast<WearSlot>(integer_property(engine, item, "slot"));
    if (declared != WearSlot::none) return declared;
    switch (kind_of(engine, item)) {
        case ItemKind::weapon: return WearSlot::wielded;
        case ItemKind::light: return WearSlot::held;
        default: return WearSlot::none;
    }
}

bool needs_both_hands(const Engine& engine, Handle item) {
    return engine.store.is_alive(item) && flagged(engine, item, ItemFlag::two_handed);
}

// What must come off before the item can go on; nobody if nothing must.
Handle in_the_way(const Engine& engine, Handle who, Handle item, WearSlot slot) {
    if (const Handle worn = worn_in(engine, who, slot); !worn.is_nobody()) return worn;
    const bool hand = slot == WearSlot::held || slot == WearSlot::shield;
    const Handle weapon = worn_in(engine, who, WearSlot::wielded);
    if (hand && needs_both_hands(engine, weapon)) return weapon;
    if (slot == WearSlot::wielded && needs_both_hands(engine, item)) {
        if (const Handle held = worn_in(engine, who, WearSlot::held); !held.is_nobody()) return held;
        return worn_in(engine, who, WearSlot::shield);
    }
    return {};
}

std::string_view sentence_for(WearSlot slot) {
    switch (slot) {
        case WearSlot::wielded: return "{Who} {wields} {item}.";
        case WearSlot::held: return "{Who} {holds} {item}.";
        case WearSlot::shield: return "{Who} {straps} {item} to {who.his} arm.";
        case WearSlot::finger: return "{Who} {slips} {item} onto {who.his} finger.";
        default: return "{Who} {puts on} {item}.";
    }
}

}  // namespace

ActionResult wear_item(Engine& engine, Handle who, Handle item) {
    const WearSlot slot = slot_for(engine, item);
    if (slot_of(engine, item) != WearSlot::none) {
        const Name names[] = {{"item", item}};
        return refused(engine, who, "You are already using {the item}.", names);
    }
    const Handle other = slot == WearSlot::none ? Handle{} : in_the_way(engine, who, item, slot);
    const Name names[] = {{"who", who}, {"item", item}, {"other", other}};
    if (slot == WearSlot::none) return refused(engine, who, "You cannot wear {the item}.", names);
    if (!other.is_nobody()) return refused(engine, who, "You would have to remove {the other} first.", names);
    const Handle room = room_of(engine, who);
    const Veto veto = engine.before(Event::wear_, item, room, worn_and_who(item, who));
    if (veto.prevented) return prevented(veto, "Something keeps you from putting it on.");
    if (engine.store.read_handle(Field::item_place, item) != who) return {};
    engine.store.write(Field::item_slot, item, static_cast<Slot>(slot));
    room_sentence(engine, room, Handle{}, sentence_for(slot), names);
    engine.after(Event::wear_, item, room, worn_and_who(item, who));
    return done();
}

ActionResult remove_item(Engine& engine, Handle who, Handle item) {
    const Name names[] = {{"who", who}, {"item", item}};
    if (slot_of(engine, item) == WearSlot::none)
        return refused(engine, who, "You are not using {the item}.", names);
    const Handle room = room_of(engine, who);
    const Veto veto = engine.before(Event::remove_, item, room, worn_and_who(item, who));
    if (veto.prevented) return prevented(veto, "Something keeps you from taking it off.");
    if (engine.store.read_handle(Field::item_place, item) != who) return {};
    engine.store.write(Field::item_slot, item, Slot{0});
    room_sentence(engine, room, Handle{}, "{Who} {stops} using {item}.", names);
    engine.after(Event::remove_, item, room, worn_and_who(item, who));
    return done();
}

}  // namespace kiln::world
