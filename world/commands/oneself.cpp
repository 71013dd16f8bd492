#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

void score_line(Call& call, std::string_view words) { tell_words(call.engine, call.who, "score", "", words); }

std::string stat_words(Call& call, std::string_view name, Stat stat, Field field) {
    const std::int64_t total = total_stat(call.engine, call.who, static_cast<int>(stat));
    const std::int64_t base = call.engine.store.read(field, call.who);
    std::string words = std::string(name) + " " + std::to_string(total);
    if (total == base) return words;
    return words + " (" + std::to_string(base) + (total > base ? "+" : "") + std::to_string(total - base) +
           ")";
}

}  // namespace

void command_score(Call& call) {
    const auto& store = call.engine.store;
    const auto number = [&](Field field) { return std::to_string(store.read(field, call.who)); };
    const std::int64_t level = store.read(Field::creature_level, call.who);
    const Slot next[1] = {level + 1};
    const std::int64_t needed =
        call.engine.rule(Rule::xp_for_level, next) - store.read(Field::creature_xp, call.who);
    score_line(call,
         "You are " + name_as_written(call.engine, call.who) + ", level " + std::to_string(level) + ".");
    score_line(call, "Health: " + number(Field::creature_hp) + " of " +
                   std::to_string(total_stat(call.engine, call.who, static_cast<int>(Stat::max_hp))) + ".");
    score_line(call, "Experience: " + number(Field::creature_xp) +
                   (needed > 0 ? "; " + std::to_string(needed) + " more to the next level." : "."));
    score_line(call, stat_words(call, "Strength", Stat::strength, Field::creature_strength) + ", " +
                   stat_words(call, "dexterity", Stat::dexterity, Field::creature_dexterity) + ", " +
                   stat_words(call, "vitality", Stat::vitality, Field::creature_vitality) + ", " +
                   stat_words(call, "wits", Stat::wits, Field::creature_wits) + ", " +
                   stat_words(call, "armour", Stat::armor, Field::creature_armor) + ".");
    score_line(call, "You have " + money_words(store.read(Field::creature_gold, call.who)) + ".");
}

void command_affects(Call& call) {
    const auto effects = effects_of(call.engine, call.who);
    if (effects.empty()) return score_line(call, "Nothing special works on you.");
    score_line(call, "What works on you:");
    for (const Handle effect : effects) {
        const auto stacks = call.engine.store.read(Field::effect_stacks, effect);
        const auto end = static_cast<std::uint64_t>(call.engine.store.read(Field::effect_ends_at, effect));
        std::string words = "  " + name_as_written(call.engine, effect);
        if (stacks > 1) words += ", " + number_word(stacks) + "-fold";
        if (end > call.engine.now()) {
            words += ", for " + duration_words(static_cast<std::int64_t>(end - call.engine.now()) *
                                               call.engine.tick_ms());
        }
        score_line(call, words + ".");
    }
}

void command_gold(Call& call) {
    const auto gold = call.engine.store.read(Field::creature_gold, call.who);
    score_line(call, gold > 0 ? "You have " + money_words(gold) + "." : "You have no gold at all.");
}

void command_time(Call& call) {
    constexpr std::int64_t hour_ms = 120'000;
    constexpr std::int64_t first_hour = 8;
    const auto hour =
        (static_cast<std::int64_t>(call.engine.now()) * call.engine.tick_ms() / hour_ms + first_hour) % 24;
    const std::string_view part = hour < 5    ? "at night"
                                  : hour < 12 ? "in the morning"
                                  : hour < 18 ? "in the afternoon"
                                  : hour < 22 ? "in the evening"
                                              : "at night";
    const auto twelve = hour % 12 == 0 ? 12 : hour % 12;
    score_line(call, "It is " + number_word(twelve) + " o'clock " + std::string(part) + ".");
}

void command_brief(Call& call) {
    const bool brief = call.engine.store.read(Field::creature_brief, call.who) == 0;
    call.engine.store.write(Field::creature_brief, call.who, Slot{brief});
    score_line(call,
         brief ? "Rooms are described briefly now when you walk." : "Rooms are described in full again.");
}

void command_save(Call& call) { score_line(call, "The world never forgets; there is nothing to save."); }

void command_quit(Call& call) {
    if (call.words.words.front() != "quit") return call.refuse("Type quit in full to leave the world.");
    if (!call.engine.store.read_handle(Field::creature_fighting, call.who).is_nobody()) {
        return call.refuse("Not in the middle of a fight! Flee first.");
    }
    const Name names[] = {{"who", call.who}};
    room_sentence(call.engine, room_of(call.engine, call.who), call.who, "{Who} {fades} from the world.",
                  names, "movement");
    call.engine.end_session(call.who,
                            "You leave the world. Everything you have will be here when you return.");
}

}  // namespace kiln::world
