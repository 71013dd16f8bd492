// Kernels compiled from `.mud` beside the same kernels in Lua 5.4 and LuaJIT without its compiler,
// interleaved in one run. Prints ns per operation (the median of the rounds) and ratios; equal results are
// checked first.

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "bench/vm/peer.h"
#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"
#include "vm/machine/machine.h"

namespace {

using namespace kiln;
using vm::Handle;
using vm::Slot;

constexpr std::uint32_t entity_count = 131'072;
constexpr int rounds = 7;

// Entities as the world keeps them: one column of pages a field.
class BenchHost : public vm::Host {
   public:
    explicit BenchHost(const vm::Program& program) {
        generations_ = column_of(1);
        for (const auto& field : program.fields) {
            columns_.push_back(column_of(field.name == "creature.max_hp"  ? 100
                                         : field.name == "creature.armor" ? 3
                                                                          : 0));
            const bool is_level = field.name == "creature.level";
            if (!is_level && field.name != "creature.hp") continue;
            for (std::uint32_t row = 0; row < entity_count; ++row) {
                cell(columns_.size() - 1, row) = row % (is_level ? 7 : 100);
            }
        }
        refresh();
    }
    static Handle entity(std::uint32_t row) {
        return Handle::make(static_cast<std::uint32_t>(schema::Table::creature), row, 1);
    }
    vm::ColumnView column(const vm::Program&, std::uint32_t field) override { return views_[field].view(); }
    vm::EntityTable table(std::uint32_t) override { return {&generation_view_.first, &rows_}; }
    vm::NativeResult call(vm::NativeCall&) override { return {.fault = vm::Fault::bad_argument}; }
    vm::Fault store(const vm::Program&, std::uint32_t field, Handle handle, Slot value) override {
        cell(field, handle.index()) = value;
        return vm::Fault::none;
    }
    vm::Fault store_bytes(const vm::Program&, std::uint32_t, Handle, std::string_view) override {
        return vm::Fault::bad_argument;
    }
    std::string_view load_bytes(const vm::Program&, std::uint32_t, Handle) override { return {}; }

   private:
    struct Pages {
        std::vector<std::vector<Slot>> pages;
    };
    struct View {
        std::vector<const Slot*> pointers;
        const Slot* const* first = nullptr;
        vm::ColumnView view() const { return {&first}; }
    };
    static Pages column_of(Slot value) {
        Pages pages;
        pages.pages.assign(entity_count / vm::page_rows, std::vector<Slot>(vm::page_rows, value));
        return pages;
    }
    Slot& cell(std::size_t field, std::uint32_t row) {
        return columns_[field].pages[row / vm::page_rows][row % vm::page_rows];
    }
    void refresh() {
        const auto point = [](const Pages& from, View& to) {
            for (const auto& page : from.pages) to.pointers.push_back(page.data());
            to.first = to.pointers.data();
        };
        views_.resize(columns_.size());
        for (std::size_t i = 0; i < columns_.size(); ++i) point(columns_[i], views_[i]);
        point(generations_, generation_view_);
    }

    std::vector<Pages> columns_;
    Pages generations_;
    std::vector<View> views_;
    View generation_view_;
    std::uint32_t rows_ = entity_count;
};

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Kernel {
    std::string name;
    long long argument = 0;
    double operations = 0;               // per call
    bool counts = true;                  // in the geometric mean
    std::function<long long()> ours;
    std::function<long long(Peer*)> theirs;
};

Peer* open(const char* module, const std::string& script) {
    void* library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        std::fprintf(stderr, "%s\n", dlerror());
        return nullptr;
    }
    const auto opener = reinterpret_cast<decltype(&open_peer)>(dlsym(library, "open_peer"));
    return opener ? opener(script.c_str()) : nullptr;
}

std::uint32_t function_named(const vm::Program& program, std::string_view name) {
    for (std::uint32_t i = 0; i < program.functions.size(); ++i) {
        const auto& full = program.functions[i].name;
        if (full == name || full.ends_with("." + std::string(name))) return i;
    }
    std::fprintf(stderr, "no function %.*s\n", static_cast<int>(name.size()), name.data());
    std::exit(1);
}

