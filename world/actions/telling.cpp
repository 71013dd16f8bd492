#include "world/actions/telling.h"

#include <algorithm>
#include <utility>

#include "world/actions/asking.h"
#include "world/limits.h"
#include "world/text/render.h"
#include "world/tick/parts.h"

namespace kiln::world {

void show(Engine& engine, Handle to, std::string_view topic, std::vector<StyledRun> runs) {
    if (!runs.empty()) engine.emit(to, Output::Kind::text, topic, std::move(runs));
}

void tell_sentence(Engine& engine, Handle to, std::string_view topic, std::string_view words,
                   std::span<const Name> names) {
    show(engine, to, topic, sentence(engine, words, names, to));
}

Telling::Telling(Engine& engine, std::string_view topic, Handle who, Handle room, Words words)
    : engine_(engine), words_(std::move(words)), topic_(topic), who_(who) {
    auto* outer = std::exchange(engine.spoken_of, &spoken_of_);
    common_ = std::make_shared<Output::Body>(Output::Body{Output::Kind::text, topic_, words_(Handle{}), {}});
    engine.spoken_of = outer;
    const bool is_noise = is_player(engine, who) && engine.store.occupants(room).size() > limits::crowd;
    if (is_noise) is_heard_ = engine.parts().speech.crowd_listens(room);
}

bool Telling::speaks_of(Handle reader) const {
    return std::ranges::find(spoken_of_, reader) != spoken_of_.end();
}

void Telling::to(Handle reader) {
    if (reader == who_ || speaks_of(reader))
        show(engine_, reader, topic_, words_(reader));
    else if (is_heard_ && !common_->runs.empty())
        engine_.emit(reader, common_);
}

void room_sentence(Engine& engine, Handle room, Handle except, std::string_view words,
                   std::span<const Name> names, std::string_view topic) {
    Telling telling(engine, topic, names.empty() ? Handle{} : names.front().second, room,
                    [&](Handle reader) { return sentence(engine, words, names, reader); });
    for (const Handle reader : people_in(engine, room)) {
        if (reader == except || !is_player(engine, reader)) continue;
        const bool named = std::ranges::find(names, reader, &Name::second) != names.end();
        if (position_of(engine, reader) == Position::asleep && !named) continue;
        telling.to(reader);
    }
}

void room_runs(Engine& engine, Handle room, Handle except, std::string_view topic,
               const std::vector<StyledRun>& runs, Handle who) {
    Telling telling(engine, topic, who, room, [&](Handle) { return runs; });
    for (const Handle reader : people_in(engine, room)) {
        if (reader != except) telling.to(reader);
    }
}

void act(Engine& engine, Handle who, const vm::TextValue& text, Handle except) {
    // The arena may move while names are evaluated: the arguments are kept here.
    const std::vector<Slot> arguments(text.arguments.begin(), text.arguments.end());
    const Handle room = engine.place_room(who);
    Telling telling(engine, "action", who, room, [&](Handle reader) {
        return render(engine, vm::TextValue{text.text, arguments}, reader);
    });
    for (const Handle reader : people_in(engine, room)) {
        if (reader != except && is_player(engine, reader)) telling.to(reader);
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
