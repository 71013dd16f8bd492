// Every limit of one slice is reached here, and what the machine promises about runs as a whole.

#include <catch2/catch.hpp>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;
using End = RunResult::End;

namespace {

const char* const spin = R"(
    function main() nothing 1
      again:
        loop again
    function range(integer) integer 3
        load_int r1 0
      again:
        loop_range r1 r0 again
        ret r1
    function deeper(integer) integer 2
        jump_less_equal_int r0 1 done
        add_int r1 r0 -1
        call r1 deeper
        ret r1
      done:
        ret r0
)";

Limits with_fuel(std::int64_t fuel) {
    Limits limits;
    limits.fuel = fuel;
    return limits;
}

}  // namespace

TEST_CASE("a loop without end runs out of fuel") {
    Bench bench(assemble(spin));
    const RunResult result = bench.run("main");
    CHECK(result.fault == Fault::out_of_fuel);
    CHECK(result.fuel_used == Limits{}.fuel);
}

TEST_CASE("fuel is tested before a back-edge has an effect") {
    Bench bench(assemble(spin));
    CHECK(bench.run("range", {5}, with_fuel(5)).value == 5);
    const RunResult result = bench.run("range", {5}, with_fuel(4));
    CHECK(result.fault == Fault::out_of_fuel);
    CHECK(result.pc == 1);
}

