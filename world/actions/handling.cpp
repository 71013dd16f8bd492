#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

EventArguments item_and_who(Handle item, Handle who) { return {{item.to_slot(), who.to_slot()}, {}}; }

int depth_of(const Engine& engine, Handle item) {
    int depth = 0;
    for (Handle place = item; table_of(place) == Table::item && depth <= deepest_nesting; ++depth) {
        place = engine.store.read_handle(Field::item_place, place);
    }
    return depth;
}

int height_of(const Engine& engine, Handle item, int depth = 0) {
    int height = 0;
    if (depth > deepest_nesting) return height;
    for (const Handle inner : engine.store.contents(item))
        height = std::max(height, 1 + height_of(engine, inner, depth + 1));
    return height;
}

// Coins are not carried as things: picking them up fills the purse.
ActionResult take_coins(Engine& engine, Handle who, Handle coins) {
    const std::int64_t amount = engine.store.read(Field::item_amount, coins);
    const Name names[] = {{"who", who}, {"coins", coins}};
    room_sentence(engine, room_of(engine, who), who, "{Who} {picks up} {coins}.", names);
    tell_words(engine, who, "action", "good", "You pick up " + money_words(amount) + ".");
    engine.store.write(Field::creature_gold, who, engine.store.read(Field::creature_gold, who) + amount);
    engine.unmake(coins);
    return done();
}

std::string_view cannot_take(Engine& engine, Handle who, Handle item) {
    if (!engine.store.is_alive(item)) return "That is gone.";
    if (flagged(engine, item, ItemFlag::fixed) || kind_of(engine, item) == ItemKind::furniture) {
        return "{The item} cannot be moved.";
    }
    if (kind_of(engine, item) == ItemKind::corpse && is_player(engine, who))
        return "You leave {the item} where it lies.";
    if (!can_carry(engine, who, item)) return "You cannot carry that much.";
    return {};
}

ActionResult refused_item(Engine& engine, Handle who, std::string_view words, Handle item) {
    const Name names[] = {{"item", item}};
    return refused(engine, who, words, names);
}

// A thing one wears must come off before it goes anywhere.
std::string_view cannot_part_with(const Engine& engine, Handle item) {
    if (slot_of(engine, item) != WearSlot::none) return "You must take off {the item} first.";
    if (flagged(engine, item, ItemFlag::no_drop)) return "You cannot let go of {the item}.";
    return {};
}

}  // namespace

void place_item(Engine& engine, Handle item, Handle place) {
    engine.store.write(Field::item_slot, item, Slot{0});
    engine.store.write(Field::item_place, item, place);
    engine.store.write(Field::item_arrival, item, engine.store.next_number(Field::world_next_arrival));
}

ActionResult take_item(Engine& engine, Handle who, Handle item) {
    if (const auto reason = cannot_take(engine, who, item); !reason.empty())
        return refused_item(engine, who, reason, item);
    const Handle room = room_of(engine, who);
    const Handle place = engine.store.read_handle(Field::item_place, item);
    const Veto veto = engine.before(Event::get_, item, room, item_and_who(item, who));
    if (veto.prevented) return prevented(veto, "Something keeps you from taking it.");
    if (!engine.store.is_alive(item) || engine.store.read_handle(Field::item_place, item) != place) return {};
    if (kind_of(engine, item) == ItemKind::coins) return take_coins(engine, who, item);
    const Name names[] = {{"who", who}, {"item", item}, {"place", place}};
    place_item(engine, item, who);
    const bool from_container = table_of(place) == Table::item;
    room_sentence(engine, room, Handle{},
                  from_container ? "{Who} {takes} {item} from {the place}." : "{Who} {picks up} {item}.",
                  names);
    engine.after(Event::get_, item, room, item_and_who(item, who));
    return done();
}

ActionResult drop_item(Engine& engine, Handle who, Handle item) {
    if (const auto reason = cannot_part_with(engine, item); !reason.empty())
        return refused_item(engine, who, reason, item);
    const Handle room = room_of(engine, who);
    const Veto veto = engine.before(Event::drop_, item, room, item_and_who(item, who));
    if (veto.prevented) return prevented(veto, "Something keeps you from dropping it.");
    if (engine.store.read_handle(Field::item_place, item) != who) return {};
    place_item(engine, item, room);
    const Name names[] = {{"who", who}, {"item", item}};
    room_sentence(engine, room, Handle{}, "{Who} {drops} {item}.", names);
    engine.after(Event::drop_, item, room, item_and_who(item, who));
    return done();
}

