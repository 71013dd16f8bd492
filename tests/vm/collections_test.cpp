// Lists, sets, maps and records: what their opcodes do, that they are values, and how they stand in state.

#include <catch2/catch.hpp>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"
#include "vm/bytecode/disassembler.h"
#include "vm/bytecode/verifier.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;
using End = RunResult::End;

namespace {

const std::string types = R"(
    type card record integer string
    type deck list card
    type grid list integers
    type scores map string integer
    type hands map entity deck
    type marks set integer
    type seats gaps entity
    type table record hands entity
)";

// The last instruction is `ret r0`; the program has one function with so many integer parameters.
RunResult run(const std::string& code, std::vector<Slot> arguments = {}) {
    std::string parameters;
    for (std::size_t i = 0; i < arguments.size(); ++i) parameters += (i == 0 ? "integer" : ", integer");
    static std::unique_ptr<Bench> bench;
    bench = std::make_unique<Bench>(
        assemble(types + "function main(" + parameters + ") integer 16\n" + code + "\nret r0"));
    return bench->run("main", std::move(arguments));
}

void gives(const std::string& code, Slot value, std::vector<Slot> arguments = {}) {
    INFO(code);
    const RunResult result = run(code, std::move(arguments));
    CHECK(fault_name(result.fault) == "none");
    CHECK(result.value == value);
}

void faults(const std::string& code, Fault fault, std::vector<Slot> arguments = {}) {
    INFO(code);
    CHECK(fault_name(run(code, std::move(arguments)).fault) == fault_name(fault));
}

// r1 = [10, 20, 30], with r2 and r3 used up.
const std::string three = R"(
    list_new r1 integers
    load_int r2 10
    list_push r1 r2
    load_int r2 20
    list_push r1 r2
    load_int r2 30
    list_push r1 r2
)";

}  // namespace

TEST_CASE("lists are changed, cut, joined, turned and searched") {
    gives(three + "load_int r2 1\nload_int r3 7\nlist_set r1 r2 r3\nlist_get r0 r1 r2", 7);
    gives(three + "load_int r2 0\nload_int r3 7\nlist_insert r1 r2 r3\nlist_get r0 r1 r2", 7);
    gives(three + "load_int r2 3\nload_int r3 7\nlist_insert r1 r2 r3\nlist_length r0 r1", 4);
    gives(three + "load_int r2 0\nlist_remove r1 r2\nlist_get r0 r1 r2", 20);
    gives(three + "list_first r0 r1", 10);
    faults("list_new r1 integers\nlist_first r0 r1", Fault::missing_value);
    gives(three + "load_int r2 1\nload_int r3 3\nlist_slice r4 r1 r2\nload_int r2 1\nlist_get r0 r4 r2", 30);
    gives(three + "list_extend r1 r1\nload_int r2 5\nlist_get r0 r1 r2", 30);
    gives(three + "list_reverse r1\nload_int r2 0\nlist_get r0 r1 r2", 30);
    gives(three + "load_int r2 30\nlist_find r0 r1 r2 integers", 2);
    gives(three + "load_int r2 31\nlist_find r0 r1 r2 integers", -1);
    gives("load_int r2 4\nload_int r3 5\ngather r1 r2 2 integers\nload_int r2 1\nlist_get r0 r1 r2", 5);
}

TEST_CASE("places outside a list are faults") {
    for (const char* place : {"3", "-1", "1000"}) {
        const std::string at = three + "load_int r2 " + place + "\nload_int r3 0\nload_int r0 0\n";
        faults(at + "list_set r1 r2 r3", Fault::index_outside);
        faults(at + "list_remove r1 r2", Fault::index_outside);
        faults(at + "list_get r0 r1 r2", Fault::index_outside);
    }
    faults(three + "load_int r2 4\nload_int r0 0\nlist_insert r1 r2 r0", Fault::index_outside);
    faults(three + "load_int r2 2\nload_int r3 1\nload_int r0 0\nlist_slice r4 r1 r2", Fault::index_outside);
    faults(three + "load_int r2 0\nload_int r3 4\nload_int r0 0\nlist_slice r4 r1 r2", Fault::index_outside);
}

