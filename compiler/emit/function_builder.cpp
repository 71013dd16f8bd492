#include "compiler/emit/function_builder.h"

#include <algorithm>
#include <limits>

namespace kiln::compiler {

using vm::Opcode;

int FunctionBuilder::take() {
    const int taken = top_++;
    highest_ = std::max(highest_, top_);
    return taken;
}

void FunctionBuilder::emit(Opcode op, int a, int b, int c, std::int32_t imm) {
    const auto pc = position();
    const bool moved = lines_.empty() || lines_.back().file != place_.file ||
                       lines_.back().line != place_.line || lines_.back().column != place_.column;
    if (moved) lines_.push_back({pc, place_.file, place_.line, place_.column});
    code_.push_back(
        {op, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b), static_cast<std::uint8_t>(c), imm});
    highest_ = std::max(highest_, a + 1);
}

void FunctionBuilder::jump(Opcode op, int a, int b, Label& to) {
    to.uses.push_back(position());
    emit(op, a, b);
}

void FunctionBuilder::jump_with(Opcode op, int a, std::int16_t immediate, Label& to) {
    to.uses.push_back(position());
    const auto made = vm::Instruction::with_q(op, 0, immediate, 0);
    emit(op, a, made.b, made.c);
}

void FunctionBuilder::bind(Label& label) {
    // A jump to the very next instruction is no jump at all, as long as nothing else counts on its place.
    for (const auto use : label.uses) code_[use].imm = static_cast<std::int32_t>(position());
    if (!label.uses.empty()) last_bound_ = position();
}

void FunctionBuilder::load_integer(int to, std::int64_t value, ProgramBuilder& program) {
    const bool is_small = value >= std::numeric_limits<std::int32_t>::min() &&
                          value <= std::numeric_limits<std::int32_t>::max();
    if (is_small) emit(Opcode::load_int, to, 0, 0, static_cast<std::int32_t>(value));
    else emit(Opcode::load_const, to, 0, 0, program.constant(value));
}

void FunctionBuilder::load_definition(int to, std::uint32_t definition) {
    relocations_.push_back({0, position(), Relocation::To::definition});
    emit(Opcode::load_int, to, 0, 0, static_cast<std::int32_t>(definition));
}

void FunctionBuilder::load_function(int to, std::uint32_t function) {
    relocations_.push_back({0, position(), Relocation::To::function});
    emit(Opcode::load_int, to, 0, 0, static_cast<std::int32_t>(function));
}

void FunctionBuilder::finish(std::uint32_t number, std::vector<vm::SlotType> parameters, vm::SlotType result,
                             ProgramBuilder& program) {
    auto& function = program.function(number);
    program.relocate(number, relocations_);
    const auto ends = [](Opcode op) {
        return op == Opcode::ret || op == Opcode::ret_nothing || op == Opcode::jump || op == Opcode::loop ||
               op == Opcode::raise_fault;
    };
    if (code_.empty() || !ends(code_.back().op) || last_bound_ == position()) {
        if (result == vm::SlotType::nothing) emit(Opcode::ret_nothing);
        else emit(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(vm::Fault::missing_value));
    }
    function.frame_size = static_cast<std::uint16_t>(
        std::clamp<int>(std::max(highest_, static_cast<int>(parameters.size())), 1, 256));
    function.parameters = std::move(parameters);
    function.result = result;
    function.may_suspend = suspends_;
    function.code = std::move(code_);
    function.lines = std::move(lines_);
}

}  // namespace kiln::compiler
