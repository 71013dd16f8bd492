#include "compiler/emit/function_builder.h"

#include <algorithm>
#include <limits>

#include "vm/bytecode/opcode_table.h"

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

void FunctionBuilder::jump_with(Opcode op, int a, std::int32_t immediate, Label& to) {
    to.uses.push_back(position());
    emit(op, a, 0, 0, immediate);
}

void FunctionBuilder::begin_list(int index, int list, int item, Label& empty) {
    empty.uses.push_back(position());
    emit(Opcode::list_begin, index, list, item);
}

// Fuel is counted as the code is written, before anything makes it shorter.
void FunctionBuilder::loop(Opcode op, std::uint32_t head, int a, int b, int c) {
    const auto length = position() - head;
    emit(op, a, b, c, vm::Instruction::loop_operand(head, vm::fuel_of_length(length)));
}

void FunctionBuilder::bind(Label& label) {
    for (const auto use : label.uses) {
        auto& jump = code_[use];
        if (vm::is_near_jump(jump.op))
            jump.set_distance(position() - use);
        else
            jump.imm = static_cast<std::int32_t>(position());
    }
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
    if (code_.empty() || !vm::ends_flow(code_.back().op) || last_bound_ == position()) {
        if (result == vm::SlotType::nothing) emit(Opcode::ret_nothing);
        else emit(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(vm::Fault::missing_value));
    }
    function.frame_size = static_cast<std::uint16_t>(
        std::clamp<int>(std::max(highest_, static_cast<int>(parameters.size())), 1, 256));
    function.parameters = std::move(parameters);
    function.result = result;
    function.may_suspend = suspends_;
    function.fuel = static_cast<std::uint16_t>(1 + vm::fuel_of_length(code_.size()));
    function.code = std::move(code_);
    function.lines = std::move(lines_);
}

}  // namespace kiln::compiler
