#include "vm/machine/fiber.h"

#include <algorithm>
#include <cstring>
#include <map>

// A fiber's arena is blocks of 8-byte words, each before everything that refers to it:
//   header {slot type, 16 bits; count, 24 bits; of texts the text's index, 24 bits} and
//   string   its bytes, padded with zeros       composites   their slots       text    the arguments
// Its references count words from 1, so that 0 is empty here as well.

namespace kiln::vm {

namespace {

constexpr std::size_t words_for(std::size_t bytes) { return (bytes + sizeof(Slot) - 1) / sizeof(Slot); }

bool lies_in_arena(Slot reference) {
    return reference != 0 && Reference::store(reference) == Reference::arena;
}

constexpr int count_shift = 16, text_shift = 40;
constexpr std::uint64_t type_mask = 0xffff, count_mask = 0xff'ffff;
// Texts lie within texts as deep as the program nested them; nothing is nested deeper than this.
constexpr int most_depth = 600;

// Types of the slots inside a block; for texts they differ from argument to argument.
SlotType inner_type(const Program& program, SlotType block, std::uint32_t text, std::size_t index) {
    if (block == SlotType::text) return program.texts[text].arguments[index];
    const CompositeType& type = *composite_of(program, block);
    return type.parts[index % type.parts.size()];
}

class Packer {
   public:
    Packer(const Program& program, const Arena& arena) : program_(program), arena_(arena) {}

    // The slot as it stands in the fiber's arena; whatever it leads to is packed before it.
    Slot pack(SlotType type, Slot slot, int depth = 0) {
        if (!is_reference(type) || !lies_in_arena(slot)) return slot;
        if (depth > most_depth) return 0;
        const auto key = std::pair(Reference::place(slot), type);
        if (const auto found = packed_.find(key); found != packed_.end()) return found->second;
        const Slot packed = type == SlotType::string ? pack_string(slot) : pack_slots(type, slot, depth);
        packed_.emplace(key, packed);
        return packed;
    }

    std::string take() const {
        std::string bytes(words_.size() * sizeof(Slot), '\0');
        if (!words_.empty()) std::memcpy(bytes.data(), words_.data(), bytes.size());
        return bytes;
    }

   private:
    Slot pack_string(Slot slot) {
        const std::string_view bytes = arena_.string(program_, slot);
        if (bytes.empty()) return 0;
        const std::size_t at = words_.size();
        words_.push_back(header(SlotType::string, bytes.size(), 0));
        words_.resize(at + 1 + words_for(bytes.size()));
        std::memcpy(words_.data() + at + 1, bytes.data(), bytes.size());
        return static_cast<Slot>(at + 1);
    }

    Slot pack_slots(SlotType type, Slot slot, int depth) {
        const bool is_text = type == SlotType::text;
        const std::uint32_t text = is_text ? arena_.text(slot).text : 0;
        const auto inner = is_text ? arena_.text(slot).arguments : arena_.list(slot);
        if (inner.empty()) return 0;
        std::vector<Slot> packed;
        for (std::size_t i = 0; i < inner.size(); ++i)
            packed.push_back(pack(inner_type(program_, type, text, i), inner[i], depth + 1));
        const std::size_t at = words_.size();
        words_.push_back(header(type, packed.size(), text));
        words_.insert(words_.end(), packed.begin(), packed.end());
        return static_cast<Slot>(at + 1);
    }

    static Slot header(SlotType type, std::size_t count, std::uint32_t high) {
        return static_cast<Slot>((std::uint64_t{high} << text_shift) |
                                 (std::uint64_t{count} << count_shift) | static_cast<std::uint64_t>(type));
    }

    const Program& program_;
    const Arena& arena_;
    std::map<std::pair<std::uint32_t, SlotType>, Slot> packed_;
    std::vector<Slot> words_;
};

// Trusts nothing: every block must be whole and every reference must name an earlier block of the right type.
class Unpacker {
   public:
    Unpacker(MachineState& state, const Program& program) : state_(state), program_(program) {}

