#include "compiler/optimize/optimize.h"

#include "compiler/optimize/inline_calls.h"
#include "compiler/optimize/passes.h"
#include "compiler/optimize/simplify.h"

namespace kiln::compiler {

namespace {

void shorten(Draft& draft) {
    simplify(draft);
    retarget(draft);
    drop_dead(draft);
}

void optimize_function(vm::Program& program, std::uint32_t number) {
    auto& function = program.functions[number];
    if (function.code.empty()) return;
    Draft draft(program, function);
    inline_calls(draft);
    shorten(draft);
    hoist_checks(draft);
    shorten(draft);
    fuse(draft);
    straighten(draft);
    shorten(draft);
    draft.write_to(function);
}

// Callees before their callers, so that what is written out is short already.
class Order {
 public:
    explicit Order(vm::Program& program) : program_(program), visited_(program.functions.size(), false) {}

    void run() {
        for (std::uint32_t i = 0; i < program_.functions.size(); ++i) visit(i);
    }

 private:
    struct Open {
        std::uint32_t function = 0;
        std::size_t next = 0;  // instruction to look at
    };

    // Calls may be nested as deeply as authors like: the way down is kept in a list.
    void visit(std::uint32_t first) {
        if (visited_[first]) return;
        std::vector<Open> open{{first, 0}};
        visited_[first] = true;
        while (!open.empty()) {
            const auto function = open.back().function;
            const auto& code = program_.functions[function].code;
            auto& next = open.back().next;
            while (next < code.size() && !(code[next].op == Opcode::call && !visited_[callee(code[next])]))
                ++next;
            if (next < code.size()) {
                const auto called = callee(code[next]);
                visited_[called] = true;
                open.push_back({called, 0});
                continue;
            }
            optimize_function(program_, function);
            open.pop_back();
        }
    }
    static std::uint32_t callee(const Instruction& call) { return static_cast<std::uint32_t>(call.imm); }

    vm::Program& program_;
    std::vector<bool> visited_;
};

}  // namespace

void optimize(vm::Program& program) { Order(program).run(); }

}  // namespace kiln::compiler
