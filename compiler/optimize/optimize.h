#pragma once
// Makes the functions of a linked program shorter without changing what they do: the same results, stores and
// calls of natives in the same order, the same fuel, the same faults at the same places of the source. What
// comes out is verified like any other program, so that a mistake here can give a wrong answer but harm
// nobody.

#include "vm/bytecode/program.h"

namespace kiln::compiler {

void optimize(vm::Program& program);

}  // namespace kiln::compiler
