#include "vm/machine/arena.h"

#include <algorithm>
#include <cstring>

// Blocks:
//   string   header {kind, bytes}, the bytes padded to words
//   text     header {kind, arguments, parts; text in the upper half}, the arguments
//   list     header {kind, shared, elements; offset of its buffer in the upper half}
//   buffer   header {kind none; capacity in the upper half}, the elements
// Every composite is a list block. One that grows out of its buffer gets a larger one and stays where it is.

namespace kiln::vm {

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
    std::uint32_t count() const { return low >> 4; }
};

constexpr std::size_t words_of(std::size_t bytes) { return (bytes + sizeof(Slot) - 1) / sizeof(Slot); }

}  // namespace

Arena::Arena() { set_limit(256 * 1024); }

void Arena::set_limit(std::uint32_t bytes) {
    const std::size_t wanted = std::max<std::size_t>(1, bytes / sizeof(Slot));
    if (words_ == nullptr || wanted > limit_words_) {
        auto larger = std::make_unique_for_overwrite<Slot[]>(wanted);
        if (words_ != nullptr) std::copy_n(words_.get(), used_, larger.get());
        larger[0] = 0;
        words_ = std::move(larger);
    }
    limit_words_ = wanted;
}

std::size_t Arena::bytes_used() const { return (used_ - 1) * sizeof(Slot); }

std::optional<std::uint32_t> Arena::allocate(std::size_t words) {
    if (used_ >= limit_words_ || words >= limit_words_ - used_) return std::nullopt;
    const std::size_t place = used_;
    used_ += 1 + words;
    return static_cast<std::uint32_t>(place);
}

std::optional<Slot> Arena::add_string(std::string_view bytes) {
    if (bytes.empty()) return Slot{0};
    if (bytes.size() > most_count) return std::nullopt;
    const auto offset = allocate(words_of(bytes.size()));
    if (!offset) return std::nullopt;
    Slot* const block = words_.get() + *offset;
    block[0] = Header::make(static_cast<std::uint32_t>(Kind::string), bytes.size(), 0);
    block[words_of(bytes.size())] = 0;
    std::memcpy(block + 1, bytes.data(), bytes.size());
    return Reference::to_arena(*offset);
}

std::optional<Slot> Arena::list_with_room(std::span<const Slot> elements, std::size_t room) {
    if (room > most_count) return std::nullopt;
    const auto offset = allocate(room + 1);
    if (!offset) return std::nullopt;
    Slot* const block = words_.get() + *offset;
    block[0] = Header::make(static_cast<std::uint32_t>(Kind::list), elements.size(), *offset + 1);
    block[1] = Header::make(static_cast<std::uint32_t>(Kind::none), 0, room);
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
    Slot* const block = words_.get() + *offset;
    const std::uint64_t count = (std::uint64_t{parts} << text_argument_bits) | arguments.size();
    block[0] = Header::make(static_cast<std::uint32_t>(Kind::text), count, text);
    std::copy(arguments.begin(), arguments.end(), block + 1);
    return Reference::to_arena(*offset);
}

std::optional<Slot> Arena::own(Slot composite, std::size_t room, std::size_t& copied) {
    const std::span<const Slot> old = list(composite);
    room = std::max({room, old.size(), std::size_t{1}});
    const Slot* const block = header_of(Kind::list, composite);
    if (block == nullptr || is_shared(*block)) {
        copied += old.size();
        return list_with_room(old, room > old.size() ? std::max(first_room, room) : room);
    }
    const std::size_t buffer = buffer_of(*block), has = Header::from(words_[buffer]).high;
    if (room <= has) return composite;
    room = std::max({room, first_room, old.size() * 2});
    if (buffer + 1 + has == used_ && room <= most_count && room - has < limit_words_ - used_) {
        // Nothing lies behind the buffer: it grows where it is.
        used_ += room - has;
        words_[buffer] = Header::make(static_cast<std::uint32_t>(Kind::none), 0, room);
        return composite;
    }
    copied += old.size();
    const auto larger = list_with_room(old, room);
    if (!larger) return std::nullopt;
    // The block keeps its place and takes over the larger buffer.
    words_[static_cast<std::size_t>(composite)] = words_[static_cast<std::size_t>(*larger)];
    return composite;
}

std::span<Slot> Arena::slots_of(Slot owned) {
    const Slot* const block = header_of(Kind::list, owned);
    if (block == nullptr) return {};
    const std::uint32_t buffer = Header::from(*block).high;
    if (buffer == 0 || buffer >= used_) return {};
    const std::size_t room = Header::from(words_[buffer]).high;
    if (room > used_ - buffer - 1) return {};
    return {words_.get() + buffer + 1, room};
}

void Arena::resize(Slot owned, std::size_t count) {
    const Slot* const block = header_of(Kind::list, owned);
    if (block == nullptr || count > slots_of(owned).size()) return;
    words_[static_cast<std::size_t>(owned)] =
        Header::make(static_cast<std::uint32_t>(Kind::list), count, Header::from(*block).high);
}

std::string_view Arena::string(const Program& program, Slot reference) const {
    if (Reference::store(reference) == Reference::constant) {
        const std::uint32_t index = Reference::place(reference);
        return index < program.strings.size() ? std::string_view(program.strings[index]) : std::string_view();
    }
    const Slot* const block = header_of(Kind::string, reference);
    if (block == nullptr) return {};
    const std::size_t bytes = Header::from(*block).count();
    const auto room = static_cast<std::size_t>(words_.get() + used_ - block - 1);
    if (words_of(bytes) > room) return {};
    return {reinterpret_cast<const char*>(block + 1), bytes};
}

TextValue Arena::text(Slot reference) const {
    if (Reference::store(reference) == Reference::constant) return {Reference::place(reference), {}};
    const Slot* const block = header_of(Kind::text, reference);
    if (block == nullptr) return {};
    const Header header = Header::from(*block);
    const std::size_t count = header.count() & most_text_arguments;
    const auto room = static_cast<std::size_t>(words_.get() + used_ - block - 1);
    if (count > room) return {};
    return {header.high, {block + 1, count}};
}

std::uint32_t Arena::text_parts(Slot reference) const {
    const Slot* const block = header_of(Kind::text, reference);
    return block == nullptr ? 1 : std::max(1u, Header::from(*block).count() >> text_argument_bits);
}

}  // namespace kiln::vm
