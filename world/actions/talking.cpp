#include "world/actions/talking.h"

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

std::string_view verb_for(const std::string& words) {
    if (words.ends_with("?")) return "{Who} {asks}, \"";
    if (words.ends_with("!")) return "{Who} {exclaims}, \"";
    return "{Who} {says}, \"";
}

}  // namespace

ActionResult speak(Engine& engine, Handle speaker,
                   const std::function<std::vector<StyledRun>(Handle)>& words) {
    const Handle room = room_of(engine, speaker);
    const std::string heard = plain(words(Handle{}));
    const EventArguments arguments{{speaker.to_slot(), 0}, heard};
    const Veto veto = engine.before(Event::say_, room, room, arguments);
    if (veto.prevented) return prevented(veto, "The words do not leave your mouth.");
    const Name names[] = {{"who", speaker}};
    Telling telling(engine, "say", speaker, room, [&](Handle reader) {
        auto runs = sentence(engine, verb_for(heard), names, reader);
        for (auto& run : words(reader)) append(runs, {{run.style.empty() ? "say" : run.style, run.text}});
        append(runs, styled("", "\""));
        return runs;
    });
    for (const Handle reader : people_in(engine, room)) {
        if (is_player(engine, reader) && position_of(engine, reader) != Position::asleep) telling.to(reader);
    }
    engine.after(Event::say_, room, room, arguments);
    return done();
}

ActionResult ask_about(Engine& engine, Handle who, Handle to, std::string_view topic) {
    const Handle room = room_of(engine, who);
    const EventArguments arguments{{who.to_slot(), 0}, std::string(topic)};
    const Veto veto = engine.before(Event::say_, room, room, arguments);
    if (veto.prevented) return prevented(veto, "The words do not leave your mouth.");
    const Name names[] = {{"who", who}, {"to", to}};
    Telling telling(engine, "say", who, room, [&](Handle reader) {
        auto runs = sentence(engine, "{Who} {asks} {to} about \"", names, reader);
        append(runs, styled("say", topic));
        append(runs, styled("", "\"."));
        return runs;
    });
    for (const Handle reader : people_in(engine, room)) {
        if (is_player(engine, reader) && position_of(engine, reader) != Position::asleep) telling.to(reader);
    }
    engine.after(Event::say_, room, room, arguments);
    return done();
}

ActionResult emote(Engine& engine, Handle who, std::string_view words) {
    auto runs = styled(style_of(engine, who), name_for(engine, who, Handle{}));
    append(runs, styled("", (words.starts_with("'") ? "" : " ") + std::string(words)));
    room_runs(engine, room_of(engine, who), Handle{}, "emote", runs, who);
    return done();
}

}  // namespace kiln::world
