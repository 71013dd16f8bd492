#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/phrases.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

bool wants_all(Phrase words) { return parse_wanted(words).all; }
bool wants_everything(Phrase words) { return wants_all(words) && parse_wanted(words).words.empty(); }
bool is_coins(const Engine& engine, Handle item) { return kind_of(engine, item) == ItemKind::coins; }

void take_things(Call& call, const std::vector<Handle>& things, Phrase what) {
    const std::int64_t count = parse_wanted(what).count;
    const bool heap = things.size() == 1 && count > 1 && is_coins(call.engine, things.front());
    if (heap) return call.take(take_money(call.engine, call.who, things.front(), count));
    for_all(call, things, [&](Handle item) { return take_item(call.engine, call.who, item); });
    tell_too_few(call, what, things.size());
}

void get_from_one(Call& call, Phrase what, Handle container) {
    const Name names[] = {{"thing", container}};
    if (!is_container(call.engine, container)) {
        return call.take(refused(call.engine, call.who, "There is nothing in {the thing}.", names));
    }
    if (call.engine.store.read(Field::item_closed, container) != 0) {
        return call.take(refused(call.engine, call.who, "{The thing} is closed.", names));
    }
    const auto found = call.find_in(what, {things_in(call.engine, container)});
    if (call.asks()) return;
    if (!found.empty()) return take_things(call, found, what);
    call.take(refused(
        call.engine, call.who,
        wants_everything(what) ? "{The thing} is empty." : "You see no such thing in {the thing}.", names));
}

void get_from(Call& call, Phrase what, Phrase where) {
    const auto containers = call.find_all(where, looks::room_first, [&](Handle one) {
        return is_container(call.engine, one) && call.engine.store.read(Field::item_closed, one) == 0;
    });
    if (call.asks()) return;
    if (containers.empty()) {
        if (call.is_there(where, looks::people))
            return call.refuse("You cannot take things from people. Ask for it.");
        return call.refuse_unseen(where, looks::room_first);
    }
    for (const Handle container : containers) {
        get_from_one(call, what, container);
        if (containers.size() == 1 || call.asks()) return;
        if (!call.outcome.refusal.empty())
            show(call.engine, call.who, "error", std::exchange(call.outcome.refusal, {}));
    }
}

bool can_be_taken(const Engine& engine, Handle item) {
    const ItemKind kind = kind_of(engine, item);
    return !flagged(engine, item, ItemFlag::fixed) && kind != ItemKind::furniture && kind != ItemKind::corpse;
}

// "all" leaves alone what nobody can carry; naming it gets the reason.
std::vector<Handle> without_fixed(Call& call, std::vector<Handle> things) {
    std::erase_if(things, [&](Handle item) {
        return !can_be_taken(call.engine, item) || flagged(call.engine, item, ItemFlag::hidden);
    });
    return things;
}

void refuse_to_get(Call& call, Phrase words) {
    if (wants_everything(words)) return call.refuse("There is nothing here to take.");
    if (call.is_there(words, looks::people)) return call.refuse("People do not like to be picked up.");
    if (call.is_there(words, looks::own)) return call.refuse("You have it already.");
    call.refuse_unseen(words, looks::room);
}

// "get lamp chest", "get all corpse": the container is named last, without "from". False if it is not so.
bool get_from_last(Call& call, Phrase words) {
    if (words.size() < 2) return false;
    const auto [thing, container] = parted_at_container(call, words, looks::room_first);
    if (container.empty()) return false;
    get_from(call, thing, container);
    return true;
}

// Everything at once is too much for a slip of two letters.
bool is_hasty(Call& call, Phrase words) {
    return words.size() == 1 && words.front() == "all" && call.words.words.front().size() < 4;
}

void put_money_in(Call& call, std::int64_t amount, Phrase where) {
    const Handle container =
        call.find(where, looks::bag_first, [&](Handle one) { return is_container(call.engine, one); });
    if (call.asks()) return;
    if (container.is_nobody()) return call.refuse_unseen(where, looks::bag_first);
    if (amount == 0) return call.refuse(how_much);
    call.take(put_money(call.engine, call.who, amount, container));
}

}  // namespace

