#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/json.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string_view condition_words(std::int64_t percent) {
    if (percent >= 100) return "unhurt";
    if (percent >= 75) return "scratched";
    if (percent >= 50) return "hurt";
    if (percent >= 25) return "badly hurt";
    return "almost dead";
}

}  // namespace

Prompt render_prompt(Engine& engine, Handle who) {
    const auto& store = engine.store;
    const std::int64_t hp = store.read(Field::creature_hp, who);
    const std::int64_t most = total_stat(engine, who, static_cast<int>(Stat::max_hp));
    const std::int64_t level = store.read(Field::creature_level, who);
    const Slot next[1] = {level + 1};
    const Handle enemy = store.read_handle(Field::creature_fighting, who);

    Prompt prompt;
    prompt.runs = styled(per_hundred(hp, most) < 25 ? "bad" : "prompt",
                         std::to_string(hp) + "/" + std::to_string(most) + " hp");
    JsonObject data;
    if (store.is_alive(enemy)) {
        const std::int64_t left =
            per_hundred(store.read(Field::creature_hp, enemy), store.read(Field::creature_max_hp, enemy));
        append(prompt.runs, styled("prompt", ", "));
        append(prompt.runs, styled(style_of(engine, enemy), name_for(engine, enemy, who, Article::the)));
        append(prompt.runs, styled("prompt", ": " + std::string(condition_words(left))));
        data.add("enemy", name_for(engine, enemy, who, Article::none)).add("enemy_percent", left);
    }
    append(prompt.runs, styled("prompt", ">"));
    data.add("gold", store.read(Field::creature_gold, who))
        .add("hp", hp)
        .add("level", level)
        .add("max_hp", most);
    data.add("next_level", engine.rule(Rule::xp_for_level, next))
        .add("xp", store.read(Field::creature_xp, who));
    prompt.data = data.done();
    return prompt;
}

void welcome(Engine& engine, Handle who) {
    tell_words(engine, who, "welcome", "title",
               "Welcome, " + std::string(engine.store.read_bytes(Field::creature_name, who)) + "!");
    std::vector<StyledRun> runs = styled("", "This is a world of words: you type what you do. Try ");
    append(runs, styled("command", "look"));
    for (const Handle exit : engine.store.exits_of(room_of(engine, who))) {
        if (!exit_is_visible(engine, exit) || exit_is_closed(engine, exit)) continue;
        append(runs, styled("", " to see where you are, "));
        append(runs,
               styled("command",
                      direction_name(static_cast<int>(engine.store.read(Field::exit_direction, exit)))));
        append(runs, styled("", " to walk on, or "));
        append(runs, styled("command", "help"));
        append(runs, styled("", " to learn more."));
        return show(engine, who, "welcome", std::move(runs));
    }
    append(runs, styled("", " to see where you are, "));
    append(runs, styled("command", "inventory"));
    append(runs, styled("", " to see what you carry, or "));
    append(runs, styled("command", "help"));
    append(runs, styled("", " to learn more."));
    show(engine, who, "welcome", std::move(runs));
}

}  // namespace kiln::world
