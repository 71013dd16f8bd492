#pragma once
// What one slice may use. Deterministic: nothing here is time. Each row has a test that reaches it.

#include <cstdint>

namespace kiln::vm {

struct Limits {
    std::int64_t fuel = 20'000;  // units per slice: back-edges, calls, natives and the bytes they touch
    std::uint32_t arena_bytes = 256 * 1024;  // strings, texts and lists built in one slice
    std::uint32_t call_depth = 32;
    std::uint32_t list_length = 1'000;
    std::uint32_t string_bytes = 16 * 1024;
    std::uint32_t value_bytes = 64 * 1024;  // one string, list, set, map or record kept in state
    std::uint32_t text_parts = 256;  // texts within one text, itself included: what rendering it may cost

    bool operator==(const Limits&) const = default;
};

}  // namespace kiln::vm
