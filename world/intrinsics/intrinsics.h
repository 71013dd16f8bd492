#pragma once
// The bodies of intrinsics.def, by topic (talk.cpp, making.cpp, harm.cpp, course.cpp, chance.cpp,
// asking.cpp).

#include "vm/machine/host.h"
#include "world/engine.h"

namespace kiln::world {

using IntrinsicBody = vm::NativeResult (*)(Engine& engine, vm::NativeCall& call);

// The body of a row; never null. Rows and bodies are tied at compile time: a row without a body does not
// link.
IntrinsicBody body_of(schema::Intrinsic intrinsic);

}  // namespace kiln::world
