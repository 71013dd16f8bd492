#pragma once
// The other passes over one function, each leaving it sound. Private to this folder.

#include "compiler/optimize/draft.h"

namespace kiln::compiler {

void retarget(Draft& draft);  // results land where they are wanted: `add t, a, b; move x, t` is `add x, a, b`
void drop_dead(Draft& draft);     // what has no effect and is never read
void fuse(Draft& draft);          // two or three instructions that one can do
void straighten(Draft& draft);    // jumps to jumps, to what comes next, to returns
void hoist_checks(Draft& draft);  // the first look at an entity goes before the loop

}  // namespace kiln::compiler
