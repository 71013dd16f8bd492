#pragma once
// A world of a few tables in which everything is possible: columns by name, natives as functions.

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "vm/machine/machine.h"

namespace kiln::vm::testing {

class StubHost : public Host {
   public:
    using Native = std::function<NativeResult(NativeCall&)>;

    explicit StubHost(std::uint32_t rows_of_table = 300) {
        for (Table& table : tables_) {
            table.rows = rows_of_table;
            table.grow((rows_of_table + page_rows - 1) / page_rows);
        }
    }

    Handle make(std::uint32_t table, std::uint32_t index, std::uint32_t generation) {
        tables_[table].pages[index / page_rows]->at(index % page_rows) = generation;
        return Handle::make(table, index, generation);
    }
    void unmake(Handle handle) { make(handle.table(), handle.index(), 0); }
    Slot& value(const std::string& name, Handle handle) {
        return column_named(name).pages[handle.index() / page_rows]->at(handle.index() % page_rows);
    }
    std::string& bytes(const std::string& name, Handle handle) { return bytes_[name][handle.index()]; }

    // More rows for a table and its columns: page arrays move, the views must not mind.
    void grow(std::uint32_t table, std::uint32_t rows) {
        tables_[table].rows = rows;
        tables_[table].grow((rows + page_rows - 1) / page_rows);
        for (auto& [name, column] : columns_) column.grow((rows + page_rows - 1) / page_rows);
    }

    ColumnView column(const Program& program, std::uint32_t field) override {
        ++bindings;
        return {&column_named(program.fields[field].name).array};
    }
    EntityTable table(std::uint32_t table) override {
        if (table >= tables_.size()) return {};
        return {&tables_[table].array, &tables_[table].rows};
    }
    NativeResult call(NativeCall& call) override {
        const auto found = natives.find(call.program.natives[call.native].name);
        return found == natives.end() ? NativeResult{} : found->second(call);
    }
    Fault store(const Program& program, std::uint32_t field, Handle entity, Slot slot) override {
        value(program.fields[field].name, entity) = slot;
        return Fault::none;
    }
    Fault store_bytes(const Program& program, std::uint32_t field, Handle entity,
                      std::string_view blob) override {
        bytes(program.fields[field].name, entity) = blob;
        return Fault::none;
    }
    std::string_view load_bytes(const Program& program, std::uint32_t field, Handle entity) override {
        return bytes(program.fields[field].name, entity);
    }

    std::map<std::string, Native> natives;
    int bindings = 0;

   private:
    struct Pages {
        std::deque<std::unique_ptr<std::array<Slot, page_rows>>> pages;
        std::vector<const Slot*> pointers;
        const Slot* const* array = nullptr;

        void grow(std::size_t count) {
            while (pages.size() < count) pages.push_back(std::make_unique<std::array<Slot, page_rows>>());
            std::vector<const Slot*> moved;
            for (const auto& page : pages) moved.push_back(page->data());
            pointers = std::move(moved);
            array = pointers.data();
        }
    };
    struct Table : Pages {
        std::uint32_t rows = 0;
    };

    Pages& column_named(const std::string& name) {
        Pages& column = columns_[name];
        if (column.pages.empty()) column.grow(tables_[0].pages.size());
        return column;
    }

    std::array<Table, 4> tables_;
    std::map<std::string, Pages> columns_;
    std::map<std::string, std::map<std::uint32_t, std::string>> bytes_;
};

// A program loaded, a machine and a stub world beside it.
struct Bench {
    explicit Bench(Program made) : program(std::move(made)) {
        loaded = load_program(program, problem);
        if (loaded == nullptr) throw std::runtime_error(problem.message);
    }
    RunResult run(std::string_view function, std::vector<Slot> arguments = {}, const Limits& limits = {});
    RunResult resume(const Fiber& fiber, Slot answer = 0, const Limits& limits = {}) {
        machine.reset_arena();
        return machine.resume(*loaded, host, fiber, answer, limits);
    }

    Program program;
    LoadProblem problem;
    std::shared_ptr<const LoadedProgram> loaded;
    StubHost host;
    Machine machine;
};

}  // namespace kiln::vm::testing
