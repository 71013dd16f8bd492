#include <algorithm>

#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/phrases.h"
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
    if (runs.empty()) {
        runs = creature == call.who
                   ? styled("", "You see nothing special about yourself.")
                   : sentence(engine, "You see nothing special about {the thing}.", names, call.who);
    }
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
    std::vector<StyledRun> runs = styled("exit", capitalized(std::string(direction_name(static_cast<int>(
                                                     engine.store.read(Field::exit_direction, exit))))));
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

// A detail of the room is only words, but one can look at it. Null if there is none.
const schema::DetailDef* find_detail(Call& call, const Wanted& wanted) {
    const std::uint32_t index = call.engine.definition_of(room_of(call.engine, call.who));
    if (index == schema::no_index || wanted.words.empty()) return nullptr;
    for (const Fit least : {Fit::exact, Fit::prefix}) {
        for (const auto& detail : call.engine.definition(index).details) {
            // "rusty lever" is two words that mean it.
            std::vector<std::string> keywords;
            for (const auto& keyword : detail.keywords) {
                for (const auto& word : split_line(lowered(keyword)).words) keywords.push_back(word);
            }
            if (fit_of(keywords, wanted.words) >= least) return &detail;
        }
    }
    return nullptr;
}

bool has_detail(Call& call, const Wanted& wanted) { return find_detail(call, wanted) != nullptr; }

bool describe_detail(Call& call, const Wanted& wanted) {
    const auto* detail = find_detail(call, wanted);
    if (detail == nullptr) return false;
    show(call.engine, call.who, "look",
         render_value(call.engine, detail->text, room_of(call.engine, call.who), call.who));
    return true;
}

// What is named so exactly wins over a detail; a detail wins over what merely begins like it.
bool describe_named(Call& call, Phrase words) {
    const Wanted wanted = parse_wanted(words);
    const auto among = candidates(call.engine, call.who, looks::all);
    const auto found = find_among(call.engine, call.who, among, wanted);
    const bool exact =
        !found.empty() && (wanted.it || wanted.me || !wanted.chosen.is_nobody() || wanted.words.empty() ||
                           fit_of(keywords_of(call.engine, found.front()), wanted.words) == Fit::exact);
    if (!exact && describe_detail(call, wanted)) return true;
    Handle thing = call.find(words, looks::all);
    if (call.asks()) return true;
    if (thing.is_nobody()) thing = find_exit(call.engine, call.who, words);
    if (thing.is_nobody()) return false;
    note_it(call.engine, call.who, thing);
    describe(call, thing);
    return true;
}

void look_inside(Call& call, Phrase words) {
    const Handle container =
        call.find(words, looks::room_first, [&](Handle one) { return is_container(call.engine, one); });
    if (call.asks()) return;
    if (container.is_nobody()) {
        const Wanted wanted = parse_wanted(words);
        if (describe_detail(call, wanted)) return;
        return call.refuse_unseen(words, looks::room_first);
    }
    if (!is_container(call.engine, container)) {
        const Name names[] = {{"thing", container}};
        return call.take(refused(call.engine, call.who, "You cannot look into {the thing}.", names));
    }
    describe_contents(call, container);
    note_examined(call, container);
}

// "under bed" and "behind curtain": only what the room says about it.
void look_beside(Call& call, Phrase words) {
    if (describe_detail(call, parse_wanted(words))) return;
    const Phrase thing = words.subspan(1);
    if (!call.is_there(thing, looks::all) && !has_detail(call, parse_wanted(thing)))
        return call.refuse_unseen(thing);
    call.refuse("You find nothing " + words.front() + " it.");
}

// "sword on table", "lamp in chest": one thing among those that lie in another. False if the line is not so.
bool look_at_inner(Call& call, Phrase words) {
    const auto [thing, place] = parted(words, {"in", "on", "inside", "from"});
    if (place.empty()) return false;
    const auto holders =
        call.find_all(place, looks::room_first, [&](Handle one) { return is_container(call.engine, one); });
    if (call.asks()) return true;
    if (holders.empty() || !is_container(call.engine, holders.front())) return false;
    const Handle holder = holders.front();
    if (call.engine.store.read(Field::item_closed, holder) != 0) {
        describe_contents(call, holder);
        return true;
    }
    const auto found = call.find_in(thing, {things_in(call.engine, holder)});
    if (call.asks()) return true;
    if (!found.empty()) {
        describe(call, found.front());
        return true;
    }
    const Name names[] = {{"holder", holder}};
    call.take(refused(call.engine, call.who, "You see no such thing in {the holder}.", names));
    return true;
}

void look_toward(Call& call, Phrase words) {
    const Handle exit = exit_toward(call.engine, room_of(call.engine, call.who), direction_of(words.front()));
    if (exit_is_visible(call.engine, exit)) return describe_exit(call, exit);
    // "look up" at a detail called "up"? The details are asked; then there is nothing.
    if (!describe_named(call, words)) call.refuse("There is nothing special that way.");
}

void look_at(Call& call, Phrase words) {
    const std::string& first = words.front();
    if (words.size() > 1) {
        if (first == "in" || first == "inside" || first == "into") return look_inside(call, words.subspan(1));
        if (first == "under" || first == "behind") return look_beside(call, words);
        if (first == "at" || first == "on" || first == "to") return look_at(call, words.subspan(1));
    }
    if (words.size() == 1 && (first == "here" || first == "around"))
        return show_room(call.engine, call.who, true);
    if (words.size() == 1 && direction_of(first) >= 0) return look_toward(call, words);
    if (look_at_inner(call, words) || describe_named(call, words)) return;
    call.refuse_unseen(words);
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

// What has nothing written on it is looked at: "read sign" means the sign.
void command_read(Call& call) {
    const Phrase words = call.operands();
    if (words.empty()) return call.refuse("Read what?");
    const auto has_text = [&](Handle one) { return property_of(call.engine, one, "text") != nullptr; };
    const Handle thing = call.find(words, looks::room_first, has_text);
    if (call.asks()) return;
    if (thing.is_nobody()) return look_at(call, words);
    auto text = render_property(call.engine, thing, "text", call.who);
    const Name names[] = {{"thing", thing}};
    if (text.empty()) {
        tell_sentence(call.engine, call.who, "look", "There is nothing written on {the thing}.", names);
        return describe(call, thing);
    }
    tell_sentence(call.engine, call.who, "look", "You read {the thing}:", names);
    show(call.engine, call.who, "look", std::move(text));
    note_examined(call, thing);
}

}  // namespace kiln::world
