#include <array>

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

// By the numbers of the enumeration damage_type.
constexpr std::array<std::string_view, 12> blow_verbs = {"hits",     "slashes", "stabs",  "smashes",
                                                         "burns",    "chills",  "shocks", "poisons",
                                                         "corrodes", "deafens", "smites", "withers"};

Handle enemy_of(const Engine& engine, Handle who) {
    return engine.store.read_handle(Field::creature_fighting, who);
}

std::string_view why_no_fight(Engine& engine, Handle who, Handle victim) {
    if (!is_active(engine, victim)) return "There is nobody left to fight.";
    if (who == victim) return "You would rather not hurt yourself.";
    if (room_of(engine, who) != room_of(engine, victim)) return "{The victim} is not here.";
    if (is_player(engine, who) && is_player(engine, victim))
        return "Players do not attack each other in this world.";
    if (flagged(engine, room_of(engine, who), RoomFlag::peaceful))
        return "This is a peaceful place. Nobody fights here.";
    if (is_npc(engine, victim) && flagged(engine, victim, NpcFlag::peaceful)) {
        return "{The victim} means no harm to anybody. Leave {victim.him} in peace.";
    }
    const auto until = static_cast<std::uint64_t>(engine.recall(victim, "protected_until"));
    if (until > engine.now()) return "{The victim} {victim.is} under protection for a moment.";
    return {};
}

