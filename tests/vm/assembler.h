#pragma once
// Programs for tests, written as text. One line a declaration or an instruction:
//
//   native roll(integer) integer          field hp 2 integer writable        text (integer, string)
//   native wait(integer) nothing suspend  function main(integer, entity) integer 6 suspend
//   back:                                 load_int r1 -5                     load_string r2 "words"
//   loop back                             call r1 main                       list_new r0 strings
//   type card record integer string       type deck list card                gather r0 r1 2 card
//
// The number of a function is its frame size. Constants and strings are written in place; natives, fields and
// functions are named, texts are numbered. `#` begins a comment.

#include <string_view>

#include "vm/bytecode/program.h"

namespace kiln::vm::testing {

// Throws std::runtime_error with the line if that means nothing.
Program assemble(std::string_view source);
std::uint32_t function_named(const Program& program, std::string_view name);

}  // namespace kiln::vm::testing
