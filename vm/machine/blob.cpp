// How values stand in world state: the blob half of the arena.

#include <algorithm>

#include "vm/machine/arena.h"

namespace kiln::vm {

namespace {

using Kind = CompositeType::Kind;

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

// Writes until it has written enough.
class BlobWriter {
   public:
    BlobWriter(const Arena& arena, const Program& program, std::string& out, std::size_t most)
        : arena_(arena), program_(program), out_(out), most_(most) {}

    bool whole(SlotType type, Slot value) {
        if (type == SlotType::string) out_ += arena_.string(program_, value);
        else if (!is_empty(type, value)) part(type, value);
        return out_.size() <= most_;
    }

   private:
    bool is_empty(SlotType type, Slot value) const {
        const auto* const composite = composite_of(program_, type);
        return composite != nullptr && composite->kind != Kind::record && arena_.list(value).empty();
    }

    void part(SlotType type, Slot value) {
        if (out_.size() > most_) return;
        if (const auto* const composite = composite_of(program_, type)) {
            parts(*composite, arena_.list(value));
        } else if (type == SlotType::integer) {
            append_number(out_, to_unsigned(value));
        } else if (type == SlotType::entity) {
            const Handle handle = Handle::from_slot(value);
            append_number(out_, handle.row);
            append_number(out_, handle.generation);
        } else {
            const std::string_view bytes = arena_.string(program_, value);
            append_number(out_, bytes.size());
            out_ += bytes;
        }
    }

    void parts(const CompositeType& type, std::span<const Slot> slots) {
        if (type.kind == Kind::record) {
            for (std::size_t i = 0; i < type.parts.size(); ++i)
                part(type.parts[i], i < slots.size() ? slots[i] : 0);
            return;
        }
        append_number(out_, slots.size() / type.parts.size());
        for (std::size_t i = 0; i < slots.size() && out_.size() <= most_; ++i)
            part(type.parts[i % type.parts.size()], slots[i]);
    }

    const Arena& arena_;
    const Program& program_;
    std::string& out_;
    std::size_t most_;
};

}  // namespace

// Takes values off the front of a blob and builds them; once anything was wrong, everything after is nothing.
class BlobReader {
   public:
    BlobReader(Arena& arena, const Program& program, std::string_view blob, const Arena::BlobLimits& limits,
               const Arena::IsAlive& alive)
        : arena_(arena), program_(program), rest_(blob), limits_(limits), alive_(alive) {}

    bool good() const { return good_ && rest_.empty(); }
    bool is_full() const { return full_; }

    Slot part(SlotType type) {
        if (const auto* const composite = composite_of(program_, type)) return parts(*composite);
        if (type == SlotType::integer) return to_signed(number());
        if (type == SlotType::entity) {
            const std::uint64_t row = number(), generation = number();
            if (row > 0xffffffff || generation > 0xffffffff) good_ = false;
            return Handle{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(generation)}.to_slot();
        }
        return made(arena_.add_string(bytes(number())));
    }

   private:
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty() && good_; shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{byte & 127u} << shift;
            if (byte < 128) return value;
        }
        good_ = false;
        return 0;
    }

    std::string_view bytes(std::uint64_t count) {
        if (count > rest_.size() || count > limits_.string_bytes) good_ = false;
        if (!good_) return {};
        const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(count));
        rest_.remove_prefix(static_cast<std::size_t>(count));
        return taken;
    }

    Slot made(std::optional<Slot> value) {
        if (!value) full_ = true, good_ = false;
        return value.value_or(0);
    }

    bool is_gone(SlotType type, Slot value) const { return type == SlotType::entity && !alive_(value); }

    Slot parts(const CompositeType& type) {
        const bool is_record = type.kind == Kind::record;
        const std::uint64_t count = is_record ? 1 : number();
        if (count > limits_.list_length || count > rest_.size()) good_ = false;
        auto& slots = arena_.building_;
        const std::size_t before = slots.size();
        for (std::uint64_t i = 0; i < count && good_; ++i) {
            bool stays = true;
            for (std::size_t at = 0; at < type.parts.size(); ++at) {
                Slot value = part(type.parts[at]);
                const bool gone = is_gone(type.parts[at], value);
                if (gone) value = 0;
                if (gone && !is_record && !type.keeps_gaps) stays = false;
                slots.push_back(value);
            }
            if (!stays) slots.resize(slots.size() - type.parts.size());
        }
        const Slot value = good_ ? made(arena_.add_list(std::span(slots).subspan(before))) : 0;
        slots.resize(before);
        return value;
    }

    Arena& arena_;
    const Program& program_;
    std::string_view rest_;
    const Arena::BlobLimits& limits_;
    const Arena::IsAlive& alive_;
    bool good_ = true, full_ = false;
};

bool Arena::append_blob(std::string& out, const Program& program, SlotType type, Slot value,
                        std::size_t most_bytes) const {
    return BlobWriter(*this, program, out, out.size() + most_bytes).whole(type, value);
}

std::optional<Slot> Arena::from_blob(const Program& program, SlotType type, std::string_view blob,
                                     const BlobLimits& limits, const IsAlive& alive) {
    if (blob.empty()) return Slot{0};
    if (type == SlotType::string) return blob.size() > limits.string_bytes ? Slot{0} : add_string(blob);
    if (blob.size() > limits.bytes) return Slot{0};
    BlobReader reader(*this, program, blob, limits, alive);
    const Slot value = reader.part(type);
    if (reader.is_full()) return std::nullopt;
    return reader.good() ? value : Slot{0};
}

}  // namespace kiln::vm
