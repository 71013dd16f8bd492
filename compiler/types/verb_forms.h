#pragma once
// From "hauls" to "haul": how a verb written for others is said to "you".

#include <optional>
#include <string>
#include <string_view>

namespace kiln::compiler {

// Nothing if the word does not look like a verb in the third person.
std::optional<std::string> second_person(std::string_view third);

}  // namespace kiln::compiler
