#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string names_in(Engine& engine, const std::vector<Handle>& things, Handle who) {
    std::vector<std::pair<std::string, std::int64_t>> groups;
    for (const Handle thing : things) {
        const std::string name = name_for(engine, thing, who);
        const auto same = std::ranges::find(groups, name, &std::pair<std::string, std::int64_t>::first);
        if (same == groups.end()) {
            groups.emplace_back(name, 1);
        } else {
            ++same->second;
        }
    }
    std::vector<std::string> names;
    for (const auto& [name, count] : groups) names.push_back(counted(name, count));
    return list_of(names);
}

void note_examined(Call& call, Handle thing) {
    call.engine.after(Event::examine_, thing, room_of(call.engine, call.who),
                      {{thing.to_slot(), call.who.to_slot()}, {}});
}

void describe_contents(Call& call, Handle container) {
    const Name names[] = {{"thing", container}};
    if (call.engine.store.read(Field::item_closed, container) != 0) {
        return tell_sentence(call.engine, call.who, "look", "{The thing} is closed.", names);
    }
    const auto things = things_in(call.engine, container);
    auto runs =
        sentence(call.engine, things.empty() ? "{The thing} is empty." : "In {the thing}: ", names, call.who);
    if (!things.empty()) {
        append(runs, styled("item", names_in(call.engine, things, call.who)));
        append(runs, styled("", "."));
    }
    show(call.engine, call.who, "look", std::move(runs));
}

std::string_view health_words(std::int64_t percent) {
    if (percent >= 100) return "{Thing} {thing.is} unhurt.";
    if (percent >= 75) return "{Thing} {thing.has} a few scratches.";
    if (percent >= 50) return "{Thing} {thing.is} hurt.";
    if (percent >= 25) return "{Thing} {thing.is} badly hurt.";
    return "{Thing} can hardly stand.";
}

void describe_creature(Call& call, Handle creature) {
    Engine& engine = call.engine;
    const Name names[] = {{"thing", creature}};
    auto runs = render_property(engine, creature, "description", call.who);
    if (runs.empty()) runs = sentence(engine, "You see nothing special about {the thing}.", names, call.who);
    show(engine, call.who, "look", std::move(runs));
    const std::int64_t most = total_stat(engine, creature, static_cast<int>(Stat::max_hp));
    const std::int64_t percent = per_hundred(engine.store.read(Field::creature_hp, creature), most);
    tell_sentence(engine, call.who, "look", health_words(percent), names);
    if (const auto worn = worn_by(engine, creature); !worn.empty()) {
        auto wears = sentence(engine, "{Thing} {thing.uses} ", names, call.who);
        append(wears, styled("item", names_in(engine, worn, call.who)));
        append(wears, styled("", "."));
        show(engine, call.who, "look", std::move(wears));
    }
    if (creature != call.who) {
        const Name both[] = {{"who", call.who}, {"thing", creature}};
        tell_sentence(engine, creature, "action", "{Who} {looks} at you.", both);
    }
}

void describe_item(Call& call, Handle item) {
    auto runs = render_property(call.engine, item, "description", call.who);
    if (runs.empty()) {
        const Name names[] = {{"thing", item}};
        runs = sentence(call.engine, "You see nothing special about {the thing}.", names, call.who);
    }
    show(call.engine, call.who, "look", std::move(runs));
    if (is_container(call.engine, item)) describe_contents(call, item);
}

void describe_exit(Call& call, Handle exit) {
    Engine& engine = call.engine;
    const Name names[] = {{"way", exit}};
    if (exit_is_closed(engine, exit))
        return tell_sentence(engine, call.who, "look", "{The way} is closed.", names);
    std::vector<StyledRun> runs = styled("exit", capitalized(std::string(direction_name(
        static_cast<int>(engine.store.read(Field::exit_direction, exit))))));
    append(runs, styled("", " lies "));
    append(runs, styled("title", plain_property(engine, engine.store.read_handle(Field::exit_to, exit),
                                                "title", call.who)));
    append(runs, styled("", "."));
    show(engine, call.who, "look", std::move(runs));
}

void describe(Call& call, Handle thing) {
    switch (table_of(thing)) {
        case Table::creature: describe_creature(call, thing); break;
        case Table::item: describe_item(call, thing); break;
        default: describe_exit(call, thing); break;
    }
    note_examined(call, thing);
}

// A detail of the room is only words, but one can look at it.
bool describe_detail(Call& call, const Wanted& wanted) {
    const Handle room = room_of(call.engine, call.who);
    const std::uint32_t index = call.engine.definition_of(room);
    if (index == schema::no_index || wanted.words.empty()) return false;
    for (const Fit least : {Fit::exact, Fit::prefix}) {
        for (const auto& detail : call.engine.definition(index).details) {
            // "rusty lever" is two words that mean it.
            std::vector<std::string> keywords;
            for (const auto& keyword : detail.keywords) {
                for (const auto& word : split_line(lowered(keyword)).words) keywords.push_back(word);
            }
            if (fit_of(keywords, wanted.words) < least) continue;
            show(call.engine, call.who, "look", render_value(call.engine, detail.text, room, call.who));
            return true;
        }
    }
    return false;
}

