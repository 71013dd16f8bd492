#pragma once
// What stands between two tokens of one line, and where a line that is too long may be divided.

#include <span>
#include <vector>

#include "compiler/format/source.h"

namespace kiln::compiler::formatting {

constexpr int never = -1;

struct Joint {  // in front of a token
    bool has_space = false;
    int break_cost = never;  // of beginning a line with it; lower is better
};

// One for each piece, in order. Pieces that begin items have nothing in front of them.
std::vector<Joint> find_joints(std::span<const Piece> pieces);

}  // namespace kiln::compiler::formatting
