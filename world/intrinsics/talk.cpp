// Saying and showing.
#include "world/actions/asking.h"
#include "world/actions/talking.h"
#include "world/actions/telling.h"
#include "world/intrinsics/bodies.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

// A text argument for everybody in a room, each reading it in the right person.
vm::NativeResult show_in_room(Engine& engine, vm::NativeCall& call, Handle who, Handle room,
                              std::size_t text) {
    const auto readers = people_in(engine, room);
    KILN_CHECK(charge(call, static_cast<std::int64_t>(readers.size())));
    Telling telling(engine, "action", who, room,
                    [&](Handle reader) { return text_at(engine, call, text, reader); });
    for (const Handle reader : readers) {
        if (is_player(engine, reader)) telling.to(reader);
    }
    return nothing();
}

std::vector<Handle> players_of_zone(const Engine& engine, Handle zone) {
    std::vector<Handle> players;
    engine.store.for_each(Table::creature, [&](Handle who) {
        if (is_player(engine, who) && is_active(engine, who) &&
            engine.zone_of(room_of(engine, who)) == zone) {
            players.push_back(who);
        }
    });
    return players;
}

}  // namespace

KILN_BODY(tell) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    show(engine, entity_at(call, 0), "action", text_at(engine, call, 1, entity_at(call, 0)));
    return nothing();
}

KILN_BODY(echo) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::room));
    return show_in_room(engine, call, {}, entity_at(call, 0), 1);
}

KILN_BODY(echo_in) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::room));
    return show_in_room(engine, call, {}, entity_at(call, 0), 1);
}

KILN_BODY(echo_zone) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::zone));
    const auto readers = players_of_zone(engine, entity_at(call, 0));
    KILN_CHECK(charge(call, static_cast<std::int64_t>(readers.size())));
    Telling telling(engine, "action", {}, {},
                    [&](Handle reader) { return text_at(engine, call, 1, reader); });
    for (const Handle reader : readers) telling.to(reader);
    return nothing();
}

KILN_BODY(act) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    return show_in_room(engine, call, entity_at(call, 0), room_of(engine, entity_at(call, 0)), 1);
}

KILN_BODY(act_parts) {
    const Handle who = entity_at(call, 0);
    const Handle target = entity_at(call, 1);
    KILN_CHECK(must_be(engine, who, Table::creature));
    const auto readers = people_in(engine, room_of(engine, who));
    KILN_CHECK(charge(call, static_cast<std::int64_t>(readers.size())));
    Telling others(engine, "action", who, room_of(engine, who),
                   [&](Handle reader) { return text_at(engine, call, 4, reader); });
    for (const Handle reader : readers) {
        if (!is_player(engine, reader)) continue;
        if (reader == who)
            show(engine, reader, "action", text_at(engine, call, 2, reader));
        else if (reader == target)
            show(engine, reader, "action", text_at(engine, call, 3, reader));
        else
            others.to(reader);
    }
    return nothing();
}

KILN_BODY(say) {
    const Handle speaker = entity_at(call, 0);
    KILN_CHECK(must_be(engine, speaker, Table::creature));
    speak(engine, speaker, [&](Handle reader) { return text_at(engine, call, 1, reader); });
    return nothing();
}

KILN_BODY(emote) {
    const Handle who = entity_at(call, 0);
    KILN_CHECK(must_be(engine, who, Table::creature));
    const Handle room = room_of(engine, who);
    Telling telling(engine, "emote", who, room, [&](Handle reader) {
        auto runs = styled(style_of(engine, who), capitalized(name_for(engine, who, Handle{})));
        append(runs, styled("", " "));
        append(runs, text_at(engine, call, 1, reader));
        return runs;
    });
    for (const Handle reader : people_in(engine, room)) {
        if (is_player(engine, reader)) telling.to(reader);
    }
    return nothing();
}

KILN_BODY(shout) {
    const Handle who = entity_at(call, 0);
    KILN_CHECK(must_be(engine, who, Table::creature));
    const auto readers = players_of_zone(engine, engine.zone_of(room_of(engine, who)));
    KILN_CHECK(charge(call, static_cast<std::int64_t>(readers.size())));
    const Name names[] = {{"who", who}};
    Telling telling(engine, "shout", who, room_of(engine, who), [&](Handle reader) {
        auto runs = sentence(engine, "{Who} {shouts}, \"", names, reader);
        append(runs, text_at(engine, call, 1, reader));
        append(runs, styled("", "\""));
        return runs;
    });
    for (const Handle reader : readers) telling.to(reader);
    return nothing();
}

KILN_BODY(show_room) {
    KILN_CHECK(must_be(engine, entity_at(call, 0), Table::creature));
    show_room(engine, entity_at(call, 0), true);
    return nothing();
}

}  // namespace kiln::world
