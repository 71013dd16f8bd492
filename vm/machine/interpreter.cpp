// The interpreter loop: one label an opcode, one indirect jump behind each. The verifier has proven operands,
// types and jumps; what is tested here depends on data. The loop is one function by design: its variables
// live in registers. A faulting instruction leaves its registers as they were: reports read them.

#include <algorithm>

#include "vm/bytecode/opcode_table.h"
#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

constexpr std::int64_t fuel_of(Opcode op) { return row_of(op).fuel; }
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

Slot cell_of(const FieldView& field, std::uint32_t row) {
    return (*field.pages)[row / page_rows][row % page_rows];
}

#define NEXT_AT(where)                                                                     \
    do {                                                                                   \
        pc = (where);                                                                      \
        if constexpr (Counting) {                                                          \
            if (pc->op != Opcode::halt && ++state.executed == state.stop_at) goto starved; \
            goto* labels[static_cast<std::size_t>(pc->op)];                                \
        } else {                                                                           \
            goto * pc->label;                                                              \
        }                                                                                  \
    } while (false)
#define NEXT NEXT_AT(pc + 1)
// A machine without fuel is built by the benchmark alone, to tell what fuel costs.
#ifdef KILN_BENCH_WITHOUT_FUEL
#define CHARGE(amount) (void)(amount)
#else
#define CHARGE(amount)                            \
    do {                                          \
        if ((fuel -= (amount)) < 0) goto starved; \
    } while (false)
#endif
#define OP(name) \
    name:        \
    if constexpr (fuel_of(Opcode::name) > 0) CHARGE(fuel_of(Opcode::name));
#define A base[pc->a]
#define B base[pc->b]
#define C base[pc->c]
#define AHEAD row_at(pc, pc->imm)
#define JUMP_IF(condition)             \
    do {                               \
        if (condition) NEXT_AT(AHEAD); \
        NEXT;                          \
    } while (false)
#define NEAR_JUMP_IF(condition)                      \
    do {                                             \
        if (condition) NEXT_AT(pc + pc->distance()); \
        NEXT;                                        \
    } while (false)
// What a back-edge carries: how far back it leads, and what it costs in all.
#define LOOP_BACK NEXT_AT(pc - static_cast<std::uint16_t>(pc->imm))
#define CHARGE_LOOP CHARGE(static_cast<std::uint32_t>(pc->imm) >> 16)
#define FAULT_IF(condition, name)              \
    do {                                       \
        if (__builtin_expect(condition, 0)) {  \
            fault = Fault::name;               \
            goto faulted;                      \
        }                                      \
    } while (false)
