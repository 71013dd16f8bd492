// What every opcode does, and every fault it can end with.

#include <catch2/catch.hpp>
#include <limits>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"
#include "vm/bytecode/opcode_table.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;
using End = RunResult::End;

namespace {

constexpr Slot least = std::numeric_limits<Slot>::min();
constexpr Slot most = std::numeric_limits<Slot>::max();

struct Row {
    const char* op;
    Slot left, right, result;
    Fault fault = Fault::none;
};

void check(const RunResult& result, Slot value, Fault fault) {
    if (fault == Fault::none) {
        CHECK(result.end == End::returned);
        CHECK(result.value == value);
    } else {
        CHECK(result.end == End::faulted);
        CHECK(fault_name(result.fault) == fault_name(fault));
    }
}

// All of Program but the code, for instructions that need something around them.
const std::string imports = R"(
    field hp 1 integer writable
    field owner 1 entity writable
    field name 1 string writable
    field scores 1 integers writable
    field friends 1 entities writable
    field words 1 strings writable
    text
    text (integer, string)
    text (text, text)
)";

}  // namespace

TEST_CASE("arithmetic opcodes give the stated results and faults") {
    const Row rows[] = {
        {"add", 2, 3, 5},
        {"add", most, 1, 0, Fault::overflow},
        {"subtract", 2, 3, -1},
        {"subtract", least, 1, 0, Fault::overflow},
        {"multiply", -4, 3, -12},
        {"multiply", most, 2, 0, Fault::overflow},
        {"divide", 7, 2, 3},
        {"divide", -7, 2, -3},
        {"divide", 7, 0, 0, Fault::division_by_zero},
        {"divide", least, -1, 0, Fault::overflow},
        {"divide", 5, -1, -5},
        {"modulo", 7, 3, 1},
        {"modulo", -7, 3, -1},
        {"modulo", least, -1, 0},
        {"modulo", 7, 0, 0, Fault::division_by_zero},
        {"scale", 200, 5000, 100},
        {"scale", 1, 5000, 1},
        {"scale", -1, 5000, -1},
        {"scale", 1, 4999, 0},
        {"scale", -1, 4999, 0},
        {"scale", most, 10000, most},
        {"scale", most, 20000, 0, Fault::overflow},
        {"minimum", 3, -3, -3},
        {"maximum", 3, -3, 3},
        {"equal", 4, 4, 1},
        {"equal", 4, 5, 0},
        {"not_equal", 4, 4, 0},
        {"not_equal", 4, 5, 1},
        {"less", -1, 0, 1},
        {"less", 0, 0, 0},
        {"less_equal", 0, 0, 1},
        {"less_equal", 1, 0, 0},
    };
    for (const Row& row : rows) {
        Bench bench(assemble("function main(integer, integer) integer 3\n" + std::string(row.op) +
                             " r2 r0 r1\nret r2"));
        INFO(row.op << " " << row.left << " " << row.right);
        check(bench.run("main", {row.left, row.right}), row.result, row.fault);
    }
}

TEST_CASE("opcodes of one integer give the stated results and faults") {
    const Row rows[] = {
        {"negate r1 r0", 5, 0, -5},
        {"negate r1 r0", least, 0, 0, Fault::overflow},
        {"logical_not r1 r0", 0, 0, 1},
        {"logical_not r1 r0", 7, 0, 0},
        {"add_int r1 r0 -3", 1, 0, -2},
        {"add_int r1 r0 1", most, 0, 0, Fault::overflow},
        {"subtract_from r1 r0 7", 10, 0, -3},
        {"subtract_from r1 r0 1", least, 0, 0, Fault::overflow},
        {"multiply_int r1 r0 -7", 6, 0, -42},
        {"multiply_int r1 r0 2", most, 0, 0, Fault::overflow},
        {"divide_int r1 r0 3", -7, 0, -2},
        {"divide_int r1 r0 -2", least, 0, -(least / 2)},
        {"modulo_int r1 r0 3", -7, 0, -1},
        {"modulo_int r1 r0 -5", 7, 0, 2},
        {"scale_int r1 r0 2500", 10, 0, 3},
        {"scale_int r1 r0 20000", most, 0, 0, Fault::overflow},
        {"minimum_int r1 r0 5", 9, 0, 5},
        {"minimum_int r1 r0 5", -9, 0, -9},
        {"maximum_int r1 r0 5", 9, 0, 9},
        {"maximum_int r1 r0 5", -9, 0, 5},
        {"inlined 1 3\nmove r1 r0", 9, 0, 9},
        {"move r1 r0", 9, 0, 9},
        {"load_int r1 -2000000000", 0, 0, -2000000000},
        {"load_const r1 9000000000000000000", 0, 0, 9000000000000000000},
    };
    for (const Row& row : rows) {
        Bench bench(assemble("function main(integer) integer 2\n" + std::string(row.op) + "\nret r1"));
        INFO(row.op << " of " << row.left);
        check(bench.run("main", {row.left}), row.result, row.fault);
    }
}

