#include "world/schema/image_file.h"

#include <zstd.h>

#include <array>
#include <cassert>

#include "world/schema/checksum.h"
#include "world/schema/image_archive.h"
#include "world/schema/image_check.h"

namespace kiln::schema {

namespace {

constexpr std::string_view magic = "KILNIMG\n";
constexpr std::size_t header_bytes =
    magic.size() + 4 + 8 + 8 + 4;  // version, sizes packed and unpacked, checksum
constexpr std::uint64_t max_body_bytes = 256ull << 20;

template <typename T>
void put(std::string& to, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i)
        to += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
}

template <typename T>
T get(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return static_cast<T>(value);
}

std::unexpected<std::string> refuse(std::string message) { return std::unexpected(std::move(message)); }

}  // namespace

std::string write_image(const Image& image) {
    archive::Writer writer;
    fields(writer, const_cast<Image&>(image));   // the writer only reads; one `fields` serves both directions
    std::string packed(ZSTD_compressBound(writer.bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), writer.bytes.data(), writer.bytes.size(), 3));
    std::string file(magic);
    put<std::uint32_t>(file, image_format_version);
    put<std::uint64_t>(file, packed.size());
    put<std::uint64_t>(file, writer.bytes.size());
    put<std::uint32_t>(file, crc32c(packed, crc32c(file)));
    return file + packed;
}

std::expected<Image, std::string> read_image(std::string_view bytes) {
    if (!bytes.starts_with(magic)) return refuse("this is not a Kiln image");
    if (bytes.size() < header_bytes) return refuse("the image is cut short; build it again");
    const auto version = get<std::uint32_t>(bytes, magic.size());
    if (version != image_format_version) {
        return refuse("the image has format " + std::to_string(version) + ", and this program reads format " +
                      std::to_string(image_format_version) + "; build it again with `kiln build`");
    }
    const auto packed_size = get<std::uint64_t>(bytes, magic.size() + 4);
    const auto body_size = get<std::uint64_t>(bytes, magic.size() + 12);
    const auto checksum = get<std::uint32_t>(bytes, magic.size() + 20);
    const auto packed = bytes.substr(header_bytes);
    if (packed.size() != packed_size)
        return refuse("the image is cut short or has something behind it; build it again");
    if (crc32c(packed, crc32c(bytes.substr(0, header_bytes - 4))) != checksum) {
        return refuse("the image is damaged (its checksum differs); build it again");
    }
    if (body_size > max_body_bytes) return refuse("the image is larger than this program accepts");
    if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != body_size)
        return refuse("the image contradicts itself");
    std::string body(body_size, '\0');
    if (ZSTD_decompress(body.data(), body.size(), packed.data(), packed.size()) != body_size) {
        return refuse("the image is damaged (it cannot be unpacked); build it again");
    }
    Image image;
    archive::Reader reader(body);
    fields(reader, image);
    if (reader.failed || !reader.at_end())
        return refuse("the image is damaged (its parts do not fit); build it again");
    if (auto problem = check_image(image)) return refuse("the image contradicts itself: " + *problem);
    return image;
}

std::string image_hash(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    auto hash = hash64(bytes);
    std::string result(16, '0');
    for (std::size_t i = 16; i-- > 0; hash >>= 4) result[i] = digits[hash & 15];
    return result;
}

}  // namespace kiln::schema
