#include "world/schema/envelope.h"

#include <zstd.h>

#include "world/schema/bytes.h"
#include "world/schema/checksum.h"

namespace kiln::schema {

std::string refusal(const Envelope& envelope, std::string_view what) {
    return "the " + std::string(envelope.name) + " " + std::string(what) + "; " +
           std::string(envelope.advice);
}

std::string seal(const Envelope& envelope, std::string_view content) {
    std::string packed(ZSTD_compressBound(content.size()), '\0');
    packed.resize(
        ZSTD_compress(packed.data(), packed.size(), content.data(), content.size(), envelope.effort));
    std::string file(envelope.magic);
    put_fixed(file, envelope.format);
    put_fixed(file, std::uint64_t{packed.size()});
    put_fixed(file, std::uint64_t{content.size()});
    put_fixed(file, crc32c(packed, crc32c(file)));
    return file + packed;
}

std::expected<std::string, std::string> unseal(const Envelope& envelope, std::string_view file) {
    const auto refuse = [&](std::string_view what) { return std::unexpected(refusal(envelope, what)); };
    if (!file.starts_with(envelope.magic))
        return std::unexpected("this is not a Kiln " + std::string(envelope.name));
    ByteReader reader(file.substr(envelope.magic.size()));
    const auto format = reader.fixed<std::uint32_t>();
    const auto packed_size = reader.fixed<std::uint64_t>(), content_size = reader.fixed<std::uint64_t>();
    const auto head = file.substr(0, file.size() - reader.left());
    const auto checksum = reader.fixed<std::uint32_t>();
    if (reader.failed) return refuse("is cut short");
    if (format != envelope.format) {
        return std::unexpected("the " + std::string(envelope.name) + " has format " + std::to_string(format) +
                               ", and this program reads format " + std::to_string(envelope.format) + "; " +
                               std::string(envelope.other_format));
    }
    if (reader.left() != packed_size) return refuse("is cut short or has something behind it");
    const auto packed = reader.take(packed_size);
    if (crc32c(packed, crc32c(head)) != checksum) return refuse("is damaged (its checksum differs)");
    if (content_size > envelope.most_bytes) return refuse("is larger than this program accepts");
    if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != content_size)
        return refuse("contradicts itself");
    std::string content(content_size, '\0');
    if (ZSTD_decompress(content.data(), content.size(), packed.data(), packed.size()) != content_size)
        return refuse("is damaged (it cannot be unpacked)");
    return content;
}

}  // namespace kiln::schema