TEST_CASE("jumps are taken exactly when their condition holds") {
    const Row rows[] = {
        {"jump_if r0", 1, 0, 1},
        {"jump_if r0", 0, 0, 0},
        {"jump_unless r0", 0, 0, 1},
        {"jump_unless r0", -1, 0, 0},
        {"jump_equal r0 r1", 2, 2, 1},
        {"jump_equal r0 r1", 2, 3, 0},
        {"jump_not_equal r0 r1", 2, 2, 0},
        {"jump_not_equal r0 r1", 2, 3, 1},
        {"jump_less r0 r1", 2, 3, 1},
        {"jump_less r0 r1", 3, 3, 0},
        {"jump_less_equal r0 r1", 3, 3, 1},
        {"jump_less_equal r0 r1", 4, 3, 0},
        {"jump_less_int r0 -5", -6, 0, 1},
        {"jump_less_int r0 -5", -5, 0, 0},
        {"jump_less_equal_int r0 -5", -5, 0, 1},
        {"jump_less_equal_int r0 -5", -4, 0, 0},
        {"jump_greater_int r0 300", 301, 0, 1},
        {"jump_greater_int r0 300", 300, 0, 0},
        {"jump_greater_equal_int r0 300", 300, 0, 1},
        {"jump_greater_equal_int r0 300", 299, 0, 0},
        {"jump_equal_int r0 -1", -1, 0, 1},
        {"jump_equal_int r0 -1", 65535, 0, 0},
        {"jump_not_equal_int r0 -1", -1, 0, 0},
        {"jump_not_equal_int r0 -1", 65535, 0, 1},
        {"jump_less_int r0 2000000000", 2000000000, 0, 0},
        {"jump_greater_int r0 -2000000000", -1999999999, 0, 1},
        {"jump", 0, 0, 1},
    };
    for (const Row& row : rows) {
        Bench bench(assemble("function main(integer, integer) integer 3\n" + std::string(row.op) +
                             " far\nload_int r2 0\nret r2\nfar:\nload_int r2 1\nret r2"));
        INFO(row.op << " with " << row.left << " and " << row.right);
        check(bench.run("main", {row.left, row.right}), row.result, Fault::none);
    }
}

TEST_CASE("entities are compared and looked for in one step") {
    const char* const program = R"(
        function main(entity, entity) integer 3
            jump_same r0 r1 same
            jump_not_same r0 r1 other
            ret_int 1
          same:
            jump_not_same r0 r1 wrong
            jump_alive r0 alive
            ret_int 2
          alive:
            jump_gone r0 wrong
            ret_int 3
          other:
            jump_gone r1 gone
            ret_int 4
          gone:
            jump_alive r1 wrong
            ret_int 5
          wrong:
            ret_int 6
    )";
    Bench bench(assemble(program));
    const Slot wolf = bench.host.make(1, 3, 2).to_slot(), stale = Handle::make(1, 3, 1).to_slot();
    check(bench.run("main", {wolf, wolf}), 3, Fault::none);
    check(bench.run("main", {stale, stale}), 2, Fault::none);
    check(bench.run("main", {0, 0}), 2, Fault::none);
    check(bench.run("main", {stale, wolf}), 4, Fault::none);
    check(bench.run("main", {wolf, stale}), 5, Fault::none);
    check(bench.run("main", {wolf, 0}), 5, Fault::none);
}

