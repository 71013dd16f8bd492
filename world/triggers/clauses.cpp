// What a handler asks before it runs: disabled, once, once per player, cooldown, overlap, when, chance.

#include <algorithm>

#include "world/fibers/fibers.h"
#include "world/tick/faults.h"
#include "world/tick/slice.h"
#include "world/triggers/triggers.h"

namespace kiln::world {

namespace {

std::string key_of(const HandlerDef& handler, std::string_view what) {
    return handler.name + "#" + std::string(what);
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// The word stands there whole, in any case.
bool has_word(std::string_view words, std::string_view wanted) {
    if (wanted.empty()) return true;
    for (std::size_t at = 0; at + wanted.size() <= words.size(); ++at) {
        if (at > 0 && is_letter(words[at - 1])) continue;
        const auto after = at + wanted.size();
        if (after < words.size() && is_letter(words[after])) continue;
        const auto same = [](char a, char b) { return lowered(a) == lowered(b); };
        if (std::ranges::equal(words.substr(at, wanted.size()), wanted, same)) return true;
    }
    return false;
}

// Room for one more of this handler here, by its rule for overlapping.
bool overlap_agrees(Engine& engine, const HandlerDef& handler, Handle self, std::span<const Slot> arguments) {
    using enum HandlerDef::Overlap;
    if (handler.overlap == parallel || handler.phase == HandlerDef::Phase::before) return true;
    const auto running = fibers_of_handler(engine, self, handler.name);
    if (running.empty()) return true;
    if (handler.overlap == queue) {
        if (const auto fault = queue_handler(engine, handler, arguments); fault != vm::Fault::none)
            engine.fault(fault);
    }
    if (handler.overlap != restart) return false;
    for (const auto fiber : running) cancel_fiber(engine, fiber);
    return true;
}

}  // namespace

bool fits_words(const HandlerDef& handler, std::string_view words) {
    if (handler.patterns.empty()) return true;
    return std::ranges::any_of(handler.patterns, [&](const schema::Pattern& pattern) {
        return std::ranges::all_of(pattern.parts, [&](const schema::PatternPart& part) {
            return part.kind != schema::PatternPart::Kind::word || has_word(words, part.word);
        });
    });
}

bool clauses_agree(Engine& engine, const HandlerDef& handler, Handle self, Handle actor,
                   std::span<const Slot> arguments) {
    if (is_disabled(engine, handler.name)) return false;
    if (handler.once && engine.recall(self, key_of(handler, "once")) != 0) return false;
    if (handler.once_per_player && engine.recall(self, key_of(handler, "once"), actor) != 0) return false;
    if (handler.cooldown_ms > 0) {
        const auto until = engine.recall(self, key_of(handler, "cooldown"));
        if (until > static_cast<std::int64_t>(engine.now())) return false;
    }
    if (handler.condition != no_index) {
        const auto count =
            engine.parts().running().image->program.functions[handler.condition].parameters.size();
        const auto agreed = run_function(engine, handler.condition,
                                         arguments.first(std::min(count, arguments.size())), RunAs::question);
        if (agreed.end != Ran::returned || agreed.value == 0) return false;
    }
    if (!overlap_agrees(engine, handler, self, arguments)) return false;
    return handler.chance >= 10'000 ||
           engine.draw(10'000) < static_cast<std::uint64_t>(std::max<std::int64_t>(handler.chance, 0));
}

void note_run(Engine& engine, const HandlerDef& handler, Handle self, Handle actor) {
    if (handler.once) engine.remember(self, key_of(handler, "once"), {}, 1);
    if (handler.once_per_player) engine.remember(self, key_of(handler, "once"), actor, 1);
    if (handler.cooldown_ms > 0) {
        engine.remember(self, key_of(handler, "cooldown"), {},
                        static_cast<std::int64_t>(engine.now() + engine.ticks(handler.cooldown_ms)));
    }
}

}  // namespace kiln::world
