#pragma once
// Images as bytes: magic, format version, length, checksum (CRC32C), zstd-compressed body. Same image, same
// bytes.

#include <expected>
#include <string>
#include <string_view>

#include "world/schema/image.h"

namespace kiln::schema {

std::string write_image(const Image& image);

// Refuses anything damaged, truncated, foreign, too large or of another version, with advice; checks every
// index and count, so that a hostile file is as harmless as a broken one. Does not verify the program:
// loading does.
std::expected<Image, std::string> read_image(std::string_view bytes);

// Names one image for ever: 16 hex digits over its bytes.
std::string image_hash(std::string_view bytes);

}  // namespace kiln::schema
