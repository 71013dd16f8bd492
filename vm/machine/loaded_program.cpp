#include <algorithm>
#include <atomic>

#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/verifier.h"
#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

// Names a loaded program among all of the process; bindings are found by it, nothing observable depends on
// it.
std::uint64_t next_identity() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

template <typename Row>
std::int32_t in_bytes(std::int64_t rows) {
    return static_cast<std::int32_t>(rows * static_cast<std::int64_t>(sizeof(Row)));
}

Prepared prepare(const Instruction& instruction, std::uint32_t pc) {
    const Opcode op = instruction.op;
    Prepared prepared{label_of(op), instruction.a, op, instruction.b, instruction.c, instruction.imm};
    switch (row_of(op).operand(3)) {
        case 'l':
            prepared.imm = Instruction::loop_operand(
                pc - instruction.loop_target(),
                static_cast<std::uint32_t>(row_of(op).fuel) + instruction.loop_fuel());
            break;
        case 't': prepared.imm = in_bytes<Prepared>(std::int64_t{instruction.imm} - pc); break;
        case 'P': prepared.imm = in_bytes<FieldView>(instruction.imm); break;
        case 'F': prepared.imm = in_bytes<PreparedFunction>(instruction.imm); break;
        case 'N': prepared.imm = in_bytes<PreparedNative>(instruction.imm); break;
        default: break;
    }
    return prepared;
}

}  // namespace

LoadedProgram::LoadedProgram(const Program& program) : program_(program), identity_(next_identity()) {
    std::size_t total = 0;
    for (const Function& function : program.functions) total += function.code.size();
    code_.reserve(total);
    functions_.resize(program.functions.size());
    points_.resize(program.functions.size());
    for (std::uint32_t i = 0; i < functions_.size(); ++i) {
        const Function& function = program.functions[i];
        functions_[i] = {.code = code_.data() + code_.size(),
                         .index = i,
                         .call_cost = function.fuel,
                         .frame_size = function.frame_size,
                         .parameters = static_cast<std::uint32_t>(function.parameters.size()),
                         .has_result = function.result != SlotType::nothing};
        points_[i] = suspension_points(program, i);
        for (std::uint32_t pc = 0; pc < function.code.size(); ++pc)
            code_.push_back(prepare(function.code[pc], pc));
    }
    for (std::uint32_t i = 0; i < program.natives.size(); ++i) {
        const NativeImport& native = program.natives[i];
        natives_.push_back(
            {i, static_cast<std::uint16_t>(native.parameters.size()), native.result, native.may_suspend});
    }
}

const SuspensionPoint* LoadedProgram::point_at(std::uint32_t function, std::uint32_t pc) const {
    const auto& points = points_[function];
    const auto before = [](const SuspensionPoint& point, std::uint32_t wanted) { return point.pc < wanted; };
    const auto found = std::lower_bound(points.begin(), points.end(), pc, before);
    return found != points.end() && found->pc == pc ? &*found : nullptr;
}

std::shared_ptr<const LoadedProgram> load_program(const Program& program, LoadProblem& problem) {
    if (const auto error = verify(program)) {
        const bool in_function = error->function < program.functions.size();
        problem.message = in_function
                              ? "function " + program.functions[error->function].name + ", instruction " +
                                    std::to_string(error->pc) + ": " + error->message
                              : error->message;
        return nullptr;
    }
    return std::make_shared<const LoadedProgram>(program);
}

const Program& program_of(const LoadedProgram& loaded) { return loaded.program(); }

}  // namespace kiln::vm
