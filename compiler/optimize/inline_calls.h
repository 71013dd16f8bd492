#pragma once
// Short functions are written out where they are called. The arguments stand where the callee's registers
// begin already, so its code is copied with its registers moved up; `inlined` pays for the call and minds the
// depth. Private to this folder.

#include "compiler/optimize/draft.h"

namespace kiln::compiler {

void inline_calls(Draft& caller);

}  // namespace kiln::compiler
