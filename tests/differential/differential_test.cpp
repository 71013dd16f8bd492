// Random modules are compiled with and without optimising and run by the machine and by the reference:
// whoever runs which must end with the same answer, the same fuel, the same fault at the same line, and the
// same world. Waits are taken through the fiber's words, every one of them.

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "compiler/compile.h"
#include "tests/differential/generator.h"
#include "tests/differential/reference.h"
#include "tests/differential/toy_host.h"
#include "vm/bytecode/disassembler.h"
#include "vm/machine/machine.h"
#include "world/schema/vocabulary.h"

using namespace kiln;
using namespace kiln::differential;

namespace {

constexpr auto creatures = static_cast<std::uint32_t>(schema::Table::creature);

// What anybody can tell of a run.
struct Told {
    std::string ending;
    std::int64_t fuel = 0;
    std::vector<std::string> log;
    std::map<std::string, std::vector<Slot>> cells;
    bool operator==(const Told&) const = default;
};

std::string described(const vm::Program& program, Fault fault, std::uint32_t function, std::uint32_t pc) {
    const auto place = vm::place_of(program, function, pc);
    return std::string(vm::fault_name(fault)) + " at line " + std::to_string(place.line);
}

std::vector<Slot> arguments_for(const vm::Function& function, const ToyWorld& world, std::uint64_t seed) {
    std::vector<Slot> arguments;
    for (const auto type : function.parameters) {
        const auto drawn = vm::mixed(seed * 31 + arguments.size());
        if (type == vm::SlotType::entity)
            arguments.push_back(
                drawn % 16 == 0 ? 0 : world.entity(static_cast<std::uint32_t>(drawn % 3)).to_slot());
        else
            arguments.push_back(static_cast<Slot>(drawn % 23) - 3);
    }
    return arguments;
}

struct Trial {
    const vm::Program& program;
    std::uint32_t function;
    std::uint64_t seed;
    vm::Limits limits;
};

void tell_world(const ToyWorld& world, Told& told) {
    told.log = world.log();
    for (const auto& [name, cells] : world.cells()) {
        ToyWorld fresh(creatures);
        // Columns that were never written are the same for everybody.
        if (fresh.column(name) != cells) told.cells[name] = cells;
    }
}

Told by_reference(const Trial& trial) {
    ToyWorld world(creatures);
    Reference reference(trial.program, world, trial.limits);
    Told told;
    auto ending = reference.run(trial.function,
                                arguments_for(trial.program.functions[trial.function], world, trial.seed));
    told.fuel = ending.fuel_used;
    for (int waits = 0; waits < 6 && ending.kind == Ending::Kind::suspended; ++waits) {
        ending = reference.resume(0);
        told.fuel += ending.fuel_used;
    }
    told.ending = ending.kind == Ending::Kind::returned ? std::to_string(ending.value.number)
                  : ending.kind == Ending::Kind::suspended
                      ? "waits"
                      : described(trial.program, ending.fault, ending.function, ending.pc);
    tell_world(world, told);
    return told;
}

Told by_machine(const Trial& trial) {
    ToyWorld world(creatures);
    ToyHost host(world);
    vm::LoadProblem problem;
    const auto loaded = vm::load_program(trial.program, problem);
    REQUIRE(loaded != nullptr);
    std::array<vm::Machine, 2> machines;
    Told told;
    const auto arguments = arguments_for(trial.program.functions[trial.function], world, trial.seed);
    auto result = machines[0].run(*loaded, host, trial.function, arguments, trial.limits);
    told.fuel = result.fuel_used;
    vm::Fiber fiber = machines[0].fiber();
    for (std::size_t waits = 0; waits < 6 && result.end == vm::RunResult::End::suspended; ++waits) {
        REQUIRE_FALSE(vm::check_fiber(*loaded, fiber, trial.limits));
        auto& machine = machines[(waits + 1) % 2];
        result = machine.resume(*loaded, host, fiber, 0, trial.limits);
        fiber = machine.fiber();
        told.fuel += result.fuel_used;
    }
    told.ending = result.end == vm::RunResult::End::returned ? std::to_string(result.value)
                  : result.end == vm::RunResult::End::suspended
                      ? "waits"
                      : described(trial.program, result.fault, result.function, result.pc);
    tell_world(world, told);
    host.undo();
    Told undone;
    tell_world(world, undone);
    CHECK(undone.cells.empty());
    return told;
}

std::string shown(const Told& told) {
    std::string text = told.ending + ", fuel " + std::to_string(told.fuel);
    for (const auto& line : told.log) text += "\n  " + line;
    for (const auto& [name, cells] : told.cells) {
        text += "\n  " + name;
        for (std::uint32_t row = 0; row < ToyWorld::rows; ++row) text += " " + std::to_string(cells[row]);
    }
    return text;
}

// Nothing if the compiler refuses the module, as it does where it can compute that a number is too large.
std::optional<vm::Program> compiled(const std::string& source, bool optimize) {
    auto result = compiler::compile({{"trial.mud", source}}, {.require_rules = false, .optimize = optimize});
    if (!result.image) return std::nullopt;
    return std::move(result.image->program);
}

struct Count {
    int refused = 0, returned = 0, faulted = 0, waited = 0, starved = 0;
    std::size_t plain = 0, shortened = 0;
};

void compare(std::uint64_t seed, Count& count) {
    const auto source = random_module(seed);
    const auto long_code = compiled(source, false), short_code = compiled(source, true);
    REQUIRE(long_code.has_value() == short_code.has_value());
    count.refused += !long_code;
    if (!long_code) return;
    const auto &plain = *long_code, &shortened = *short_code;
    REQUIRE(plain.functions.size() == shortened.functions.size());
    for (std::uint32_t f = 0; f < plain.functions.size(); ++f) {
        count.plain += plain.functions[f].code.size();
        count.shortened += shortened.functions[f].code.size();
        for (std::uint64_t round = 0; round < 6; ++round) {
            vm::Limits limits;
            limits.fuel = round < 3 ? 3'000 : static_cast<std::int64_t>(vm::mixed(seed + round) % 60);
            if (round == 5) limits.call_depth = 1 + static_cast<std::uint32_t>(seed % 3);
            const Trial first{plain, f, seed * 8 + round, limits},
                second{shortened, f, seed * 8 + round, limits};
            const auto expected = by_reference(first);
            for (const auto& [who, told] : {std::pair{"plain code, machine", by_machine(first)},
                                            std::pair{"short code, reference", by_reference(second)},
                                            std::pair{"short code, machine", by_machine(second)}}) {
                if (told == expected) continue;
                INFO("seed " << seed << ", " << plain.functions[f].name << ", round " << round << "\n"
                             << source << "\n"
                             << vm::disassemble(plain, f) << "\n"
                             << vm::disassemble(shortened, f) << "\nexpected " << shown(expected) << "\n"
                             << who << " " << shown(told));
                FAIL("they differ");
            }
            const bool waits =
                std::ranges::any_of(expected.log, [](const auto& line) { return line.starts_with("wait "); });
            count.waited += waits;
            const bool starved = expected.ending.starts_with("out_of_fuel");
            count.starved += starved;
            const bool faulted = expected.ending.find(" at line ") != std::string::npos;
            count.faulted += faulted && !starved;
            count.returned += !faulted && expected.ending != "waits";
        }
    }
}

}  // namespace

TEST_CASE("machine and reference, long code and short, all do the same") {
    Count count;
    const char* const wish = std::getenv("KILN_DIFFERENTIAL_SEEDS");
    const std::uint64_t seeds = wish != nullptr ? std::strtoull(wish, nullptr, 10) : 400;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) compare(seed, count);
    CHECK(count.refused * 10 < static_cast<int>(seeds));
    CHECK(count.returned > 500);
    CHECK(count.faulted > 200);
    CHECK(count.starved > 100);
    CHECK(count.waited > 100);
    CHECK(count.shortened * 10 < count.plain * 9);
}
