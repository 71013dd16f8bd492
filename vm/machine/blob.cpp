// How strings and lists stand in world state: the blob half of the arena.

#include <algorithm>

#include "vm/machine/arena.h"

namespace kiln::vm {

namespace {

void append_number(std::string& out, std::uint64_t number) {
    while (number >= 128) {
        out += static_cast<char>((number & 127) | 128);
        number >>= 7;
    }
    out += static_cast<char>(number);
}

std::uint64_t to_unsigned(Slot value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

Slot to_signed(std::uint64_t number) { return static_cast<Slot>((number >> 1) ^ (~(number & 1) + 1)); }

// Takes numbers and bytes off the front of a blob; once anything was wrong, everything after is nothing.
class BlobReader {
   public:
    explicit BlobReader(std::string_view blob) : rest_(blob) {}
    bool good() const { return good_; }
    bool at_end() const { return good_ && rest_.empty(); }
    std::size_t left() const { return rest_.size(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 127u} << shift;
            if (byte < 128) return value;
        }
        good_ = false;
        return 0;
    }

    std::string_view bytes(std::uint64_t count) {
        if (!good_ || count > rest_.size()) {
            good_ = false;
            return {};
        }
        const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(count));
        rest_.remove_prefix(static_cast<std::size_t>(count));
        return taken;
    }

   private:
    std::string_view rest_;
    bool good_ = true;
};

bool skip_element(BlobReader& reader, SlotType list) {
    if (list == SlotType::strings) {
        reader.bytes(reader.number());
    } else {
        reader.number();
        if (list == SlotType::entities) reader.number();
    }
    return reader.good();
}

// How many elements a blob has; 0 if it is not a blob of this type.
std::size_t count_elements(SlotType list, std::string_view blob) {
    BlobReader reader(blob);
    const std::uint64_t count = reader.number();
    if (count > reader.left()) return 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!skip_element(reader, list)) return 0;
    }
    return reader.at_end() ? static_cast<std::size_t>(count) : 0;
}

}  // namespace

std::size_t Arena::most_blob_bytes(const Program& program, SlotType type, Slot reference) const {
    constexpr std::size_t most_number = 10;
    if (type == SlotType::string) return string(program, reference).size();
    if (!is_list(type)) return 0;
    const std::span<const Slot> elements = list(reference);
    std::size_t bytes = most_number * (elements.size() + 1);
    if (type != SlotType::strings) return bytes;
    for (const Slot element : elements) bytes += string(program, element).size();
    return bytes;
}

void Arena::append_blob(std::string& out, const Program& program, SlotType type, Slot reference) const {
    if (type == SlotType::string) {
        out += string(program, reference);
        return;
    }
    if (!is_list(type)) return;
    const std::span<const Slot> elements = list(reference);
    if (elements.empty()) return;
    append_number(out, elements.size());
    for (const Slot element : elements) {
        if (type == SlotType::integers) {
            append_number(out, to_unsigned(element));
        } else if (type == SlotType::entities) {
            const Handle handle = Handle::from_slot(element);
            append_number(out, handle.row);
            append_number(out, handle.generation);
        } else {
            const std::string_view bytes = string(program, element);
            append_number(out, bytes.size());
            out += bytes;
        }
    }
}

std::string Arena::to_blob(const Program& program, SlotType type, Slot reference) const {
    std::string out;
    append_blob(out, program, type, reference);
    return out;
}

std::optional<Slot> Arena::from_blob(SlotType type, std::string_view blob) {
    if (blob.empty()) return Slot{0};
    if (type == SlotType::string) return add_string(blob);
    return is_list(type) ? list_from_blob(type, blob) : std::optional<Slot>(0);
}

std::optional<Slot> Arena::list_from_blob(SlotType type, std::string_view blob) {
    const std::size_t count = count_elements(type, blob);
    if (count == 0) return Slot{0};
    const auto made = list_with_room({}, count);
    if (!made) return std::nullopt;
    const std::uint32_t buffer = Reference::place(*made) + 1;
    BlobReader reader(blob);
    reader.number();
    for (std::size_t i = 0; i < count; ++i) {
        Slot element = 0;
        if (type == SlotType::integers) {
            element = to_signed(reader.number());
        } else if (type == SlotType::entities) {
            const auto row = static_cast<std::uint32_t>(reader.number());
            element = Handle{row, static_cast<std::uint32_t>(reader.number())}.to_slot();
        } else {
            const auto string = add_string(reader.bytes(reader.number()));
            if (!string) return std::nullopt;
            element = *string;
        }
        words_[buffer + 1 + i] = element;
    }
    return list_of_buffer(buffer, count);
}

}  // namespace kiln::vm
