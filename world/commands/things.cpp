#include <algorithm>
#include <charconv>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

using Phrase = std::span<const std::string>;

// Before and after one of some words: "lamp" / "chest" of "lamp from chest".
std::pair<Phrase, Phrase> parted(Phrase words, std::initializer_list<std::string_view> at) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (std::ranges::find(at, words[i]) != at.end()) return {words.first(i), words.subspan(i + 1)};
    }
    return {words, {}};
}

// The same action on all that is meant: done ones tell themselves, refusals are told in between.
template <typename Action>
void for_all(Call& call, const std::vector<Handle>& things, const Action& action) {
    bool any = false;
    for (const Handle thing : things) {
        if (!call.engine.store.is_alive(thing) || call.engine.is_faulting()) continue;
        ActionResult result = action(thing);
        any = any || result.done;
        if (things.size() == 1) return call.take(std::move(result));
        if (!result.done) show(call.engine, call.who, "error", std::move(result.refusal));
    }
}

std::vector<Handle> meant(Call& call, Phrase words, std::initializer_list<Look> where) {
    const std::vector<Look> looks(where);
    const auto found =
        find_among(call.engine, call.who, candidates(call.engine, call.who, looks), parse_wanted(words));
    if (!found.empty()) note_it(call.engine, call.who, found.front());
    return found;
}

std::string spoken(Phrase words) { return without_article(parse_wanted(words).spoken); }
bool wants_all(Phrase words) { return parse_wanted(words).all; }

Handle find_container(Call& call, Phrase words) {
    const Look where[] = {Look::carried, Look::things_here, Look::worn};
    const auto found =
        find_among(call.engine, call.who, candidates(call.engine, call.who, where), parse_wanted(words));
    for (const Handle thing : found) {
        if (is_container(call.engine, thing)) return thing;
    }
    return found.empty() ? Handle{} : found.front();
}

void get_from(Call& call, Phrase what, Phrase where) {
    const Handle container = find_container(call, where);
    if (container.is_nobody()) return call.refuse("You see no " + spoken(where) + " here.");
    const Name names[] = {{"thing", container}};
    if (!is_container(call.engine, container)) {
        return call.take(refused(call.engine, call.who, "There is nothing in {the thing}.", names));
    }
    if (call.engine.store.read(Field::item_closed, container) != 0) {
        return call.take(refused(call.engine, call.who, "{The thing} is closed.", names));
    }
    const auto found =
        find_among(call.engine, call.who, things_in(call.engine, container), parse_wanted(what));
    if (found.empty()) {
        return call.take(refused(
            call.engine, call.who,
            wants_all(what) ? "{The thing} is empty." : "You see no such thing in {the thing}.", names));
    }
    for_all(call, found, [&](Handle item) { return take_item(call.engine, call.who, item); });
}

// "all" leaves alone what nobody can carry; naming it gets the reason.
std::vector<Handle> without_fixed(Call& call, std::vector<Handle> things) {
    std::erase_if(things, [&](Handle item) {
        const ItemKind kind = kind_of(call.engine, item);
        return flagged(call.engine, item, ItemFlag::fixed) || flagged(call.engine, item, ItemFlag::hidden) ||
               kind == ItemKind::furniture || kind == ItemKind::corpse;
    });
    return things;
}

void give_gold(Call& call, std::int64_t amount, Phrase whom) {
    Engine& engine = call.engine;
    const Look where[] = {Look::people_here};
    const Handle to = find_one(engine, call.who, where, parse_wanted(whom));
    if (to.is_nobody()) return call.refuse("You see no " + spoken(whom) + " here.");
    if (to == call.who) return call.refuse("It is yours already.");
    const std::int64_t gold = engine.store.read(Field::creature_gold, call.who);
    if (gold < amount) return call.refuse("You only have " + money_words(gold) + ".");
    engine.store.write(Field::creature_gold, call.who, gold - amount);
    engine.store.write(Field::creature_gold, to, engine.store.read(Field::creature_gold, to) + amount);
    const Name names[] = {{"who", call.who}, {"to", to}};
    act_words(engine, call.who, "{Who} {gives} {to} " + money_words(amount) + ".", names);
}

// "5 gold" or "5 coins"; 0 if it is something else.
std::int64_t gold_in(Phrase words) {
    if (words.size() != 2 || (words[1] != "gold" && !words[1].starts_with("coin"))) return 0;
    std::int64_t amount = 0;
    const auto result = std::from_chars(words[0].data(), words[0].data() + words[0].size(), amount);
    return result.ec == std::errc{} && result.ptr == words[0].data() + words[0].size() && amount > 0 ? amount
                                                                                                     : 0;
}

void give_things(Call& call, const std::vector<Handle>& things, Handle to) {
    for_all(call, things, [&](Handle item) { return give_item(call.engine, call.who, item, to); });
}

