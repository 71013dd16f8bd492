#include "compiler/optimize/simplify.h"

#include <algorithm>
#include <map>

#include "compiler/optimize/fold.h"

namespace kiln::compiler {

namespace {

struct Value {
    enum class Kind : std::uint8_t { unknown, number, copy };
    Kind kind = Kind::unknown;
    Register source = 0;
    std::int64_t number = 0;
    bool operator==(const Value&) const = default;
};

// A field of an entity that a register holds, as long as nothing may have changed it.
struct Loaded {
    std::int32_t field = 0;
    Register entity = 0, value = 0;
    bool operator==(const Loaded&) const = default;
};

struct Facts {
    std::vector<Value> values;
    std::vector<std::uint8_t> known_in;  // as the verifier counts: 1 + table
    std::vector<Loaded> loaded;

    explicit Facts(std::size_t registers) : values(registers), known_in(registers, 0) {}

    void meet(const Facts& other) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i] != other.values[i]) values[i] = {};
            if (known_in[i] != other.known_in[i]) known_in[i] = 0;
        }
        std::erase_if(loaded, [&](const Loaded& one) {
            return std::ranges::find(other.loaded, one) == other.loaded.end();
        });
    }
    void forget(Register written) {
        values[written] = {};
        known_in[written] = 0;
        for (auto& value : values) {
            if (value.kind == Value::Kind::copy && value.source == written) value = {};
        }
        std::erase_if(loaded,
                      [&](const Loaded& one) { return one.entity == written || one.value == written; });
    }
    void forget_all(const vm::RegisterSet& written) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (written[i]) forget(static_cast<Register>(i));
        }
    }
    void forget_field(std::int32_t field) {
        std::erase_if(loaded, [&](const Loaded& one) { return one.field == field; });
    }
    void forget_the_world() {
        std::ranges::fill(known_in, std::uint8_t{0});
        loaded.clear();
    }
};

class Simplifier {
 public:
    explicit Simplifier(Draft& draft)
        : draft_(draft), now_(draft.function.frame_size), doomed_(draft.size(), false) {}

    void run() {
        for (auto& loop : loops_of(draft_)) loops_.emplace(loop.head, std::move(loop));
        for (pc_ = 0; pc_ < draft_.size(); ++pc_) {
            arrive();
            if (!reached_) {
                doomed_[pc_] = true;
                continue;
            }
            rewrite(draft_.at(pc_));
            if (doomed_[pc_]) continue;
            leave();
        }
        draft_.remove(doomed_);
    }

 private:
    void arrive() {
        if (const auto found = waiting_.find(pc_); found != waiting_.end()) {
            if (reached_)
                now_.meet(found->second);
            else
                now_ = std::move(found->second);
            waiting_.erase(found);
            reached_ = true;
        }
        const auto loop = loops_.find(pc_);
        if (loop == loops_.end() || !reached_) return;
        now_.forget_all(loop->second.writes);
        for (const auto field : loop->second.stored) now_.forget_field(field);
        if (loop->second.asks_others) now_.forget_the_world();
    }

    void leave() {
        const auto& instruction = draft_.at(pc_);
        const auto op = instruction.op;
        if (vm::is_jump(op) && !vm::leads_back(op)) {
            // list_begin writes its registers on both ways.
            if (op == Opcode::list_begin) learn(instruction);
            const auto to = draft_.target(pc_);
            const auto [place, is_new] = waiting_.try_emplace(to, now_);
            if (!is_new) place->second.meet(now_);
        }
        if (vm::ends_flow(op))
            reached_ = false;
        else if (op != Opcode::list_begin)
            learn(instruction);
    }

    std::optional<std::int64_t> number(Register place) const {
        const auto& value = now_.values[place];
        return value.kind == Value::Kind::number ? std::optional(value.number) : std::nullopt;
    }

    // ---- what the instruction becomes

    void rewrite(Instruction& instruction) {
        replace_copies(instruction);
        const KnownNumber known = [&](Register place) { return number(place); };
        if (vm::is_jump(instruction.op)) {
            if (!vm::leads_back(instruction.op)) rewrite_jump(instruction, known);
            return;
        }
        if (const auto result = computed(instruction, known); result && fits_immediate(*result)) {
            instruction = {Opcode::load_int, instruction.a, 0, 0, static_cast<std::int32_t>(*result)};
        } else if (const auto shorter = with_number_inside(instruction, known)) {
            instruction = *shorter;
        } else if (instruction.op == Opcode::move) {
            const auto& value = now_.values[instruction.b];
            if (value.kind == Value::Kind::number && fits_immediate(value.number))
                instruction = {Opcode::load_int, instruction.a, 0, 0,
                               static_cast<std::int32_t>(value.number)};
        } else if (instruction.op == Opcode::ret) {
            const auto value = number(instruction.a);
            if (value && fits_immediate(*value) && draft_.function.result == vm::SlotType::integer)
                instruction = {Opcode::ret_int, 0, 0, 0, static_cast<std::int32_t>(*value)};
        } else {
            rewrite_field(instruction);
        }
        drop_neutral(instruction);
    }

