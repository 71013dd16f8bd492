#include "tests/vm/stub_host.h"

#include "tests/vm/assembler.h"

namespace kiln::vm::testing {

RunResult Bench::run(std::string_view function, std::vector<Slot> arguments, const Limits& limits) {
    return machine.run(*loaded, host, function_named(program, function), arguments, limits);
}

}  // namespace kiln::vm::testing
