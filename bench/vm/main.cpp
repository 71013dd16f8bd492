// Kernels compiled from `.mud` beside the same kernels in Lua 5.4 and LuaJIT without its compiler, and beside
// the machine without fuel, interleaved in one run. Prints ns per operation (the median of the rounds) and
// ratios; equal results are checked first.

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>

#include "bench/vm/child.h"
#include "bench/vm/peer.h"
#include "bench/vm/subject.h"

namespace {

using kiln::bench::Child;
using kiln::bench::cpu_seconds;
using kiln::bench::Subject;

constexpr int rounds = 9;

struct Kernel {
    const char* name;
    long long argument;
    double operations;  // of one run
};
constexpr Kernel kernels[] = {
    {"arithmetic", 2'000'000, 2e6},
    {"fib", 27, 635'621},
    {"damage", 600'000, 6e5},
    {"fields", 1'500'000, 1.5e6},
};
constexpr std::array peer_names = {"lua54", "luajit_joff"};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <typename Work>
double nanoseconds(Work&& work) {
    const double begin = cpu_seconds();
    work();
    return (cpu_seconds() - begin) * 1e9;
}

void print(const std::string& figure, double value, const char* unit, int decimals = 2) {
    std::printf("%s: %.*f %s\n", figure.c_str(), decimals, value, unit);
}

Peer* open_module(const char* module, const std::string& script) {
    void* library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        std::fprintf(stderr, "%s\n", dlerror());
        return nullptr;
    }
    const auto opener = reinterpret_cast<decltype(&open_peer)>(dlsym(library, "open_peer"));
    return opener != nullptr ? opener(script.c_str()) : nullptr;
}

struct Bench {
    Subject subject;
    Child without_fuel;
    std::array<Peer*, 2> peers;
    std::array<double, 2> logarithms{};
    double fuel_logarithm = 0;

    bool is_equal(const Kernel& kernel) {
        const auto got = subject.run(kernel.name, kernel.argument);
        const auto unmetered = without_fuel.ask(kernel.name, kernel.argument).result;
        for (auto* peer : peers) {
            const auto expected = peer->call(peer->state, kernel.name, kernel.argument);
            if (got == expected && got == unmetered) continue;
            std::fprintf(stderr, "%s: %lld, but Lua says %lld\n", kernel.name, got, expected);
            return false;
        }
        return true;
    }

    void measure(const Kernel& kernel) {
        std::vector<double> mine, unmetered;
        std::array<std::vector<double>, 2> theirs, ratios;
        std::vector<double> fuel_ratios;
        for (int round = 0; round < rounds; ++round) {
            mine.push_back(nanoseconds([&] { subject.run(kernel.name, kernel.argument); }));
            unmetered.push_back(without_fuel.ask(kernel.name, kernel.argument).nanoseconds);
            fuel_ratios.push_back(mine.back() / unmetered.back());
            for (std::size_t p = 0; p < peers.size(); ++p) {
                theirs[p].push_back(
                    nanoseconds([&] { peers[p]->call(peers[p]->state, kernel.name, kernel.argument); }));
                ratios[p].push_back(theirs[p].back() / mine.back());
            }
        }
        const std::string name = kernel.name;
        print(name + "_ns", median(mine) / kernel.operations, "ns");
        const auto instructions = static_cast<double>(subject.instructions(kernel.name, kernel.argument));
        print(name + "_instructions", instructions / kernel.operations, "per operation");
        for (std::size_t p = 0; p < peers.size(); ++p) {
            print(name + "_" + peer_names[p] + "_ns", median(theirs[p]) / kernel.operations, "ns");
            print(name + "_vs_" + peer_names[p], median(ratios[p]), "x");
            logarithms[p] += std::log(median(ratios[p]));
        }
        print(name + "_fuel_overhead", (median(fuel_ratios) - 1) * 100, "%", 1);
        fuel_logarithm += std::log(median(fuel_ratios));
    }

    double measure_dispatch(const char* name, bool cold) {
        constexpr long long count = 1'000'000;
        std::vector<double> mine;
        std::array<std::vector<double>, 2> ratios;
        for (int round = 0; round < rounds; ++round) {
            mine.push_back(nanoseconds([&] { subject.dispatch(count, cold); }) / count);
            for (std::size_t p = 0; p < peers.size(); ++p) {
                ratios[p].push_back(nanoseconds([&] { peers[p]->dispatch(peers[p]->state, count, cold); }) /
                                    count / mine.back());
            }
        }
        for (std::size_t p = 0; p < peers.size(); ++p)
            print(std::string(name) + "_vs_" + peer_names[p], median(ratios[p]), "x");
        return median(mine);
    }

    double measure_wait() {
        constexpr long long count = 1'000'000;
        std::vector<double> times;
        for (int round = 0; round < rounds; ++round)
            times.push_back(nanoseconds([&] { subject.wait(count); }) / count);
        return median(times);
    }
};

}  // namespace

int main(int count, char** arguments) {
    if (count < 5) {
        std::fprintf(stderr, "usage: bench_vm SCRIPTS LUA_MODULE LUAJIT_MODULE BENCH_VM_WITHOUT_FUEL\n");
        return 2;
    }
    const std::string scripts = arguments[1];
    Bench bench{.subject = Subject(scripts + "/kernels.mud"),
                .without_fuel = {arguments[4], scripts + "/kernels.mud"},
                .peers = {open_module(arguments[2], scripts + "/kernels.lua"),
                          open_module(arguments[3], scripts + "/kernels.lua")}};
    if (bench.peers[0] == nullptr || bench.peers[1] == nullptr) return 1;
    for (const auto& kernel : kernels) {
        if (!bench.is_equal(kernel)) return 1;
        bench.measure(kernel);
    }
    print("fuel_overhead", (std::exp(bench.fuel_logarithm / std::size(kernels)) - 1) * 100, "%", 1);
    print("dispatch_hot_ns", bench.measure_dispatch("dispatch_hot", false), "ns");
    const double cold = bench.measure_dispatch("dispatch_cold", true);
    print("wait_ns", bench.measure_wait(), "ns");
    for (std::size_t p = 0; p < peer_names.size(); ++p)
        print(std::string("geomean_vs_") + peer_names[p], std::exp(bench.logarithms[p] / std::size(kernels)),
              "x");
    print("dispatch_cold_ns", cold, "ns");
    return 0;
}
