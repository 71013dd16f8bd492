#include "bench/vm/subject.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

#include "compiler/diagnostics/render.h"

namespace kiln::bench {

namespace {

std::string handler_name(int number) { return "on_enter_" + std::to_string(number); }

std::string source_of(const std::string& kernels_file) {
    std::ifstream file(kernels_file);
    std::stringstream text;
    text << file.rdbuf();
    for (int i = 0; i < handler_count; ++i)
        text << "\nfn " << handler_name(i) << "(who: creature) -> int { return who.level + who.hp }\n";
    return text.str();
}

}  // namespace

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

StoreHost::StoreHost(const vm::Program& program) {
    for (const auto& field : program.fields) columns_.push_back(*store_.find_column(field.name));
    for (std::uint32_t row = 0; row < entity_count; ++row) {
        const auto made = store_.create(schema::Table::creature);
        store_.write(schema::Field::creature_level, made, row % 7);
        store_.write(schema::Field::creature_hp, made, row % 100);
        store_.write(schema::Field::creature_max_hp, made, 100);
        store_.write(schema::Field::creature_armor, made, 3);
        if (made != entity(row)) std::abort();
    }
    store_.commit();
}

vm::EntityTable StoreHost::table(std::uint32_t table) {
    if (table >= static_cast<std::uint32_t>(schema::table_count)) return {};
    return store_.table(static_cast<schema::Table>(table));
}

vm::Fault StoreHost::store(const vm::Program&, std::uint32_t field, vm::Handle handle, vm::Slot value) {
    store_.write(columns_[field], handle, value);
    return vm::Fault::none;
}

vm::Fault StoreHost::store_bytes(const vm::Program&, std::uint32_t, vm::Handle, std::string_view) {
    return vm::Fault::bad_argument;
}

Subject::Subject(const std::string& kernels_file)
    : compiled_(compiler::compile({{"kernels.mud", source_of(kernels_file)}}, {.require_rules = false})) {
    if (!compiled_.image) {
        std::fputs(compiler::render(compiled_, compiler::Format::human).c_str(), stderr);
        std::exit(1);
    }
    vm::LoadProblem problem;
    loaded_ = vm::load_program(compiled_.image->program, problem);
    host_ = std::make_unique<StoreHost>(compiled_.image->program);
    limits_.fuel = 1ll << 60;
    for (int i = 0; i < handler_count; ++i) handlers_.push_back(function_named(handler_name(i)));
    waiting_ = function_named("on_pull");
}

std::uint32_t Subject::function_named(const std::string& name) const {
    const auto& functions = compiled_.image->program.functions;
    for (std::uint32_t i = 0; i < functions.size(); ++i) {
        if (functions[i].name == name || functions[i].name.ends_with("." + name)) return i;
    }
    std::fprintf(stderr, "there is no function %s\n", name.c_str());
    std::exit(1);
}

std::vector<vm::Slot> Subject::arguments(const std::string& kernel, long long argument) const {
    if (kernel != "fields") return {argument};
    return {StoreHost::entity(7).to_slot(), argument};
}

long long Subject::run(const std::string& kernel, long long argument) {
    machine_.reset_arena();
    const auto result =
        machine_.run(*loaded_, *host_, function_named(kernel), arguments(kernel, argument), limits_);
    host_->store().commit();
    if (result.end != vm::RunResult::End::returned)
        std::fprintf(stderr, "%s did not return\n", kernel.c_str());
    return result.value;
}

std::uint64_t Subject::instructions(const std::string& kernel, long long argument) {
    machine_.abort_after(1ull << 60);
    run(kernel, argument);
    return machine_.instructions_executed();
}

long long Subject::dispatch(long long count, bool cold) {
    long long sum = 0;
    std::uint32_t row = 1;
    for (long long i = 0; i < count; ++i) {
        if (cold) row = row * 1664525u + 1013904223u;
        const vm::Slot who = StoreHost::entity((row >> 8) & (entity_count - 1)).to_slot();
        sum += machine_.run(*loaded_, *host_, handlers_[row >> 24], {&who, 1}, limits_).value;
    }
    return sum;
}

long long Subject::wait(long long count) {
    long long sum = 0;
    for (long long i = 0; i < count; ++i) {
        const vm::Slot given[] = {StoreHost::entity(7).to_slot(), i};
        machine_.run(*loaded_, *host_, waiting_, given, limits_);
        sum += machine_.resume(*loaded_, *host_, machine_.fiber(), 0, limits_).value;
    }
    return sum;
}

std::vector<vm::Fiber> Subject::suspended(std::size_t count) {
    std::vector<vm::Fiber> fibers;
    fibers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const vm::Slot given[] = {StoreHost::entity(static_cast<std::uint32_t>(i % entity_count)).to_slot(),
                                  static_cast<vm::Slot>(i)};
        machine_.run(*loaded_, *host_, waiting_, given, limits_);
        fibers.push_back(machine_.fiber());
    }
    return fibers;
}

}  // namespace kiln::bench
