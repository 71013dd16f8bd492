#include "vm/bytecode/type_flow.h"

#include "vm/bytecode/opcode_table.h"

namespace kiln::vm {

namespace {

// How often the walk may pass over the code before loops within loops within loops are refused.
constexpr std::uint64_t most_passes = 64;
constexpr std::uint32_t most_loop_fuel = fuel_of_length(1 << 16);

}  // namespace

TypeFlow::TypeFlow(const Program& program, std::uint32_t function)
    : program_(program), function_(program.functions[function]), index_(function) {}

bool TypeFlow::fail(std::string message) {
    if (!error_) error_ = VerifyError{index_, pc_, std::move(message)};
    return false;
}

std::optional<VerifyError> TypeFlow::run() {
    if (check_shape()) walk();
    return error_;
}

// ---- shape: every field of every instruction in range, reached or not

bool TypeFlow::check_register(std::uint32_t index) {
    if (index < function_.frame_size) return true;
    return fail("register " + std::to_string(index) + " lies outside the frame of " +
                std::to_string(function_.frame_size));
}

bool TypeFlow::check_target(const Instruction& instruction) {
    const std::int64_t target = target_of(instruction, pc_);
    if (target < 0 || target >= static_cast<std::int64_t>(function_.code.size())) {
        return fail("a jump leads to " + std::to_string(target) + ", outside the function");
    }
    const bool back = leads_back(instruction.op);
    if (back && target > pc_) return fail("a loop leads forward");
    if (!back && target <= pc_) return fail("only loops may lead back");
    const auto length = static_cast<std::size_t>(pc_ - target);
    if (back && instruction.loop_fuel() < fuel_of_length(length))
        return fail("a long loop carries too little fuel");
    if (back && instruction.loop_fuel() > most_loop_fuel)
        return fail("a loop carries more fuel than any can need");
    std::uint32_t& join = join_of_[static_cast<std::size_t>(target)];
    if (join == 0) {
        joins_.push_back({false, static_cast<std::uint32_t>(joins_.size() * function_.frame_size)});
        join = static_cast<std::uint32_t>(joins_.size());
    }
    return true;
}

bool TypeFlow::check_operand(const Instruction& instruction, std::size_t field, char operand) {
    const auto in_range = [&](std::size_t size, const char* what) {
        if (instruction.imm >= 0 && static_cast<std::size_t>(instruction.imm) < size) return true;
        return fail("there is no " + std::string(what) + " " + std::to_string(instruction.imm));
    };
    const std::uint8_t registers[] = {instruction.a, instruction.b, instruction.c};
    switch (operand) {
        case 'd':
        case 's': return check_register(registers[field]);
        case 't':
        case 'l': return check_target(instruction);
        case 'w': return field == 2 || check_target(instruction);
        case 'k': return in_range(program_.constants.size(), "constant");
        case 'S': return in_range(program_.strings.size(), "string");
        case 'T': return in_range(program_.texts.size(), "text");
        case 'F': return in_range(program_.functions.size(), "function");
        case 'N': return in_range(program_.natives.size(), "native");
        case 'P': return in_range(program_.fields.size(), "field");
        case 'Y':
            if (composite_of(program_, type_of_imm(instruction)) != nullptr) return true;
            return fail("there is no type " + std::to_string(instruction.imm) + " of several parts");
        default: return true;
    }
}

bool TypeFlow::check_immediate(const Instruction& instruction) {
    const std::int32_t number = instruction.imm;
    switch (instruction.op) {
        case Opcode::raise_fault:
            if (number > 0 && number < fault_count) return true;
            return fail("there is no fault " + std::to_string(number));
        case Opcode::divide_int:
        case Opcode::modulo_int:
            return (number != 0 && number != -1) || fail("this may not divide by " + std::to_string(number));
        case Opcode::inlined: return number >= 1 || fail("a call costs at least 1");
        default: return true;
    }
}

bool TypeFlow::check_shape() {
    join_of_.assign(function_.code.size(), 0);
    for (pc_ = 0; pc_ < function_.code.size(); ++pc_) {
        const Instruction& instruction = function_.code[pc_];
        const auto op = static_cast<std::size_t>(instruction.op);
        if (op >= opcode_count) return fail("there is no opcode " + std::to_string(op));
        if (instruction.op == Opcode::halt) return fail("halt belongs to the machine");
        const OpcodeRow& row = opcode_rows[op];
        for (std::size_t field = 0; field < row.operands.size(); ++field) {
            if (!check_operand(instruction, field, row.operands[field])) return false;
        }
        if (!check_immediate(instruction)) return false;
    }
    joined_.assign(joins_.size() * function_.frame_size, Register{});
    return true;
}

// ---- flow

bool TypeFlow::merge(Join& join) {
    Register* const registers = joined_.data() + join.first;
    if (!join.reached) {
        join.reached = true;
        std::copy_n(current_.begin(), function_.frame_size, registers);
        return true;
    }
    bool changed = false;
    for (std::size_t i = 0; i < function_.frame_size; ++i) {
        Register& joined = registers[i];
        if (joined.type == SlotType::nothing || joined == current_[i]) continue;
        const Register met = joined.type == current_[i].type ? Register{joined.type, 0} : Register{};
        changed = changed || met != joined;
        joined = met;
    }
    return changed;
}

void TypeFlow::load(const Join& join) {
    std::copy_n(joined_.begin() + join.first, function_.frame_size, current_.begin());
}

void TypeFlow::meet_at(std::uint32_t pc) {
    if (join_of_[pc] == 0) return;
    Join& join = joins_[join_of_[pc] - 1];
    if (reached_) merge(join);
    if (!join.reached) return;
    load(join);
    reached_ = true;
}

bool TypeFlow::walk() {
    for (std::size_t i = 0; i < function_.parameters.size(); ++i) current_[i] = {function_.parameters[i]};
    const std::uint64_t most_steps = most_passes * function_.code.size();
    std::uint64_t steps = 0;
    for (pc_ = 0; pc_ < function_.code.size(); pc_ = next_) {
        next_ = pc_ + 1;
        meet_at(pc_);
        if (!reached_) continue;
        if (++steps > most_steps)
            return fail("the loops of this function are nested too deeply to be checked");
        if (watch_) watch_(pc_, current_);
        if (!step(function_.code[pc_]) || !leave(function_.code[pc_])) return false;
    }
    pc_ = static_cast<std::uint32_t>(function_.code.size());
    return reached_ ? fail("the code runs off its end") : true;
}

// Where the flow goes on after an instruction.
bool TypeFlow::leave(const Instruction& instruction) {
    bool again = false;
    if (is_jump(instruction.op)) {
        const auto target = static_cast<std::uint32_t>(target_of(instruction, pc_));
        Join& join = joins_[join_of_[target] - 1];
        const bool back = leads_back(instruction.op);
        if (back && !join.reached) return fail("a loop leads back to code that nothing reaches");
        const bool changed = merge(join);
        if (back && changed) {
            load(join);
            next_ = target;
            again = true;
        }
    }
    if (ends_flow(instruction.op) && !again) reached_ = false;
    return true;
}

}  // namespace kiln::vm
