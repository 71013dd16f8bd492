#include "world/schema/checksum.h"

#include <array>

namespace kiln::schema {

namespace {

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) ? 0x82f63b78u : 0u);
        tables[0][i] = value;
    }
    for (std::uint32_t i = 0; i < 256; ++i) {
        for (std::size_t t = 1; t < 8; ++t)
            tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 255];
    }
    return tables;
}

constexpr Tables tables = make_tables();

std::uint32_t word_at(const unsigned char* bytes) {
    return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
           static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

}  // namespace

// Eight bytes a step ("slicing by 8"): about 2 GB/s without special instructions.
std::uint32_t crc32c(std::string_view text, std::uint32_t seed) {
    auto crc = ~seed;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    auto left = text.size();
    while (left >= 8) {
        const auto low = word_at(bytes) ^ crc, high = word_at(bytes + 4);
        crc = tables[7][low & 255] ^ tables[6][(low >> 8) & 255] ^ tables[5][(low >> 16) & 255] ^
              tables[4][low >> 24] ^ tables[3][high & 255] ^ tables[2][(high >> 8) & 255] ^
              tables[1][(high >> 16) & 255] ^ tables[0][high >> 24];
        bytes += 8;
        left -= 8;
    }
    for (; left > 0; --left, ++bytes) crc = (crc >> 8) ^ tables[0][(crc ^ *bytes) & 255];
    return ~crc;
}

std::uint64_t hash64(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ (hash >> 32);
}

}  // namespace kiln::schema
