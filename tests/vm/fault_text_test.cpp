// What a fault says about the values that caused it.

#include <catch2/catch.hpp>
#include <limits>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;

namespace {

struct FaultRow {
    const char* code;
    std::vector<Slot> arguments;
    const char* sentence;
};

std::string sentence_of(const std::string& code, std::vector<Slot> arguments) {
    Bench bench(
        assemble("field creature.hp 1 integer writable\nfield creature.name 1 string\n"
                 "function main(integer, integer, entity) integer 5\n" +
                 code + "\nret_int 0"));
    bench.host.make(2, 7, 1);
    bench.host.make(1, 7, 1);
    Limits limits;
    limits.list_length = 3;
    arguments.resize(3);
    const RunResult result = bench.run("main", arguments, limits);
    REQUIRE(result.end == RunResult::End::faulted);
    return fault_sentence(bench.program, result.fault, result.function, result.pc, result.values);
}

}  // namespace

TEST_CASE("faults tell which numbers, which element, which field") {
    constexpr Slot least = std::numeric_limits<Slot>::min(), most = std::numeric_limits<Slot>::max();
    const Slot other = Handle::make(2, 7, 1).to_slot(), stale = Handle::make(1, 7, 9).to_slot();
    const std::string three = "list_new r3 integers\nlist_push r3 r0\nlist_push r3 r0\nlist_push r3 r0\n";
    const std::string out_of_list = three + "list_get r4 r3 r1", too_long = three + "list_push r3 r0";
    const FaultRow rows[] = {
        {"divide r3 r0 r1", {7, 0}, "divided 7 by 0"},
        {"divide r0 r0 r1", {7, 0}, "divided 7 by 0"},
        {"modulo r3 r0 r1", {-7, 0}, "-7 mod 0 has no value"},
        {"add r0 r0 r1", {most, 1}, "9223372036854775807 + 1 is too large for a number"},
        {"add_int r0 r0 1", {most}, "9223372036854775807 + 1 is too large for a number"},
        {"subtract r1 r0 r1", {least, 2}, "-9223372036854775808 - 2 is too large for a number"},
        {"subtract_from r0 r0 3", {least}, "3 - -9223372036854775808 is too large for a number"},
        {"multiply r0 r0 r0", {4'000'000'000}, "4000000000 * 4000000000 is too large for a number"},
        {"divide r0 r0 r1", {least, -1}, "-9223372036854775808 / -1 is too large for a number"},
        {"scale r0 r0 r1", {most, 20'000}, "200% of 9223372036854775807 is too large for a number"},
        {"negate r0 r0", {least}, "-(-9223372036854775808) is too large for a number"},
        {out_of_list.c_str(), {1, 4}, "the list has 3 elements, asked for number 5"},
        {too_long.c_str(), {1}, "the list has 3 elements and may have no more"},
        {"load_field r0 r2 creature.hp", {0, 0, 0}, "`creature.hp` was asked of nobody"},
        {"load_field r0 r2 creature.hp",
         {0, 0, stale},
         "`creature.hp` was asked of something that no longer exists"},
        {"store_field r2 r0 creature.hp",
         {0, 0, other},
         "`creature.hp` was asked of something of another kind"},
        {"load_blob r3 r2 creature.name", {0, 0, 0}, "`creature.name` was asked of nobody"},
        {"raise_fault 5", {}, "division by zero"},
    };
    for (const FaultRow& row : rows) {
        INFO(row.code);
        CHECK(sentence_of(row.code, row.arguments) == row.sentence);
    }
    CHECK(fault_sentence({}, Fault::overflow, 5, 5, {}) == "a number became too large");
}
