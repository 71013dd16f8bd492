#pragma once
// What stands around the content of a file: magic, format, sizes, checksum, and the content packed by zstd.
// A file that is foreign, cut, damaged or of another format is refused with a sentence, before anything in it
// is believed.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kiln::schema {

struct Envelope {
    std::string_view magic;              // eight bytes
    std::uint32_t format = 1;
    std::uint64_t most_bytes = 0;        // of the content, unpacked
    int effort = 1;                      // of packing; more takes longer and gains space
    std::string_view name;               // "image", as sentences call it
    std::string_view advice;             // what to do with a bad one
    std::string_view other_format;       // what to do with one of another format
};

std::string seal(const Envelope& envelope, std::string_view content);
std::expected<std::string, std::string> unseal(const Envelope& envelope, std::string_view file);
// What else is to be said about a file that is refused, in the same words.
std::string refusal(const Envelope& envelope, std::string_view what);

}  // namespace kiln::schema
