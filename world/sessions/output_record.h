#pragma once
// One output as the bytes that stand in output.record; its session and number are fields of the row.

#include <optional>
#include <string>
#include <string_view>

#include "world/world.h"

namespace kiln::world {

std::string encode(const Output& output);
std::optional<Output> decode_output(std::string_view bytes);

}  // namespace kiln::world