TEST_CASE("a list is sorted by keys, upwards or downwards, and equal ones keep their order") {
    // The keys are 2, 1, 2: 20 comes first upwards, then 10 and 30 as they stood.
    const std::string keyed = three + R"(
        load_int r3 2
        load_int r4 1
        load_int r5 2
        gather r3 r3 3 integers
        list_sort r1 r3 )";
    gives(keyed + "0\nload_int r2 1\nlist_get r0 r1 r2", 10);
    gives(keyed + "1\nload_int r2 0\nlist_get r0 r1 r2", 10);
    gives(keyed + "1\nload_int r2 2\nlist_get r0 r1 r2", 20);
    gives(three + R"(
        load_string r3 "pear"
        load_string r4 "apple"
        load_string r5 "quince"
        gather r3 r3 3 strings
        list_sort r1 r3 2
        load_int r2 0
        list_get r0 r1 r2)", 20);
    faults(three + "list_new r3 integers\nload_int r0 0\nlist_sort r1 r3 0", Fault::index_outside);
}

TEST_CASE("a set holds everything once, a map one value for each key, in the order they came") {
    gives(R"(
        list_new r1 marks
        load_int r2 5
        set_add r1 r2 marks
        set_add r1 r2 marks
        load_int r2 6
        set_add r1 r2 marks
        list_length r0 r1)", 2);
    const std::string map = R"(
        list_new r1 scores
        load_string r2 "anna"
        load_int r3 1
        map_put r1 r2 r3 scores
        load_string r4 "ben"
        load_int r3 2
        map_put r1 r4 r3 scores
        load_int r3 7
        map_put r1 r2 r3 scores
    )";
    gives(map + "map_length r0 r1", 2);
    gives(map + "list_find r5 r1 r2 scores\nmap_get r0 r1 r5", 7);
    gives(map + "load_int r5 1\nmap_get r0 r1 r5", 2);
    gives(map + "load_int r5 0\nmap_key r6 r1 r5\nstring_equal r0 r6 r2", 1);
    gives(map + "load_int r5 0\nmap_remove r1 r5\nlist_find r0 r1 r2 scores", -1);
    gives(map + "map_list r6 r1 1 integers\nload_int r5 1\nlist_get r0 r6 r5", 2);
    gives(map + "map_list r6 r1 0 strings\nload_int r5 0\nlist_get r6 r6 r5\nstring_equal r0 r6 r2", 1);
    faults(map + "load_int r5 2\nload_int r0 0\nmap_get r0 r1 r5", Fault::index_outside);
    faults(map + "load_int r5 2\nload_int r0 0\nmap_remove r1 r5", Fault::index_outside);
}

TEST_CASE("records have fields; one that was never written has the usual ones") {
    gives("load_int r1 3\nload_string r2 \"x\"\ngather r1 r1 2 card\nrecord_get r0 r1 0", 3);
    gives("list_new r1 card\nrecord_get r0 r1 0", 0);
    gives("list_new r1 card\nload_int r3 9\nrecord_set r1 r3 0\nrecord_get r0 r1 0", 9);
    gives("load_int r1 3\nload_string r2 \"x\"\ngather r1 r1 2 card\nload_int r3 9\nrecord_set r1 r3 0\n"
          "record_get r0 r1 0", 9);
    gives("load_int r1 3\nload_string r2 \"x\"\ngather r1 r1 2 card\nload_int r3 3\nload_string r4 \"x\"\n"
          "gather r3 r3 2 card\nvalue_equal r0 r1 r3 card", 1);
    gives("load_int r1 3\nload_string r2 \"x\"\ngather r1 r1 2 card\nload_int r3 3\nload_string r4 \"y\"\n"
          "gather r3 r3 2 card\nvalue_equal r0 r1 r3 card", 0);
}

TEST_CASE("sets and maps are equal in any order, lists only in theirs") {
    const auto two = [](const std::string& to, const std::string& first, const std::string& second,
                        const std::string& type) {
        return "list_new " + to + " " + type + "\nload_int r8 " + first + "\nset_add " + to + " r8 " + type +
               "\nload_int r8 " + second + "\nset_add " + to + " r8 " + type + "\n";
    };
    gives(two("r1", "1", "2", "marks") + two("r2", "2", "1", "marks") + "value_equal r0 r1 r2 marks", 1);
    gives(two("r1", "1", "2", "marks") + two("r2", "2", "3", "marks") + "value_equal r0 r1 r2 marks", 0);
    gives(three + "share r4 r1\nlist_reverse r4\nvalue_equal r0 r1 r4 integers", 0);
    gives(three + "share r4 r1\nlist_reverse r4\nlist_reverse r4\nvalue_equal r0 r1 r4 integers", 1);
}

