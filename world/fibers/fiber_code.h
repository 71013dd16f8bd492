#pragma once
// Frames and bindings of a fiber as bytes. Bytes may come from a damaged snapshot: decoding refuses what it
// cannot read, and the machine checks the rest against the program.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vm/machine/machine.h"

namespace kiln::world {

// Either the frames of a suspended program, or a function that has not begun yet: a forked block, or a
// handler that waits for the ones before it (`overlap: queue`).
struct FiberCode {
    bool begun = true;
    bool queued = false;
    vm::Fiber frames;
    std::uint32_t function = 0;
    std::vector<vm::Slot> arguments;
    bool operator==(const FiberCode&) const = default;
};
std::string encode(const FiberCode& code);
std::optional<FiberCode> decode_fiber(std::string_view bytes);

struct FiberBindings {
    std::uint32_t on_cancel = 0xffffffff;
    std::vector<vm::Handle> bound;
    bool operator==(const FiberBindings&) const = default;
};
std::string encode(const FiberBindings& bindings);
std::optional<FiberBindings> decode_bindings(std::string_view bytes);

}  // namespace kiln::world
