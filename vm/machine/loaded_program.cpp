#include <algorithm>
#include <atomic>

#include "vm/bytecode/opcode_table.h"
#include "vm/bytecode/verifier.h"
#include "vm/machine/state.h"

namespace kiln::vm {

namespace {

constexpr std::size_t instructions_per_fuel = 256;

// Names a loaded program among all of the process; bindings are found by it, nothing observable depends on
// it.
std::uint64_t next_identity() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

}  // namespace

LoadedProgram::LoadedProgram(const Program& program) : program_(program), identity_(next_identity()) {
    std::size_t total = 0;
    for (const Function& function : program.functions) total += function.code.size();
    code_.reserve(total);
    functions_.resize(program.functions.size());
    for (std::uint32_t i = 0; i < functions_.size(); ++i) {
        const Function& function = program.functions[i];
        PreparedFunction& prepared = functions_[i];
        prepared.code = code_.data() + code_.size();
        prepared.index = i;
        prepared.frame_size = function.frame_size;
        prepared.call_cost = static_cast<std::uint32_t>(opcode_rows[static_cast<int>(Opcode::call)].fuel +
                                                        function.code.size() / instructions_per_fuel);
        prepared.points = suspension_points(program, i);
        for (std::size_t pc = 0; pc < function.code.size(); ++pc) {
            Instruction instruction = function.code[pc];
            const bool jumps = opcode_rows[static_cast<std::size_t>(instruction.op)].operand(3) == 't';
            if (jumps) instruction.imm -= static_cast<std::int32_t>(pc);
            code_.push_back(instruction);
        }
    }
}

const SuspensionPoint* LoadedProgram::point_at(std::uint32_t function, std::uint32_t pc) const {
    const auto& points = functions_[function].points;
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
