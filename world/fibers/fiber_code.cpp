#include "world/fibers/fiber_code.h"

#include <bit>
#include <cstring>

#include "world/schema/bytes.h"

namespace kiln::world {

namespace {

using schema::ByteReader;
using schema::put_number;

void read_slots(ByteReader& reader, std::vector<vm::Slot>& to) {
    for (auto left = reader.count(); left > 0 && !reader.failed; --left)
        to.push_back(static_cast<vm::Slot>(reader.number()));
}

void put_slots(std::string& to, const std::vector<vm::Slot>& slots) {
    put_number(to, slots.size());
    for (const auto slot : slots) put_number(to, static_cast<std::uint64_t>(slot));
}

// As they stand in memory: a fiber that wakes is copied, not read number by number.
void put_words(std::string& to, const std::vector<vm::Slot>& words) {
    static_assert(std::endian::native == std::endian::little);
    put_number(to, words.size());
    const auto at = to.size();
    to.resize(at + words.size() * sizeof(vm::Slot));
    if (!words.empty()) std::memcpy(to.data() + at, words.data(), words.size() * sizeof(vm::Slot));
}

void read_words(ByteReader& reader, std::vector<vm::Slot>& to) {
    const auto count = reader.count(sizeof(vm::Slot));
    const auto bytes = reader.take(count * sizeof(vm::Slot));
    to.resize(bytes.size() / sizeof(vm::Slot));
    if (!bytes.empty()) std::memcpy(to.data(), bytes.data(), bytes.size());
}

}  // namespace

std::string encode(const FiberCode& code) {
    std::string bytes;
    put_number(bytes, code.begun ? 1 : code.queued ? 2 : 0);
    if (!code.begun) {
        put_number(bytes, code.function);
        put_slots(bytes, code.arguments);
        return bytes;
    }
    put_words(bytes, code.frames);
    return bytes;
}

std::optional<FiberCode> decode_fiber(std::string_view bytes) {
    ByteReader reader(bytes);
    FiberCode code;
    const auto begun = reader.number();
    if (begun > 2) return std::nullopt;
    code.begun = begun == 1;
    code.queued = begun == 2;
    if (!code.begun) {
        code.function = reader.small();
        read_slots(reader, code.arguments);
    } else {
        read_words(reader, code.frames);
    }
    if (!reader.is_done()) return std::nullopt;
    return code;
}

std::string encode(const FiberBindings& bindings) {
    if (bindings == FiberBindings{}) return {};
    std::string bytes;
    put_number(bytes, bindings.on_cancel);
    put_number(bytes, bindings.bound.size());
    for (const auto handle : bindings.bound) put_number(bytes, static_cast<std::uint64_t>(handle.to_slot()));
    return bytes;
}

std::optional<FiberBindings> decode_bindings(std::string_view bytes) {
    FiberBindings bindings;
    if (bytes.empty()) return bindings;
    ByteReader reader(bytes);
    bindings.on_cancel = reader.small();
    for (auto left = reader.count(); left > 0 && !reader.failed; --left) {
        bindings.bound.push_back(vm::Handle::from_slot(static_cast<vm::Slot>(reader.number())));
    }
    if (!reader.is_done()) return std::nullopt;
    return bindings;
}

}  // namespace kiln::world
