#include "world/commands/content.h"

#include <algorithm>

#include "world/actions/asking.h"
#include "world/actions/telling.h"
#include "world/commands/patterns.h"
#include "world/commands/targets.h"
#include "world/text/render.h"

namespace kiln::world {

namespace {

using Phase = schema::HandlerDef::Phase;
using End = Attempt::End;

Attempt from_run(Engine::HandlerRun run) {
    switch (run.end) {
        case Engine::RunEnd::refused: return {};
        case Engine::RunEnd::failed: return {End::failed, std::move(run.message), 0, {}};
        // After a fault the caller undoes the slice and says so itself.
        case Engine::RunEnd::faulted: return {End::failed, {}, 0, {}};
        default: return {End::done, {}, 0, {}};
    }
}

Attempt refuses(std::string_view why) { return {End::refused, styled("", why), 0, {}}; }
Attempt asks(Question question) { return {End::done, {}, 0, std::move(question)}; }

// The best pattern of a handler: one that fits, or the one that came nearest.
PatternMatch best_match(Engine& engine, Handle who, const std::vector<schema::Pattern>& patterns,
                        const Words& words) {
    PatternMatch best;
    for (const auto& pattern : patterns) {
        PatternMatch match = match_pattern(engine, who, pattern, words);
        if (match.fits) return match;
        if (match.known_words > best.known_words) best = std::move(match);
    }
    return best;
}

Attempt run_phase(Engine& engine, Handle who, const Words& words, Phase phase) {
    Attempt nearest;
    std::size_t known = 0;
    for (const auto& listener : engine.listeners(Event::command_, phase, who, room_of(engine, who))) {
        const auto& handler = engine.image().handlers[listener.handler];
        PatternMatch match = best_match(engine, who, handler.patterns, words);
        if (!match.fits) {
            if (match.known_words > known && !match.refusal.empty()) {
                known = match.known_words;
                nearest = refuses(match.refusal);
            }
            continue;
        }
        if (!match.question.among.empty()) return asks(std::move(match.question));
        std::vector<Slot> arguments{who.to_slot()};
        arguments.insert(arguments.end(), match.slots.begin(), match.slots.end());
        auto run = engine.run_listener(listener, who, arguments);
        // A `before` handler that lets it pass has not dealt with the line.
        if (phase == Phase::before && run.end == Engine::RunEnd::done) continue;
        Attempt attempt = from_run(std::move(run));
        attempt.verb = handler.name;
        if (attempt.end != End::not_meant) return attempt;
    }
    return nearest;
}

template <typename Visit>
void for_each_declared(const Engine& engine, schema::Kind kind, const Visit& visit) {
    const auto& definitions = engine.image().definitions;
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        if (definitions[i].kind == kind && !definitions[i].is_abstract) visit(i);
    }
}

bool is_named(const std::string& name, const std::string& word, bool exact) {
    return exact ? name == word : word.size() >= 2 && name.starts_with(word);
}

std::vector<std::string> names_of(const schema::Definition& definition) {
    std::vector<std::string> names{own_name(definition)};
    for (const auto& form : definition.forms) {
        const std::string first = first_word_of(form.pattern);
        if (!first.empty() && std::ranges::find(names, first) == names.end()) names.push_back(first);
    }
    return names;
}

std::int64_t property_number(const schema::Definition& definition, std::string_view name) {
    const auto* value = definition.property(name);
    return value == nullptr ? 0 : value->integer;
}

std::string usage_of(const schema::Definition& definition) {
    std::vector<std::string> forms;
    for (const auto& form : definition.forms) forms.push_back(pattern_words(form.pattern));
    std::string usage = "That is written: ";
    for (std::size_t i = 0; i < forms.size(); ++i) usage += (i == 0 ? "" : ", or ") + forms[i];
    return usage + ".";
}

std::string cooldown_key(const schema::Definition& definition) { return "cooldown." + definition.name; }

std::string why_not_now(Engine& engine, Handle who, const schema::Definition& definition) {
    const Position least = static_cast<Position>(property_number(definition, "position"));
    const Position position = position_of(engine, who);
    if (position > least)
        return position == Position::asleep ? "You are asleep. Wake up first."
                                            : "You need to stand up first.";
    const auto ready = static_cast<std::uint64_t>(engine.recall(who, cooldown_key(definition)));
    if (ready <= engine.now()) return {};
    const auto left = static_cast<std::int64_t>(ready - engine.now()) * engine.tick_ms();
    return "You need a moment before you can do that again: " + duration_words(left) + ".";
}

Attempt run_command_form(Engine& engine, Handle who, std::uint32_t index, const Words& typed,
                         const std::string& name) {
    const auto& definition = engine.definition(index);
    // An abbreviation stands for the whole word.
    Words words = typed;
    words.words.front() = name;
    PatternMatch nearest;
    for (std::size_t form = 0; form < definition.forms.size(); ++form) {
        PatternMatch match = match_pattern(engine, who, definition.forms[form].pattern, words);
        if (!match.fits) {
            if (match.known_words > nearest.known_words || nearest.refusal.empty())
                nearest = std::move(match);
            continue;
        }
        if (!match.question.among.empty()) return asks(std::move(match.question));
        if (const auto reason = why_not_now(engine, who, definition); !reason.empty()) {
            return refuses(reason);
        }
        Attempt attempt = from_run(engine.run_form(index, form, who, match.slots));
        if (attempt.end != End::done)
            return attempt.end == End::not_meant ? Attempt{End::done, {}, 0, {}} : attempt;
        attempt.lag_ms = property_number(definition, "lag");
        if (const auto cooldown = property_number(definition, "cooldown"); cooldown > 0) {
            engine.remember(who, cooldown_key(definition), Handle{},
                            static_cast<std::int64_t>(engine.now() + engine.ticks(cooldown)));
        }
        return attempt;
    }
    return refuses(nearest.refusal.empty() ? usage_of(definition) : nearest.refusal);
}

}  // namespace

