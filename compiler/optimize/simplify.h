#pragma once
// One walk over the code with what is known on the way: which registers hold known numbers or copies of
// others, which entities have been found alive, which fields stand in registers already. Private to this
// folder.

#include "compiler/optimize/draft.h"

namespace kiln::compiler {

void simplify(Draft& draft);

// The stretches of code that go round: from a head to the last way back to it.
struct Loop {
    std::uint32_t head = 0, end = 0;
    bool asks_others = false;  // calls natives or functions
    vm::RegisterSet writes;
    std::vector<std::int32_t> stored;  // fields
};
std::vector<Loop> loops_of(const Draft& draft);  // by head

}  // namespace kiln::compiler
