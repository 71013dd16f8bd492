#pragma once
// Little-endian numbers in and out of byte strings, for the files of the journal.

#include <cstdint>
#include <string>
#include <string_view>

namespace kiln::server {

template <typename Number>
void put_number(std::string& out, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        out += static_cast<char>((static_cast<std::uint64_t>(number) >> (8 * i)) & 0xff);
    }
}

// Reads from the front; after the first read past the end everything is 0 and `ok` is false.
class ByteReader {
   public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    template <typename Number>
    Number number() {
        std::uint64_t value = 0;
        const std::string_view piece = take(sizeof(Number));
        for (std::size_t i = 0; i < piece.size(); ++i) {
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(piece[i])) << (8 * i);
        }
        return static_cast<Number>(value);
    }

    std::string_view take(std::size_t count) {
        if (!ok || count > bytes_.size()) {
            ok = false;
            return {};
        }
        const std::string_view piece = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return piece;
    }

    std::size_t left() const { return bytes_.size(); }
    bool ok = true;

   private:
    std::string_view bytes_;
};

}  // namespace kiln::server