    void rewrite_jump(Instruction& jump, const KnownNumber& known) {
        const auto to = draft_.target(pc_);
        const auto going = going_of(jump, known);
        if (going == Going::never) {
            doomed_[pc_] = true;
        } else if (going == Going::always) {
            jump = {Opcode::jump, 0, 0, 0, static_cast<std::int32_t>(to)};
        } else if (const auto near = near_form(jump, known)) {
            jump = *near;
            draft_.lead(pc_, to);
        }
    }

    void rewrite_field(Instruction& instruction) {
        const bool checks = instruction.op == Opcode::check_entity;
        const bool loads = instruction.op == Opcode::load_field || instruction.op == Opcode::load_known;
        const bool stores = instruction.op == Opcode::store_field;
        if (!checks && !loads && !stores) return;
        const auto& field = draft_.program.fields[static_cast<std::size_t>(instruction.imm)];
        const Register entity = loads ? instruction.b : instruction.a;
        if (now_.known_in[entity] != field.table + 1) return;
        if (checks) doomed_[pc_] = true;
        if (stores) instruction.op = Opcode::store_known;
        if (!loads) return;
        instruction.op = Opcode::load_known;
        for (const auto& one : now_.loaded) {
            if (one.field != instruction.imm || one.entity != entity) continue;
            instruction = {Opcode::move, instruction.a, one.value, 0, 0};
            return;
        }
    }

    // Operations that change nothing.
    void drop_neutral(Instruction& instruction) {
        const bool adds_nothing = instruction.op == Opcode::add_int && instruction.imm == 0;
        const bool times_one = instruction.op == Opcode::multiply_int && instruction.imm == 1;
        const bool by_one = instruction.op == Opcode::divide_int && instruction.imm == 1;
        if (adds_nothing || times_one || by_one)
            instruction = {Opcode::move, instruction.a, instruction.b, 0, 0};
        if (instruction.op != Opcode::move) return;
        const auto& held = now_.values[instruction.a];
        const bool is_there = held.kind == Value::Kind::copy && held.source == instruction.b;
        if (instruction.a == instruction.b || is_there) doomed_[pc_] = true;
    }

    // Operands that stand alone may be read from where they were copied; windows of arguments may not.
    void replace_copies(Instruction& instruction) {
        if (reads_window(instruction.op)) return;
        const auto& row = vm::row_of(instruction.op);
        std::uint8_t* const registers[] = {&instruction.a, &instruction.b, &instruction.c};
        for (std::size_t field = 0; field < 3; ++field) {
            if (row.operand(field) != 's') continue;
            const auto& value = now_.values[*registers[field]];
            if (value.kind == Value::Kind::copy) *registers[field] = value.source;
        }
    }

    // ---- what is known after it

    void learn(const Instruction& instruction) {
        const auto op = instruction.op;
        const bool loads =
            op == Opcode::load_field || op == Opcode::load_blob || op == Opcode::take_blob;
        const bool checks = loads || op == Opcode::check_entity || op == Opcode::store_field ||
                            op == Opcode::store_blob || op == Opcode::put_blob;
        if (checks) {
            const auto& field = draft_.program.fields[static_cast<std::size_t>(instruction.imm)];
            now_.known_in[loads ? instruction.b : instruction.a] = static_cast<std::uint8_t>(field.table + 1);
        }
        const auto moved_known = op == Opcode::move ? now_.known_in[instruction.b] : std::uint8_t{0};
        const auto effects = draft_.effects(pc_);
        now_.forget_all(effects.writes);
        switch (op) {
            case Opcode::load_int: set_number(instruction.a, instruction.imm); break;
            case Opcode::load_const:
                set_number(instruction.a,
                           draft_.program.constants[static_cast<std::size_t>(instruction.imm)]);
                break;
            case Opcode::move:
                now_.values[instruction.a] = {Value::Kind::copy, instruction.b, 0};
                now_.known_in[instruction.a] = moved_known;
                break;
            case Opcode::call:
            case Opcode::native: now_.forget_the_world(); break;
            case Opcode::load_field:
            case Opcode::load_known: remember(instruction.imm, instruction.b, instruction.a); break;
            case Opcode::store_field:
            case Opcode::store_known:
                now_.forget_field(instruction.imm);
                remember(instruction.imm, instruction.a, instruction.b);
                break;
            case Opcode::add_known:
            case Opcode::subtract_known:
                now_.forget_field(instruction.imm);
                remember(instruction.imm, instruction.a, instruction.c);
                break;
            default: break;
        }
    }

    void set_number(Register place, std::int64_t value) {
        now_.values[place] = {Value::Kind::number, 0, value};
    }

    void remember(std::int32_t field, Register entity, Register value) {
        if (entity != value) now_.loaded.push_back({field, entity, value});
    }

    Draft& draft_;
    std::map<std::uint32_t, Loop> loops_;
    std::map<std::uint32_t, Facts> waiting_;  // at targets ahead
    Facts now_;
    bool reached_ = true;
    std::uint32_t pc_ = 0;
    std::vector<bool> doomed_;
};

}  // namespace

void simplify(Draft& draft) { Simplifier(draft).run(); }

}  // namespace kiln::compiler
