#pragma once
// Memory of one slice: strings, texts and composites, bump-allocated, freed all at once. Offsets, not
// pointers, so that it may be copied. Every accessor checks its reference: a wrong one reads as empty, never
// outside. Slot 0 is every empty string, list, set and map.
//
// Composites are blocks of slots: a list's or set's elements, a map's keys and values in turn, a record's
// fields. They are values: one that is marked as shared is copied before it changes. Whoever hands a second
// reference to one out marks it.

#include <cstdint>
#include <functional>
#include <memory>
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
    void reset() { used_ = 1; }
    // Memory for the whole limit is reserved here, so views and spans stay valid until reset() or a larger
    // limit.
    void set_limit(std::uint32_t bytes);
    std::size_t bytes_used() const;

    // Nothing if the limit is reached: the caller answers with Fault::out_of_memory. What is added may lie in
    // the arena.
    std::optional<Slot> add_string(std::string_view bytes);
    std::optional<Slot> add_list(std::span<const Slot> elements);
    void share(Slot composite);  // from now on it never changes
    // The composite as its holder may change it: itself, or a copy if it is shared or has no room for so many
    // slots. `copied` grows by the slots that were copied. Nothing: the limit is reached.
    std::optional<Slot> own(Slot composite, std::size_t room, std::size_t& copied);
    std::span<Slot> slots_of(Slot owned);  // of an owned one, with all its room
    void resize(Slot owned, std::size_t count);
    // `parts` counts this text and all texts among its arguments; see text_parts().
    std::optional<Slot> add_text(std::uint32_t text, std::span<const Slot> arguments,
                                 std::uint32_t parts = 1);
    // Appends in place; false if it must be owned first.
    bool push(Slot list, Slot element) {
        if (!is_list_block(list)) return false;
        Slot& header = words_[static_cast<std::size_t>(list)];
        if (is_shared(header)) return false;
        const std::size_t count = count_of(header), buffer = buffer_of(header);
        const auto room = static_cast<std::size_t>(static_cast<std::uint64_t>(words_[buffer]) >> 32);
        if (count >= room || room >= used_ - buffer) return false;
        words_[buffer + 1 + count] = element;
        header += Slot{1} << count_shift;
        return true;
    }
    // The element if there is one.
    const Slot* element(Slot list, std::uint64_t index) const {
        if (!is_list_block(list)) return nullptr;
        const Slot header = words_[static_cast<std::size_t>(list)];
        const std::size_t place = std::size_t{buffer_of(header)} + 1 + index;
        return index < count_of(header) && place < used_ ? &words_[place] : nullptr;
    }

    std::string_view string(const Program& program, Slot reference) const;
    std::span<const Slot> list(Slot reference) const;
    TextValue text(Slot reference) const;
    std::uint32_t text_parts(Slot reference) const;  // bounds the work of rendering; at least 1

    // Blobs: how a value stands in world state. A string is its bytes; a list or set is a count and its
    // elements, a map a count and its keys and values in turn, a record its fields in order; numbers are
    // little-endian base 128, strings within a composite have their length before them. Nothing at all is the
    // empty string, list, set or map. A blob that is no blob of the type reads as the empty one.
    struct BlobLimits {
        std::uint32_t bytes, list_length, string_bytes;
    };
    // False if it would be longer than that many bytes; `out` is then useless.
    bool append_blob(std::string& out, const Program& program, SlotType type, Slot value,
                     std::size_t most_bytes) const;
    // Entities that are not `alive` leave lists, sets and maps, and leave nobody where a place is kept.
    // Nothing: the memory is used up.
    using IsAlive = std::function<bool(Slot entity)>;
    std::optional<Slot> from_blob(const Program& program, SlotType type, std::string_view blob,
                                  const BlobLimits& limits, const IsAlive& alive);

   private:
    friend class BlobReader;
    enum class Kind : std::uint8_t { none, string, list, text };
    // Nothing if there is no room for a header and `words` words after it; else the offset of the header.
    std::optional<std::uint32_t> allocate(std::size_t words);
    const Slot* header_of(Kind kind, Slot reference) const;
    std::optional<Slot> list_with_room(std::span<const Slot> elements, std::size_t room);

    // A header word: the kind in the lowest 3 bits, a bit that says shared, then 28 bits of count; a composite's
    // upper half is its buffer.
    static constexpr int count_shift = 4;
    static constexpr Slot shared_bit = 8;
    static bool is_shared(Slot header) { return (header & shared_bit) != 0; }
    static std::uint32_t count_of(Slot header) { return static_cast<std::uint32_t>(header) >> count_shift; }
    static std::uint32_t buffer_of(Slot header) {
        return static_cast<std::uint32_t>(static_cast<std::uint64_t>(header) >> 32);
    }
    bool is_of(Kind kind, Slot reference) const {
        return reference > 0 && reference < static_cast<Slot>(used_) &&
               (words_[static_cast<std::size_t>(reference)] & 7) == static_cast<Slot>(kind);
    }
    bool is_list_block(Slot reference) const { return is_of(Kind::list, reference); }

    // Word 0 is reserved; a block is a header word and what follows it.
    std::unique_ptr<Slot[]> words_;
    std::size_t used_ = 1, limit_words_ = 1;
    std::vector<Slot> building_;  // parts of composites that are being read from blobs
};

inline const Slot* Arena::header_of(Kind kind, Slot reference) const {
    return is_of(kind, reference) ? words_.get() + reference : nullptr;
}

inline std::span<const Slot> Arena::list(Slot reference) const {
    if (!is_list_block(reference)) return {};
    const Slot header = words_[static_cast<std::size_t>(reference)];
    const std::size_t buffer = buffer_of(header), count = count_of(header);
    if (buffer == 0 || buffer >= used_ || count > used_ - buffer - 1) return {};
    return {words_.get() + buffer + 1, count};
}

inline void Arena::share(Slot composite) {
    if (is_list_block(composite)) words_[static_cast<std::size_t>(composite)] |= shared_bit;
}

}  // namespace kiln::vm
