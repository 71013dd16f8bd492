#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::int64_t regeneration_ms = 10'000;
constexpr std::int64_t protection_ms = 10'000;
constexpr int most_levels_at_once = 50;

void begin_regeneration(Engine& engine, Handle who) {
    for (const Handle timer : engine.store.timers_of(who)) {
        if (engine.store.read(Field::timer_purpose, timer) ==
            static_cast<std::int64_t>(TimerPurpose::regeneration))
            return;
    }
    engine.schedule(TimerPurpose::regeneration, who, engine.now() + engine.ticks(regeneration_ms));
}

std::int64_t most_hp(Engine& engine, Handle who) {
    return total_stat(engine, who, static_cast<int>(Stat::max_hp));
}

void warn_if_low(Engine& engine, Handle victim, std::int64_t before, std::int64_t now) {
    const std::int64_t quarter = most_hp(engine, victim) / 4;
    if (is_player(engine, victim) && before > quarter && now <= quarter) {
        tell_words(engine, victim, "combat", "bad", "You are badly hurt! You could flee.");
    }
}

void rise_to_level(Engine& engine, Handle who, std::int64_t level) {
    const Slot arguments[2] = {who.to_slot(), level};
    const std::int64_t before = engine.store.read(Field::creature_max_hp, who);
    const std::int64_t most = std::max(before, engine.rule(Rule::level_max_hp, arguments));
    engine.store.write(Field::creature_level, who, level);
    engine.store.write(Field::creature_max_hp, who, most);
    engine.store.write(Field::creature_hp, who,
                       std::max(engine.store.read(Field::creature_hp, who), most_hp(engine, who)));
    const std::string more = most > before
                                 ? " You can take " + std::to_string(most) + " points of harm instead of " +
                                       std::to_string(before) + ", and you"
                                 : " You";
    tell_words(engine, who, "level", "good",
               "You are now level " + std::to_string(level) + "!" + more + " feel whole again.");
    const Name names[] = {{"who", who}};
    room_sentence(engine, room_of(engine, who), who, "{Who} {looks} a little taller than before.", names);
}

}  // namespace

void damage(Engine& engine, Handle victim, std::int64_t amount, int damage_type, Handle source) {
    static_cast<void>(damage_type);
    if (amount <= 0 || !is_active(engine, victim)) return;
    if (is_player(engine, source) && is_player(engine, victim) && source != victim) return;
    const std::int64_t before = engine.store.read(Field::creature_hp, victim);
    const std::int64_t now = std::max<std::int64_t>(before - amount, 0);
    const Handle room = room_of(engine, victim);
    engine.store.write(Field::creature_hp, victim, now);
    const Slot killer = is_a(engine, source, Table::creature) ? source.to_slot() : 0;
    engine.after(Event::damage_, victim, room, {{victim.to_slot(), amount, killer}, {}});
    if (now == 0) {
        const Name names[] = {{"victim", victim}};
        engine.store.write(Field::creature_dying, victim, Slot{1});
        engine.store.write(Field::creature_fighting, victim, Handle{});
        room_sentence(engine, room, victim, "{The victim} {is} dead!", names, "combat");
        engine.after(Event::death_, victim, room, {{victim.to_slot(), killer}, {}});
        return;
    }
    if (position_of(engine, victim) == Position::asleep) {
        engine.store.write(Field::creature_position, victim, static_cast<Slot>(Position::standing));
        tell_words(engine, victim, "combat", "bad", "Pain tears you out of your sleep!");
    }
    warn_if_low(engine, victim, before, now);
    begin_regeneration(engine, victim);
}

void heal(Engine& engine, Handle who, std::int64_t amount) {
    if (amount <= 0 || !is_active(engine, who)) return;
    const std::int64_t now = engine.store.read(Field::creature_hp, who);
    const std::int64_t room_left = std::max<std::int64_t>(most_hp(engine, who) - now, 0);
    engine.store.write(Field::creature_hp, who, now + std::min(amount, room_left));
}

void regenerate(Engine& engine, Handle who) {
    if (!is_active(engine, who)) return;
    if (engine.store.read_handle(Field::creature_fighting, who).is_nobody()) {
        const Slot arguments[1] = {who.to_slot()};
        std::int64_t amount = engine.rule(Rule::regeneration, arguments);
        if (position_of(engine, who) == Position::resting) amount = amount * 3 / 2;
        if (position_of(engine, who) == Position::asleep) amount *= 2;
        heal(engine, who, amount);
    }
    const std::int64_t most = most_hp(engine, who);
    const std::int64_t now = engine.store.read(Field::creature_hp, who);
    if (now < most) return begin_regeneration(engine, who);
    if (is_player(engine, who)) tell_words(engine, who, "health", "good", "You feel whole again.");
}

void give_xp(Engine& engine, Handle who, std::int64_t amount) {
    if (amount <= 0 || !is_player(engine, who)) return;
    const std::int64_t xp =
        engine.store.read(Field::creature_xp, who) + std::min<std::int64_t>(amount, 1'000'000'000);
    engine.store.write(Field::creature_xp, who, xp);
    tell_words(engine, who, "experience", "good", "You gain " + std::to_string(amount) + " experience.");
    for (int i = 0; i < most_levels_at_once; ++i) {
        const std::int64_t next = engine.store.read(Field::creature_level, who) + 1;
        const Slot arguments[1] = {next};
        const std::int64_t needed = engine.rule(Rule::xp_for_level, arguments);
        if (needed <= 0 || xp < needed) return;
        rise_to_level(engine, who, next);
    }
}

// A player loses nothing: one wakes at home, whole, and is left alone for a moment.
void wake_at_home(Engine& engine, Handle who) {
    const Name names[] = {{"who", who}};
    tell_words(engine, who, "death", "bad", "You die. The world grows dark and quiet...");
    Handle home = engine.store.read_handle(Field::creature_home, who);
    if (!engine.store.is_alive(home)) home = engine.start_room();
    for (const Handle effect : effects_of(engine, who))
        end_effect(engine, effect, static_cast<int>(EndReason::died));
    engine.store.write(Field::creature_dying, who, Slot{0});
    engine.store.write(Field::creature_position, who, static_cast<Slot>(Position::standing));
    engine.store.write(Field::creature_hp, who, most_hp(engine, who));
    engine.cancel_timers(who, TimerPurpose::regeneration);
    engine.remember(who, "protected_until", Handle{},
                    static_cast<std::int64_t>(engine.now() + engine.ticks(protection_ms)));
    const Handle from = room_of(engine, who);
    engine.store.write(Field::creature_place, who, home);
    engine.store.write(Field::creature_arrival, who, engine.store.next_number(Field::world_next_arrival));
    tell_words(engine, who, "death", "good",
               "...and bright again. You wake up, whole, with everything you had.");
    room_sentence(engine, home, who, "{Who} {wakes} up with a gasp.", names, "movement");
    show_room(engine, who, false);
    engine.after(Event::enter_, who, home, {{who.to_slot(), from.to_slot()}, {}});
}

}  // namespace kiln::world
