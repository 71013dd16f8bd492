// Numbers, words, lists and remembered facts.
#include <algorithm>

#include "world/actions/asking.h"
#include "world/intrinsics/bodies.h"

namespace kiln::world {

namespace {

constexpr std::size_t longest_name = 16 * 1024;
constexpr std::int64_t hour_ms = 120'000;            // a day of the world lasts 48 minutes...
constexpr std::int64_t first_hour = 8;               // ...and begins in the morning

bool is_word_letter(char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return code >= 0x80 || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           letter == '\'';
}

bool has_word(const std::string& words, const std::string& wanted) {
    if (wanted.empty()) return false;
    for (std::size_t at = words.find(wanted); at != std::string::npos; at = words.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        const bool begins = at == 0 || !is_word_letter(words[at - 1]);
        if (begins && (end == words.size() || !is_word_letter(words[end]))) return true;
    }
    return false;
}

const std::string* key_at(const Engine& engine, const vm::NativeCall& call) {
    const auto& keys = engine.running_image().memory_keys;
    const Slot key = integer_at(call, 1);
    return key >= 0 && static_cast<std::size_t>(key) < keys.size() ? &keys[static_cast<std::size_t>(key)]
                                                                   : nullptr;
}

}  // namespace

KILN_BODY(has_words) { return answer(has_word(lowered(string_at(call, 0)), lowered(string_at(call, 1)))); }

KILN_BODY(all_words) {
    const auto words = lowered(string_at(call, 0));
    KILN_CHECK(charge(call, static_cast<Slot>(words.size() / 8)));
    std::vector<Slot> list;
    for (std::size_t at = 0; at < words.size();) {
        auto end = at;
        while (end < words.size() && is_word_letter(words[end])) ++end;
        if (end > at) {
            const auto word = call.arena.add_string(std::string_view(words).substr(at, end - at));
            if (!word) return faulted(vm::Fault::out_of_memory);
            list.push_back(*word);
        }
        at = end + 1;
    }
    const auto made = call.arena.add_list(list);
    return made ? answer(*made) : faulted(vm::Fault::out_of_memory);
}

KILN_BODY(concat) {
    const std::string joined = std::string(string_at(call, 0)) + std::string(string_at(call, 1));
    if (joined.size() > longest_name) return faulted(vm::Fault::string_too_long);
    KILN_CHECK(charge(call, static_cast<Slot>(joined.size() / 16)));
    const auto string = call.arena.add_string(joined);
    return string ? answer(*string) : faulted(vm::Fault::out_of_memory);
}

KILN_BODY(remembered) {
    const auto* key = key_at(engine, call);
    if (key == nullptr) return faulted(vm::Fault::bad_argument);
    return answer(engine.recall(entity_at(call, 0), *key, entity_at(call, 2)));
}

KILN_BODY(remember) {
    const auto* key = key_at(engine, call);
    if (key == nullptr) return faulted(vm::Fault::bad_argument);
    engine.remember(entity_at(call, 0), *key, entity_at(call, 2), integer_at(call, 3));
    return nothing();
}

KILN_BODY(hour) {
    const auto passed = static_cast<std::int64_t>(engine.now()) * engine.tick_ms() / hour_ms;
    return answer((passed + first_hour) % 24);
}

KILN_BODY(clamp) {
    if (integer_at(call, 1) > integer_at(call, 2)) return faulted(vm::Fault::bad_argument);
    return answer(std::clamp(integer_at(call, 0), integer_at(call, 1), integer_at(call, 2)));
}
KILN_BODY(min) { return answer(std::min(integer_at(call, 0), integer_at(call, 1))); }
KILN_BODY(max) { return answer(std::max(integer_at(call, 0), integer_at(call, 1))); }

}  // namespace kiln::world