std::string own_name(const schema::Definition& definition) {
    return lowered(definition.name.substr(definition.name.rfind('.') + 1));
}

Attempt try_handlers_here(Engine& engine, Handle who, const Words& words) {
    // Somebody asleep handles nothing; the built-in commands say why.
    if (position_of(engine, who) == Position::asleep) return {};
    Attempt before = run_phase(engine, who, words, Phase::before);
    if (before.end == End::done || before.end == End::failed) return before;
    return run_phase(engine, who, words, Phase::after);
}

Attempt try_commands(Engine& engine, Handle who, const Words& words, bool exact) {
    Attempt result;
    const std::string& word = words.words.front();
    for_each_declared(engine, schema::Kind::command_, [&](std::uint32_t index) {
        if (result.end != End::not_meant) return;
        for (const auto& name : names_of(engine.definition(index))) {
            if (is_named(name, word, exact)) {
                result = run_command_form(engine, who, index, words, exact ? word : name);
                result.verb = engine.definition(index).name;
                return;
            }
        }
    });
    return result;
}

std::vector<std::string> content_words(Engine& engine, Handle who) {
    std::vector<std::string> words;
    for (const auto& listener : engine.listeners(Event::command_, Phase::after, who, room_of(engine, who))) {
        for (const auto& pattern : engine.image().handlers[listener.handler].patterns)
            words.push_back(first_word_of(pattern));
    }
    for_each_declared(engine, schema::Kind::command_, [&](std::uint32_t index) {
        const auto names = names_of(engine.definition(index));
        words.insert(words.end(), names.begin(), names.end());
    });
    for_each_declared(engine, schema::Kind::social_,
                      [&](std::uint32_t index) { words.push_back(own_name(engine.definition(index))); });
    return words;
}

}  // namespace kiln::world
