#include "compiler/optimize/passes.h"

namespace kiln::compiler {

namespace {

class Fuser {
 public:
    explicit Fuser(Draft& draft)
        : draft_(draft), targets_(draft.targets()), live_(draft.live_after()), doomed_(draft.size(), false) {}

    void run() {
        for (pc_ = 0; pc_ + 1 < draft_.size(); ++pc_) {
            if (targets_[pc_ + 1]) continue;
            fuse_condition();
            fuse_change();
        }
        draft_.remove(doomed_);
    }

 private:
    // A condition in a register that is only jumped upon.
    void fuse_condition() {
        const Instruction asks = draft_.at(pc_);
        auto& jump = draft_.at(pc_ + 1);
        const bool jumps = jump.op == Opcode::jump_if || jump.op == Opcode::jump_unless;
        if (!jumps || jump.a != asks.a || vm::is_jump(asks.op) || live_[pc_ + 1][asks.a]) return;
        if (vm::row_of(asks.op).operand(0) != 'd') return;
        const bool when = jump.op == Opcode::jump_if;
        const auto to = static_cast<std::int32_t>(draft_.target(pc_ + 1));
        switch (asks.op) {
            case Opcode::is_alive:
                jump = {when ? Opcode::jump_alive : Opcode::jump_gone, asks.b, 0, 0, to};
                break;
            case Opcode::same:
                jump = {when ? Opcode::jump_same : Opcode::jump_not_same, asks.b, asks.c, 0, to};
                break;
            case Opcode::logical_not:
                jump = {when ? Opcode::jump_unless : Opcode::jump_if, asks.b, 0, 0, to};
                break;
            case Opcode::equal:
            case Opcode::not_equal:
                jump = {(asks.op == Opcode::equal) == when ? Opcode::jump_equal : Opcode::jump_not_equal,
                        asks.b, asks.c, 0, to};
                break;
            default: return;
        }
        doomed_[pc_] = true;
    }

    // `x.hp += n` and `x.hp -= n`: the sum and its store, where the old value was read just before.
    void fuse_change() {
        const Instruction sum = draft_.at(pc_);
        auto& store = draft_.at(pc_ + 1);
        const bool adds = sum.op == Opcode::add || sum.op == Opcode::add_int;
        if (!adds && sum.op != Opcode::subtract) return;
        if (store.op != Opcode::store_known || store.b != sum.a || store.a == sum.a) return;
        const auto load = load_of(sum.b, store);
        if (load == none) return;
        Register amount = sum.c;
        if (sum.op == Opcode::add_int) {
            // The register that held the old value takes the amount.
            if (live_[pc_][sum.b] && sum.b != sum.a) return;
            draft_.at(load) = {Opcode::load_int, sum.b, 0, 0, sum.imm};
            amount = sum.b;
        }
        draft_.places[pc_ + 1] = draft_.places[pc_];  // it is the sum that may fault
        store = {adds ? Opcode::add_known : Opcode::subtract_known, store.a, amount, sum.a, store.imm};
        doomed_[pc_] = true;
    }

    // Where `value` was loaded from the field that is stored, if it still is what the field holds and nobody
    // else reads it: then it need not be loaded.
    std::uint32_t load_of(Register value, const Instruction& store) const {
        for (auto at = pc_; at-- > 0;) {
            if (doomed_[at]) continue;
            const auto& instruction = draft_.at(at);
            const auto effects = draft_.effects(at);
            const bool is_it = instruction.op == Opcode::load_known && instruction.a == value &&
                               instruction.b == store.a && instruction.imm == store.imm;
            if (is_it) return at;
            const bool minds = vm::is_jump(instruction.op) || targets_[at] || targets_[at + 1] ||
                               effects.reads[value] || effects.writes[value] || effects.writes[store.a] ||
                               writes_fields(instruction.op);
            if (minds) return none;
        }
        return none;
    }

    static bool writes_fields(Opcode op) {
        return op == Opcode::store_field || op == Opcode::store_known || op == Opcode::add_known ||
               op == Opcode::subtract_known || op == Opcode::call || op == Opcode::native;
    }

    static constexpr std::uint32_t none = 0xffff'ffff;
    Draft& draft_;
    std::vector<bool> targets_;
    std::vector<vm::RegisterSet> live_;
    std::vector<bool> doomed_;
    std::uint32_t pc_ = 0;
};

}  // namespace

void fuse(Draft& draft) { Fuser(draft).run(); }

}  // namespace kiln::compiler