// "give bob the lamp": the first words that name somebody here are the person.
bool give_without_to(Call& call, Phrase words) {
    const Look people[] = {Look::people_here};
    for (std::size_t split = 1; split < words.size(); ++split) {
        const auto among = candidates(call.engine, call.who, people);
        const auto whom = find_among(call.engine, call.who, among, parse_wanted(words.first(split)));
        const auto things = meant(call, words.subspan(split), {Look::carried});
        if (whom.empty() || things.empty()) continue;
        give_things(call, things, whom.front());
        return true;
    }
    return false;
}

}  // namespace

void command_get(Call& call) {
    Phrase words = call.operands();
    if (!words.empty() && words.front() == "up" && call.words.words.front() == "pick")
        words = words.subspan(1);
    if (words.empty()) return call.refuse("Get what?");
    auto [what, from] = parted(words, {"from", "in", "out", "off"});
    if (!from.empty() && from.size() > 1 && from.front() == "of") from = from.subspan(1);
    if (!from.empty()) return get_from(call, what, from);
    auto found = meant(call, words, {Look::things_here});
    if (wants_all(words)) found = without_fixed(call, std::move(found));
    if (!found.empty()) {
        return for_all(call, found, [&](Handle item) { return take_item(call.engine, call.who, item); });
    }
    if (wants_all(words)) return call.refuse("There is nothing here to take.");
    // "get lamp chest"
    if (words.size() > 1 && is_container(call.engine, find_container(call, words.last(1)))) {
        return get_from(call, words.first(words.size() - 1), words.last(1));
    }
    if (!meant(call, words, {Look::people_here}).empty())
        return call.refuse("People do not like to be picked up.");
    if (!meant(call, words, {Look::carried, Look::worn}).empty()) return call.refuse("You have it already.");
    call.refuse("You see no " + spoken(words) + " here.");
}

void command_drop(Call& call) {
    if (!call.has_operands()) return call.refuse("Drop what?");
    if (gold_in(call.operands()) > 0) return call.refuse("You keep your gold. Give it to somebody instead.");
    auto found = meant(call, call.operands(), {Look::carried});
    if (found.empty() && !wants_all(call.operands())) found = meant(call, call.operands(), {Look::worn});
    if (found.empty()) {
        if (wants_all(call.operands())) return call.refuse("You carry nothing to drop.");
        return call.refuse("You have no " + spoken(call.operands()) + ".");
    }
    for_all(call, found, [&](Handle item) { return drop_item(call.engine, call.who, item); });
}

void command_put(Call& call) {
    if (!call.has_operands()) return call.refuse("Put what where? Say: put lamp in chest.");
    auto [what, where] = parted(call.operands(), {"in", "into", "inside", "on", "onto"});
    if (where.empty() && what.size() > 1) {
        where = what.last(1);
        what = what.first(what.size() - 1);
    }
    if (where.empty()) return call.refuse("Put it where? Say: put lamp in chest.");
    const Handle container = find_container(call, where);
    if (container.is_nobody()) return call.refuse("You see no " + spoken(where) + " here.");
    auto found = meant(call, what, {Look::carried});
    if (wants_all(what)) std::erase(found, container);
    if (found.empty() && wants_all(what)) return call.refuse("You carry nothing to put there.");
    if (found.empty()) return call.refuse("You have no " + spoken(what) + ".");
    for_all(call, found, [&](Handle item) { return put_item(call.engine, call.who, item, container); });
}

void command_give(Call& call) {
    if (!call.has_operands()) return call.refuse("Give what to whom? Say: give lamp to bob.");
    const auto [what, whom] = parted(call.operands(), {"to"});
    if (const std::int64_t amount = gold_in(what); amount > 0 && !whom.empty())
        return give_gold(call, amount, whom);
    if (whom.empty()) {
        const Phrase words = call.operands();
        if (words.size() > 2 && gold_in(words.first(2)) > 0)
            return give_gold(call, gold_in(words.first(2)), words.subspan(2));
        if (words.size() > 2 && gold_in(words.last(2)) > 0) {
            return give_gold(call, gold_in(words.last(2)), words.first(words.size() - 2));
        }
        // "give lamp bob"
        if (words.size() > 1) {
            const auto things = meant(call, words.first(words.size() - 1), {Look::carried});
            const auto people = meant(call, words.last(1), {Look::people_here});
            if (!things.empty() && !people.empty()) return give_things(call, things, people.front());
        }
        if (give_without_to(call, words)) return;
        return call.refuse("Give what to whom? Say: give lamp to bob.");
    }
    const auto things = meant(call, what, {Look::carried});
    if (things.empty()) return call.refuse("You have no " + spoken(what) + ".");
    const Look where[] = {Look::people_here};
    const Handle to = find_one(call.engine, call.who, where, parse_wanted(whom));
    if (to.is_nobody()) return call.refuse("You see no " + spoken(whom) + " here.");
    give_things(call, things, to);
}

}  // namespace kiln::world
