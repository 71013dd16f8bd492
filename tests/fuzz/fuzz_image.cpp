#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "world/schema/image_archive.h"
#include "world/schema/image_check.h"
#include "world/schema/image_file.h"

// Bytes as they come almost never carry a right checksum, so the body is tried without its envelope too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kiln::schema;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)read_image(bytes);
    Image image;
    archive::Reader reader(bytes);
    fields(reader, image);
    if (reader.failed || !reader.at_end() || check_image(image)) return 0;
    // What passes must survive its own envelope unchanged.
    const auto again = read_image(write_image(image));
    if (!again || !(again->program == image.program) || !(again->definitions == image.definitions))
        std::abort();
    return 0;
}