    Fault unpack(const std::string& bytes) {
        if (bytes.size() % sizeof(Slot) != 0) return Fault::bad_argument;
        words_.resize(bytes.size() / sizeof(Slot));
        if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
        for (std::size_t at = 0; at < words_.size();) {
            const auto bits = static_cast<std::uint64_t>(words_[at]);
            const auto type = static_cast<SlotType>(bits & type_mask);
            const auto count = static_cast<std::uint32_t>((bits >> count_shift) & count_mask);
            const std::size_t words = type == SlotType::string ? words_for(count) : count;
            if (!is_known(program_, type) || !is_reference(type)) return Fault::bad_argument;
            if (count == 0 || words > words_.size() - at - 1) return Fault::bad_argument;
            const std::span<Slot> content(words_.data() + at + 1, words);
            const Fault fault =
                unpack_block(type, count, static_cast<std::uint32_t>(bits >> text_shift), content, at + 1);
            if (fault != Fault::none) return fault;
            at += 1 + words;
        }
        return Fault::none;
    }

    // The slot as it stands in the slice's arena; nothing if it is no value of the type.
    std::optional<Slot> translate(SlotType type, Slot slot) const {
        if (type == SlotType::nothing) return Slot{0};
        if (!is_reference(type) || slot == 0) return slot;
        if (Reference::store(slot) == Reference::constant) {
            const std::uint32_t index = Reference::place(slot);
            const bool string = type == SlotType::string && index < program_.strings.size();
            const bool text = type == SlotType::text && index < program_.texts.size() &&
                              program_.texts[index].arguments.empty();
            return string || text ? std::optional<Slot>(slot) : std::nullopt;
        }
        if (Reference::store(slot) != Reference::arena) return std::nullopt;
        const auto before = [](const Block& block, Slot wanted) { return block.place < wanted; };
        const auto found = std::lower_bound(blocks_.begin(), blocks_.end(), slot, before);
        if (found == blocks_.end() || found->place != slot || found->type != type) return std::nullopt;
        return found->unpacked;
    }

   private:
    struct Block {
        Slot place;
        SlotType type;
        Slot unpacked;
    };

    Fault unpack_block(SlotType type, std::uint32_t count, std::uint32_t high, std::span<Slot> content,
                       std::size_t place) {
        if (type != SlotType::text && high != 0) return Fault::bad_argument;
        std::optional<Slot> made;
        if (type == SlotType::string) {
            made = state_.arena.add_string({reinterpret_cast<const char*>(content.data()), count});
        } else {
            if (type == SlotType::text &&
                (high >= program_.texts.size() || program_.texts[high].arguments.size() != count)) {
                return Fault::bad_argument;
            }
            if (type != SlotType::text && !fits(type, count)) return Fault::bad_argument;
            std::uint32_t parts = 1;
            for (std::size_t i = 0; i < content.size(); ++i) {
                const SlotType inner = inner_type(program_, type, high, i);
                const std::optional<Slot> slot = translate(inner, content[i]);
                if (!slot) return Fault::bad_argument;
                content[i] = *slot;
                if (inner == SlotType::text) parts += state_.arena.text_parts(*slot);
                if (parts > state_.limits.text_parts) return Fault::bad_argument;
            }
            made = type == SlotType::text ? state_.arena.add_text(high, content, parts)
                                          : state_.arena.add_list(content);
            // Frames may hold it more than once.
            if (made && is_composite(type)) state_.arena.share(*made);
        }
        if (!made) return Fault::out_of_memory;
        blocks_.push_back({static_cast<Slot>(place), type, *made});
        return Fault::none;
    }

    bool fits(SlotType type, std::size_t slots) const {
        const CompositeType& composite = *composite_of(program_, type);
        const std::size_t width = composite.parts.size();
        if (composite.kind == CompositeType::Kind::record) return slots <= width;
        return slots % width == 0 && slots / width <= state_.limits.list_length;
    }