// Every way to come by a second reference to one value, and then a change through one of them.
TEST_CASE("a value that two hold is changed for one of them only") {
    gives(three + "share r4 r1\nload_int r2 0\nload_int r3 9\nlist_set r1 r2 r3\nlist_get r0 r4 r2", 10);
    gives(three + "share r4 r1\nload_int r2 0\nload_int r3 9\nlist_set r4 r2 r3\nlist_get r0 r1 r2", 10);
    // out of a list
    gives("list_new r4 grid\n" + three + R"(
        list_push r4 r1 1
        load_int r2 0
        load_int r3 9
        list_set r1 r2 r3
        list_get r5 r4 r2 1
        list_get r0 r5 r2)", 10);
    gives("list_new r4 grid\n" + three + R"(
        list_push r4 r1 1
        load_int r2 0
        list_get r5 r4 r2 1
        load_int r3 9
        list_set r5 r2 r3
        list_get r6 r4 r2 1
        list_get r0 r6 r2)", 10);
    // two lists that hold the same list
    gives("list_new r4 grid\n" + three + R"(
        list_push r4 r1 1
        share r7 r4
        load_int r2 0
        list_get r5 r7 r2 1
        load_int r3 9
        list_set r5 r2 r3
        list_set r7 r2 r5 1
        list_get r6 r4 r2 1
        list_get r0 r6 r2)", 10);
    // a callee changes what it was given
    Bench bench(assemble(types + R"(
        function spoil(integers) integer 4
            load_int r1 0
            load_int r2 9
            list_set r0 r1 r2
            list_get r3 r0 r1
            ret r3
        function main() integer 8
    )" + three + R"(
            share r4 r1
            call r4 spoil
            load_int r2 0
            list_get r0 r1 r2
            add r0 r0 r4
            ret r0
    )"));
    CHECK(bench.run("main").value == 19);
}

TEST_CASE("what has parts cannot be moved, and what is gathered is given away") {
    const auto message = [](const std::string& code) {
        const auto error = verify(assemble(types + "function main() integer 8\n" + code + "\nret r0"));
        return error ? error->message : std::string("sound");
    };
    CHECK(message(three + "move r4 r1\nload_int r0 0") == "what has parts is shared, not moved");
    CHECK(message("list_new r1 integers\ngather r2 r1 1 grid\nlist_length r0 r1") ==
          "register 1 is read but not assigned on every path");
    CHECK(message("load_int r1 1\ngather r2 r1 1 card\nload_int r0 0") == "the record has 2 fields");
    CHECK(message("list_new r1 grid\nlist_new r2 integers\nlist_push r1 r2\nload_int r0 0") ==
          "the flag does not say whether integers has parts");
    CHECK(message(three + "list_find r0 r1 r2 marks") ==
          "register 1 holds integers where set(integer) is needed");
    CHECK(message(three + "map_length r0 r1") == "only a map has keys and values");
    CHECK(message("load_int r1 3\nload_string r2 \"x\"\ngather r1 r1 2 card\nrecord_get r0 r1 2") ==
          "there is no such field");
    CHECK(message("list_new r1 scores\nload_int r0 0\nlist_push r1 r0") == "map(string, integer) is no list");
}

TEST_CASE("types that are none are refused") {
    const auto message = [](auto change) {
        Program program = assemble(types + "function main() integer 1\nload_int r0 0\nret r0");
        change(program.types);
        const auto error = verify(program);
        return error ? error->message : std::string("sound");
    };
    using Types = std::vector<CompositeType>;
    CHECK(message([](Types&) {}) == "sound");
    CHECK(message([](Types& t) { t[1].parts[0] = static_cast<SlotType>(9); }) == "type 1 has an impossible part");
    CHECK(message([](Types& t) { t[0].parts.clear(); }) == "type 0 is none");
    CHECK(message([](Types& t) { t[3].parts.pop_back(); }) == "type 3 is none");
    CHECK(message([](Types& t) { t[5].parts[0] = SlotType::text; }) == "texts cannot be looked for");
    CHECK(message([](Types& t) { t[6].parts[0] = SlotType::integer; }) == "only lists of entities have gaps");
    CHECK(message([](Types& t) {
              for (int i = 0; i < 8; ++i)
                  t.push_back({CompositeType::Kind::list, false,
                               {static_cast<SlotType>(slot_type_count + t.size() - 1)}});
          }) == "type 11 is nested too deeply");
    CHECK(message([](Types& t) {
              t.push_back({CompositeType::Kind::record, false, std::vector<SlotType>(40, SlotType::integer)});
              const auto wide = static_cast<SlotType>(slot_type_count + t.size() - 1);
              t.push_back({CompositeType::Kind::record, false, std::vector<SlotType>(40, wide)});
          }) == "type 9 is nested too deeply");
}

namespace {

const std::string storing = types + R"(
    field table 1 table writable
    field scores 1 scores writable
    field friends 1 entities writable
    field seats 1 seats writable
    field grid 1 grid writable
    function fill(entity, entity) nothing 12
        load_int r3 4
        load_string r4 "of spades"
        gather r3 r3 2 card
        gather r2 r3 1 deck
        list_new r5 hands
        map_put r5 r1 r2 hands
        share r6 r5
        move r7 r1
        gather r6 r6 2 table
        store_blob r0 r6 table
        load_string r3 "anna"
        load_int r4 -12
        list_new r5 scores
        map_put r5 r3 r4 scores
        store_blob r0 r5 scores
        list_new r5 entities
        list_push r5 r0
        list_push r5 r1
        list_push r5 r0
        store_blob r0 r5 friends
        list_new r5 seats
        list_push r5 r0
        list_push r5 r1
        list_push r5 r0
        store_blob r0 r5 seats
        ret_nothing
    function rank(entity, entity) integer 6
        load_blob r2 r0 table
        record_get r2 r2 0 1
        list_find r3 r2 r1 hands
        map_get r2 r2 r3 1
        load_int r3 0
        list_get r2 r2 r3 1
        record_get r2 r2 0
        ret r2
    function holders(entity) integer 4
        load_blob r1 r0 table
        record_get r1 r1 0 1
        map_length r1 r1
        ret r1
    function score(entity) integer 4
        load_blob r1 r0 scores
        load_string r2 "anna"
        list_find r3 r1 r2 scores
        map_get r1 r1 r3
        ret r1
    function friends(entity) integer 4
        load_blob r1 r0 friends
        list_length r1 r1
        ret r1
    function seats(entity) integer 4
        load_blob r1 r0 seats
        list_length r1 r1
        ret r1
    function second_seat(entity) entity 4
        load_blob r1 r0 seats
        load_int r2 1
        list_get r3 r1 r2
        ret r3
)";

}  // namespace

