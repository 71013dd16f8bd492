// The kernels of the benchmark by the count of instructions they execute: the same on every machine. A larger
// number is a loss; a smaller one is a gain, and is written down here.

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "compiler/compile.h"
#include "tests/differential/toy_host.h"
#include "vm/bytecode/disassembler.h"
#include "world/schema/vocabulary.h"

using namespace kiln;
using namespace kiln::differential;

namespace {

struct Kernel {
    const char* name;
    Slot argument;
    Slot result;
    std::uint64_t instructions;
};

constexpr Kernel kernels[] = {
    {"arithmetic", 1'000, -121'000, 7'013},
    {"fib", 15, 610, 8'876},
    {"damage", 1'000, 41'571, 18'338},
    {"fields", 1'000, 14'031, 5'006},
};

}  // namespace

TEST_CASE("the kernels take no more instructions than they did") {
    std::ifstream file("bench/vm/kernels.mud");
    std::stringstream text;
    text << file.rdbuf();
    const auto compiled = compiler::compile({{"kernels.mud", text.str()}}, {.require_rules = false});
    REQUIRE(compiled.image.has_value());
    const auto& program = compiled.image->program;
    vm::LoadProblem problem;
    const auto loaded = vm::load_program(program, problem);
    REQUIRE(loaded != nullptr);
    for (const auto& kernel : kernels) {
        std::uint32_t function = 0;
        while (program.functions.at(function).name != std::string("bench.") + kernel.name) ++function;
        ToyWorld world(static_cast<std::uint32_t>(schema::Table::creature));
        ToyHost host(world);
        vm::Machine machine;
        std::vector<Slot> arguments{kernel.argument};
        if (program.functions[function].parameters.size() == 2)
            arguments.insert(arguments.begin(), world.entity(1).to_slot());
        vm::Limits limits;
        limits.fuel = 1'000'000;
        machine.abort_after(1'000'000'000);
        const auto result = machine.run(*loaded, host, function, arguments, limits);
        INFO(kernel.name << "\n" << vm::disassemble(program, function));
        REQUIRE(result.end == vm::RunResult::End::returned);
        CHECK(result.value == kernel.result);
        CHECK(machine.instructions_executed() == kernel.instructions);
    }
}