std::uint64_t round_length(Engine& engine, Handle who) {
    const Slot arguments[1] = {who.to_slot()};
    const std::int64_t length = engine.rule(Rule::combat_round, arguments);
    return engine.ticks(length > 0 ? length : 2'000);
}

bool has_timer(const Engine& engine, Handle owner, TimerPurpose purpose) {
    for (const Handle timer : engine.store.timers_of(owner)) {
        if (engine.store.read(Field::timer_purpose, timer) == static_cast<std::int64_t>(purpose)) return true;
    }
    return false;
}

void join_fight(Engine& engine, Handle who, Handle victim) {
    engine.store.write(Field::creature_fighting, who, victim);
    if (position_of(engine, who) != Position::standing) {
        engine.store.write(Field::creature_position, who, static_cast<Slot>(Position::standing));
    }
    if (!has_timer(engine, who, TimerPurpose::combat_round)) {
        engine.schedule(TimerPurpose::combat_round, who, engine.now() + round_length(engine, who));
    }
}

struct Blow {
    std::int64_t base = 0;
    int type = 0;
};

Blow roll_blow(Engine& engine, Handle who) {
    const Handle weapon = worn_in(engine, who, WearSlot::wielded);
    const Handle source = weapon.is_nobody() ? who : weapon;
    const auto* dice = property_of(engine, source, "damage");
    // Bare hands of somebody whose declaration says nothing.
    const vm::Dice thrown = dice == nullptr ? vm::Dice{1, 3, 0} : vm::Dice::from_slot(dice->integer);
    return {roll_dice(engine, thrown), static_cast<int>(integer_property(engine, source, "damage_type"))};
}

std::string_view how_hard(std::int64_t percent) {
    if (percent >= 50) return " with terrible force";
    if (percent >= 30) return " savagely";
    if (percent >= 15) return " hard";
    if (percent < 4) return " without much effect";
    return {};
}

void tell_blow(Engine& engine, Handle who, Handle victim, const Blow& blow, std::int64_t amount) {
    const Handle room = room_of(engine, who);
    const Name names[] = {{"who", who}, {"victim", victim}};
    const auto verb = blow_verbs[static_cast<std::size_t>(blow.type) % blow_verbs.size()];
    const auto most = engine.store.read(Field::creature_max_hp, victim);
    const std::string words = "{The who} {" + std::string(verb) + "} {the victim}" +
                              std::string(how_hard(per_hundred(amount, most))) + ".";
    const auto is_own = [&](Handle reader) { return reader == who || reader == victim; };
    Telling telling(engine, "combat", who, room, [&](Handle reader) {
        auto runs = sentence(engine, words, names, reader);
        if (is_own(reader))
            append(runs, styled(reader == victim ? "bad" : "hit", " [" + std::to_string(amount) + "]"));
        return runs;
    });
    for (const Handle reader : people_in(engine, room)) {
        if (!is_player(engine, reader)) continue;
        if (is_own(reader) || position_of(engine, reader) != Position::asleep) telling.to(reader);
    }
}

void strike(Engine& engine, Handle who, Handle victim) {
    const Slot both[2] = {who.to_slot(), victim.to_slot()};
    const Name names[] = {{"who", who}, {"victim", victim}};
    const bool lands = static_cast<std::int64_t>(engine.draw(10'000)) < engine.rule(Rule::hit_chance, both);
    if (!lands) {
        return room_sentence(engine, room_of(engine, who), Handle{}, "{The who} {misses} {the victim}.",
                             names, "combat");
    }
    const Blow blow = roll_blow(engine, who);
    const Slot arguments[3] = {both[0], both[1], blow.base};
    const std::int64_t amount = engine.rule(Rule::blow_damage, arguments);
    if (amount <= 0) {
        return room_sentence(engine, room_of(engine, who), Handle{},
                             "{The who} {hits} {the victim}, but {does} no harm.", names, "combat");
    }
    tell_blow(engine, who, victim, blow, amount);
    damage(engine, victim, amount, blow.type, who);
}

Handle next_enemy(const Engine& engine, Handle who) {
    for (const Handle other : people_in(engine, room_of(engine, who))) {
        if (other != who && enemy_of(engine, other) == who) return other;
    }
    return {};
}

}  // namespace

ActionResult start_fight(Engine& engine, Handle who, Handle victim) {
    const Name names[] = {{"who", who}, {"victim", victim}};
    if (const auto reason = why_no_fight(engine, who, victim); !reason.empty())
        return refused(engine, who, reason, names);
    if (enemy_of(engine, who) == victim)
        return refused(engine, who, "You are already fighting {the victim}!", names);
    const Handle room = room_of(engine, who);
    const EventArguments arguments{{victim.to_slot(), who.to_slot()}, {}};
    const Veto veto = engine.before(Event::attack_, victim, room, arguments);
    if (veto.prevented) return prevented(veto, "Something keeps you from attacking.");
    if (!is_active(engine, victim) || !is_active(engine, who) ||
        room_of(engine, who) != room_of(engine, victim))
        return {};
    const bool fresh = !has_timer(engine, who, TimerPurpose::combat_round);
    room_sentence(engine, room, Handle{}, "{The who} {attacks} {the victim}!", names, "combat");
    join_fight(engine, who, victim);
    if (enemy_of(engine, victim).is_nobody()) join_fight(engine, victim, who);
    engine.after(Event::attack_, victim, room, arguments);
    // The first blow falls at once, but changing one's mind does not buy another.
    if (fresh) strike(engine, who, victim);
    return done();
}

void fight_round(Engine& engine, Handle who) {
    Handle victim = enemy_of(engine, who);
    if (!is_active(engine, who)) return;
    if (!is_active(engine, victim) || room_of(engine, victim) != room_of(engine, who)) {
        victim = next_enemy(engine, who);
        engine.store.write(Field::creature_fighting, who, victim);
    }
    if (victim.is_nobody()) return;
    if (position_of(engine, who) != Position::standing) {
        engine.store.write(Field::creature_position, who, static_cast<Slot>(Position::standing));
    }
    strike(engine, who, victim);
    if (!enemy_of(engine, who).is_nobody()) {
        engine.schedule(TimerPurpose::combat_round, who, engine.now() + round_length(engine, who));
    }
}

void stop_fight(Engine& engine, Handle who) {
    engine.store.write(Field::creature_fighting, who, Handle{});
    engine.cancel_timers(who, TimerPurpose::combat_round);
    const auto nearby = engine.store.occupants(room_of(engine, who));
    for (const Handle other : std::vector<Handle>(nearby.begin(), nearby.end())) {
        if (enemy_of(engine, other) != who) continue;
        engine.store.write(Field::creature_fighting, other, next_enemy(engine, other));
        if (enemy_of(engine, other).is_nobody()) engine.cancel_timers(other, TimerPurpose::combat_round);
    }
}

}  // namespace kiln::world
