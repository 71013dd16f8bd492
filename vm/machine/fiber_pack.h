#pragma once
// The values that a fiber refers to: from the running slice's arena into the fiber's words, and back. Private
// to this folder; fiber.h says what the words mean.

#include <optional>
#include <span>
#include <vector>

#include "vm/machine/arena.h"
#include "vm/machine/limits.h"

namespace kiln::vm {

// Takes values one after the other; whatever they share is packed once.
class Packer {
 public:
    Packer(const Program& program, const Arena& arena) : program_(program), arena_(arena) {}
    Slot pack(SlotType type, Slot slot);
    const std::vector<Slot>& words() const { return words_; }

 private:
    struct Found {
        Slot slot = 0;
        SlotType type = SlotType::nothing;
        Slot packed = 0;
    };
    struct Open {  // a value whose elements are being packed
        SlotType type;
        Slot slot;
        std::size_t next;
    };
    std::span<const Slot> elements(SlotType type, Slot slot) const;
    Found& find(SlotType type, Slot slot);
    void emit(SlotType type, Slot slot);

    const Program& program_;
    const Arena& arena_;
    std::vector<Found> table_;  // open addressing by slot; a power of two in size
    std::size_t count_ = 0;
    std::vector<Open> open_;
    std::vector<Slot> words_;
};

// Trusts nothing: every block must be whole and every reference must name an earlier block of the right type.
// Without an arena it only looks.
class Unpacker {
 public:
    Unpacker(const Program& program, const Limits& limits, Arena* arena)
        : program_(program), limits_(limits), arena_(arena) {}

    Fault unpack(std::span<const Slot> words);
    // The slot as it stands in the slice's arena; nothing if it is no value of the type.
    std::optional<Slot> translate(SlotType type, Slot slot) const;

 private:
    struct Block {
        Slot place;
        SlotType type;
        std::uint32_t parts;  // of texts
        Slot unpacked;
    };
    const Block* block_at(SlotType type, Slot place) const;
    Fault unpack_block(SlotType type, std::uint32_t count, std::uint32_t high, std::span<const Slot> content,
                       std::size_t place);
    bool fits(SlotType type, std::size_t slots) const;
    Fault translate_elements(SlotType type, std::uint32_t text, std::span<const Slot> content,
                             std::uint32_t& parts);

    const Program& program_;
    const Limits& limits_;
    Arena* const arena_;
    std::vector<Block> blocks_;
    std::vector<Slot> elements_;
};

}  // namespace kiln::vm
