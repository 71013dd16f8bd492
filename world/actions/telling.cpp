#include "world/actions/telling.h"

#include <algorithm>

#include "world/actions/asking.h"
#include "world/text/render.h"

namespace kiln::world {

void show(Engine& engine, Handle to, std::string_view topic, std::vector<StyledRun> runs) {
    if (!runs.empty()) engine.emit(to, Output::Kind::text, topic, std::move(runs));
}

void tell_sentence(Engine& engine, Handle to, std::string_view topic, std::string_view words,
                   std::span<const Name> names) {
    show(engine, to, topic, sentence(engine, words, names, to));
}

void room_sentence(Engine& engine, Handle room, Handle except, std::string_view words,
                   std::span<const Name> names, std::string_view topic) {
    for (const Handle reader : people_in(engine, room)) {
        if (reader == except || !is_player(engine, reader)) continue;
        const bool named = std::ranges::find(names, reader, &Name::second) != names.end();
        if (position_of(engine, reader) == Position::asleep && !named) continue;
        tell_sentence(engine, reader, topic, words, names);
    }
}

void room_runs(Engine& engine, Handle room, Handle except, std::string_view topic,
               const std::vector<StyledRun>& runs) {
    for (const Handle reader : people_in(engine, room)) {
        if (reader != except) show(engine, reader, topic, runs);
    }
}

void act(Engine& engine, Handle who, const vm::TextValue& text, Handle except) {
    // The arena may move while names are evaluated: the arguments are kept here.
    const std::vector<Slot> arguments(text.arguments.begin(), text.arguments.end());
    const Handle room = engine.place_room(who);
    for (const Handle reader : people_in(engine, room)) {
        if (reader == except || !is_player(engine, reader)) continue;
        show(engine, reader, "action", render(engine, vm::TextValue{text.text, arguments}, reader));
    }
}

void act_words(Engine& engine, Handle who, std::string_view words, std::span<const Name> names,
               std::string_view topic) {
    room_sentence(engine, engine.place_room(who), Handle{}, words, names, topic.empty() ? "action" : topic);
}

void tell_words(Engine& engine, Handle to, std::string_view topic, std::string_view style,
                std::string_view words) {
    show(engine, to, topic, styled(style, words));
}

ActionResult done() { return {true, {}}; }

ActionResult refused(std::string_view words) { return {false, styled("", words)}; }

ActionResult refused(Engine& engine, Handle who, std::string_view words, std::span<const Name> names) {
    return {false, sentence(engine, words, names, who)};
}

ActionResult prevented(const Veto& veto, std::string_view otherwise) {
    return veto.told ? ActionResult{} : refused(otherwise);
}

}  // namespace kiln::world