TEST_CASE("long callees and long loops cost more, so that fuel bounds the instructions") {
    std::string source = "function long(integer) integer 2\n";
    for (int i = 0; i < 2560; ++i) source += "move r1 r0\n";
    source += "ret r1\nfunction main(integer) integer 3\nagain:\nmove r1 r0\ncall r1 long\nloop again\n";
    Bench bench(assemble(source));
    bench.machine.abort_after(1'000'000'000);
    CHECK(bench.run("main", {1}, with_fuel(1000)).fault == Fault::out_of_fuel);
    CHECK(bench.machine.instructions_executed() < 256 * 1000);
}

TEST_CASE("calls nest as deeply as the limit says") {
    Bench bench(assemble(spin));
    Limits limits;
    limits.call_depth = 10;
    CHECK(bench.run("deeper", {10}, limits).value == 1);
    const RunResult result = bench.run("deeper", {11}, limits);
    CHECK(result.fault == Fault::call_too_deep);
    CHECK(bench.machine.trace().size() == 10);
}

TEST_CASE("lists end at their limit") {
    Bench bench(assemble(R"(
        function main(integer) integer 4
            load_int r1 0
            list_new r2 integers
          again:
            list_push r2 r1
            loop_range r1 r0 again
            list_length r3 r2
            ret r3
    )"));
    Limits limits;
    limits.list_length = 20;
    CHECK(bench.run("main", {20}, limits).value == 20);
    CHECK(bench.run("main", {21}, limits).fault == Fault::list_too_long);
}

TEST_CASE("the arena ends at its limit") {
    Bench bench(assemble(R"(
        text (integer)
        function main(integer) nothing 3
            load_int r1 0
          again:
            make_text r2 r1 1 0
            loop_range r1 r0 again
            ret_nothing
        function push(integer) nothing 4
            load_int r1 0
            list_new r2 integers
          again:
            list_push r2 r1
            loop_range r1 r0 again
            ret_nothing
    )"));
    Limits limits;
    limits.arena_bytes = 1024;
    CHECK(bench.run("main", {60}, limits).end == End::returned);
    bench.machine.reset_arena();
    CHECK(bench.run("main", {70}, limits).fault == Fault::out_of_memory);
    bench.machine.reset_arena();
    CHECK(bench.run("push", {900}, limits).fault == Fault::out_of_memory);
    bench.machine.reset_arena();
    limits.arena_bytes = 0;
    CHECK(bench.run("main", {1}, limits).fault == Fault::out_of_memory);
}

TEST_CASE("strings end at their limit, wherever they come from") {
    Bench bench(assemble(R"(
        native make() string
        field name 1 string writable
        function natively() nothing 1
            native r0 make
            ret_nothing
        function load(entity) nothing 2
            load_blob r1 r0 name
            ret_nothing
        function store(entity) nothing 2
            load_string r1 "0123456789abcdef"
            store_blob r0 r1 name
            ret_nothing
    )"));
    std::size_t length = 15;
    bench.host.natives["make"] = [&](NativeCall& call) {
        return NativeResult{Fault::none, false, *call.arena.add_string(std::string(length, 'x'))};
    };
    const Handle wolf = bench.host.make(1, 0, 1);
    bench.host.bytes("name", wolf) = std::string(16, 'y');
    Limits limits;
    limits.string_bytes = 15;
    CHECK(bench.run("natively", {}, limits).end == End::returned);
    length = 16;
    CHECK(bench.run("natively", {}, limits).fault == Fault::string_too_long);
    CHECK(bench.run("load", {wolf.to_slot()}, limits).fault == Fault::string_too_long);
    CHECK(bench.run("store", {wolf.to_slot()}, limits).fault == Fault::string_too_long);
}

TEST_CASE("texts within texts end at their limit") {
    Bench bench(assemble(R"(
        text (integer)
        text (text, text)
        function main(integer) nothing 4
            load_int r1 0
            make_text r2 r0 1 0
            move r3 r2
          again:
            make_text r2 r2 2 1
            move r3 r2
            loop_range r1 r0 again
            ret_nothing
    )"));
    CHECK(bench.run("main", {6}).end == End::returned);  // 127 parts
    CHECK(bench.run("main", {7}).end == End::returned);  // 255 parts
    CHECK(bench.run("main", {8}).fault == Fault::string_too_long);
}

TEST_CASE("lists of one long string many times cannot be stored") {
    Bench bench(assemble(R"(
        native long() string
        field words 1 strings writable
        function main(entity, integer) nothing 5
            native r2 long
            load_int r3 0
            list_new r4 strings
          again:
            list_push r4 r2
            loop_range r3 r1 again
            store_blob r0 r4 words
            ret_nothing
    )"));
    bench.host.natives["long"] = [](NativeCall& call) {
        return NativeResult{Fault::none, false, *call.arena.add_string(std::string(10'000, 'x'))};
    };
    const Slot wolf = bench.host.make(1, 0, 1).to_slot();
    const auto fitting = static_cast<Slot>(Limits{}.value_bytes / 10'000);
    CHECK(bench.run("main", {wolf, fitting}).end == End::returned);
    CHECK(bench.run("main", {wolf, fitting + 1}).fault == Fault::value_too_large);
    const RunResult poor = bench.run("main", {wolf, 6}, with_fuel(300));
    CHECK(poor.fault == Fault::out_of_fuel);
}

TEST_CASE("arguments that do not fit the function are refused") {
    Bench bench(assemble(spin));
    CHECK(bench.run("range", {}).fault == Fault::bad_argument);
    CHECK(bench.machine.run(*bench.loaded, bench.host, 77, {}, {}).fault == Fault::bad_argument);
}

TEST_CASE("the same run uses the same fuel, and less fuel stops it at the same place") {
    Bench bench(assemble(spin));
    const RunResult first = bench.run("range", {1000}), second = bench.run("range", {1000});
    CHECK(first.fuel_used == second.fuel_used);
    CHECK(first.fuel_used == 1000);
    Bench other(assemble(spin));
    CHECK(other.run("range", {1000}).fuel_used == first.fuel_used);
}

TEST_CASE("a run can be stopped before any of its instructions") {
    Bench bench(assemble(spin));
    bench.machine.abort_after(1'000'000);
    CHECK(bench.run("range", {5}).end == End::returned);
    const std::uint64_t count = bench.machine.instructions_executed();
    CHECK(count == 7);
    for (std::uint64_t stop = 1; stop <= count; ++stop) {
        bench.machine.abort_after(stop);
        CHECK(bench.run("range", {5}).fault == Fault::out_of_fuel);
        CHECK(bench.run("range", {5}).end == End::returned);
    }
    bench.machine.abort_after(count + 1);
    CHECK(bench.run("range", {5}).end == End::returned);
}

TEST_CASE("a native can run another function on the same stack and fuel") {
    Bench bench(assemble(R"(
        native formula(integer) integer
        native wait() nothing suspend
        function square(integer) integer 2
            multiply r1 r0 r0
            ret r1
        function endless(integer) integer 1
          again:
            loop again
        function inner(integer) integer 2
            native r0 formula
            ret r0
        function waits(integer) integer 2 suspend
            native r1 wait
            ret r0
        function main(integer) integer 4
            load_int r1 1000
            move r2 r0
            native r2 formula
            add r1 r1 r2
            ret r1
    )"));
    std::string which = "square";
    RunResult nested;
    bench.host.natives["formula"] = [&](NativeCall& call) {
        const std::vector<Slot> arguments(call.arguments.begin(), call.arguments.end());
        nested = bench.machine.nested(*bench.loaded, bench.host, function_named(bench.program, which),
                                      arguments, call.fuel);
        if (nested.end == End::faulted) return NativeResult{nested.fault};
        return NativeResult{Fault::none, false, nested.value};
    };
    bench.host.natives["wait"] = [](NativeCall&) { return NativeResult{Fault::none, true, 0}; };
    CHECK(bench.run("main", {12}).value == 1144);
    which = "endless";
    const RunResult starved = bench.run("main", {12});
    CHECK(starved.fault == Fault::out_of_fuel);
    CHECK(starved.fuel_used == Limits{}.fuel);
    CHECK(nested.function == function_named(bench.program, "endless"));
    CHECK(starved.function == function_named(bench.program, "main"));
    CHECK(bench.machine.trace().size() == 1);
    which = "inner";
    CHECK(bench.run("main", {12}).fault == Fault::call_too_deep);
    which = "waits";
    CHECK(bench.run("main", {12}).fault == Fault::cannot_suspend);
    which = "square";
    CHECK(bench.run("main", {3}).value == 1009);
    std::int64_t fuel = 100;
    const std::vector<Slot> nine{9};
    CHECK(bench.machine.nested(*bench.loaded, bench.host, 0, nine, fuel).value == 81);
    CHECK(fuel == 100);
    CHECK(bench.machine.nested(*bench.loaded, bench.host, 99, nine, fuel).fault == Fault::bad_argument);
}

TEST_CASE("imports are asked for once per program and host") {
    Bench bench(assemble("field hp 1 integer\nfunction main(entity) integer 2\nload_field r1 r0 hp\nret r1"));
    const Slot wolf = bench.host.make(1, 0, 1).to_slot();
    bench.run("main", {wolf});
    bench.run("main", {wolf});
    CHECK(bench.host.bindings == 1);
    StubHost other;
    other.make(1, 0, 1);
    other.value("hp", Handle::from_slot(wolf)) = 8;
    const std::vector<Slot> arguments{wolf};
    CHECK(bench.machine.run(*bench.loaded, other, 0, arguments, {}).value == 8);
    CHECK(bench.run("main", {wolf}).value == 0);
    CHECK(bench.host.bindings == 1);
}