void command_get(Call& call) {
    Phrase words = call.operands();
    if (!words.empty() && words.front() == "up" && call.words.words.front() == "pick")
        words = words.subspan(1);
    if (words.empty()) return call.refuse("Get what?");
    auto [what, from] = parted(words, {"from", "in", "inside", "out", "off", "on"});
    if (from.size() > 1 && from.front() == "of") from = from.subspan(1);
    if (!from.empty()) return get_from(call, what, from);
    if (words.size() > 1 && words.front() == "all" && get_from_last(call, words)) return;
    auto found =
        call.find_all(words, looks::room, [&](Handle item) { return can_be_taken(call.engine, item); });
    if (call.asks()) return;
    if (wants_all(words)) found = without_fixed(call, std::move(found));
    if (!found.empty()) return take_things(call, found, words);
    if (get_from_last(call, words)) return;
    refuse_to_get(call, words);
}

// "pick up lamp" and "pick flower" take; a door or a lid has a lock to pick.
void command_pick(Call& call) {
    const Phrase words = call.operands();
    if (words.empty()) return call.refuse("Pick up what?");
    const bool door = !find_exit(call.engine, call.who, words).is_nobody() || words.front() == "lock";
    const bool thing = call.is_there(words, looks::room);
    if (words.front() != "up" && door && !thing) return call.refuse("You do not know how to pick locks.");
    command_get(call);
}

void command_junk(Call& call) {
    const Phrase words = call.operands();
    if (words.empty()) return call.refuse("Destroy what?");
    const auto found = call.find_all(words, looks::bag);
    if (call.asks()) return;
    if (found.empty()) return call.refuse_missing(words, "You have no ", ".", looks::bag);
    for_all(call, found, [&](Handle item) { return destroy_item(call.engine, call.who, item); });
}

void command_drop(Call& call) {
    const Phrase words = call.operands();
    if (words.empty()) return call.refuse("Drop what?");
    if (is_hasty(call, words)) return call.refuse("Type drop all in full to put everything down.");
    if (const auto money = money_in(call, words)) {
        if (*money == 0) return call.refuse(how_much);
        return call.take(drop_money(call.engine, call.who, *money));
    }
    auto found = call.find_all(words, looks::bag);
    if (found.empty() && !call.asks() && !wants_all(words)) found = call.find_all(words, looks::worn);
    if (call.asks()) return;
    if (found.empty()) {
        if (wants_everything(words)) return call.refuse("You carry nothing to drop.");
        return call.refuse_missing(words, "You have no ", ".", looks::own);
    }
    for_all(call, found, [&](Handle item) { return drop_item(call.engine, call.who, item); });
    tell_too_few(call, words, found.size());
}

void command_put(Call& call) {
    if (!call.has_operands()) return call.refuse("Put what where? Say: put lamp in chest.");
    auto [what, where] = parted(call.operands(), {"in", "into", "inside", "on", "onto", "at", "to"});
    if (where.empty() && what.size() > 1) {
        const auto [thing, container] = parted_at_container(call, what, looks::bag_first);
        where = container.empty() ? what.last(1) : container;
        what = what.first(what.size() - where.size());
    }
    if (where.empty()) return call.refuse("Put it where? Say: put lamp in chest.");
    if (const auto money = money_in(call, what)) return put_money_in(call, *money, where);
    const Handle container = call.find(where, looks::bag_first, [&](Handle one) {
        return is_container(call.engine, one) && call.engine.store.read(Field::item_closed, one) == 0;
    });
    if (call.asks()) return;
    if (container.is_nobody()) return call.refuse_unseen(where, looks::bag_first);
    auto found = call.find_all(what, looks::bag);
    if (call.asks()) return;
    if (wants_all(what)) std::erase(found, container);
    if (found.empty() && wants_everything(what)) return call.refuse("You carry nothing to put there.");
    if (found.empty()) return call.refuse_missing(what, "You have no ", ".", looks::bag);
    for_all(call, found, [&](Handle item) { return put_item(call.engine, call.who, item, container); });
    tell_too_few(call, what, found.size());
}

}  // namespace kiln::world
