#include "world/fibers/fiber_code.h"

namespace kiln::world {

namespace {

void put(std::string& to, std::uint64_t value) {
    while (value >= 0x80) {
        to += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    to += static_cast<char>(value);
}

class Reader {
   public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    bool failed = false;
    bool is_done() const { return !failed && rest_.empty(); }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        failed = true;
        return 0;
    }
    std::uint32_t small() {
        const auto value = number();
        if (value > 0xffffffff) failed = true;
        return static_cast<std::uint32_t>(value);
    }
    // Everything counted takes at least one byte.
    std::size_t count() {
        const auto value = number();
        if (value > rest_.size()) failed = true;
        return failed ? 0 : static_cast<std::size_t>(value);
    }
    std::string bytes() {
        const auto size = count();
        std::string result(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return result;
    }
    void slots(std::vector<vm::Slot>& to) {
        for (auto left = count(); left > 0 && !failed; --left) to.push_back(static_cast<vm::Slot>(number()));
    }

   private:
    std::string_view rest_;
};

void put_slots(std::string& to, const std::vector<vm::Slot>& slots) {
    put(to, slots.size());
    for (const auto slot : slots) put(to, static_cast<std::uint64_t>(slot));
}

}  // namespace

std::string encode(const FiberCode& code) {
    std::string bytes;
    put(bytes, code.begun ? 1 : code.queued ? 2 : 0);
    if (!code.begun) {
        put(bytes, code.function);
        put_slots(bytes, code.arguments);
        return bytes;
    }
    put(bytes, code.frames.frames.size());
    for (const auto& frame : code.frames.frames) {
        put(bytes, frame.function);
        put(bytes, frame.pc);
        put_slots(bytes, frame.slots);
    }
    put(bytes, code.frames.arena.size());
    return bytes + code.frames.arena;
}

std::optional<FiberCode> decode_fiber(std::string_view bytes) {
    Reader reader(bytes);
    FiberCode code;
    const auto begun = reader.number();
    if (begun > 2) return std::nullopt;
    code.begun = begun == 1;
    code.queued = begun == 2;
    if (!code.begun) {
        code.function = reader.small();
        reader.slots(code.arguments);
    } else {
        for (auto left = reader.count(); left > 0 && !reader.failed; --left) {
            auto& frame = code.frames.frames.emplace_back();
            frame.function = reader.small();
            frame.pc = reader.small();
            reader.slots(frame.slots);
        }
        code.frames.arena = reader.bytes();
    }
    if (!reader.is_done()) return std::nullopt;
    return code;
}

std::string encode(const FiberBindings& bindings) {
    if (bindings == FiberBindings{}) return {};
    std::string bytes;
    put(bytes, bindings.on_cancel);
    put(bytes, bindings.bound.size());
    for (const auto handle : bindings.bound) put(bytes, static_cast<std::uint64_t>(handle.to_slot()));
    return bytes;
}

std::optional<FiberBindings> decode_bindings(std::string_view bytes) {
    FiberBindings bindings;
    if (bytes.empty()) return bindings;
    Reader reader(bytes);
    bindings.on_cancel = reader.small();
    for (auto left = reader.count(); left > 0 && !reader.failed; --left) {
        bindings.bound.push_back(vm::Handle::from_slot(static_cast<vm::Slot>(reader.number())));
    }
    if (!reader.is_done()) return std::nullopt;
    return bindings;
}

}  // namespace kiln::world