TEST_CASE("a list is walked element by element") {
    Bench bench(assemble(R"(
        function sum(integer) integer 6
            list_new r1 integers
            load_int r2 0
          fill:
            list_push r1 r2
            loop_range r2 r0 fill
            load_int r5 0
            list_begin r2 r1 r3 end
          next:
            add r5 r5 r3
            loop_list r2 r1 r3 next
          end:
            ret r5
        function empty() integer 4
            list_new r0 integers
            load_int r2 7
            list_begin r1 r0 r2 end
            raise_fault 1
          end:
            add r2 r2 r1
            ret r2
    )"));
    const RunResult result = bench.run("sum", {100});
    check(result, 4950, Fault::none);
    CHECK(result.fuel_used == 301);
    check(bench.run("sum", {1}), 0, Fault::none);
    check(bench.run("empty"), 0, Fault::none);
}

TEST_CASE("a call that was written out costs and nests like a call") {
    Bench bench(assemble(R"(
        function main() integer 1
            inlined 2 30
            ret_int 5
        function outer() integer 1
            call r0 main
            ret r0
    )"));
    Limits limits;
    limits.fuel = 30;
    check(bench.run("main", {}, limits), 5, Fault::none);
    limits.fuel = 29;
    check(bench.run("main", {}, limits), 0, Fault::out_of_fuel);
    limits.fuel = 100;
    limits.call_depth = 3;
    check(bench.run("main", {}, limits), 5, Fault::none);
    check(bench.run("outer", {}, limits), 0, Fault::call_too_deep);
    limits.call_depth = 4;
    check(bench.run("outer", {}, limits), 5, Fault::none);
}

TEST_CASE("known entities are read, written and counted up and down") {
    Bench bench(assemble(imports + R"(
        function main(entity, integer) integer 5
            check_entity r0 hp
            load_known r2 r0 hp
            add_known r0 r1 r3 hp
            subtract_known r0 r2 r4 hp
            add r2 r2 r3
            add r2 r2 r4
            store_known r0 r2 hp
            ret r4
        function check(entity) integer 1
            check_entity r0 hp
            ret_int 1
    )"));
    const Handle wolf = bench.host.make(1, 3, 2);
    bench.host.value("hp", wolf) = 10;
    const RunResult result = bench.run("main", {wolf.to_slot(), 5});
    check(result, 5, Fault::none);
    CHECK(result.fuel_used == 3);
    CHECK(bench.host.value("hp", wolf) == 10 + 15 + 5);
    bench.host.value("hp", wolf) = most;
    const RunResult over = bench.run("main", {wolf.to_slot(), 1});
    check(over, 0, Fault::overflow);
    CHECK(over.values == FaultValues{most, 1});
    CHECK(bench.host.value("hp", wolf) == most);
    check(bench.run("check", {wolf.to_slot()}), 1, Fault::none);
    check(bench.run("check", {0}), 0, Fault::entity_gone);
    check(bench.run("check", {bench.host.make(2, 3, 2).to_slot()}), 0, Fault::wrong_kind);
}

TEST_CASE("loops repeat their body and charge for every round") {
    Bench bench(assemble(R"(
        function sum(integer) integer 3
            load_int r1 0
            load_int r2 0
          again:
            add r2 r2 r1
            loop_range r1 r0 again
            ret r2
        function count_down(integer) integer 1
          again:
            jump_less_equal_int r0 0 done
            add_int r0 r0 -1
            loop again
          done:
            ret r0
    )"));
    RunResult result = bench.run("sum", {10});
    CHECK(result.value == 45);
    CHECK(result.fuel_used == 10);
    result = bench.run("count_down", {7});
    CHECK(result.value == 0);
    CHECK(result.fuel_used == 7);
}

TEST_CASE("calls pass arguments in place and return to their caller") {
    Bench bench(assemble(R"(
        function fib(integer) integer 4
            jump_greater_int r0 1 deep
            ret r0
          deep:
            add_int r1 r0 -1
            call r1 fib
            add_int r2 r0 -2
            call r2 fib
            add r1 r1 r2
            ret r1
        function quiet(integer) nothing 1
            ret_nothing
        function main(integer) integer 3
            move r1 r0
            call r1 quiet
            call r0 fib
            ret r0
    )"));
    const RunResult result = bench.run("main", {15});
    CHECK(result.value == 610);
    CHECK(bench.run("quiet", {4}).value == 0);
}

TEST_CASE("fields are read and written through live handles only") {
    Bench bench(assemble(imports + R"(
        function get(entity) integer 2
            load_field r1 r0 hp
            ret r1
        function set(entity, integer) nothing 2
            store_field r0 r1 hp
            ret_nothing
        function give(entity, entity) entity 3
            store_field r0 r1 owner
            load_field r2 r0 owner
            ret r2
        function alive(entity) integer 2
            is_alive r1 r0
            ret r1
        function is(entity, entity) integer 3
            same r2 r0 r1
            ret r2
        function none(entity) integer 3
            load_nobody r1
            same r2 r0 r1
            ret r2
    )"));
    const Handle wolf = bench.host.make(1, 270, 7);
    const Handle stale = Handle::make(1, 270, 6), outside = Handle::make(1, 70000, 1);
    const Handle other = bench.host.make(2, 3, 1);
    bench.host.value("hp", wolf) = 31;
    check(bench.run("get", {wolf.to_slot()}), 31, Fault::none);
    CHECK(bench.run("set", {wolf.to_slot(), -5}).end == End::returned);
    CHECK(bench.host.value("hp", wolf) == -5);
    check(bench.run("give", {wolf.to_slot(), other.to_slot()}), other.to_slot(), Fault::none);
    for (const char* name : {"get", "set"}) {
        const bool set = std::string_view(name) == "set";
        const auto with = [&](Handle handle) {
            return bench.run(
                name, set ? std::vector<Slot>{handle.to_slot(), 1} : std::vector<Slot>{handle.to_slot()});
        };
        check(with(stale), 0, Fault::entity_gone);
        check(with(outside), 0, Fault::entity_gone);
        check(with(Handle{}), 0, Fault::entity_gone);
        check(with(other), 0, Fault::wrong_kind);
    }
    check(bench.run("alive", {wolf.to_slot()}), 1, Fault::none);
    check(bench.run("alive", {other.to_slot()}), 1, Fault::none);
    for (const Handle handle : {stale, outside, Handle{}, Handle::make(31, 0, 1), Handle::make(0, 5, 0)}) {
        check(bench.run("alive", {handle.to_slot()}), 0, Fault::none);
    }
    check(bench.run("is", {wolf.to_slot(), wolf.to_slot()}), 1, Fault::none);
    check(bench.run("is", {wolf.to_slot(), stale.to_slot()}), 0, Fault::none);
    check(bench.run("none", {0}), 1, Fault::none);
    const Handle late = Handle::make(1, 900, 1);
    check(bench.run("get", {late.to_slot()}), 0, Fault::entity_gone);
    bench.host.grow(1, 1000);
    bench.host.make(1, 900, 1);
    bench.host.value("hp", late) = 4;
    check(bench.run("get", {late.to_slot()}), 4, Fault::none);
}

TEST_CASE("stored strings and lists come back as they were") {
    Bench bench(assemble(imports + R"(
        function rename(entity) string 2
            load_string r1 "Grey Wolf"
            store_blob r0 r1 name
            load_blob r1 r0 name
            ret r1
        function scores(entity) integer 4
            list_new r1 integers
            load_const r2 -9000000000000000000
            list_push r1 r2
            load_int r2 300
            list_push r1 r2
            store_blob r0 r1 scores
            load_blob r1 r0 scores
            load_int r2 0
            list_get r2 r1 r2
            load_int r3 1
            list_get r3 r1 r3
            add r2 r2 r3
            ret r2
        function friends(entity) integer 4
            list_new r1 entities
            list_push r1 r0
            store_blob r0 r1 friends
            load_blob r1 r0 friends
            load_int r2 0
            list_get r2 r1 r2
            same r2 r2 r0
            ret r2
        function words(entity) integer 5
            list_new r1 strings
            load_string r2 "one"
            list_push r1 r2
            load_string r2 ""
            list_push r1 r2
            load_string r2 "three"
            list_push r1 r2
            store_blob r0 r1 words
            load_blob r1 r0 words
            load_int r3 2
            list_get r3 r1 r3
            string_equal r3 r3 r2
            list_length r4 r1
            add r3 r3 r4
            ret r3
    )"));
    const Slot wolf = bench.host.make(1, 3, 1).to_slot();
    const RunResult named = bench.run("rename", {wolf});
    REQUIRE(named.end == End::returned);
    CHECK(bench.machine.arena().string(bench.program, named.value) == "Grey Wolf");
    check(bench.run("scores", {wolf}), -9000000000000000000 + 300, Fault::none);
    check(bench.run("friends", {wolf}), 1, Fault::none);
    check(bench.run("words", {wolf}), 4, Fault::none);
    for (const char* name : {"rename", "scores", "friends", "words"}) {
        check(bench.run(name, {0}), 0, Fault::entity_gone);
    }
    bench.host.bytes("scores", Handle::from_slot(wolf)) = "\xff\xff\xff";
    Bench reader(assemble(imports + R"(
        function length(entity) integer 2
            load_blob r1 r0 scores
            list_length r1 r1
            ret r1
    )"));
    const Handle damaged = reader.host.make(1, 3, 1);
    reader.host.bytes("scores", damaged) = "\xff\xff\xff";
    check(reader.run("length", {damaged.to_slot()}), 0, Fault::none);
    check(reader.run("length", {Handle::make(2, 3, 1).to_slot()}), 0, Fault::wrong_kind);
}

TEST_CASE("lists are values: a push changes nobody else's list") {
    Bench bench(assemble(R"(
        function main() integer 6
            list_new r0 integers
            load_int r1 1
            list_push r0 r1
            share r2 r0
            load_int r1 2
            list_push r0 r1
            load_int r1 30
            list_push r2 r1
            load_int r3 1
            list_get r4 r0 r3       # 2
            list_get r5 r2 r3       # 30
            add r4 r4 r5
            list_length r5 r2       # 2
            add r4 r4 r5
            ret r4
        function outside(integer) integer 3
            list_new r1 integers
            list_push r1 r0
            list_get r2 r1 r0
            ret r2
    )"));
    check(bench.run("main"), 34, Fault::none);
    check(bench.run("outside", {0}), 0, Fault::none);
    check(bench.run("outside", {1}), 0, Fault::index_outside);
    check(bench.run("outside", {-1}), 0, Fault::index_outside);
}

TEST_CASE("strings are equal when their bytes are") {
    Bench bench(assemble(R"(
        native join(string, string) string
        function main() integer 6
            load_string r0 "ab"
            load_string r1 "c"
            move r2 r0
            move r3 r1
            native r2 join
            load_string r3 "abc"
            string_equal r4 r2 r3       # 1
            string_equal r5 r2 r0       # 0
            add r4 r4 r5
            string_equal r5 r0 r0       # 1
            add r4 r4 r5
            ret r4
    )"));
    bench.host.natives["join"] = [](NativeCall& call) {
        std::string joined(call.arena.string(call.program, call.arguments[0]));
        joined += call.arena.string(call.program, call.arguments[1]);
        return NativeResult{Fault::none, false, *call.arena.add_string(joined)};
    };
    check(bench.run("main"), 2, Fault::none);
}

TEST_CASE("texts keep their number and arguments") {
    Bench bench(assemble(imports + R"(
        function plain() text 1
            make_text r0 r0 0 0
            ret r0
        function full(integer) text 3
            load_string r1 "gold"
            make_text r2 r0 2 1
            ret r2
    )"));
    const RunResult plain = bench.run("plain");
    CHECK(bench.machine.arena().text(plain.value).text == 0);
    CHECK(bench.machine.arena().text(plain.value).arguments.empty());
    const RunResult full = bench.run("full", {12});
    const TextValue text = bench.machine.arena().text(full.value);
    CHECK(text.text == 1);
    REQUIRE(text.arguments.size() == 2);
    CHECK(text.arguments[0] == 12);
    CHECK(bench.machine.arena().string(bench.program, text.arguments[1]) == "gold");
    CHECK(bench.machine.arena().text(0).text == TextValue::none);
}

TEST_CASE("natives take their window, answer in place and may fault") {
    Bench bench(assemble(R"(
        native weigh(integer, integer) integer
        function main(integer, integer) integer 5
            load_int r2 100
            move r3 r0
            move r4 r1
            native r3 weigh
            add r2 r2 r3
            ret r2
    )"));
    bench.host.natives["weigh"] = [](NativeCall& call) {
        call.fuel -= 40;
        if (call.arguments[0] == 0) return NativeResult{Fault::bad_argument};
        return NativeResult{Fault::none, false, call.arguments[0] * 10 + call.arguments[1]};
    };
    const RunResult result = bench.run("main", {4, 2});
    check(result, 142, Fault::none);
    CHECK(result.fuel_used == 41);
    const RunResult bad = bench.run("main", {0, 2});
    check(bad, 0, Fault::bad_argument);
    CHECK(bad.pc == 3);
    Limits small;
    small.fuel = 40;
    check(bench.run("main", {4, 2}, small), 0, Fault::out_of_fuel);
    small.fuel = 41;
    check(bench.run("main", {4, 2}, small), 142, Fault::none);
}

TEST_CASE("raise_fault raises every fault there is, and faults say where they happened") {
    for (int number = 1; number < fault_count; ++number) {
        Bench bench(assemble("function inner() nothing 1\nraise_fault " + std::to_string(number) +
                             "\nfunction outer() nothing 2\ncall r1 inner\nret_nothing"));
        const RunResult result = bench.run("outer");
        check(result, 0, static_cast<Fault>(number));
        CHECK(result.function == 0);
        CHECK(result.pc == 0);
        const auto trace = bench.machine.trace();
        CHECK(std::vector<std::uint32_t>(trace.begin(), trace.end()) == std::vector<std::uint32_t>{0, 1});
        CHECK_FALSE(fault_text(result.fault).empty());
    }
    CHECK(fault_name(static_cast<Fault>(200)) == "unknown");
}
