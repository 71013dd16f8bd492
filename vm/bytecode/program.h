#pragma once
// A program as plain data: what the compiler emits, the verifier checks and the machine runs. It owns
// everything it names and points nowhere. Natives and fields are imported by name and signature and bound to
// dense numbers at load.

#include <cstdint>
#include <string>
#include <vector>

#include "vm/bytecode/value.h"

namespace kiln::vm {

enum class Opcode : std::uint8_t {
#define KILN_OPCODE(name, operands, fuel, meaning) name,
#include "vm/bytecode/opcodes.def"
#undef KILN_OPCODE
};

enum class Fault : std::uint8_t {
#define KILN_FAULT(name, text) name,
#include "vm/bytecode/faults.def"
#undef KILN_FAULT
};

std::string_view fault_name(Fault fault);
std::string_view fault_text(Fault fault);

// One unit of fuel pays for so many instructions of a function that is called or of a loop that goes round.
constexpr std::uint32_t instructions_per_fuel = 256;
constexpr std::uint32_t fuel_of_length(std::size_t instructions) {
    return static_cast<std::uint32_t>(instructions / instructions_per_fuel);
}

struct Instruction {
    Opcode op = Opcode::halt;
    std::uint8_t a = 0, b = 0, c = 0;
    std::int32_t imm = 0;

    // How far ahead the target of a comparison with an immediate lies: the fields b and c together.
    constexpr std::uint16_t distance() const { return static_cast<std::uint16_t>(b | (c << 8)); }
    constexpr void set_distance(std::uint32_t ahead) {
        b = static_cast<std::uint8_t>(ahead & 0xff);
        c = static_cast<std::uint8_t>(ahead >> 8);
    }
    // A back-edge: where it leads, and the fuel it carries beside the row's own.
    constexpr std::uint32_t loop_target() const { return static_cast<std::uint32_t>(imm) & 0xffff; }
    constexpr std::uint32_t loop_fuel() const { return static_cast<std::uint32_t>(imm) >> 16; }
    static constexpr std::int32_t loop_operand(std::uint32_t target, std::uint32_t fuel) {
        return static_cast<std::int32_t>((fuel << 16) | target);
    }
    bool operator==(const Instruction&) const = default;
};
static_assert(sizeof(Instruction) == 8);

// Source position of the instructions from `pc` on, until the next row.
struct LineRow {
    std::uint32_t pc = 0, file = 0, line = 0, column = 0;
    bool operator==(const LineRow&) const = default;
};

struct Function {
    std::string name;  // "goblin_caves.guard_room.on_command.1", for reports; unique in a program
    std::vector<SlotType> parameters;    // stand in registers 0, 1, ... at entry
    SlotType result = SlotType::nothing;
    bool may_suspend = false;            // may reach a native that suspends; checked by the verifier
    std::uint16_t frame_size = 0;        // registers used, 1..256
    std::uint16_t fuel = 1;              // what a call of it costs
    std::vector<Instruction> code;       // jump targets are indexes into it
    std::vector<LineRow> lines;          // ascending by pc
    bool operator==(const Function&) const = default;
};

struct NativeImport {
    std::string name;                    // a row of intrinsics.def
    std::vector<SlotType> parameters;
    SlotType result = SlotType::nothing;
    bool may_suspend = false;
    bool operator==(const NativeImport&) const = default;
};

struct FieldImport {
    std::string name;  // "creature.hp", or "goblin_caves.guard_room.lever_down" for declared state
    std::uint8_t table = 0;              // storage kind that has the field
    SlotType type = SlotType::integer;
    bool writable = false;
    bool operator==(const FieldImport&) const = default;
};

// The argument types of one text; what the text says lies in the image beside the program
// (world/schema/text.h).
struct TextSignature {
    std::vector<SlotType> arguments;
    bool operator==(const TextSignature&) const = default;
};

// What a type of several parts is made of. Its parts have smaller numbers, so no type contains itself.
struct CompositeType {
    enum class Kind : std::uint8_t { list, set, map, record };
    Kind kind = Kind::list;
    bool keeps_gaps = false;  // lists of entities: one that is gone leaves nobody behind, not a shorter list
    std::vector<SlotType> parts;  // list, set: the element; map: key and value; record: its fields
    bool operator==(const CompositeType&) const = default;
};

struct Program {
    std::vector<CompositeType> types;  // numbered from first_own_type
    std::vector<Function> functions;
    std::vector<std::int64_t> constants;
    std::vector<std::string> strings;
    std::vector<TextSignature> texts;
    std::vector<NativeImport> natives;
    std::vector<FieldImport> fields;
    std::vector<std::string> files;      // source names, for reports
    bool operator==(const Program&) const = default;
};

// Built-in lists and the program's own types; nullptr for every other type.
const CompositeType* composite_of(const Program& program, SlotType type);
bool is_known(const Program& program, SlotType type);
// The same string for types that hold the same: programs number their types as they like.
std::string describe(const Program& program, SlotType type);

struct SourcePlace {
    std::string_view file;
    std::uint32_t line = 0, column = 0;
};

// Where in the sources an instruction came from; line 0 if the program does not say.
SourcePlace place_of(const Program& program, std::uint32_t function, std::uint32_t pc);

}  // namespace kiln::vm
