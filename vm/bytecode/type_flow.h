#pragma once
// The dataflow pass over one function: what every register holds before every instruction. Private to this
// floor; the answers are handed out by verifier.h.
//
// Code is walked in its own order, because jumps lead forward. A back-edge whose registers differ from those
// at its target weakens the target (a register of two types is no register) and the walk goes on from there
// again.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vm/bytecode/program.h"
#include "vm/bytecode/verifier.h"

namespace kiln::vm {

class TypeFlow {
   public:
    struct Register {
        SlotType type = SlotType::nothing;
        // 1 + the table in which this entity has been found alive; 0: not looked.
        std::uint8_t known_in = 0;
        bool operator==(const Register&) const = default;
    };
    using Registers = std::array<Register, 256>;
    // Told the registers before an instruction; the last word about each instruction is the final one.
    using Watch = std::function<void(std::uint32_t pc, const Registers& registers)>;

    TypeFlow(const Program& program, std::uint32_t function);
    void watch(Watch watch) { watch_ = std::move(watch); }

    // What is wrong with the function, if anything. Everything around it (imports, constants) must be sound
    // already.
    std::optional<VerifyError> run();

   private:
    bool fail(std::string message);
    bool check_shape();
    bool check_operand(const Instruction& instruction, std::size_t field, char operand);
    bool check_immediate(const Instruction& instruction);
    bool check_register(std::uint32_t index);
    bool check_target(const Instruction& instruction);
    bool walk();
    void meet_at(std::uint32_t pc);
    bool leave(const Instruction& instruction);

    struct Join {
        bool reached = false;
        std::uint32_t first = 0;  // of its registers in joined_
    };
    bool merge(Join& join);  // current_ into a join; true if that changed it
    void load(const Join& join);

    // ---- type_rules.cpp: what each opcode reads and leaves
    bool step(const Instruction& instruction);
    bool step_regular(const Instruction& instruction, std::string_view types);
    bool step_irregular(const Instruction& instruction);
    bool step_call(const Instruction& instruction, const std::vector<SlotType>& parameters, SlotType result,
                   bool may_suspend);
    bool step_return(const Instruction& instruction);
    bool step_field(const Instruction& instruction);
    bool step_text(const Instruction& instruction);
    bool require(std::uint32_t index, SlotType type);
    bool require_entity(std::uint32_t index, const FieldImport& field, bool is_known);
    void define(std::uint32_t index, SlotType type);

    // ---- composite_rules.cpp: lists, sets, maps and records
    bool step_composite(const Instruction& instruction);
    bool step_list(const Instruction& instruction, const CompositeType& list);
    bool step_walk(const Instruction& instruction, SlotType element);
    bool step_map(const Instruction& instruction, const CompositeType& map);
    bool step_made(const Instruction& instruction, SlotType type);
    bool step_record(const Instruction& instruction, const CompositeType& record);
    const CompositeType* require_composite(std::uint32_t index);  // nullptr: it is none, and that is said
    bool require_flag(const Instruction& instruction, SlotType part);
    bool require_imm_type(const Instruction& instruction, std::uint32_t index);

    const Program& program_;
    const Function& function_;
    std::uint32_t index_ = 0;
    Watch watch_;
    std::optional<VerifyError> error_;

    std::vector<std::uint32_t> join_of_;  // per instruction: 1 + index into joins_, 0 if nothing jumps there
    std::vector<Join> joins_;
    std::vector<Register> joined_;
    Registers current_{};
    bool reached_ = true;
    std::uint32_t pc_ = 0, next_ = 0;
};

// Where a function can be suspended and what its frame holds there. Registers from `window` on are the
// callee's; the call's answer arrives in register `window`. `kept` are those below that are read again later.
struct SuspensionPoint {
    struct Kept {
        std::uint8_t place = 0;
        SlotType type = SlotType::nothing;
    };
    std::uint32_t pc = 0;  // of the call or native itself
    std::uint8_t window = 0;
    bool has_references = false;  // among the kept ones
    std::vector<Kept> kept;
};

// In ascending order of pc; for a verified program.
std::vector<SuspensionPoint> suspension_points(const Program& program, std::uint32_t function);

}  // namespace kiln::vm
