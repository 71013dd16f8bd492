#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "vm/bytecode/verifier.h"
#include "vm/machine/machine.h"
#include "world/schema/image_archive.h"

namespace {

using namespace kiln;

// A host without entities: every handle is stale, natives answer zero or suspend.
class EmptyHost : public vm::Host {
   public:
    explicit EmptyHost(const vm::Program& program) : program_(program) {}
    vm::ColumnView column(const vm::Program&, std::uint32_t) override { return {}; }
    vm::EntityTable table(std::uint32_t) override { return {}; }
    vm::NativeResult call(vm::NativeCall& call) override {
        call.fuel -= 1;
        const auto& native = program_.natives[call.native];
        if (native.may_suspend) return {.suspend = true};
        return {.value = 0};
    }
    vm::Fault store(const vm::Program&, std::uint32_t, vm::Handle, vm::Slot) override {
        return vm::Fault::entity_gone;
    }
    vm::Fault store_bytes(const vm::Program&, std::uint32_t, vm::Handle, std::string_view) override {
        return vm::Fault::entity_gone;
    }
    std::string_view load_bytes(const vm::Program&, std::uint32_t, vm::Handle) override { return {}; }

   private:
    const vm::Program& program_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    vm::Program program;
    schema::archive::Reader reader(std::string_view(reinterpret_cast<const char*>(data), size));
    fields(reader, program);
    if (reader.failed) return 0;
    vm::LoadProblem problem;
    const auto loaded = vm::load_program(program, problem);
    if (!loaded) return 0;
    EmptyHost host(program);
    vm::Machine machine;
    const vm::Limits limits{.fuel = 2'000};
    for (std::uint32_t i = 0; i < program.functions.size() && i < 8; ++i) {
        const std::vector<vm::Slot> arguments(program.functions[i].parameters.size(), 0);
        machine.reset_arena();
        auto result = machine.run(*loaded, host, i, arguments, limits);
        for (int step = 0; step < 4 && result.end == vm::RunResult::End::suspended; ++step) {
            machine.reset_arena();
            result = machine.resume(*loaded, host, vm::Fiber(machine.fiber()), 0, limits);
        }
        if (result.fuel_used > limits.fuel + 100'000) std::abort();
    }
    return 0;
}
