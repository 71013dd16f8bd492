#pragma once
// Tells words apart by their position: afterwards every token has the type that grammar/Mud.g4 means. This is
// where keywords are contextual: `for` is FOR before `x in list`, KEY behind an operand, and a name anywhere
// else.

#include <span>

#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {

// Retypes one chunk (a declaration or a member at column 0) in place; `is not` becomes one token: `is` with
// number 1.
void shape_chunk(std::string_view text, std::vector<Token>& tokens);

// The same for an expression inside a text.
void shape_expression(std::string_view text, std::vector<Token>& tokens);

}  // namespace kiln::compiler::parsing
