#include "world/actions/talking.h"
#include "world/actions/telling.h"
#include "world/commands/command_table.h"
#include "world/commands/phrases.h"
#include "world/limits.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

constexpr std::string_view reply_key = "command.reply";

void tell_to(Call& call, Handle to, std::string_view words) {
    Engine& engine = call.engine;
    const Name names[] = {{"who", call.who}, {"to", to}};
    for (const Handle reader : {to, call.who}) {
        auto runs = sentence(engine, "{Who} {tells} {to}, \"", names, reader);
        append(runs, styled("tell", words));
        append(runs, styled("", "\""));
        show(engine, reader, "tell", std::move(runs));
    }
    engine.remember(to, reply_key, Handle{}, call.who.to_slot());
}

}  // namespace

void command_say(Call& call) {
    if (!call.has_operands()) return call.refuse("Say what?");
    const std::string words(call.said());
    call.take(speak(call.engine, call.who, [&](Handle) { return styled("say", words); }));
}

void command_emote(Call& call) {
    if (!call.has_operands()) return call.refuse("Show what? Type: emote waves.");
    call.take(emote(call.engine, call.who, call.said()));
}

void command_tell(Call& call) {
    if (call.words.size() < 2) return call.refuse("Tell whom what?");
    std::string name = call.words.words[1];
    if (!name.empty() && name.back() == ',') name.pop_back();
    const Handle to = find_player(call.engine, call.who, name);
    if (to.is_nobody()) {
        const Handle here = call.find(call.operands().first(1), looks::people);
        if (call.asks()) return;
        if (here == call.who) return call.refuse("You mutter to yourself.");
        const Name names[] = {{"here", here}};
        if (!here.is_nobody()) {
            return call.take(refused(call.engine, call.who, "{The here} is right here. Just say it.", names));
        }
        return call.refuse("There is no player called " + std::string(call.words.between(1, 2)) +
                           " in the world.");
    }
    if (call.words.size() < 3) return call.refuse("Tell them what?");
    tell_to(call, to, call.said(2));
}

void command_reply(Call& call) {
    const Handle to = Handle::from_slot(call.engine.recall(call.who, reply_key));
    if (to.is_nobody()) return call.refuse("Nobody has told you anything yet.");
    if (!is_active(call.engine, to)) return call.refuse("They have left the world.");
    if (!call.has_operands()) return call.refuse("Reply what?");
    tell_to(call, to, call.said());
}

void command_whisper(Call& call) {
    Phrase words = call.operands();
    if (!words.empty() && words.front() == "to") words = words.subspan(1);
    if (words.size() < 2) return call.refuse("Whisper what to whom? Say: whisper bob hello.");
    const Handle to = call.find(words.first(1), looks::people);
    if (call.asks()) return;
    if (to.is_nobody()) return call.refuse_unseen(words.first(1), looks::people);
    if (to == call.who) return call.refuse("You mutter to yourself.");
    const auto from = static_cast<std::size_t>(words.data() + 1 - call.words.words.data());
    const Name names[] = {{"who", call.who}, {"to", to}};
    for (const Handle reader : {call.who, to}) {
        auto runs = sentence(call.engine, "{Who} {whispers} to {to}, \"", names, reader);
        append(runs, styled("tell", call.said(from)));
        append(runs, styled("", "\""));
        show(call.engine, reader, "tell", std::move(runs));
    }
    for (const Handle other : people_in(call.engine, room_of(call.engine, call.who))) {
        if (other == to || other == call.who || !is_player(call.engine, other)) continue;
        tell_sentence(call.engine, other, "action", "{Who} {whispers} something to {to}.", names);
    }
}

void command_ask(Call& call) {
    const auto [whom, topic] = parted(call.operands(), {"about", "for"});
    if (topic.empty()) return call.refuse("Ask whom about what? Say: ask bob about map.");
    const Handle to = call.find(whom, looks::people);
    if (call.asks()) return;
    if (to.is_nobody()) return call.refuse_unseen(whom, looks::people);
    if (to == call.who) return call.refuse("You wonder, but you have no answer.");
    const auto from = static_cast<std::size_t>(topic.data() - call.words.words.data());
    call.take(ask_about(call.engine, call.who, to, call.said(from)));
}

void command_talk(Call& call) {
    if (!call.has_operands()) return call.refuse("Talk to whom?");
    const Handle to = call.find(call.operands(), looks::people);
    if (call.asks()) return;
    if (to.is_nobody()) return call.refuse_unseen(call.operands(), looks::people);
    if (to == call.who) return call.refuse("You mutter to yourself.");
    const Name names[] = {{"to", to}};
    call.take(refused(call.engine, call.who, "Say something to {to}: say hello, or ask {to} about something.",
                      names));
}

void command_who(Call& call) {
    Engine& engine = call.engine;
    std::int64_t count = 0;
    engine.store.for_each(Table::creature, [&](Handle other) {
        if (!is_player(engine, other) || !is_active(engine, other)) return;
        if (++count > static_cast<std::int64_t>(limits::players_listed)) return;
        auto runs = styled("player", "  " + name_as_written(engine, other));
        std::string more = ", level " + std::to_string(engine.store.read(Field::creature_level, other));
        const Handle zone = engine.zone_of(room_of(engine, other));
        if (!zone.is_nobody()) more += ", in " + plain_property(engine, zone, "title");
        append(runs, styled("", more + (other == call.who ? " (you)" : "")));
        show(engine, call.who, "who", std::move(runs));
    });
    if (count > static_cast<std::int64_t>(limits::players_listed)) {
        tell_words(
            engine, call.who, "who", "",
            "  and " + number_word(count - static_cast<std::int64_t>(limits::players_listed)) + " more");
    }
    tell_words(engine, call.who, "who", "",
               count == 1 ? "You are alone in the world."
                          : capitalized(number_word(count)) + " players are in the world.");
}

}  // namespace kiln::world
