#pragma once
// Memory of one slice: strings, texts and lists, bump-allocated, freed all at once. Offsets, not pointers, so that it may
// grow. Every accessor checks its reference: a wrong one reads as empty, never outside.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/bytecode/program.h"

namespace kiln::vm {

struct TextValue {
    std::uint32_t text = 0;              // index into Program::texts
    std::span<const Slot> arguments;
};

class Arena {
   public:
    void reset();
    void set_limit(std::uint32_t bytes);
    std::size_t bytes_used() const;

    // Nothing if the limit is reached: the caller answers with Fault::out_of_memory.
    std::optional<Slot> add_string(std::string_view bytes);
    std::optional<Slot> add_list(std::span<const Slot> elements);
    std::optional<Slot> add_text(std::uint32_t text, std::span<const Slot> arguments);
    std::optional<Slot> push(Slot list, Slot element);    // may move the list: returns its new reference

    std::string_view string(const Program& program, Slot reference) const;
    std::span<const Slot> list(Slot reference) const;
    TextValue text(Slot reference) const;

    // Blobs: how a string or list stands in world state. Lists of strings carry their strings.
    std::string to_blob(const Program& program, SlotType type, Slot reference) const;
    std::optional<Slot> from_blob(SlotType type, std::string_view blob);

   private:
    friend class Machine;
    std::vector<Slot> words_;            // every block is a header word and its words; offsets count words
    std::uint32_t limit_bytes_ = 256 * 1024;
};

}  // namespace kiln::vm