constexpr Look everything[] = {Look::people_here, Look::things_here, Look::carried, Look::worn};

// What is named so exactly wins over a detail; a detail wins over what merely begins like it.
bool describe_named(Call& call, std::span<const std::string> words) {
    const Wanted wanted = parse_wanted(words);
    const auto among = candidates(call.engine, call.who, everything);
    const auto found = find_among(call.engine, call.who, among, wanted);
    const bool exact =
        !found.empty() && (wanted.it || wanted.me || wanted.words.empty() ||
                           fit_of(keywords_of(call.engine, found.front()), wanted.words) == Fit::exact);
    if (!exact && describe_detail(call, wanted)) return true;
    Handle thing = found.empty() ? Handle{} : found.front();
    if (thing.is_nobody()) thing = find_exit(call.engine, call.who, words);
    if (thing.is_nobody()) return false;
    note_it(call.engine, call.who, thing);
    describe(call, thing);
    return true;
}

void look_inside(Call& call, std::span<const std::string> words) {
    const Wanted wanted = parse_wanted(words);
    const Look where[] = {Look::things_here, Look::carried, Look::worn};
    const Handle container = find_one(call.engine, call.who, where, wanted);
    if (container.is_nobody()) return call.refuse("You see no " + without_article(wanted.spoken) + " here.");
    if (!is_container(call.engine, container)) {
        const Name names[] = {{"thing", container}};
        return call.take(refused(call.engine, call.who, "You cannot look into {the thing}.", names));
    }
    describe_contents(call, container);
    note_examined(call, container);
}

void look_at(Call& call, std::span<const std::string> words) {
    if (words.size() > 1 && (words.front() == "in" || words.front() == "inside" || words.front() == "into")) {
        return look_inside(call, words.subspan(1));
    }
    if (words.size() > 1 && (words.front() == "at" || words.front() == "on" || words.front() == "under")) {
        words = words.subspan(1);
    }
    if (words.size() == 1 && direction_of(words.front()) >= 0) {
        const Handle exit =
            exit_toward(call.engine, room_of(call.engine, call.who), direction_of(words.front()));
        if (exit_is_visible(call.engine, exit)) return describe_exit(call, exit);
        // "look up" at a detail called "up"? The details are asked; then there is nothing.
        if (!describe_named(call, words)) call.refuse("There is nothing special that way.");
        return;
    }
    if (!describe_named(call, words)) {
        call.refuse("You see no " + without_article(parse_wanted(words).spoken) + " here.");
    }
}

}  // namespace

void command_look(Call& call) {
    if (!call.has_operands()) return show_room(call.engine, call.who, true);
    look_at(call, call.operands());
}

void command_examine(Call& call) {
    if (!call.has_operands()) return call.refuse("Examine what?");
    look_at(call, call.operands());
}

void command_exits(Call& call) {
    Engine& engine = call.engine;
    bool any = false;
    for (const Handle exit : engine.store.exits_of(room_of(engine, call.who))) {
        if (!exit_is_visible(engine, exit)) continue;
        any = true;
        auto runs = styled("exit", capitalized(std::string(direction_name(
            static_cast<int>(engine.store.read(Field::exit_direction, exit))))));
        append(runs, styled("", ": "));
        if (exit_is_closed(engine, exit)) {
            append(runs, styled("", name_as_written(engine, exit) + ", closed."));
        } else {
            append(runs,
                   styled("title",
                          plain_property(engine, engine.store.read_handle(Field::exit_to, exit), "title")));
            append(runs, styled("", "."));
        }
        show(engine, call.who, "look", std::move(runs));
    }
    if (!any) call.refuse("You see no way out.");
}

void command_read(Call& call) {
    if (!call.has_operands()) return call.refuse("Read what?");
    const Wanted wanted = parse_wanted(call.operands());
    const Look where[] = {Look::carried, Look::things_here, Look::worn};
    const Handle thing = find_one(call.engine, call.who, where, wanted);
    if (thing.is_nobody()) {
        if (!describe_detail(call, wanted))
            call.refuse("You see no " + without_article(wanted.spoken) + " here.");
        return;
    }
    auto words = render_property(call.engine, thing, "text", call.who);
    const Name names[] = {{"thing", thing}};
    if (words.empty())
        return call.take(refused(call.engine, call.who, "There is nothing written on {the thing}.", names));
    tell_sentence(call.engine, call.who, "look", "You read {the thing}:", names);
    show(call.engine, call.who, "look", std::move(words));
    note_examined(call, thing);
}

}  // namespace kiln::world
