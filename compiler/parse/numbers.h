#pragma once
// Number literals with units.

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {

struct NumberLiteral {
    bool valid = true;
    TokenType type = TokenType::integer;
    std::int64_t value = 0;  // in the unit ast.h says: 1/100 %, milliseconds, grams, minutes, vm::Dice
    std::size_t end = 0;
    std::string advice;
};

// Reads the literal that begins at `begin`, which is a digit. `1..2` ends before the dots.
NumberLiteral read_number(std::string_view text, std::size_t begin);

}  // namespace kiln::compiler::parsing
