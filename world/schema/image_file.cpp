#include "world/schema/image_file.h"

#include "world/schema/checksum.h"
#include "world/schema/envelope.h"
#include "world/schema/image_archive.h"
#include "world/schema/image_check.h"

namespace kiln::schema {

namespace {

constexpr Envelope envelope{.magic = "KILNIMG\n",
                            .format = image_format_version,
                            .most_bytes = 256ull << 20,
                            .effort = 3,
                            .name = "image",
                            .advice = "build it again",
                            .other_format = "build it again with `kiln build`"};

}  // namespace

std::string write_image(const Image& image) {
    archive::Writer writer;
    fields(writer, const_cast<Image&>(image));   // the writer only reads; one `fields` serves both directions
    return seal(envelope, writer.bytes);
}

std::expected<Image, std::string> read_image(std::string_view bytes) {
    const auto body = unseal(envelope, bytes);
    if (!body) return std::unexpected(body.error());
    Image image;
    archive::Reader reader(*body);
    fields(reader, image);
    if (reader.failed || !reader.at_end())
        return std::unexpected(refusal(envelope, "is damaged (its parts do not fit)"));
    if (auto problem = check_image(image))
        return std::unexpected("the image contradicts itself: " + *problem);
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
