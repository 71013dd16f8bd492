#pragma once
// Does an image make sense in itself? Every index in range, every list consistent: what the world relies on.

#include <optional>
#include <string>

#include "world/schema/image.h"

namespace kiln::schema {

// A sentence about the first contradiction. Types and flow of the program are the verifier's business, not
// checked here.
std::optional<std::string> check_image(const Image& image);

}  // namespace kiln::schema
