#pragma once
// Makes one image of all units: gives every row its number in the order of the declarations, and rewrites
// what names rows. What comes out depends on the units and their order only.

#include "compiler/emit/emit.h"

namespace kiln::compiler {

schema::Image link(const World& world, const std::vector<Unit>& units,
                   const std::vector<schema::FunctionNumber>& rules);

}  // namespace kiln::compiler
