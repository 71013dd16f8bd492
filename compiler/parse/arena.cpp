#include "compiler/parse/arena.h"

namespace kiln::compiler::ast {

thread_local Arena* Arena::current = nullptr;

void Arena::grow(std::size_t least) {
    constexpr std::size_t smallest = 4 << 10, largest = 256 << 10;
    const auto size = std::max(least, std::clamp(bytes_ / 2, smallest, largest));
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    bytes_ += size;
    free_ = blocks_.back().get();
    end_ = free_ + size;
}

}  // namespace kiln::compiler::ast
