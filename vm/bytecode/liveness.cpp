#include "vm/bytecode/liveness.h"

#include "vm/bytecode/opcode_table.h"

namespace kiln::vm {

namespace {

// Code whose loops are nested more deeply than anybody writes is taken to need everything.
constexpr int most_rounds = 64;

void add_range(RegisterSet& set, std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count && i < set.size(); ++i) set.set(i);
}

// The parameters of what a call calls; nullptr for other instructions.
const std::vector<SlotType>* parameters_of(const Program& program, const Instruction& instruction) {
    const auto index = static_cast<std::size_t>(instruction.imm);
    if (instruction.op == Opcode::call) return &program.functions[index].parameters;
    return instruction.op == Opcode::native ? &program.natives[index].parameters : nullptr;
}

}  // namespace

Effects effects_of(const Program& program, const Instruction& instruction) {
    Effects effects;
    if (const auto* parameters = parameters_of(program, instruction)) {
        add_range(effects.reads, instruction.a, parameters->size());
        add_range(effects.writes, instruction.a, effects.writes.size());
        return effects;
    }
    const OpcodeRow& row = row_of(instruction.op);
    const std::uint8_t registers[] = {instruction.a, instruction.b, instruction.c};
    for (std::size_t field = 0; field < 3; ++field) {
        if (row.operand(field) == 's') effects.reads.set(registers[field]);
        if (row.operand(field) == 'd') effects.writes.set(registers[field]);
    }
    switch (instruction.op) {
        case Opcode::gather:
        case Opcode::make_text:
            effects.reads.reset(instruction.b);
            add_range(effects.reads, instruction.b, instruction.c);
            break;
        case Opcode::loop_range: effects.reads.set(instruction.a); break;
        case Opcode::loop_list:
            effects.reads.set(instruction.a);
            effects.reads.set(instruction.c);
            break;
        case Opcode::list_slice: add_range(effects.reads, instruction.c, 2); break;
        case Opcode::list_push:
        case Opcode::list_set:
        case Opcode::list_insert:
        case Opcode::list_remove:
        case Opcode::list_extend:
        case Opcode::list_sort:
        case Opcode::list_reverse:
        case Opcode::set_add:
        case Opcode::map_put:
        case Opcode::map_remove:
        case Opcode::record_set: effects.writes.set(instruction.a); break;  // it may be copied first
        default: break;
    }
    return effects;
}

std::vector<RegisterSet> live_after(const Program& program, const Function& function) {
    const auto& code = function.code;
    std::vector<RegisterSet> before(code.size()), after(code.size());
    // Code leads forward but for its loops: going backwards, a round or two for each level of nesting settles
    // it.
    bool changed = true;
    for (int round = 0; changed; ++round) {
        if (round == most_rounds) return std::vector<RegisterSet>(code.size(), RegisterSet().set());
        changed = false;
        for (std::size_t i = code.size(); i-- > 0;) {
            RegisterSet live;
            if (!ends_flow(code[i].op) && i + 1 < code.size()) live = before[i + 1];
            if (is_jump(code[i].op))
                live |= before[static_cast<std::size_t>(target_of(code[i], static_cast<std::uint32_t>(i)))];
            after[i] = live;
            const Effects effects = effects_of(program, code[i]);
            live = (live & ~effects.writes) | effects.reads;
            if (live == before[i]) continue;
            before[i] = live;
            changed = true;
        }
    }
    return after;
}

}  // namespace kiln::vm
