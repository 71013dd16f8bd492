#pragma once
// What the compiler keeps of one declaration once it is checked: its part of the image, what there was to
// say, and what is left to compare with the rest of the world. The linker (link.h) makes one image of all.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "world/schema/image.h"

namespace kiln::compiler {

// Functions, texts and handlers are numbered before it is known how many each unit has: the unit above, the
// row within it below. What is wider than that gets further numbers.
class RowNumbers {
 public:
    static constexpr std::uint32_t rows = 1024;
    std::uint32_t number(std::uint32_t unit, std::size_t row) const;
    std::pair<std::uint32_t, std::uint32_t> place(std::uint32_t number) const;  // unit and row

 private:
    static constexpr std::uint32_t first_further = 1u << 21;
    mutable std::mutex mutex_;
    mutable std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> further_;
    mutable std::vector<std::pair<std::uint32_t, std::uint32_t>> owners_;
};

// An instruction whose integer is the number of a row.
struct Relocation {
    enum class To : std::uint8_t { definition, function };
    std::uint32_t function = 0, pc = 0;  // function: row within the unit
    To to = To::definition;
};

// Words that may have been meant: some that are known only where the mistake is, and the names of all
// declarations of some kinds.
struct Candidates {
    std::vector<std::string> words;
    std::vector<schema::Kind> kinds;
    bool states = false;  // and of all states

    void push_back(std::string word) { words.push_back(std::move(word)); }
    template <typename Word>
    void emplace_back(const Word& word) {
        words.emplace_back(word);
    }
};

// A name that was missing, reported once for the world with a count, whatever it was needed for.
struct MissingName {
    Code code = Code::unknown_name;
    std::vector<Span> places;
    std::vector<std::string> arguments;
    std::string name;
    Candidates candidates;
};

struct KeyUse {
    Span span;
    std::uint32_t item = 0;  // definition
};

// `-> small_talk.weather`: a block of another declaration, looked up when all are there.
struct ForeignBlock {
    std::uint32_t block = 0, reaction = schema::no_index;   // of this unit's definition: whose target it is
    std::uint32_t definition = 0;
    std::string sort, name;
    Span span;
};

struct LayerMembers;

struct Unit {
    schema::Image image;
    std::vector<Relocation> relocations;
    std::vector<Diagnostic> diagnostics;
    std::size_t dropped = 0;             // further ones that nobody wants to read
    std::vector<MissingName> missing;
    std::vector<KeyUse> key_uses;
    std::vector<ForeignBlock> foreign_blocks;
    std::shared_ptr<const LayerMembers> layers;   // what its own layers say, for its children (members.h)
};

}  // namespace kiln::compiler
