#include "vm/machine/fiber.h"

#include <algorithm>

#include "vm/machine/fiber_pack.h"

namespace kiln::vm {

namespace {

Slot head_of(std::size_t frames, std::size_t arena_words) {
    return static_cast<Slot>((std::uint64_t{arena_words} << 32) | (fiber_format << 16) | frames);
}

// Visits the frames of the run that stopped at `pc`, outermost first: the function, where its call in
// progress stands, its registers.
template <typename Visit>
void for_each_frame(const Context& context, const Prepared* pc, Visit visit) {
    MachineState& state = context.state;
    for (const Frame* frame = state.first_frame(); frame <= state.top; ++frame) {
        const bool innermost = frame == state.top;
        const Prepared* const call = innermost ? pc : frame[1].return_pc - 1;
        const Slot* const base = innermost ? state.base : frame[1].caller_base;
        const auto place = static_cast<std::uint32_t>(call - frame->function->code);
        visit(frame->function->index, place, base, *context.loaded.point_at(frame->function->index, place));
    }
}

// One frame of a fiber that is read, with the suspension point that it stands at.
struct FrameInFiber {
    std::uint32_t function = 0, pc = 0;
    const SuspensionPoint* point = nullptr;
    std::span<const Slot> slots;
};

// Takes frames off the front of a fiber; whatever does not fit ends it.
class FrameReader {
 public:
    FrameReader(const LoadedProgram& loaded, FiberView fiber, const Limits& limits) : loaded_(loaded) {
        if (fiber.empty()) return;
        const auto head = static_cast<std::uint64_t>(fiber[0]);
        const std::size_t arena_words = head >> 32;
        frames_ = head & 0xffff;
        const bool fits = ((head >> 16) & 0xffff) == fiber_format && frames_ >= 1 &&
                          frames_ <= limits.call_depth && arena_words <= fiber.size() - 1;
        if (!fits) return;
        rest_ = fiber.subspan(1, fiber.size() - 1 - arena_words);
        arena_ = fiber.last(arena_words);
        is_whole_ = true;
    }

    bool is_whole() const { return is_whole_; }
    std::span<const Slot> arena() const { return arena_; }
    bool at_end() const { return frames_ == 0 && rest_.empty(); }

    // False if there is none, or none that fits.
    bool next(FrameInFiber& frame) {
        if (frames_ == 0 || rest_.empty()) return false;
        const auto word = static_cast<std::uint64_t>(rest_[0]);
        frame.function = static_cast<std::uint32_t>(word >> 32);
        frame.pc = static_cast<std::uint32_t>(word);
        if (frame.function >= loaded_.function_count() || frame.pc == 0) return false;
        // Each frame is the function that the frame before it calls.
        if (called_ != any_function && called_ != frame.function) return false;
        frame.point = loaded_.point_at(frame.function, frame.pc - 1);
        if (frame.point == nullptr || frame.point->kept.size() > rest_.size() - 1) return false;
        const Instruction& call = loaded_.program().functions[frame.function].code[frame.pc - 1];
        const bool innermost = --frames_ == 0;
        if (call.op != (innermost ? Opcode::native : Opcode::call)) return false;
        called_ = static_cast<std::uint32_t>(call.imm);
        frame.slots = rest_.subspan(1, frame.point->kept.size());
        rest_ = rest_.subspan(1 + frame.slots.size());
        return true;
    }

 private:
    static constexpr std::uint32_t any_function = 0xffff'ffff;
    const LoadedProgram& loaded_;
    std::span<const Slot> rest_, arena_;
    std::size_t frames_ = 0;
    std::uint32_t called_ = any_function;
    bool is_whole_ = false;
};

}  // namespace

void capture_fiber(const Context& context, const Prepared* pc, Fiber& fiber) {
    fiber.assign(1, 0);
    std::size_t frames = 0;
    bool has_references = false;
    for_each_frame(context, pc, [&](std::uint32_t, std::uint32_t, const Slot*, const SuspensionPoint& point) {
        ++frames;
        has_references = has_references || point.has_references;
    });
    std::optional<Packer> packer;
    if (has_references) packer.emplace(context.loaded.program(), context.state.arena);
    for_each_frame(
        context, pc,
        [&](std::uint32_t function, std::uint32_t place, const Slot* base, const SuspensionPoint& point) {
            fiber.push_back(static_cast<Slot>((std::uint64_t{function} << 32) | (place + 1)));
            for (const auto& [at, type] : point.kept)
                fiber.push_back(packer ? packer->pack(type, base[at]) : base[at]);
        });
    const std::size_t arena_words = packer ? packer->words().size() : 0;
    fiber[0] = head_of(frames, arena_words);
    if (packer) fiber.insert(fiber.end(), packer->words().begin(), packer->words().end());
}

Restored restore_fiber(MachineState& state, const LoadedProgram& loaded, FiberView fiber) {
    FrameReader reader(loaded, fiber, state.limits);
    if (!reader.is_whole()) return {Fault::bad_argument};
    Unpacker unpacker(loaded.program(), state.limits, &state.arena);
    if (const Fault fault = unpacker.unpack(reader.arena()); fault != Fault::none) return {fault};
    Slot* base = state.stack.get();
    Slot* caller_base = base;
    const Prepared* pc = halt_instruction();
    state.top = state.first_frame() - 1;
    for (FrameInFiber frame; reader.next(frame);) {
        const PreparedFunction& function = loaded.function(frame.function);
        *++state.top = {pc, caller_base, &function};
        state.base = base;
        for (std::size_t i = 0; i < frame.slots.size(); ++i) {
            const auto [place, type] = frame.point->kept[i];
            const std::optional<Slot> slot = unpacker.translate(type, frame.slots[i]);
            if (!slot) return {Fault::bad_argument};
            base[place] = *slot;
        }
        caller_base = base;
        base += frame.point->window;
        pc = function.code + frame.pc;
    }
    if (!reader.at_end()) return {Fault::bad_argument};
    return {Fault::none, pc, base};
}

std::optional<std::string> check_fiber(const LoadedProgram& program, FiberView fiber, const Limits& limits) {
    FrameReader reader(program, fiber, limits);
    if (!reader.is_whole()) return "this is no fiber";
    Unpacker unpacker(program_of(program), limits, nullptr);
    if (unpacker.unpack(reader.arena()) != Fault::none) return "what the fiber refers to is damaged";
    for (FrameInFiber frame; reader.next(frame);) {
        for (std::size_t i = 0; i < frame.slots.size(); ++i) {
            if (!unpacker.translate(frame.point->kept[i].type, frame.slots[i]))
                return "a register of the fiber refers to nothing";
        }
    }
    if (!reader.at_end()) return "the frames of the fiber do not fit the program";
    return std::nullopt;
}

}  // namespace kiln::vm
