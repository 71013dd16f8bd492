#pragma once
// One function while it is being shortened: its code with a source place for every instruction, and the edits
// that move instructions. Private to this folder.

#include <vector>

#include "vm/bytecode/liveness.h"
#include "vm/bytecode/opcode_table.h"

namespace kiln::compiler {

using vm::Instruction;
using vm::Opcode;
using Register = std::uint8_t;

struct Draft {
    Draft(const vm::Program& owner, const vm::Function& from);
    void write_to(vm::Function& function) const;

    std::uint32_t size() const { return static_cast<std::uint32_t>(function.code.size()); }
    Instruction& at(std::uint32_t pc) { return function.code[pc]; }
    const Instruction& at(std::uint32_t pc) const { return function.code[pc]; }
    std::uint32_t target(std::uint32_t pc) const {
        return static_cast<std::uint32_t>(vm::target_of(at(pc), pc));
    }
    void lead(std::uint32_t pc, std::uint32_t target);  // the jump at pc goes there from now on
    std::vector<vm::RegisterSet> live_after() const { return vm::live_after(program, function); }
    vm::Effects effects(std::uint32_t pc) const { return vm::effects_of(program, at(pc)); }

    // Per instruction: is it led to from elsewhere.
    std::vector<bool> targets() const;
    // Takes instructions out; what led to one leads to what comes after it.
    void remove(const std::vector<bool>& doomed);

    // Instructions put in before `pc`. Jumps from before lead to the first of them, loops from behind to what
    // they stood before.
    struct Insertion {
        std::uint32_t pc = 0;
        Instruction instruction;
        vm::LineRow place;
    };
    void insert(const std::vector<Insertion>& sorted);

    // May `more` instructions be put in at `pc`? What the function and the loops around it carry pays for so
    // many only.
    bool has_room(std::uint32_t pc, std::uint32_t more) const;

    const vm::Program& program;
    vm::Function function;            // `lines` stays empty
    std::vector<vm::LineRow> places;  // one for each instruction
};

constexpr bool returns(Opcode op) {
    return op == Opcode::ret || op == Opcode::ret_int || op == Opcode::ret_nothing;
}

// Its operands stand side by side: none of them can be read from elsewhere.
constexpr bool reads_window(Opcode op) {
    return op == Opcode::call || op == Opcode::native || op == Opcode::make_text || op == Opcode::gather ||
           op == Opcode::list_slice;
}

// A number as an instruction operand.
constexpr bool fits_immediate(std::int64_t number) { return number == static_cast<std::int32_t>(number); }

}  // namespace kiln::compiler
