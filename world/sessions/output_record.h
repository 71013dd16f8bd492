#pragma once
// Outputs as the bytes of output.record: several stand one behind the other. Their session and the number of
// the first are fields of the row.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace kiln::world {

void put_output(std::string& to, const Output::Body& body);
// Nothing if the bytes are not outputs from the first to the last.
std::optional<std::vector<Output::Body>> read_outputs(std::string_view bytes);

}  // namespace kiln::world
