#pragma once
// One function while it is written: instructions, labels, registers as a stack, source lines. What was taken
// last is given back first, so everything live lies below the base of a call.

#include <vector>

#include "compiler/emit/program_builder.h"

namespace kiln::compiler {

struct Label {
    std::vector<std::uint32_t> uses;             // instructions that lead to it
};

class FunctionBuilder {
   public:
    // ---- registers
    int top() const { return top_; }
    int take();                                  // the next register
    void give_back(int to) { top_ = to; }        // all from here on
    bool is_too_large() const { return highest_ > 250 || code_.size() > 60'000; }

    // ---- code
    void at(vm::LineRow place) { place_ = place; }
    void emit(vm::Opcode op, int a = 0, int b = 0, int c = 0, std::int32_t imm = 0);
    void jump(vm::Opcode op, int a, int b, Label& to);
    void jump_with(vm::Opcode op, int a, std::int32_t immediate, Label& to);  // comparisons with a number
    void begin_list(int index, int list, int item, Label& empty);
    void loop(vm::Opcode op, std::uint32_t head, int a = 0, int b = 0, int c = 0);  // the three ways back
    void bind(Label& label);
    void patch(std::uint32_t position, std::int32_t imm) { code_[position].imm = imm; }
    void replace(std::uint32_t position, vm::Instruction instruction) { code_[position] = instruction; }
    std::uint32_t position() const { return static_cast<std::uint32_t>(code_.size()); }
    void load_integer(int to, std::int64_t value, ProgramBuilder& program);
    void load_definition(int to, std::uint32_t definition);      // numbers that the linker will change
    void load_function(int to, std::uint32_t function);
    bool suspends() const { return suspends_; }
    void set_suspends() { suspends_ = true; }

    // Adds the end if the flow may reach it, and moves everything into the program's function.
    void finish(std::uint32_t function, std::vector<vm::SlotType> parameters, vm::SlotType result,
                ProgramBuilder& program);

   private:
    std::vector<vm::Instruction> code_;
    std::vector<vm::LineRow> lines_;
    std::vector<Relocation> relocations_;
    vm::LineRow place_;
    int top_ = 0, highest_ = 0;
    std::uint32_t last_bound_ = 0xffffffff;
    bool suspends_ = false;
};

}  // namespace kiln::compiler
