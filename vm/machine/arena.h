#pragma once
// Memory of one slice: strings, texts and lists, bump-allocated, freed all at once. Offsets, not pointers, so
// that it may be copied. Every accessor checks its reference: a wrong one reads as empty, never outside. Slot
// 0 is every empty string and list. Lists are values: whoever holds a reference sees the same list for ever,
// a push makes a new one.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/bytecode/program.h"

namespace kiln::vm {

struct TextValue {
    static constexpr std::uint32_t none = 0xffff'ffff;
    std::uint32_t text = none;  // index into Program::texts; none: the reference was empty, show nothing
    std::span<const Slot> arguments;
};

class Arena {
   public:
    Arena();
    void reset();
    // Memory for the whole limit is reserved here, so views and spans stay valid until reset() or a larger
    // limit.
    void set_limit(std::uint32_t bytes);
    std::size_t bytes_used() const;

    // Nothing if the limit is reached: the caller answers with Fault::out_of_memory. What is added may lie in
    // the arena.
    std::optional<Slot> add_string(std::string_view bytes);
    std::optional<Slot> add_list(std::span<const Slot> elements);
    // `parts` counts this text and all texts among its arguments; see text_parts().
    std::optional<Slot> add_text(std::uint32_t text, std::span<const Slot> arguments,
                                 std::uint32_t parts = 1);
    std::optional<Slot> push(Slot list, Slot element);  // a new list, amortized in constant time

    std::string_view string(const Program& program, Slot reference) const;
    std::span<const Slot> list(Slot reference) const;
    TextValue text(Slot reference) const;
    std::uint32_t text_parts(Slot reference) const;  // bounds the work of rendering; at least 1

    // Blobs: how a string or list stands in world state; nothing at all is the empty one. A string is its
    // bytes, a list is a count and its elements, all as little-endian base-128 numbers; lists of strings
    // carry their strings. A blob that is no blob of the type reads as the empty one.
    std::string to_blob(const Program& program, SlotType type, Slot reference) const;
    void append_blob(std::string& out, const Program& program, SlotType type, Slot reference) const;
    std::size_t most_blob_bytes(const Program& program, SlotType type, Slot reference) const;
    std::optional<Slot> from_blob(SlotType type, std::string_view blob);

   private:
    enum class Kind : std::uint8_t { none, string, list, text };
    // Nothing if there is no room for a header and `words` words after it; else the offset of the header.
    std::optional<std::uint32_t> allocate(std::size_t words);
    const Slot* header_of(Kind kind, Slot reference) const;
    std::optional<Slot> list_with_room(std::span<const Slot> elements, std::size_t room);
    std::optional<Slot> list_of_buffer(std::uint32_t buffer, std::size_t size);
    std::optional<Slot> list_from_blob(SlotType type, std::string_view blob);

    // Whatever a block refers to lies before it: strings before their list, texts before the text they are
    // part of.
    std::vector<Slot> words_;  // word 0 is reserved; a block is a header word and what follows it
    std::size_t limit_words_ = 0;
};

// In every header word: the kind in the lowest 4 bits, then 28 bits of count; a list's upper half is its
// buffer.
inline const Slot* Arena::header_of(Kind kind, Slot reference) const {
    if (reference <= 0 || reference >= static_cast<Slot>(words_.size())) return nullptr;
    const Slot* const word = words_.data() + reference;
    return (static_cast<std::uint64_t>(*word) & 15) == static_cast<std::uint64_t>(kind) ? word : nullptr;
}

inline std::span<const Slot> Arena::list(Slot reference) const {
    const Slot* const block = header_of(Kind::list, reference);
    if (block == nullptr) return {};
    const auto header = static_cast<std::uint64_t>(*block);
    const std::size_t buffer = header >> 32, count = static_cast<std::uint32_t>(header) >> 4;
    if (buffer == 0 || buffer >= words_.size() || count > words_.size() - buffer - 1) return {};
    return {words_.data() + buffer + 1, count};
}

}  // namespace kiln::vm
