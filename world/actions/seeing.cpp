#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/limits.h"
#include "world/text/json.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

struct Group {
    Handle first;
    std::string name, line;              // `line` only when the declaration has one
    std::int64_t count = 1;
};

// The corpse of somebody is not just "a corpse".
bool has_own_name(const Engine& engine, Handle thing) {
    return table_of(thing) == Table::item && !engine.store.read_bytes(Field::item_bound_name, thing).empty();
}

// Things that read the same are told together: "Three rats are here."
std::vector<Group> grouped(Engine& engine, const std::vector<Handle>& things, Handle reader) {
    std::vector<Group> groups;
    for (const Handle thing : things) {
        const std::string name = name_for(engine, thing, reader);
        const auto same = std::ranges::find(groups, name, &Group::name);
        if (same != groups.end()) {
            ++same->count;
        } else {
            groups.push_back(
                {thing, name,
                 has_own_name(engine, thing) ? "" : plain_property(engine, thing, "long", reader), 1});
        }
    }
    return groups;
}

bool is_listed(const Engine& engine, Handle item) { return !flagged(engine, item, ItemFlag::hidden); }

std::vector<StyledRun> title_of(Engine& engine, Handle room, Handle who) {
    return styled("title", plain_property(engine, room, "title", who));
}

std::string door_state(const Engine& engine, Handle exit) {
    if (engine.store.read_handle(Field::exit_door, exit).is_nobody()) return {};
    return exit_is_locked(engine, exit) ? "locked" : exit_is_closed(engine, exit) ? "closed" : "open";
}

std::vector<StyledRun> exits_line(Engine& engine, Handle room) {
    std::vector<StyledRun> runs = styled("", "Exits: ");
    bool first = true;
    for (const Handle exit : engine.store.exits_of(room)) {
        if (!exit_is_visible(engine, exit)) continue;
        if (!first) append(runs, styled("", ", "));
        first = false;
        append(
            runs,
            styled("exit", direction_name(static_cast<int>(engine.store.read(Field::exit_direction, exit)))));
        if (exit_is_closed(engine, exit)) append(runs, styled("", " (closed)"));
    }
    append(runs, styled("", first ? "none." : "."));
    return runs;
}

std::string_view posture(const Engine& engine, Handle who) {
    switch (position_of(engine, who)) {
        case Position::sitting: return " sitting here.";
        case Position::resting: return " resting here.";
        case Position::asleep: return " asleep here.";
        default: return " here.";
    }
}

void creature_line(Engine& engine, Handle who, const Group& group) {
    const Handle enemy = engine.store.read_handle(Field::creature_fighting, group.first);
    if (group.count == 1 && engine.store.is_alive(enemy)) {
        const Name names[] = {{"one", group.first}, {"enemy", enemy}};
        return tell_sentence(engine, who, "room", "{One} {is} here, fighting {the enemy}!", names);
    }
    const bool usual = position_of(engine, group.first) == Position::standing;
    if (group.count == 1 && usual && !group.line.empty()) {
        return show(engine, who, "room", render_property(engine, group.first, "long", who));
    }
    std::vector<StyledRun> runs =
        styled(style_of(engine, group.first), capitalized(counted(group.name, group.count)));
    const bool many = group.count > 1 || is_plural(engine, group.first);
    append(runs,
           styled("", many ? std::string(" are here.") : " is" + std::string(posture(engine, group.first))));
    show(engine, who, "room", std::move(runs));
}

// Players who do the same: "Ada, Bo and 43 others are resting here." However many there are, it is one line.
void players_line(Engine& engine, Handle who, std::span<const Handle> players, std::string_view doing) {
    const auto named = std::min(players.size(), limits::people_named);
    const auto others = players.size() - named;
    std::vector<StyledRun> runs;
    for (std::size_t i = 0; i < named; ++i) {
        if (i > 0) append(runs, styled("", i + 1 == named && others == 0 ? " and " : ", "));
        append(runs, styled("player", name_for(engine, players[i], who)));
    }
    if (others == 1) append(runs, styled("", " and another one"));
    if (others > 1) append(runs, styled("", " and " + std::to_string(others) + " others"));
    append(runs, styled("", (players.size() > 1 ? " are" : " is") + std::string(doing)));
    show(engine, who, "room", std::move(runs));
}

