#pragma once
// Kiln's side of the benchmark: the kernels compiled with default flags, on entities of the world's own
// store, so that every write pays for undo and hash.

#include <memory>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "vm/machine/machine.h"
#include "world/store/store.h"

namespace kiln::bench {

constexpr std::uint32_t entity_count = 131'072;
constexpr int handler_count = 256;

// Answers fields from a store; the only native is `wait`.
class StoreHost final : public vm::Host {
 public:
    explicit StoreHost(const vm::Program& program);

    static vm::Handle entity(std::uint32_t row) {
        return vm::Handle::make(static_cast<std::uint32_t>(schema::Table::creature), row, 1);
    }
    world::Store& store() { return store_; }

    vm::ColumnView column(const vm::Program&, std::uint32_t field) override {
        return store_.view(columns_[field]);
    }
    vm::EntityTable table(std::uint32_t table) override;
    vm::Journal* journal() override { return store_.journal(); }
    vm::NativeResult call(vm::NativeCall&) override { return {.suspend = true}; }
    vm::Fault store(const vm::Program&, std::uint32_t field, vm::Handle handle, vm::Slot value) override;
    vm::Fault store_bytes(const vm::Program&, std::uint32_t, vm::Handle, std::string_view) override;
    std::string_view load_bytes(const vm::Program&, std::uint32_t, vm::Handle) override { return {}; }

 private:
    world::Store store_;
    std::vector<world::ColumnId> columns_;
};

class Subject {
 public:
    // Ends the process with the diagnostics if the kernels do not compile.
    explicit Subject(const std::string& kernels_file);

    // Kernels: a function of that name with a number, `fields` with an entity before it.
    long long run(const std::string& kernel, long long argument);
    std::uint64_t instructions(const std::string& kernel, long long argument);
    // `count` handlers of two fields, hot (always the same one) or cold (any handler, any entity); the sum of
    // results.
    long long dispatch(long long count, bool cold);
    // `count` handlers that wait once: started, suspended, resumed, ended.
    long long wait(long long count);
    // A million handlers that wait.
    std::vector<vm::Fiber> suspended(std::size_t count);

    const vm::LoadedProgram& program() const { return *loaded_; }
    const vm::Limits& limits() const { return limits_; }

 private:
    std::uint32_t function_named(const std::string& name) const;
    std::vector<vm::Slot> arguments(const std::string& kernel, long long argument) const;

    compiler::CompileResult compiled_;
    std::shared_ptr<const vm::LoadedProgram> loaded_;
    std::unique_ptr<StoreHost> host_;
    vm::Machine machine_;
    vm::Limits limits_;
    std::vector<std::uint32_t> handlers_;
    std::uint32_t waiting_ = 0;
};

double cpu_seconds();

}  // namespace kiln::bench