    MachineState& state_;
    const Program& program_;
    std::vector<Slot> words_;
    std::vector<Block> blocks_;
};

// A frame of the running stack, as suspension sees it.
struct Standing {
    const PreparedFunction* function;
    std::uint32_t pc;  // of the call in progress
    const Slot* base;
    const SuspensionPoint* point;
};

std::vector<Standing> standing_frames(const Context& context, const Instruction* pc) {
    MachineState& state = context.state;
    std::vector<Standing> standing;
    for (const Frame* frame = state.first_frame(); frame <= state.top; ++frame) {
        const bool innermost = frame == state.top;
        const Instruction* const call = innermost ? pc : frame[1].return_pc - 1;
        const Slot* const base = innermost ? state.base : frame[1].caller_base;
        const auto place = static_cast<std::uint32_t>(call - frame->function->code);
        standing.push_back(
            {frame->function, place, base, context.loaded.point_at(frame->function->index, place)});
    }
    return standing;
}

// The call in progress in frame `index`, if the program has a suspension point there.
const SuspensionPoint* point_of(const Context& context, const Fiber& fiber, std::size_t index) {
    const FrameData& frame = fiber.frames[index];
    const Program& program = context.loaded.program();
    if (frame.function >= program.functions.size() || frame.pc == 0) return nullptr;
    const SuspensionPoint* const point = context.loaded.point_at(frame.function, frame.pc - 1);
    if (point == nullptr || frame.slots.size() != point->window) return nullptr;
    const Instruction& call = program.functions[frame.function].code[point->pc];
    if (index + 1 == fiber.frames.size()) return call.op == Opcode::native ? point : nullptr;
    const bool leads_on =
        call.op == Opcode::call && static_cast<std::uint32_t>(call.imm) == fiber.frames[index + 1].function;
    return leads_on ? point : nullptr;
}

}  // namespace

Fiber capture_fiber(const Context& context, const Instruction* pc) {
    const std::vector<Standing> standing = standing_frames(context, pc);
    Packer packer(context.loaded.program(), context.state.arena);
    Fiber fiber;
    fiber.frames.reserve(standing.size());
    for (const Standing& frame : standing) {
        FrameData data{frame.function->index, frame.pc + 1, std::vector<Slot>(frame.point->types.size(), 0)};
        for (std::size_t i = 0; i < data.slots.size(); ++i) {
            const SlotType type = frame.point->types[i];
            if (type != SlotType::nothing) data.slots[i] = packer.pack(type, frame.base[i]);
        }
        fiber.frames.push_back(std::move(data));
    }
    fiber.arena = packer.take();
    return fiber;
}

Restored restore_fiber(const Context& context, const Fiber& fiber) {
    MachineState& state = context.state;
    if (fiber.frames.empty() || fiber.frames.size() > state.limits.call_depth) return {Fault::bad_argument};
    Unpacker unpacker(state, context.loaded.program());
    if (const Fault fault = unpacker.unpack(fiber.arena); fault != Fault::none) return {fault};
    Slot* base = state.stack.data();
    Slot* caller_base = base;
    const Instruction* pc = &halt_instruction;
    for (std::size_t i = 0; i < fiber.frames.size(); ++i) {
        const FrameData& frame = fiber.frames[i];
        const SuspensionPoint* const point = point_of(context, fiber, i);
        if (point == nullptr) return {Fault::bad_argument};
        const PreparedFunction& function = context.loaded.function(frame.function);
        state.top = state.first_frame() + i;
        *state.top = {pc, caller_base, &function};
        state.base = base;
        for (std::size_t j = 0; j < frame.slots.size(); ++j) {
            const std::optional<Slot> slot = unpacker.translate(point->types[j], frame.slots[j]);
            if (!slot) return {Fault::bad_argument};
            base[j] = *slot;
        }
        caller_base = base;
        base += point->window;
        pc = function.code + frame.pc;
    }
    return {Fault::none, pc, base};
}

}  // namespace kiln::vm