template <typename Work>
double time_of(const Kernel& kernel, Work&& work) {
    const auto begin = cpu_seconds();
    work();
    return (cpu_seconds() - begin) * 1e9 / kernel.operations;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 4) {
        std::fprintf(stderr, "usage: bench_vm SCRIPTS LUA_MODULE LUAJIT_MODULE\n");
        return 2;
    }
    const std::string scripts = arguments[1];
    std::ifstream file(scripts + "/kernels.mud");
    std::stringstream text;
    text << file.rdbuf();
    auto compiled = compiler::compile({{"kernels.mud", text.str()}}, {.require_rules = false});
    if (!compiled.image) {
        std::fputs(compiler::render(compiled, compiler::Format::human).c_str(), stderr);
        return 1;
    }
    const auto& program = compiled.image->program;
    vm::LoadProblem problem;
    const auto loaded = vm::load_program(program, problem);
    BenchHost host(program);
    vm::Machine machine;
    vm::Limits limits;
    limits.fuel = 1ll << 60;
    const auto run = [&](std::uint32_t function, std::vector<Slot> values) {
        return static_cast<long long>(machine.run(*loaded, host, function, values, limits).value);
    };
    const auto ours = [&](const char* name, long long argument) {
        return [&, function = function_named(program, name), argument] { return run(function, {argument}); };
    };
    const auto theirs = [](const char* name, long long argument) {
        return [=](Peer* peer) { return peer->call(peer->state, name, argument); };
    };
    const auto handler = function_named(program, "on_enter");
    const auto dispatch = [&](long long calls, bool cold) {
        return [&, calls, cold] {
            long long sum = 0;
            std::uint32_t row = 1;
            for (long long i = 0; i < calls; ++i) {
                if (cold) row = row * 1664525u + 1013904223u;
                const Slot who = BenchHost::entity((row >> 8) & (entity_count - 1)).to_slot();
                sum += machine.run(*loaded, host, handler, {&who, 1}, limits).value;
            }
            return sum;
        };
    };
    const auto peer_dispatch = [](long long calls, int cold) {
        return [=](Peer* peer) { return peer->dispatch(peer->state, calls, cold); };
    };
    const auto one = BenchHost::entity(7).to_slot();
    const auto fields = function_named(program, "fields");
    std::vector<Kernel> kernels = {
        {"arithmetic", 0, 3e6, true, ours("arithmetic", 3'000'000), theirs("arithmetic", 3'000'000)},
        {"fib", 0, 832'040 * 1.0, true, ours("fib", 27), theirs("fib", 27)},
        {"damage", 0, 1e6, true, ours("damage", 1'000'000), theirs("damage", 1'000'000)},
        {"fields", 0, 2e6, true, [&] { return run(fields, {one, 2'000'000}); }, theirs("fields", 2'000'000)},
        {"dispatch_hot", 0, 1e6, false, dispatch(1'000'000, false), peer_dispatch(1'000'000, 0)},
        {"dispatch_cold", 0, 1e6, false, dispatch(1'000'000, true), peer_dispatch(1'000'000, 1)},
    };
    std::array<Peer*, 2> peers = {open(arguments[2], scripts + "/kernels.lua"),
                                  open(arguments[3], scripts + "/kernels.lua")};
    static constexpr std::array peer_names = {"lua54", "luajit_joff"};
    if (!peers[0] || !peers[1]) return 1;
    std::array<double, 2> logarithms{};
    int counted = 0;
    for (const auto& kernel : kernels) {
        const auto expected = kernel.theirs(peers[0]);
        const auto got = kernel.ours();
        if (got != expected) {
            std::fprintf(stderr, "%s: %lld, but Lua says %lld\n", kernel.name.c_str(), got, expected);
            return 1;
        }
        std::vector<double> mine;
        std::array<std::vector<double>, 2> their_times, ratios;
        for (int round = 0; round < rounds; ++round) {
            mine.push_back(time_of(kernel, [&] { kernel.ours(); }));
            for (std::size_t p = 0; p < peers.size(); ++p) {
                their_times[p].push_back(time_of(kernel, [&] { kernel.theirs(peers[p]); }));
                ratios[p].push_back(their_times[p].back() / mine.back());
            }
        }
        std::printf("%s_ns: %.1f ns\n", kernel.name.c_str(), median(mine));
        for (std::size_t p = 0; p < peers.size(); ++p) {
            std::printf("%s_%s_ns: %.1f ns\n", kernel.name.c_str(), peer_names[p], median(their_times[p]));
            std::printf("%s_vs_%s: %.2f x\n", kernel.name.c_str(), peer_names[p], median(ratios[p]));
            if (kernel.counts) logarithms[p] += std::log(median(ratios[p]));
        }
        counted += kernel.counts;
    }
    std::printf("geomean_vs_lua54: %.2f x\n", std::exp(logarithms[0] / counted));
    std::printf("geomean_vs_luajit_joff: %.2f x\n", std::exp(logarithms[1] / counted));
    return 0;
}
