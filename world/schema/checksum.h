#pragma once
// CRC32C (Castagnoli), as used by images, snapshots and the journal to tell damage from content.

#include <cstdint>
#include <string_view>

namespace kiln::schema {

std::uint32_t crc32c(std::string_view bytes, std::uint32_t seed = 0);
std::uint64_t hash64(std::string_view bytes);   // FNV-1a with a final mix: names, not security

}  // namespace kiln::schema
