#pragma once
// What an instruction becomes when some of its operands are known numbers. Private to this folder.

#include <functional>
#include <optional>

#include "compiler/optimize/draft.h"

namespace kiln::compiler {

using KnownNumber = std::function<std::optional<std::int64_t>(Register)>;

// A number that the instruction always gives; nothing if it may fault or is not known.
std::optional<std::int64_t> computed(const Instruction& instruction, const KnownNumber& number);

// The form with the number inside, if there is one: `add r, r, five` becomes `add_int r, r, 5`. Not for
// jumps.
std::optional<Instruction> with_number_inside(const Instruction& instruction, const KnownNumber& number);

// A jump whose condition is known always goes or never does; others may take the number inside.
enum class Going : std::uint8_t { unknown, always, never };
Going going_of(const Instruction& jump, const KnownNumber& number);
// The near form of a comparison of two registers; its target is still to be set.
std::optional<Instruction> near_form(const Instruction& jump, const KnownNumber& number);

}  // namespace kiln::compiler