// A = the number that an operation gives, unless it overflows.
#define COMPUTE(overflows, left, right)                      \
    do {                                                     \
        Slot number = 0;                                     \
        FAULT_IF(overflows(left, right, &number), overflow); \
        A = number;                                          \
        NEXT;                                                \
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
#define FIELD const FieldView& field = *row_at(fields, pc->imm)
#define CHECK_ENTITY(slot)                         \
    const Handle handle = Handle::from_slot(slot); \
    if (__builtin_expect(!field.has(handle), 0)) { \
        fault = field.why_not(handle);             \
        goto faulted;                              \
    }
#define STORE(row, number)                                                          \
    do {                                                                            \
        if (__builtin_expect(!write_cell(field.plain, journal, row, number), 0)) { \
            fault = context.host.store(program, field.index, handle, number);       \
            if (__builtin_expect(fault != Fault::none, 0)) goto faulted;            \
        }                                                                           \
    } while (false)

template <bool Counting>
Outcome run_loop(const Context* activation, const Prepared* pc, const void* const** table) {
    static const void* const labels[] = {
#define KILN_OPCODE(name, operands, fuel, meaning) &&name,
#include "vm/bytecode/opcodes.def"
#undef KILN_OPCODE
    };
    Outcome outcome;
    if (activation == nullptr) {
        *table = labels;
        return outcome;
    }
    const Context& context = *activation;
    MachineState& state = context.state;
    const Program& program = context.loaded.program();
    const PreparedFunction* const functions = context.loaded.functions();
    const FieldView* const fields = context.binding.fields.data();
    Journal* const journal = context.binding.journal;
    Frame* frame = state.top;
    Frame* const last_frame = state.last_frame();
    Slot* base = state.base;
    std::int64_t fuel = state.fuel;
    Fault fault = Fault::none;
    NEXT_AT(pc);

    // ---- values
    OP(move) A = B; NEXT;
    OP(load_int) A = pc->imm; NEXT;
    OP(load_const) A = program.constants[static_cast<std::size_t>(pc->imm)]; NEXT;
    OP(load_string) A = Reference::to_constant(static_cast<std::uint32_t>(pc->imm)); NEXT;
    OP(load_nobody) A = 0; NEXT;

    // ---- arithmetic
    OP(add) COMPUTE(__builtin_add_overflow, B, C);
    OP(subtract) COMPUTE(__builtin_sub_overflow, B, C);
    OP(multiply) COMPUTE(__builtin_mul_overflow, B, C);
    OP(divide) {
        Slot quotient = 0;
        fault = divide_slots(B, C, quotient);
        if (fault != Fault::none) goto faulted;
        A = quotient;
        NEXT;
    }
    OP(modulo) {
        const Slot divisor = C;
        FAULT_IF(divisor == 0, division_by_zero);
        A = divisor == -1 ? 0 : B % divisor;
        NEXT;
    }
    OP(scale) {
        Slot scaled = 0;
        FAULT_IF(!scale_slot(B, C, scaled), overflow);
        A = scaled;
        NEXT;
    }
    OP(add_int) COMPUTE(__builtin_add_overflow, B, Slot{pc->imm});
    OP(subtract_from) COMPUTE(__builtin_sub_overflow, Slot{pc->imm}, B);
    OP(multiply_int) COMPUTE(__builtin_mul_overflow, B, Slot{pc->imm});
    OP(divide_int) A = B / pc->imm; NEXT;
    OP(modulo_int) A = B % pc->imm; NEXT;
    OP(scale_int) {
        Slot scaled = 0;
        FAULT_IF(!scale_slot(B, pc->imm, scaled), overflow);
        A = scaled;
        NEXT;
    }
    OP(negate) COMPUTE(__builtin_sub_overflow, Slot{0}, B);
    OP(logical_not) A = B == 0; NEXT;
    OP(minimum) A = std::min(B, C); NEXT;
    OP(maximum) A = std::max(B, C); NEXT;
    OP(minimum_int) A = std::min(B, Slot{pc->imm}); NEXT;
    OP(maximum_int) A = std::max(B, Slot{pc->imm}); NEXT;
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
        if (left.size() == right.size()) CHARGE(static_cast<std::int64_t>(left.size()) / bytes_per_fuel);
        A = left == right;
        NEXT;
    }

    // ---- jumps
    OP(jump) NEXT_AT(AHEAD);
    OP(jump_if) JUMP_IF(A != 0);
    OP(jump_unless) JUMP_IF(A == 0);
    OP(jump_equal) JUMP_IF(A == B);
    OP(jump_not_equal) JUMP_IF(A != B);
    OP(jump_less) JUMP_IF(A < B);
    OP(jump_less_equal) JUMP_IF(A <= B);
    OP(jump_less_int) NEAR_JUMP_IF(A < pc->imm);
    OP(jump_less_equal_int) NEAR_JUMP_IF(A <= pc->imm);
    OP(jump_greater_int) NEAR_JUMP_IF(A > pc->imm);
    OP(jump_greater_equal_int) NEAR_JUMP_IF(A >= pc->imm);
    OP(jump_equal_int) NEAR_JUMP_IF(A == pc->imm);
    OP(jump_not_equal_int) NEAR_JUMP_IF(A != pc->imm);
    OP(jump_same) JUMP_IF(A == B);
    OP(jump_not_same) JUMP_IF(A != B);
    OP(jump_alive) {
        const Handle handle = Handle::from_slot(A);
        JUMP_IF(context.binding.tables[handle.table()].is_alive(handle));
    }
    OP(jump_gone) {
        const Handle handle = Handle::from_slot(A);
        JUMP_IF(!context.binding.tables[handle.table()].is_alive(handle));
    }

    // ---- loops. Their row's own fuel is part of what they carry.
    loop: {
        CHARGE_LOOP;
        LOOP_BACK;
    }
    loop_range: {
        CHARGE_LOOP;
        Slot counter = 0;
        FAULT_IF(__builtin_add_overflow(A, 1, &counter), overflow);
        A = counter;
        if (counter < B) LOOP_BACK;
        NEXT;
    }
    loop_list: {
        CHARGE_LOOP;
        const Slot index = A + 1;
        const Slot* const element = state.arena.element(B, static_cast<std::uint64_t>(index));
        A = index;
        if (element == nullptr) NEXT;
        C = *element;
        LOOP_BACK;
    }
    OP(list_begin) {
        const Slot* const element = state.arena.element(B, 0);
        A = 0;
        C = element == nullptr ? 0 : *element;
        JUMP_IF(element == nullptr);
    }

    // ---- calls. The row's own fuel is part of the callee's cost.
    call: {
        const PreparedFunction* const callee = row_at(functions, pc->imm);
        CHARGE(callee->call_cost);
        FAULT_IF(frame == last_frame, call_too_deep);
        ++frame;
        *frame = {pc + 1, base, callee};
        base += pc->a;
        NEXT_AT(callee->code);
    }
    OP(inlined) {
        CHARGE(pc->imm);
        FAULT_IF(last_frame - frame < pc->c, call_too_deep);
        NEXT;
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
#define RETURN                                        \
    do {                                              \
        const Prepared* const back = frame->return_pc; \
        base = frame->caller_base;                    \
        --frame;                                      \
        NEXT_AT(back);                                \
    } while (false)
    OP(ret) base[0] = A; RETURN;
    OP(ret_int) base[0] = pc->imm; RETURN;
    OP(ret_nothing) RETURN;

    // ---- fields
    OP(check_entity) {
        FIELD;
        CHECK_ENTITY(A);
        NEXT;
    }
    OP(load_field) {
        FIELD;
        CHECK_ENTITY(B);
        A = cell_of(field, handle.index());
        NEXT;
    }
    OP(load_known) {
        FIELD;
        A = cell_of(field, Handle::from_slot(B).index());
        NEXT;
    }
    OP(store_field) {
        FIELD;
        CHECK_ENTITY(A);
        STORE(handle.index(), B);
        NEXT;
    }
    OP(store_known) {
        FIELD;
        const Handle handle = Handle::from_slot(A);
        STORE(handle.index(), B);
        NEXT;
    }
#define CHANGE(overflows)                                                             \
    do {                                                                              \
        FIELD;                                                                        \
        const Handle handle = Handle::from_slot(A);                                   \
        Slot number = 0;                                                              \
        FAULT_IF(overflows(cell_of(field, handle.index()), B, &number), overflow);    \
        CHARGE(1);                                                                    \
        STORE(handle.index(), number);                                                \
        C = number;                                                                   \
        NEXT;                                                                         \
    } while (false)
    // Overflow comes before the fuel of the store, as in the three instructions that these stand for.
    add_known: CHANGE(__builtin_add_overflow);
    subtract_known: CHANGE(__builtin_sub_overflow);
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
        const Slot* const element = state.arena.element(B, static_cast<std::uint64_t>(C));
        FAULT_IF(element == nullptr, index_outside);
        A = *element;
        if (pc->imm != 0) state.arena.share(A);
        NEXT;
    }
    OP(list_first) {
        const Slot* const element = state.arena.element(B, 0);
        FAULT_IF(element == nullptr, missing_value);
        A = *element;
        if (pc->imm != 0) state.arena.share(A);
        NEXT;
    }
    OP(list_length) A = static_cast<Slot>(state.arena.list(B).size()); NEXT;
    OP(map_length) A = static_cast<Slot>(state.arena.list(B).size() / 2); NEXT;
    OP(record_get) {
        const Slot* const part = state.arena.element(B, pc->c);
        A = part == nullptr ? 0 : *part;
        if (pc->imm != 0) state.arena.share(A);
        NEXT;
    }
    OP(list_push) {
        const bool is_short = state.arena.list(A).size() < state.limits.list_length;
        if (pc->imm != 0) state.arena.share(B);
        if (__builtin_expect(!is_short || !state.arena.push(A, B), 0))
            OUTSIDE(collect(context, *pc, base));
        NEXT;
    }
#define COLLECT(name) \
    OP(name) goto collected;
    COLLECT(gather)
    COLLECT(list_set)
    COLLECT(list_insert)
    COLLECT(list_remove)
    COLLECT(list_slice)
    COLLECT(list_extend)
    COLLECT(list_find)
    COLLECT(list_sort)
    COLLECT(list_reverse)
    COLLECT(set_add)
    COLLECT(map_put)
    COLLECT(map_get)
    COLLECT(map_key)
    COLLECT(map_remove)
    COLLECT(map_list)
    COLLECT(record_set)
    COLLECT(value_equal)
collected:
    OUTSIDE(collect(context, *pc, base));
    NEXT;
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

const void* const* plain_labels() {
    static const void* const* const labels = [] {
        const void* const* table = nullptr;
        run_loop<false>(nullptr, nullptr, &table);
        return table;
    }();
    return labels;
}

}  // namespace

const void* label_of(Opcode op) { return plain_labels()[static_cast<std::size_t>(op)]; }

const Prepared* halt_instruction() {
    static const Prepared halt{.label = label_of(Opcode::halt)};
    return &halt;
}

Outcome interpret(const Context& context, const Prepared* pc) {
    return context.state.stop_at == 0 ? run_loop<false>(&context, pc, nullptr)
                                      : run_loop<true>(&context, pc, nullptr);
}

}  // namespace kiln::vm
