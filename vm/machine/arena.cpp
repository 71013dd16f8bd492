#include "vm/machine/arena.h"

#include <algorithm>
#include <cstring>

namespace kiln::vm {

// Blocks:
//   string   header {kind, bytes}, the bytes padded to words
//   text     header {kind, arguments, parts; text in the upper half}, the arguments
//   list     header {kind, elements; offset of its buffer in the upper half}
//   buffer   header {used; capacity in the upper half}, the elements
// Several lists may share a buffer as long as each is a beginning of it: a push to the longest one appends in
// place and writes only a new list header, a push to any other copies.

namespace {

constexpr std::uint32_t count_bits = 28;
constexpr std::uint64_t most_count = (1u << count_bits) - 1;
constexpr std::uint32_t text_argument_bits = 12;
constexpr std::uint64_t most_text_arguments = (1u << text_argument_bits) - 1;
constexpr std::uint64_t most_text_parts = (1u << (count_bits - text_argument_bits)) - 1;
constexpr std::size_t first_room = 4;

struct Header {
    std::uint32_t low = 0, high = 0;

    static Header from(Slot word) {
        const auto bits = static_cast<std::uint64_t>(word);
        return {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
    }
    static Slot make(std::uint32_t kind, std::uint64_t count, std::uint64_t high) {
        return static_cast<Slot>((high << 32) | (count << 4) | kind);
    }
    std::uint32_t kind() const { return low & 15; }
    std::uint32_t count() const { return low >> 4; }
};

constexpr std::size_t words_of(std::size_t bytes) { return (bytes + sizeof(Slot) - 1) / sizeof(Slot); }

}  // namespace

Arena::Arena() {
    set_limit(256 * 1024);
    reset();
}

void Arena::reset() { words_.assign(1, 0); }

void Arena::set_limit(std::uint32_t bytes) {
    limit_words_ = std::max<std::size_t>(1, bytes / sizeof(Slot));
    words_.reserve(limit_words_);
}

std::size_t Arena::bytes_used() const { return (words_.size() - 1) * sizeof(Slot); }

std::optional<std::uint32_t> Arena::allocate(std::size_t words) {
    const std::size_t used = words_.size();
    if (used >= limit_words_ || words >= limit_words_ - used) return std::nullopt;
    words_.resize(used + 1 + words);
    return static_cast<std::uint32_t>(used);
}

std::optional<Slot> Arena::add_string(std::string_view bytes) {
    if (bytes.empty()) return Slot{0};
    if (bytes.size() > most_count) return std::nullopt;
    const auto offset = allocate(words_of(bytes.size()));
    if (!offset) return std::nullopt;
    Slot* const block = words_.data() + *offset;
    block[0] = Header::make(static_cast<std::uint32_t>(Kind::string), bytes.size(), 0);
    std::memcpy(block + 1, bytes.data(), bytes.size());
    return Reference::to_arena(*offset);
}

std::optional<Slot> Arena::list_with_room(std::span<const Slot> elements, std::size_t room) {
    if (room > most_count) return std::nullopt;
    const auto offset = allocate(room + 1);
    if (!offset) return std::nullopt;
    Slot* const block = words_.data() + *offset;
    block[0] = Header::make(static_cast<std::uint32_t>(Kind::list), elements.size(), *offset + 1);
    block[1] = Header::make(static_cast<std::uint32_t>(Kind::none), elements.size(), room);
    std::copy(elements.begin(), elements.end(), block + 2);
    return Reference::to_arena(*offset);
}

std::optional<Slot> Arena::add_list(std::span<const Slot> elements) {
    if (elements.empty()) return Slot{0};
    return list_with_room(elements, elements.size());
}

std::optional<Slot> Arena::add_text(std::uint32_t text, std::span<const Slot> arguments,
                                    std::uint32_t parts) {
    if (arguments.empty()) return Reference::to_constant(text);
    if (arguments.size() > most_text_arguments || parts > most_text_parts) return std::nullopt;
    const auto offset = allocate(arguments.size());
    if (!offset) return std::nullopt;
    Slot* const block = words_.data() + *offset;
    const std::uint64_t count = (std::uint64_t{parts} << text_argument_bits) | arguments.size();
    block[0] = Header::make(static_cast<std::uint32_t>(Kind::text), count, text);
    std::copy(arguments.begin(), arguments.end(), block + 1);
    return Reference::to_arena(*offset);
}

// A list header over the first `size` elements of a buffer, all of them written.
std::optional<Slot> Arena::list_of_buffer(std::uint32_t buffer, std::size_t size) {
    const auto offset = allocate(0);
    if (!offset) return std::nullopt;
    words_[*offset] = Header::make(static_cast<std::uint32_t>(Kind::list), size, buffer);
    words_[buffer] =
        Header::make(static_cast<std::uint32_t>(Kind::none), size, Header::from(words_[buffer]).high);
    return Reference::to_arena(*offset);
}

std::optional<Slot> Arena::push(Slot list_reference, Slot element) {
    const std::span<const Slot> old = list(list_reference);
    if (old.empty()) return list_with_room(std::span(&element, 1), first_room);
    const std::uint32_t buffer = Header::from(words_[static_cast<std::size_t>(list_reference)]).high;
    const Header state = Header::from(words_[buffer]);
    const bool in_place = state.count() == old.size() && state.count() < state.high;
    if (in_place && buffer + old.size() + 1 < words_.size()) {
        const auto longer = list_of_buffer(buffer, old.size() + 1);
        if (longer) words_[buffer + old.size() + 1] = element;
        return longer;
    }
    const auto copy = list_with_room(old, std::max(first_room, old.size() * 2));
    return copy ? push(*copy, element) : std::nullopt;
}

std::string_view Arena::string(const Program& program, Slot reference) const {
    if (Reference::store(reference) == Reference::constant) {
        const std::uint32_t index = Reference::place(reference);
        return index < program.strings.size() ? std::string_view(program.strings[index]) : std::string_view();
    }
    const Slot* const block = header_of(Kind::string, reference);
    if (block == nullptr) return {};
    const std::size_t bytes = Header::from(*block).count();
    const auto room = static_cast<std::size_t>(words_.data() + words_.size() - block - 1);
    if (words_of(bytes) > room) return {};
    return {reinterpret_cast<const char*>(block + 1), bytes};
}

TextValue Arena::text(Slot reference) const {
    if (Reference::store(reference) == Reference::constant) return {Reference::place(reference), {}};
    const Slot* const block = header_of(Kind::text, reference);
    if (block == nullptr) return {};
    const Header header = Header::from(*block);
    const std::size_t count = header.count() & most_text_arguments;
    const auto room = static_cast<std::size_t>(words_.data() + words_.size() - block - 1);
    if (count > room) return {};
    return {header.high, {block + 1, count}};
}

std::uint32_t Arena::text_parts(Slot reference) const {
    const Slot* const block = header_of(Kind::text, reference);
    return block == nullptr ? 1 : std::max(1u, Header::from(*block).count() >> text_argument_bits);
}

}  // namespace kiln::vm
