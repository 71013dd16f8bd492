// The interpreter loop: one label an opcode, one indirect jump behind each. The verifier has proven operands,
// types and jumps; what is tested here depends on data. The loop is one function by design: its variables
// live in registers.

#include <algorithm>

#include "vm/bytecode/opcode_table.h"
#include "vm/machine/state.h"

namespace kiln::vm {

const Instruction halt_instruction{};

namespace {

constexpr std::int64_t fuel_of(Opcode op) { return opcode_rows[static_cast<std::size_t>(op)].fuel; }
constexpr int instructions_per_fuel_bits = 8;
constexpr std::int64_t percent_one = 10'000;

// b * c / 10000, half away from zero; false if it does not fit.
bool scale_slot(Slot value, Slot percent, Slot& result) {
    __extension__ using Wide = __int128;
    const Wide product = Wide{value} * percent;
    const Wide half = product < 0 ? -percent_one / 2 : percent_one / 2;
    const Wide quotient = (product + half) / percent_one;
    result = static_cast<Slot>(quotient);
    return quotient == result;
}

Fault divide_slots(Slot dividend, Slot divisor, Slot& result) {
    if (divisor == 0) return Fault::division_by_zero;
    if (divisor != -1) {
        result = dividend / divisor;
        return Fault::none;
    }
    return __builtin_sub_overflow(Slot{0}, dividend, &result) ? Fault::overflow : Fault::none;
}

#define NEXT_AT(where)                                                                     \
    do {                                                                                   \
        pc = (where);                                                                      \
        if constexpr (Counting) {                                                          \
            if (pc != &halt_instruction && ++state.executed == state.stop_at) goto starved; \
        }                                                                                  \
        goto* labels[static_cast<std::size_t>(pc->op)];                                    \
    } while (false)
#define NEXT NEXT_AT(pc + 1)
#define CHARGE(amount)                          \
    do {                                        \
        if ((fuel -= (amount)) < 0) goto starved; \
    } while (false)
#define OP(name) \
    name:        \
    if constexpr (fuel_of(Opcode::name) > 0) CHARGE(fuel_of(Opcode::name));
#define A base[pc->a]
#define B base[pc->b]
#define C base[pc->c]
#define JUMP_IF(condition)                                 \
    do {                                                   \
        if (condition) NEXT_AT(pc + pc->imm);              \
        NEXT;                                              \
    } while (false)
#define FAULT_IF(condition, name)              \
    do {                                       \
        if (__builtin_expect(condition, 0)) {  \
            fault = Fault::name;               \
            goto faulted;                      \
        }                                      \
    } while (false)
// Runs something that charges fuel by itself and answers a fault.
#define OUTSIDE(expression)                          \
    do {                                             \
        state.fuel = fuel;                           \
        fault = (expression);                        \
        fuel = state.fuel;                           \
        if (fault != Fault::none) goto faulted;      \
        if (fuel < 0) goto starved;                  \
    } while (false)

template <bool Counting>
Outcome run_loop(const Context& context, const Instruction* pc) {
    static const void* const labels[] = {
#define KILN_OPCODE(name, operands, fuel, meaning) &&name,
#include "vm/bytecode/opcodes.def"
#undef KILN_OPCODE
    };
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const PreparedFunction* const functions = context.loaded.functions();
    const FieldView* const fields = context.binding.fields.data();
    const Slot* const constants = program.constants.data();
    Frame* frame = state.top;
    Frame* const last_frame = state.last_frame();
    Slot* base = state.base;
    std::int64_t fuel = state.fuel;
    Fault fault = Fault::none;
    Outcome outcome;
    NEXT_AT(pc);

    // ---- values
    OP(move) A = B; NEXT;
    OP(load_int) A = pc->imm; NEXT;
    OP(load_const) A = constants[pc->imm]; NEXT;
    OP(load_string) A = Reference::to_constant(static_cast<std::uint32_t>(pc->imm)); NEXT;
    OP(load_nobody) A = 0; NEXT;

    // ---- arithmetic
    OP(add) FAULT_IF(__builtin_add_overflow(B, C, &A), overflow); NEXT;
    OP(subtract) FAULT_IF(__builtin_sub_overflow(B, C, &A), overflow); NEXT;
    OP(multiply) FAULT_IF(__builtin_mul_overflow(B, C, &A), overflow); NEXT;
    OP(divide) {
        fault = divide_slots(B, C, A);
        if (fault != Fault::none) goto faulted;
        NEXT;
    }
    OP(modulo) {
        const Slot divisor = C;
        FAULT_IF(divisor == 0, division_by_zero);
        A = divisor == -1 ? 0 : B % divisor;
        NEXT;
    }
    OP(add_int) FAULT_IF(__builtin_add_overflow(B, Slot{pc->imm}, &A), overflow); NEXT;
    OP(scale) FAULT_IF(!scale_slot(B, C, A), overflow); NEXT;
    OP(negate) FAULT_IF(__builtin_sub_overflow(Slot{0}, B, &A), overflow); NEXT;
    OP(logical_not) A = B == 0; NEXT;
    OP(minimum) A = std::min(B, C); NEXT;
    OP(maximum) A = std::max(B, C); NEXT;
    OP(equal) A = B == C; NEXT;
    OP(not_equal) A = B != C; NEXT;
    OP(less) A = B < C; NEXT;
    OP(less_equal) A = B <= C; NEXT;

    // ---- entities and strings
    OP(same) A = B == C; NEXT;
    OP(is_alive) {
        const Handle handle = Handle::from_slot(B);
        A = context.binding.tables[handle.table()].is_alive(handle);
        NEXT;
    }
    OP(string_equal) {
        const std::string_view left = state.arena.string(program, B), right = state.arena.string(program, C);
        if (left.size() != right.size()) {
            A = 0;
        } else {
            CHARGE(static_cast<std::int64_t>(left.size()) / bytes_per_fuel);
            A = left == right;
        }
        NEXT;
    }

    // ---- jumps
    OP(jump) NEXT_AT(pc + pc->imm);
    OP(jump_if) JUMP_IF(A != 0);
    OP(jump_unless) JUMP_IF(A == 0);
    OP(jump_equal) JUMP_IF(A == B);
    OP(jump_not_equal) JUMP_IF(A != B);
    OP(jump_less) JUMP_IF(A < B);
    OP(jump_less_equal) JUMP_IF(A <= B);
    OP(jump_less_int) JUMP_IF(A < pc->q());
    OP(jump_less_equal_int) JUMP_IF(A <= pc->q());
    OP(jump_greater_int) JUMP_IF(A > pc->q());
    OP(jump_greater_equal_int) JUMP_IF(A >= pc->q());
    OP(jump_equal_int) JUMP_IF(A == pc->q());
    OP(jump_not_equal_int) JUMP_IF(A != pc->q());
    OP(loop) {
        CHARGE(-pc->imm >> instructions_per_fuel_bits);
        NEXT_AT(pc + pc->imm);
    }
    OP(loop_range) {
        CHARGE(-pc->imm >> instructions_per_fuel_bits);
        FAULT_IF(__builtin_add_overflow(A, 1, &A), overflow);
        JUMP_IF(A < B);
    }

    // ---- calls. The row's own fuel is part of the callee's cost.
    call: {
        const PreparedFunction* const callee = functions + pc->imm;
        CHARGE(callee->call_cost);
        FAULT_IF(frame == last_frame, call_too_deep);
        ++frame;
        *frame = {pc + 1, base, callee};
        base += pc->a;
        NEXT_AT(callee->code);
    }
    OP(native) {
        state.fuel = fuel;
        state.top = frame;
        state.base = base;
        const NativeResult result = call_native(context, *pc, base);
        fuel = state.fuel;
        fault = result.fault;
        if (fault != Fault::none) goto faulted;
        if (fuel < 0) goto starved;
        if (result.suspend) {
            outcome.end = RunResult::End::suspended;
            goto leave;
        }
        A = result.value;
        NEXT;
    }
    OP(ret) {
        base[0] = A;
        const Instruction* const back = frame->return_pc;
        base = frame->caller_base;
        --frame;
        NEXT_AT(back);
    }
    OP(ret_nothing) {
        const Instruction* const back = frame->return_pc;
        base = frame->caller_base;
        --frame;
        NEXT_AT(back);
    }

    // ---- fields
    OP(load_field) {
        const FieldView& field = fields[pc->imm];
        const Handle handle = Handle::from_slot(B);
        fault = field.check(handle);
        if (__builtin_expect(fault != Fault::none, 0)) goto faulted;
        A = (*field.pages)[handle.index() / page_rows][handle.index() % page_rows];
        NEXT;
    }
    OP(store_field) {
        const Handle handle = Handle::from_slot(A);
        fault = fields[pc->imm].check(handle);
        if (__builtin_expect(fault != Fault::none, 0)) goto faulted;
        fault = context.host.store(program, static_cast<std::uint32_t>(pc->imm), handle, B);
        if (__builtin_expect(fault != Fault::none, 0)) goto faulted;
        NEXT;
    }
    OP(load_blob) OUTSIDE(load_blob(context, *pc, base)); NEXT;
    OP(store_blob) OUTSIDE(store_blob(context, *pc, base)); NEXT;
    OP(take_blob) OUTSIDE(load_blob(context, *pc, base)); NEXT;
    OP(put_blob) OUTSIDE(store_blob(context, *pc, base)); NEXT;
    OP(return_blob) return_blob(context, *pc, base); NEXT;

    // ---- texts and composites
    OP(make_text) OUTSIDE(make_text(context, *pc, base)); NEXT;
    OP(share) {
        state.arena.share(B);
        A = B;
        NEXT;
    }
    OP(list_new) A = 0; NEXT;
    OP(list_get) {
        const std::span<const Slot> elements = state.arena.list(B);
        const auto index = static_cast<std::uint64_t>(C);
        FAULT_IF(index >= elements.size(), index_outside);
        A = elements[static_cast<std::size_t>(index)];
        if (pc->imm != 0) state.arena.share(A);
        NEXT;
    }
    OP(list_first) {
        const std::span<const Slot> elements = state.arena.list(B);
        FAULT_IF(elements.empty(), missing_value);
        A = elements.front();
        if (pc->imm != 0) state.arena.share(A);
        NEXT;
    }
    OP(list_length) A = static_cast<Slot>(state.arena.list(B).size()); NEXT;
    OP(map_length) A = static_cast<Slot>(state.arena.list(B).size() / 2); NEXT;
    OP(record_get) {
        const std::span<const Slot> fields_of_it = state.arena.list(B);
        A = pc->c < fields_of_it.size() ? fields_of_it[pc->c] : 0;
        if (pc->imm != 0) state.arena.share(A);
        NEXT;
    }
    OP(list_push) {
        const bool short_enough = state.arena.list(A).size() < state.limits.list_length;
        if (pc->imm != 0) state.arena.share(B);
        if (!short_enough || !state.arena.push(A, B)) OUTSIDE(collect(context, *pc, base));
        NEXT;
    }
    OP(gather) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_set) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_insert) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_remove) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_slice) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_extend) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_find) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_sort) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(list_reverse) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(set_add) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(map_put) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(map_get) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(map_key) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(map_remove) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(map_list) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(record_set) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(value_equal) OUTSIDE(collect(context, *pc, base)); NEXT;
    OP(raise_fault) {
        fault = static_cast<Fault>(pc->imm);
        goto faulted;
    }

halt:
    outcome.value = base[0];
    goto leave;
starved:
    fault = Fault::out_of_fuel;
faulted:
    outcome.end = RunResult::End::faulted;
    outcome.fault = fault;
leave:
    outcome.pc = pc;
    state.top = frame;
    state.base = base;
    state.fuel = std::max<std::int64_t>(fuel, 0);
    return outcome;
}

}  // namespace

Outcome interpret(const Context& context, const Instruction* pc) {
    return context.state.stop_at == 0 ? run_loop<false>(context, pc) : run_loop<true>(context, pc);
}

}  // namespace kiln::vm