void players_lines(Engine& engine, Handle who, const std::vector<Handle>& players) {
    std::vector<std::pair<std::string_view, std::vector<Handle>>> doing;
    for (const Handle player : players) {
        const bool is_fighting =
            engine.store.is_alive(engine.store.read_handle(Field::creature_fighting, player));
        const auto what = is_fighting ? std::string_view(" here, fighting!") : posture(engine, player);
        const auto same = std::ranges::find(doing, what, [](const auto& row) { return row.first; });
        if (same == doing.end())
            doing.push_back({what, {player}});
        else
            same->second.push_back(player);
    }
    for (const auto& [what, several] : doing) {
        const Handle enemy = engine.store.read_handle(Field::creature_fighting, several.front());
        if (several.size() == 1 && engine.store.is_alive(enemy)) {
            const Name names[] = {{"one", several.front()}, {"enemy", enemy}};
            tell_sentence(engine, who, "room", "{One} {is} here, fighting {the enemy}!", names);
        } else {
            players_line(engine, who, several, what);
        }
    }
}

void item_line(Engine& engine, Handle who, const Group& group) {
    if (group.count == 1 && !group.line.empty()) {
        return show(engine, who, "room", render_property(engine, group.first, "long", who));
    }
    std::vector<StyledRun> runs = styled("item", capitalized(counted(group.name, group.count)));
    append(runs, styled("", group.count > 1 ? " lie here." : " lies here."));
    show(engine, who, "room", std::move(runs));
}

std::string exits_data(Engine& engine, Handle room) {
    JsonArray list;
    for (const Handle exit : engine.store.exits_of(room)) {
        if (!exit_is_visible(engine, exit)) continue;
        const Handle to = engine.store.read_handle(Field::exit_to, exit);
        JsonObject row;
        row.add("dir", direction_name(static_cast<int>(engine.store.read(Field::exit_direction, exit))));
        const std::string door = door_state(engine, exit);
        // A closed door does not tell what lies behind it.
        if (!door.empty()) row.add("door", door).add("door_name", name_as_written(engine, exit));
        if (door.empty() || door == "open") row.add("name", plain_property(engine, to, "title"));
        list.add_raw(row.done());
    }
    return list.done();
}

std::string groups_data(const std::vector<Group>& groups) {
    JsonArray list;
    for (const auto& group : groups) {
        JsonObject row;
        if (group.count > 1) row.add("count", group.count);
        list.add_raw(row.add("name", group.name).done());
    }
    return list.done();
}

void send_data(Engine& engine, Handle who, Handle room, const std::vector<Group>& things,
               const std::vector<Group>& npcs, const std::vector<Handle>& players) {
    std::vector<Group> people = npcs;
    const auto named = std::min(players.size(), limits::people_named);
    for (std::size_t i = 0; i < named; ++i)
        people.push_back({players[i], name_for(engine, players[i], who), "", 1});
    JsonObject data;
    data.add_raw("creatures", groups_data(people));
    data.add("description", plain_property(engine, room, "description", who));
    data.add_raw("exits", exits_data(engine, room));
    data.add("id", engine.store.read(Field::room_id, room));
    data.add_raw("items", groups_data(things));
    data.add("name", plain_property(engine, room, "title", who));
    if (players.size() > named) data.add("others", static_cast<std::int64_t>(players.size() - named));
    const Handle zone = engine.zone_of(room);
    if (!zone.is_nobody()) data.add("zone", plain_property(engine, zone, "title", who));
    engine.emit(who, Output::Kind::room, "room", {}, data.done());
}

}  // namespace

void show_room(Engine& engine, Handle who, bool force_description) {
    const Handle room = room_of(engine, who);
    if (!is_player(engine, who) || room.is_nobody()) return;
    std::vector<Handle> things = things_in(engine, room);
    std::erase_if(things, [&](Handle item) { return !is_listed(engine, item); });
    std::vector<Handle> npcs, players;
    for (const Handle other : people_in(engine, room)) {
        if (other != who) (is_player(engine, other) ? players : npcs).push_back(other);
    }
    const auto thing_groups = grouped(engine, things, who);
    const auto npc_groups = grouped(engine, npcs, who);

    send_data(engine, who, room, thing_groups, npc_groups, players);
    show(engine, who, "room", title_of(engine, room, who));
    if (force_description || engine.store.read(Field::creature_brief, who) == 0) {
        show(engine, who, "room", render_property(engine, room, "description", who));
    }
    show(engine, who, "room", exits_line(engine, room));
    for (const auto& group : thing_groups) item_line(engine, who, group);
    for (const auto& group : npc_groups) creature_line(engine, who, group);
    players_lines(engine, who, players);
}

}  // namespace kiln::world