TEST_CASE("values of every shape come back from state, without those who are gone") {
    Bench bench(assemble(storing));
    const Handle wolf = bench.host.make(1, 3, 1), cub = bench.host.make(1, 4, 1);
    REQUIRE(bench.run("fill", {wolf.to_slot(), cub.to_slot()}).end == End::returned);
    CHECK(bench.run("rank", {wolf.to_slot(), cub.to_slot()}).value == 4);
    CHECK(bench.run("score", {wolf.to_slot()}).value == -12);
    CHECK(bench.run("friends", {wolf.to_slot()}).value == 3);
    bench.host.unmake(cub);
    CHECK(bench.run("holders", {wolf.to_slot()}).value == 0);
    CHECK(bench.run("friends", {wolf.to_slot()}).value == 2);
    CHECK(bench.run("seats", {wolf.to_slot()}).value == 3);
    CHECK(bench.run("second_seat", {wolf.to_slot()}).value == 0);
}

TEST_CASE("a blob that is no blob of its type reads as the empty one") {
    Bench bench(assemble(storing));
    const Handle wolf = bench.host.make(1, 3, 1), cub = bench.host.make(1, 4, 1);
    REQUIRE(bench.run("fill", {wolf.to_slot(), cub.to_slot()}).end == End::returned);
    const std::string good = bench.host.bytes("table", wolf);
    for (std::size_t length = 0; length < good.size(); ++length) {
        bench.host.bytes("table", wolf) = good.substr(0, length);
        CHECK(bench.run("holders", {wolf.to_slot()}).value == 0);
    }
    bench.host.bytes("table", wolf) = good + "x";
    CHECK(bench.run("holders", {wolf.to_slot()}).value == 0);
    bench.host.bytes("friends", wolf) = "\xff\xff\x03";
    CHECK(bench.run("friends", {wolf.to_slot()}).value == 0);
    bench.host.bytes("friends", wolf) = std::string(100'000, '\1');
    CHECK(bench.run("friends", {wolf.to_slot()}).value == 0);
}

TEST_CASE("fibers carry maps, records and lists of lists, each reference once") {
    Bench bench(assemble(types + R"(
        native wait() nothing suspend
        function main(entity) integer 12 suspend
            load_int r1 4
            load_string r2 "of spades"
            gather r1 r1 2 card
            gather r1 r1 1 deck
            share r2 r1
            list_new r3 hands
            map_put r3 r0 r1 hands
            share r4 r3
            list_new r5 marks
            load_int r6 8
            set_add r5 r6 marks
            native r6 wait
            load_int r6 0
            list_remove r2 r6
            list_length r7 r1           # 1: not the same list any more
            list_length r8 r2           # 0
            list_find r9 r3 r0 hands
            map_get r9 r3 r9 1
            list_get r9 r9 r6 1
            record_get r9 r9 0          # 4
            list_find r10 r5 r9 marks   # -1
            add r9 r9 r7
            add r9 r9 r8
            add r9 r9 r10
            ret r9
    )"));
    bench.host.natives["wait"] = [](NativeCall&) { return NativeResult{Fault::none, true, 0}; };
    const Handle wolf = bench.host.make(1, 3, 1);
    const RunResult waiting = bench.run("main", {wolf.to_slot()});
    REQUIRE(waiting.end == End::suspended);
    const Fiber fiber = bench.machine.fiber();
    CHECK(bench.resume(fiber).value == 4);
    for (std::size_t i = 0; i < fiber.size() * sizeof(Slot); ++i) {
        Fiber damaged = fiber;
        damaged[i / sizeof(Slot)] ^= Slot{0x41} << (i % sizeof(Slot) * 8);
        const RunResult result = bench.resume(damaged);
        CHECK(result.end != End::suspended);
    }
}

TEST_CASE("changing one element of a stored list again and again needs no more memory") {
    struct Stamped : StubHost {
        std::uint64_t writes = 1;
        Fault store_bytes(const Program& program, std::uint32_t field, Handle entity,
                          std::string_view blob) override {
            ++writes;
            return StubHost::store_bytes(program, field, entity, blob);
        }
        std::uint64_t stamp_of(const Program&, std::uint32_t, Handle) override { return writes; }
    };
    const Program program = assemble(R"(
        field marks 1 integers writable
        function main(entity, integer) integer 8
            list_new r2 integers
            load_int r3 0
            load_int r4 500
          fill:
            list_push r2 r3
            loop_range r3 r4 fill
            store_blob r0 r2 marks
            load_int r3 0
          again:
            take_blob r5 r0 marks
            load_int r6 7
            list_set r5 r6 r3
            put_blob r0 r5 marks
            take_blob r5 r0 marks
            list_get r7 r5 r6
            return_blob r0 r5 marks
            loop_range r3 r1 again
            ret r7
    )");
    LoadProblem problem;
    const auto loaded = load_program(program, problem);
    INFO(problem.message);
    REQUIRE(loaded != nullptr);
    Stamped host;
    Machine machine;
    const Slot arguments[] = {host.make(1, 3, 1).to_slot(), 400};
    Limits limits;
    limits.arena_bytes = 32 * 1024;
    limits.fuel = 100'000;
    const RunResult few = machine.run(*loaded, host, 0, arguments, limits);
    INFO(fault_name(few.fault));
    CHECK(few.value == 399);
}

TEST_CASE("comparing and copying cost fuel by their length") {
    const std::string build = R"(
        list_new r1 integers
        load_int r2 0
        load_int r3 1000
      again:
        list_push r1 r2
        loop_range r2 r3 again
    )";
    const auto used = [&](const std::string& code) { return run(build + code).fuel_used; };
    const auto nothing = used("load_int r0 0");
    CHECK(used("load_int r0 -1\nlist_find r0 r1 r0 integers") - nothing == 1 + 1000 / 16);
    CHECK(used("share r4 r1\nload_int r0 0\nlist_set r4 r0 r0") - nothing == 1 + 1000 / 16);
    CHECK(used("load_int r0 0\nlist_set r1 r0 r0") - nothing == 1);
    CHECK(used("share r4 r1\nvalue_equal r0 r1 r4 integers") - nothing == 1);
    faults(build + "load_int r0 0\nlist_push r1 r0", Fault::list_too_long);
    faults(build + "load_int r0 0\nlist_insert r1 r0 r0", Fault::list_too_long);
    faults(build + "load_int r0 0\nlist_extend r1 r1", Fault::list_too_long);
}
