#include "compiler/optimize/passes.h"

namespace kiln::compiler {

namespace {

// Writes exactly one register of its own choice, in field `a` or `c`; nullptr for the others.
std::uint8_t* result_of(Instruction& instruction) {
    const auto& row = vm::row_of(instruction.op);
    const bool is_fixed = instruction.op == Opcode::call || instruction.op == Opcode::native ||
                          vm::is_jump(instruction.op);
    if (is_fixed) return nullptr;
    if (row.operand(0) == 'd') return &instruction.a;
    return row.operand(2) == 'd' ? &instruction.c : nullptr;
}

// Reads of `from` become reads of `to`; false if one of them must stay where it is.
bool can_read_elsewhere(const Draft& draft, const Instruction& instruction, Register from) {
    if (!vm::effects_of(draft.program, instruction).reads[from]) return true;
    return !reads_window(instruction.op) && !vm::is_jump(instruction.op);
}

void read_elsewhere(Instruction& instruction, Register from, Register to) {
    const auto& row = vm::row_of(instruction.op);
    std::uint8_t* const registers[] = {&instruction.a, &instruction.b, &instruction.c};
    for (std::size_t field = 0; field < 3; ++field) {
        if (row.operand(field) == 's' && *registers[field] == from) *registers[field] = to;
    }
}

class Retargeter {
 public:
    explicit Retargeter(Draft& draft)
        : draft_(draft), targets_(draft.targets()), live_(draft.live_after()), doomed_(draft.size(), false) {}

    void run() {
        for (std::uint32_t pc = 0; pc < draft_.size(); ++pc) doomed_[pc] = try_move(pc);
        draft_.remove(doomed_);
    }

 private:
    // Can the value that `move` copies be made in place? Then it is, and the move is superfluous.
    bool try_move(std::uint32_t pc) {
        const Instruction move = draft_.at(pc);
        if (move.op != Opcode::move || move.a == move.b || targets_[pc] || live_[pc][move.b]) return false;
        const auto made = maker_of(pc, move);
        if (made == none) return false;
        *result_of(draft_.at(made)) = move.a;
        for (auto between = made + 1; between < pc; ++between) {
            if (!doomed_[between]) read_elsewhere(draft_.at(between), move.b, move.a);
        }
        // The registers live in between have changed; what follows in this walk looks at them again.
        for (auto between = made; between < pc; ++between) {
            live_[between].reset(move.b);
            live_[between].set(move.a);
        }
        return true;
    }

    // Where the moved register gets its value, if nothing on the way minds that it stands elsewhere.
    std::uint32_t maker_of(std::uint32_t pc, const Instruction& move) {
        for (auto at = pc; at-- > 0;) {
            if (doomed_[at]) continue;
            auto& instruction = draft_.at(at);
            const auto effects = draft_.effects(at);
            if (effects.writes[move.b]) {
                auto* const result = result_of(instruction);
                return result != nullptr && *result == move.b ? at : none;
            }
            const bool minds = vm::is_jump(instruction.op) || vm::ends_flow(instruction.op) ||
                               effects.writes[move.a] || effects.reads[move.a] ||
                               !can_read_elsewhere(draft_, instruction, move.b) || targets_[at];
            if (minds) return none;
        }
        return none;
    }

    static constexpr std::uint32_t none = 0xffff'ffff;
    Draft& draft_;
    std::vector<bool> targets_;
    std::vector<vm::RegisterSet> live_;
    std::vector<bool> doomed_;  // moves that are superfluous by now
};

bool is_free_of_effects(Opcode op) {
    switch (op) {
        case Opcode::move:
        case Opcode::load_int:
        case Opcode::load_const:
        case Opcode::load_string:
        case Opcode::load_nobody:
        case Opcode::divide_int:
        case Opcode::modulo_int:
        case Opcode::logical_not:
        case Opcode::minimum:
        case Opcode::maximum:
        case Opcode::minimum_int:
        case Opcode::maximum_int:
        case Opcode::equal:
        case Opcode::not_equal:
        case Opcode::less:
        case Opcode::less_equal:
        case Opcode::same:
        case Opcode::is_alive:
        case Opcode::load_known:
        case Opcode::list_length:
        case Opcode::map_length: return true;
        default: return false;
    }
}

}  // namespace

void retarget(Draft& draft) { Retargeter(draft).run(); }

void drop_dead(Draft& draft) {
    for (bool changed = true; changed;) {
        const auto live = draft.live_after();
        std::vector<bool> doomed(draft.size(), false);
        changed = false;
        for (std::uint32_t pc = 0; pc < draft.size(); ++pc) {
            const auto& instruction = draft.at(pc);
            const bool is_dead = is_free_of_effects(instruction.op) && !live[pc][instruction.a];
            const bool is_idle = instruction.op == Opcode::move && instruction.a == instruction.b;
            doomed[pc] = is_dead || is_idle;
            changed = changed || doomed[pc];
        }
        draft.remove(doomed);
    }
}

}  // namespace kiln::compiler
