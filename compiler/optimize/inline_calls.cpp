#include "compiler/optimize/inline_calls.h"

#include <algorithm>

namespace kiln::compiler {

namespace {

constexpr std::size_t most_instructions = 40;   // of a callee
constexpr std::uint32_t most_of_one = 2;        // that come of one instruction of the callee
constexpr std::uint32_t most_of_caller = 4000;  // with everything written out
constexpr std::uint32_t most_registers = 250;

bool is_short(const vm::Function& callee) {
    const auto calls = [](const Instruction& instruction) { return instruction.op == Opcode::call; };
    // What has parts is not moved, so the result of such a function stays where it is.
    return !callee.may_suspend && !vm::is_composite(callee.result) && callee.code.size() <= most_instructions &&
           std::none_of(callee.code.begin(), callee.code.end(), calls);
}

// The callee's code for the caller's registers. Returns stand for themselves until they are replaced.
class Body {
 public:
    Body(const vm::Program& program, const vm::Function& callee, Register window)
        : callee_(program, callee), window_(window) {}

    const Draft& code() const { return callee_; }

    // How many instructions stand for each: a return is a move and a jump to the end, unless it needs none.
    std::uint32_t length_of(std::uint32_t pc) const {
        const auto op = callee_.at(pc).op;
        const std::uint32_t jump = pc + 1 < callee_.size() ? 1 : 0;
        if (op == Opcode::ret) return (callee_.at(pc).a == 0 ? 0 : 1) + jump;
        if (op == Opcode::ret_int) return 1 + jump;
        return op == Opcode::ret_nothing ? jump : 1;
    }

    Instruction moved(std::uint32_t pc) const {
        auto instruction = callee_.at(pc);
        const auto& row = vm::row_of(instruction.op);
        std::uint8_t* const registers[] = {&instruction.a, &instruction.b, &instruction.c};
        for (std::size_t field = 0; field < 3; ++field) {
            if (row.operand(field) == 's' || row.operand(field) == 'd')
                *registers[field] = static_cast<std::uint8_t>(*registers[field] + window_);
        }
        if (instruction.op == Opcode::inlined) ++instruction.c;
        return instruction;
    }

    // What puts the result where the caller awaits it.
    Instruction result(std::uint32_t pc) const {
        const auto& instruction = callee_.at(pc);
        if (instruction.op == Opcode::ret_int) return {Opcode::load_int, window_, 0, 0, instruction.imm};
        return {Opcode::move, window_, static_cast<std::uint8_t>(window_ + instruction.a), 0, 0};
    }

 private:
    Draft callee_;
    Register window_;
};

// Writes a longer function; jumps are led to their places when all of it stands.
class Writer {
 public:
    explicit Writer(Draft& caller) : caller_(caller), longer_(caller) {
        longer_.function.code.clear();
        longer_.places.clear();
    }

    void run() {
        std::vector<std::uint32_t> moved;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> jumps;  // where it stands now, where it led
        for (std::uint32_t pc = 0; pc < caller_.size(); ++pc) {
            moved.push_back(longer_.size());
            const auto& instruction = caller_.at(pc);
            if (instruction.op == Opcode::call && can_write_out(pc)) {
                write_out(instruction, caller_.places[pc]);
                continue;
            }
            if (vm::is_jump(instruction.op)) jumps.emplace_back(longer_.size(), caller_.target(pc));
            put(instruction, caller_.places[pc]);
        }
        for (const auto& [pc, to] : jumps) longer_.lead(pc, moved[to]);
        caller_.function = std::move(longer_.function);
        caller_.places = std::move(longer_.places);
    }

 private:
    void put(const Instruction& instruction, const vm::LineRow& place) {
        longer_.function.code.push_back(instruction);
        longer_.places.push_back(place);
    }

    const vm::Function& callee_of(const Instruction& call) const {
        return caller_.program.functions[static_cast<std::size_t>(call.imm)];
    }

    bool can_write_out(std::uint32_t pc) const {
        const auto& call = caller_.at(pc);
        const auto& callee = callee_of(call);
        if (!is_short(callee) || std::uint32_t{call.a} + callee.frame_size > most_registers) return false;
        const auto grown = longer_.size() - pc;
        const auto most = static_cast<std::uint32_t>(callee.code.size()) * most_of_one;
        return longer_.size() + caller_.size() + most < most_of_caller && caller_.has_room(pc, grown + most);
    }

    void write_out(const Instruction& call, const vm::LineRow& place) {
        const auto& callee = callee_of(call);
        const Body body(caller_.program, callee, call.a);
        const auto& code = body.code();
        put({Opcode::inlined, 0, 0, 1, callee.fuel}, place);
        std::vector<std::uint32_t> moved{longer_.size()};
        for (std::uint32_t pc = 0; pc < code.size(); ++pc) moved.push_back(moved.back() + body.length_of(pc));
        const auto end = moved.back();
        for (std::uint32_t pc = 0; pc < code.size(); ++pc) {
            const auto op = code.at(pc).op;
            if (!returns(op)) {
                put(body.moved(pc), code.places[pc]);
                if (vm::is_jump(op)) longer_.lead(moved[pc], moved[code.target(pc)]);
                continue;
            }
            const bool is_there = op == Opcode::ret_nothing || (op == Opcode::ret && code.at(pc).a == 0);
            if (!is_there) put(body.result(pc), code.places[pc]);
            if (pc + 1 < code.size())
                put({Opcode::jump, 0, 0, 0, static_cast<std::int32_t>(end)}, code.places[pc]);
        }
        const auto registers = static_cast<std::uint16_t>(call.a + callee.frame_size);
        longer_.function.frame_size = std::max(longer_.function.frame_size, registers);
    }

    Draft& caller_;
    Draft longer_;
};

}  // namespace

void inline_calls(Draft& caller) {
    const auto& code = caller.function.code;
    const auto is_call = [](const Instruction& instruction) { return instruction.op == Opcode::call; };
    if (std::any_of(code.begin(), code.end(), is_call)) Writer(caller).run();
}

}  // namespace kiln::compiler
