#pragma once
// Numbers and strings as bytes and back, the same on every machine. Numbers are either of their full width,
// lowest byte first ("fixed": heads of files), or seven bits a byte (everything inside). Reading never goes
// past the end: after the first try `failed` is set and everything reads as 0 or empty.

#include <cstdint>
#include <string>
#include <string_view>

namespace kiln::schema {

template <typename T>
void put_fixed(std::string& to, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
        to += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
}

inline void put_number(std::string& to, std::uint64_t value) {
    while (value >= 0x80) {
        to += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    to += static_cast<char>(value);
}

inline void put_bytes(std::string& to, std::string_view bytes) {
    put_number(to, bytes.size());
    to += bytes;
}

class ByteReader {
   public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    bool failed = false;
    std::size_t left() const { return rest_.size(); }
    bool is_done() const { return !failed && rest_.empty(); }

    // So many bytes, or nothing.
    std::string_view take(std::uint64_t size) {
        if (failed || size > rest_.size()) {
            failed = true;
            return {};
        }
        const auto piece = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(piece.size());
        return piece;
    }

    template <typename T>
    T fixed() {
        std::uint64_t value = 0;
        const auto piece = take(sizeof(T));
        for (std::size_t i = 0; i < piece.size(); ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(piece[i])) << (8 * i);
        return static_cast<T>(value);
    }

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64 && !rest_.empty() && !failed; shift += 7) {
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
        return failed ? 0 : static_cast<std::uint32_t>(value);
    }
    // How many things follow, each of which takes at least so many bytes.
    std::size_t count(std::size_t bytes_each = 1) {
        const auto value = number();
        if (value > rest_.size() / bytes_each) failed = true;
        return failed ? 0 : static_cast<std::size_t>(value);
    }
    std::string_view bytes() { return take(number()); }

   private:
    std::string_view rest_;
};

}  // namespace kiln::schema
