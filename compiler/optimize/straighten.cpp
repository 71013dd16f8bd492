#include "compiler/optimize/passes.h"

namespace kiln::compiler {

namespace {

// The jump that goes where this one goes on, and the other way round; halt if it cannot be said.
Opcode opposite(Opcode op) {
    switch (op) {
        case Opcode::jump_if: return Opcode::jump_unless;
        case Opcode::jump_unless: return Opcode::jump_if;
        case Opcode::jump_equal: return Opcode::jump_not_equal;
        case Opcode::jump_not_equal: return Opcode::jump_equal;
        case Opcode::jump_less: return Opcode::jump_less_equal;  // of the registers changed over
        case Opcode::jump_less_equal: return Opcode::jump_less;
        case Opcode::jump_less_int: return Opcode::jump_greater_equal_int;
        case Opcode::jump_less_equal_int: return Opcode::jump_greater_int;
        case Opcode::jump_greater_int: return Opcode::jump_less_equal_int;
        case Opcode::jump_greater_equal_int: return Opcode::jump_less_int;
        case Opcode::jump_equal_int: return Opcode::jump_not_equal_int;
        case Opcode::jump_not_equal_int: return Opcode::jump_equal_int;
        case Opcode::jump_same: return Opcode::jump_not_same;
        case Opcode::jump_not_same: return Opcode::jump_same;
        case Opcode::jump_alive: return Opcode::jump_gone;
        case Opcode::jump_gone: return Opcode::jump_alive;
        default: return Opcode::halt;
    }
}

bool goes_ahead(Opcode op) { return vm::is_jump(op) && !vm::leads_back(op); }

void follow_jumps(Draft& draft) {
    for (auto pc = draft.size(); pc-- > 0;) {
        if (!goes_ahead(draft.at(pc).op)) continue;
        const auto to = draft.target(pc);
        if (draft.at(to).op == Opcode::jump) draft.lead(pc, draft.target(to));
        if (draft.at(pc).op == Opcode::jump && returns(draft.at(draft.target(pc)).op))
            draft.at(pc) = draft.at(draft.target(pc));
    }
}

// `unless c go on; go far` is `if c go far`.
void turn_jumps(Draft& draft) {
    const auto targets = draft.targets();
    std::vector<bool> doomed(draft.size(), false);
    for (std::uint32_t pc = 0; pc + 2 < draft.size(); ++pc) {
        auto& jump = draft.at(pc);
        const auto turned = opposite(jump.op);
        const bool is_over = turned != Opcode::halt && draft.target(pc) == pc + 2;
        if (!is_over || draft.at(pc + 1).op != Opcode::jump || targets[pc + 1]) continue;
        const auto far = draft.target(pc + 1);
        if (jump.op == Opcode::jump_less || jump.op == Opcode::jump_less_equal) std::swap(jump.a, jump.b);
        jump.op = turned;
        draft.lead(pc, far);
        doomed[pc + 1] = true;
    }
    draft.remove(doomed);
}

void drop_steps(Draft& draft) {
    std::vector<bool> doomed(draft.size(), false);
    for (std::uint32_t pc = 0; pc < draft.size(); ++pc) {
        const auto op = draft.at(pc).op;
        doomed[pc] = goes_ahead(op) && op != Opcode::list_begin && draft.target(pc) == pc + 1;
    }
    draft.remove(doomed);
}

}  // namespace

void straighten(Draft& draft) {
    follow_jumps(draft);
    turn_jumps(draft);
    drop_steps(draft);
}

}  // namespace kiln::compiler
