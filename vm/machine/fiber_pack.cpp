#include "vm/machine/fiber_pack.h"

#include <algorithm>
#include <cstring>

#include "vm/machine/cells.h"

namespace kiln::vm {

namespace {

constexpr int count_shift = 16, text_shift = 40;
constexpr std::uint64_t type_mask = 0xffff, count_mask = 0xff'ffff;
constexpr std::size_t first_table = 16;

constexpr std::size_t words_for(std::size_t bytes) { return (bytes + sizeof(Slot) - 1) / sizeof(Slot); }

// Constants of the program stand in registers as they do in a fiber; what is empty is 0 everywhere.
bool is_packed_as_it_is(SlotType type, Slot slot) {
    if (!is_reference(type) || slot == 0) return true;
    return !is_composite(type) && Reference::store(slot) == Reference::constant;
}

// Types of the references inside a block; for texts they differ from argument to argument.
SlotType inner_type(const Program& program, SlotType block, std::uint32_t text, std::size_t index) {
    if (block == SlotType::text) return program.texts[text].arguments[index];
    const auto& parts = composite_of(program, block)->parts;
    return parts[index % parts.size()];
}

Slot block_header(SlotType type, std::size_t count, std::uint32_t high) {
    return static_cast<Slot>((std::uint64_t{high} << text_shift) | (std::uint64_t{count} << count_shift) |
                             static_cast<std::uint64_t>(type));
}

}  // namespace

// ---- into the fiber

std::span<const Slot> Packer::elements(SlotType type, Slot slot) const {
    if (type == SlotType::string) return {};
    return type == SlotType::text ? arena_.text(slot).arguments : arena_.list(slot);
}

// The row of a value; its slot is 0 if it is new.
Packer::Found& Packer::find(SlotType type, Slot slot) {
    if ((count_ + 1) * 2 > table_.size()) {
        std::vector<Found> old(std::max(first_table, table_.size() * 2));
        old.swap(table_);
        for (const Found& one : old) {
            if (one.slot != 0) find(one.type, one.slot) = one;
        }
    }
    const std::size_t mask = table_.size() - 1;
    std::size_t at = static_cast<std::size_t>(mixed(static_cast<std::uint64_t>(slot))) & mask;
    while (table_[at].slot != 0 && (table_[at].slot != slot || table_[at].type != type)) at = (at + 1) & mask;
    return table_[at];
}

// Elements before the list that holds them: values never contain themselves, and they may be nested deeply,
// so the way down is kept in open_.
Slot Packer::pack(SlotType type, Slot slot) {
    if (is_packed_as_it_is(type, slot)) return slot;
    if (const Found& known = find(type, slot); known.slot != 0) return known.packed;
    open_.push_back({type, slot, 0});
    while (!open_.empty()) {
        Open& top = open_.back();
        const std::span<const Slot> inner = elements(top.type, top.slot);
        const std::uint32_t text = top.type == SlotType::text ? arena_.text(top.slot).text : 0;
        Open next{};
        while (top.next < inner.size() && next.slot == 0) {
            const SlotType of_element = inner_type(program_, top.type, text, top.next);
            const Slot element = inner[top.next++];
            if (!is_packed_as_it_is(of_element, element) && find(of_element, element).slot == 0)
                next = {of_element, element, 0};
        }
        if (next.slot != 0) {
            open_.push_back(next);
            continue;
        }
        emit(top.type, top.slot);
        open_.pop_back();
    }
    return find(type, slot).packed;
}

void Packer::emit(SlotType type, Slot slot) {
    const std::size_t at = words_.size();
    bool is_empty = false;
    if (type == SlotType::string) {
        const std::string_view bytes = arena_.string(program_, slot);
        is_empty = bytes.empty();
        if (!is_empty) {
            words_.push_back(block_header(type, bytes.size(), 0));
            words_.resize(at + 1 + words_for(bytes.size()));
            std::memcpy(words_.data() + at + 1, bytes.data(), bytes.size());
        }
    } else {
        const std::span<const Slot> inner = elements(type, slot);
        is_empty = inner.empty();
        const std::uint32_t text = type == SlotType::text ? arena_.text(slot).text : 0;
        if (!is_empty) words_.push_back(block_header(type, inner.size(), text));
        for (std::size_t i = 0; i < inner.size(); ++i) {
            const SlotType of_element = inner_type(program_, type, text, i);
            const bool as_it_is = is_packed_as_it_is(of_element, inner[i]);
            words_.push_back(as_it_is ? inner[i] : find(of_element, inner[i]).packed);
        }
    }
    Found& found = find(type, slot);
    ++count_;
    found = {slot, type, is_empty ? 0 : static_cast<Slot>(at + 1)};
}

// ---- out of the fiber

Fault Unpacker::unpack(std::span<const Slot> words) {
    for (std::size_t at = 0; at < words.size();) {
        const auto bits = static_cast<std::uint64_t>(words[at]);
        const auto type = static_cast<SlotType>(bits & type_mask);
        const auto count = static_cast<std::uint32_t>((bits >> count_shift) & count_mask);
        const std::size_t length = type == SlotType::string ? words_for(count) : count;
        if (!is_known(program_, type) || !is_reference(type)) return Fault::bad_argument;
        if (count == 0 || length > words.size() - at - 1) return Fault::bad_argument;
        const Fault fault = unpack_block(type, count, static_cast<std::uint32_t>(bits >> text_shift),
                                         words.subspan(at + 1, length), at + 1);
        if (fault != Fault::none) return fault;
        at += 1 + length;
    }
    return Fault::none;
}

const Unpacker::Block* Unpacker::block_at(SlotType type, Slot place) const {
    const auto before = [](const Block& block, Slot wanted) { return block.place < wanted; };
    const auto found = std::lower_bound(blocks_.begin(), blocks_.end(), place, before);
    return found == blocks_.end() || found->place != place || found->type != type ? nullptr : &*found;
}

std::optional<Slot> Unpacker::translate(SlotType type, Slot slot) const {
    if (!is_reference(type) || slot == 0) return slot;
    if (is_packed_as_it_is(type, slot)) {
        const std::uint32_t index = Reference::place(slot);
        const bool string = type == SlotType::string && index < program_.strings.size();
        const bool text = type == SlotType::text && index < program_.texts.size() &&
                          program_.texts[index].arguments.empty();
        return string || text ? std::optional<Slot>(slot) : std::nullopt;
    }
    const Block* const block = block_at(type, slot);
    return block == nullptr ? std::nullopt : std::optional<Slot>(block->unpacked);
}

Fault Unpacker::translate_elements(SlotType type, std::uint32_t text, std::span<const Slot> content,
                                   std::uint32_t& parts) {
    if (type == SlotType::text &&
        (text >= program_.texts.size() || program_.texts[text].arguments.size() != content.size()))
        return Fault::bad_argument;
    elements_.clear();
    for (std::size_t i = 0; i < content.size(); ++i) {
        const SlotType inner = inner_type(program_, type, text, i);
        const std::optional<Slot> slot = translate(inner, content[i]);
        if (!slot) return Fault::bad_argument;
        elements_.push_back(*slot);
        if (inner != SlotType::text) continue;
        const Block* const block = block_at(SlotType::text, content[i]);
        parts += block == nullptr ? 1 : block->parts;
        if (parts > limits_.text_parts) return Fault::bad_argument;
    }
    return Fault::none;
}

bool Unpacker::fits(SlotType type, std::size_t slots) const {
    const CompositeType& composite = *composite_of(program_, type);
    const std::size_t width = composite.parts.size();
    if (composite.kind == CompositeType::Kind::record) return slots <= width;
    return slots % width == 0 && slots / width <= limits_.list_length;
}

Fault Unpacker::unpack_block(SlotType type, std::uint32_t count, std::uint32_t high,
                             std::span<const Slot> content, std::size_t place) {
    if (type != SlotType::text && high != 0) return Fault::bad_argument;
    if (is_composite(type) && !fits(type, count)) return Fault::bad_argument;
    std::uint32_t parts = 1;
    if (type != SlotType::string) {
        const Fault fault = translate_elements(type, high, content, parts);
        if (fault != Fault::none) return fault;
    }
    std::optional<Slot> made = static_cast<Slot>(place);
    if (arena_ != nullptr) {
        const std::string_view bytes(reinterpret_cast<const char*>(content.data()), count);
        made = type == SlotType::string ? arena_->add_string(bytes)
               : type == SlotType::text ? arena_->add_text(high, elements_, parts)
                                        : arena_->add_list(elements_);
    }
    if (!made) return Fault::out_of_memory;
    // Registers may hold it more than once.
    if (arena_ != nullptr && is_composite(type)) arena_->share(*made);
    blocks_.push_back({static_cast<Slot>(place), type, parts, *made});
    return Fault::none;
}

}  // namespace kiln::vm
