// Gestures that content declares: alone, towards somebody, towards oneself.

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/commands/content.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

// A social's text for everybody here; made once, read by each in the right person.
Attempt show_social(Engine& engine, Handle who, Handle target, const schema::PropertyValue& text) {
    if (text.kind == schema::PropertyValue::Kind::text) {
        act(engine, who, vm::TextValue{static_cast<std::uint32_t>(text.integer), {}});
        return {Attempt::End::done, {}, 0, {}};
    }
    const Slot arguments[2] = {(target.is_nobody() ? who : target).to_slot(), who.to_slot()};
    const auto made = engine.evaluate(static_cast<std::uint32_t>(text.integer), arguments);
    if (made) act(engine, who, engine.arena().text(*made));
    return {Attempt::End::done, {}, 0, {}};
}

Attempt refuses_social(std::string_view why) { return {Attempt::End::refused, styled("", why), 0, {}}; }

Attempt make_gesture(Engine& engine, Handle who, const schema::Definition& definition, const Words& words) {
    if (position_of(engine, who) == Position::asleep) return refuses_social("You are asleep. Wake up first.");
    const auto* others = definition.property("others");
    const auto* targeted = definition.property("targeted");
    if (others == nullptr) return {};
    if (words.size() == 1 || targeted == nullptr) return show_social(engine, who, {}, *others);
    Phrase phrase(words.words.data() + 1, words.size() - 1);
    if (phrase.size() > 1 && (phrase.front() == "at" || phrase.front() == "to" || phrase.front() == "with"))
        phrase = phrase.subspan(1);
    const Wanted wanted = parse_wanted(phrase);
    const Meant meant = choose(engine, who, looks::people, wanted);
    if (!meant.tied.empty()) {
        const auto begin = static_cast<std::size_t>(phrase.data() - words.words.data());
        return {Attempt::End::done, {}, 0, {begin, begin + phrase.size(), meant.tied}};
    }
    if (meant.found.empty()) {
        return refuses_social("You see no " + without_article(wanted.spoken) + " here." +
                              slip_hint(engine, who, looks::people, wanted));
    }
    const Handle target = meant.found.front();
    note_it(engine, who, target);
    return show_social(engine, who, target, target == who ? *others : *targeted);
}

}  // namespace

Attempt try_socials(Engine& engine, Handle who, const Words& words, bool exact) {
    const auto& definitions = engine.image().definitions;
    const std::string& word = words.words.front();
    for (const auto& definition : definitions) {
        if (definition.kind != schema::Kind::social_ || definition.is_abstract) continue;
        const std::string name = own_name(definition);
        if (exact ? name == word : word.size() >= 2 && name.starts_with(word)) {
            auto attempt = make_gesture(engine, who, definition, words);
            attempt.verb = definition.name;
            return attempt;
        }
    }
    return {};
}

}  // namespace kiln::world