ActionResult destroy_item(Engine& engine, Handle who, Handle item) {
    if (const auto reason = cannot_part_with(engine, item); !reason.empty())
        return refused_item(engine, who, reason, item);
    if (!engine.store.contents(item).empty())
        return refused_item(engine, who, "There is still something in {the item}.", item);
    const Handle room = room_of(engine, who);
    const Veto veto = engine.before(Event::drop_, item, room, item_and_who(item, who));
    if (veto.prevented) return prevented(veto, "Something keeps you from it.");
    if (engine.store.read_handle(Field::item_place, item) != who) return {};
    const Name names[] = {{"who", who}, {"item", item}};
    room_sentence(engine, room, Handle{}, "{Who} {destroys} {item} for good.", names);
    engine.unmake(item);
    return done();
}

ActionResult give_item(Engine& engine, Handle who, Handle item, Handle to) {
    const Name names[] = {{"who", who}, {"item", item}, {"to", to}};
    if (who == to) return refused("You give it to yourself, and take it right back.");
    if (const auto reason = cannot_part_with(engine, item); !reason.empty())
        return refused_item(engine, who, reason, item);
    if (!can_carry(engine, to, item)) return refused(engine, who, "{The to} cannot carry that much.", names);
    const Handle room = room_of(engine, who);
    const EventArguments arguments{{item.to_slot(), who.to_slot(), to.to_slot()}, {}};
    const Veto veto = engine.before(Event::give_, to, room, arguments);
    if (veto.prevented) {
        return veto.told ? ActionResult{}
                         : refused(engine, who, "{The to} {to.does} not want {the item}.", names);
    }
    if (engine.store.read_handle(Field::item_place, item) != who || !is_active(engine, to)) return {};
    place_item(engine, item, to);
    room_sentence(engine, room, Handle{}, "{Who} {gives} {item} to {to}.", names);
    engine.after(Event::give_, to, room, arguments);
    return done();
}

ActionResult put_item(Engine& engine, Handle who, Handle item, Handle container) {
    const Name names[] = {{"who", who}, {"item", item}, {"container", container}};
    if (!is_container(engine, container))
        return refused(engine, who, "You cannot put anything in {the container}.", names);
    if (is_inside(engine, container, item))
        return refused(engine, who, "{The item} does not fit into itself.", names);
    if (engine.store.read(Field::item_closed, container) != 0)
        return refused(engine, who, "{The container} is closed.", names);
    if (const auto reason = cannot_part_with(engine, item); !reason.empty())
        return refused_item(engine, who, reason, item);
    const auto capacity = integer_property(engine, container, "capacity");
    if (capacity > 0 && static_cast<std::int64_t>(engine.store.contents(container).size()) >= capacity) {
        return refused(engine, who, "{The container} is full.", names);
    }
    if (depth_of(engine, container) + 1 + height_of(engine, item) > deepest_nesting) {
        return refused(engine, who, "That is too many things inside each other.", names);
    }
    const Handle room = room_of(engine, who);
    place_item(engine, item, container);
    room_sentence(engine, room, Handle{}, "{Who} {puts} {item} in {the container}.", names);
    return done();
}

ActionResult consume_item(Engine& engine, Handle who, Handle item) {
    const ItemKind kind = kind_of(engine, item);
    const Name names[] = {{"who", who}, {"item", item}};
    if (kind != ItemKind::food && kind != ItemKind::drink) {
        return refused(engine, who, "You would rather not eat {the item}.", names);
    }
    const Handle room = room_of(engine, who);
    const Veto veto = engine.before(Event::eat_, item, room, item_and_who(item, who));
    if (veto.prevented) return prevented(veto, "Something keeps you from it.");
    if (!engine.store.is_alive(item)) return {};
    room_sentence(engine, room, Handle{},
                  kind == ItemKind::food ? "{Who} {eats} {item}." : "{Who} {drinks} {item}.", names);
    const vm::Dice dice = vm::Dice::from_slot(integer_property(engine, item, "heals"));
    const std::int64_t amount = roll_dice(engine, dice);
    // The handlers of the thing still find it; it lies nowhere until they have run.
    engine.after(Event::eat_, item, room, item_and_who(item, who));
    place_item(engine, item, Handle{});
    engine.schedule(TimerPurpose::decay, item, engine.now() + 1);
    if (amount > 0) {
        heal(engine, who, amount);
        tell_words(engine, who, "action", "good", "You feel better.");
    }
    return done();
}

}  // namespace kiln::world
