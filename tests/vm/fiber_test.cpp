// Suspension: what a fiber carries across a wait, and that a damaged one is refused.

#include <catch2/catch.hpp>
#include <random>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"

using namespace kiln::vm;
using namespace kiln::vm::testing;
using End = RunResult::End;

namespace {

const char* const waiting = R"(
    native wait(integer) integer suspend
    native check(string, text, strings, integers, entities) integer
    text (integer, string)
    text (text, string)
    text
    function main(integer, entity) integer 16 suspend
        load_string r2 "constant"
        make_text r3 r0 0 2
        list_new r4 strings
        list_push r4 r2
        load_string r5 "second"
        list_push r4 r5
        list_new r6 integers
        list_push r6 r0
        list_push r6 r0
        list_new r7 entities
        list_push r7 r1
        move r8 r0
        load_string r9 "inner"
        make_text r8 r8 2 0
        make_text r8 r8 2 1
        load_string r9 "outer"
        share r10 r4
        move r11 r0
        call r11 nap
        add r0 r0 r11
        move r11 r2
        move r12 r8
        share r13 r4
        share r14 r6
        share r15 r7
        native r11 check
        add r0 r0 r11
        ret r0
    function nap(integer) integer 4 suspend
        load_int r1 1000
        move r2 r0
        native r2 wait
        add r1 r1 r2
        ret r1
)";

struct Waiting : Bench {
    Waiting() : Bench(assemble(waiting)) {
        host.natives["wait"] = [](NativeCall&) { return NativeResult{Fault::none, true, 0}; };
        host.natives["check"] = [this](NativeCall& call) { return check(call); };
    }

    NativeResult check(NativeCall& call) {
        const Arena& arena = call.arena;
        CHECK(arena.string(program, call.arguments[0]) == "constant");
        const TextValue outer = arena.text(call.arguments[1]);
        REQUIRE(outer.text == 1);
        const TextValue inner = arena.text(outer.arguments[0]);
        REQUIRE(inner.text == 0);
        CHECK(inner.arguments[0] == 5);
        CHECK(arena.string(program, inner.arguments[1]) == "inner");
        CHECK(arena.text_parts(call.arguments[1]) == 2);
        const auto strings = arena.list(call.arguments[2]);
        REQUIRE(strings.size() == 2);
        CHECK(arena.string(program, strings[1]) == "second");
        const auto integers = arena.list(call.arguments[3]);
        CHECK(std::vector<Slot>(integers.begin(), integers.end()) == std::vector<Slot>{5, 5});
        const auto entities = arena.list(call.arguments[4]);
        CHECK(std::vector<Slot>(entities.begin(), entities.end()) == std::vector<Slot>{77});
        return {Fault::none, false, 100'000};
    }

    Fiber suspended() {
        machine.reset_arena();
        const RunResult result = run("main", {5, 77});
        REQUIRE(result.end == End::suspended);
        CHECK(result.function == 1);
        CHECK(result.pc == 2);
        return machine.fiber();
    }
};

// Where things stand in the fiber of Waiting: the head; main's frame and r0, r2, r4, r6, r7, r8; nap's frame
// and r1. What is not read again (main's r1 and r3, nap's r0) is not in it.
constexpr std::ptrdiff_t main_frame = 1, held_string = 3, held_list = 4, held_text = 7, nap_frame = 8;
constexpr std::ptrdiff_t arena_begin = 10;

Slot frame_word(std::uint64_t function, std::uint64_t pc) { return static_cast<Slot>((function << 32) | pc); }
std::size_t frames_of(const Fiber& fiber) { return static_cast<std::uint64_t>(fiber[0]) & 0xffff; }

bool refused(const RunResult& result) {
    return result.end == End::faulted && result.fault == Fault::bad_argument;
}

}  // namespace

TEST_CASE("a fiber goes on with its strings, texts and lists") {
    Waiting bench;
    const Fiber fiber = bench.suspended();
    REQUIRE(fiber.size() > arena_begin);
    CHECK(frames_of(fiber) == 2);
    CHECK(fiber[main_frame] == frame_word(0, 19));
    CHECK(fiber[main_frame + 1] == 5);
    CHECK(fiber[nap_frame] == frame_word(1, 3));
    CHECK(fiber[nap_frame + 1] == 1000);
    for (int i = 0; i < 2; ++i) {
        const RunResult result = bench.resume(fiber, 30);
        REQUIRE(result.end == End::returned);
        CHECK(result.value == 5 + 1030 + 100'000);
    }
    CHECK(bench.suspended() == fiber);
    Waiting other;
    CHECK(other.resume(fiber, 1).value == 5 + 1001 + 100'000);
}

TEST_CASE("a fiber that waits again is the same fiber later on") {
    Bench bench(assemble(R"(
        native wait() integer suspend
        function main(integer) integers 4 suspend
            load_int r1 0
            list_new r2 integers
          again:
            native r3 wait
            list_push r2 r3
            loop_range r1 r0 again
            ret r2
    )"));
    bench.host.natives["wait"] = [](NativeCall&) { return NativeResult{Fault::none, true, 0}; };
    RunResult result = bench.run("main", {4});
    for (Slot answer = 1; answer <= 4; ++answer) {
        REQUIRE(result.end == End::suspended);
        const Fiber fiber = bench.machine.fiber();
        result = bench.resume(fiber, answer);
    }
    REQUIRE(result.end == End::returned);
    const auto list = bench.machine.arena().list(result.value);
    CHECK(std::vector<Slot>(list.begin(), list.end()) == std::vector<Slot>{1, 2, 3, 4});
}

TEST_CASE("only what is declared to suspend may suspend") {
    Bench bench(assemble(R"(
        native liar() nothing
        function main() nothing 1
            native r0 liar
            ret_nothing
    )"));
    bench.host.natives["liar"] = [](NativeCall&) { return NativeResult{Fault::none, true, 0}; };
    CHECK(bench.run("main").fault == Fault::cannot_suspend);
}

TEST_CASE("fibers that do not fit the program are refused") {
    Waiting bench;
    const Fiber sound = bench.suspended();
    const auto check = [&](const char* what, auto damage) {
        Fiber fiber = sound;
        damage(fiber);
        INFO(what);
        CHECK(check_fiber(*bench.loaded, fiber, Limits{}));
        CHECK(refused(bench.resume(fiber)));
        CHECK(bench.resume(sound, 0).end == End::returned);
    };
    const auto set_head = [](Fiber& f, std::uint64_t frames, std::uint64_t arena) {
        f[0] = static_cast<Slot>((arena << 32) | (1 << 16) | frames);
    };
    const std::uint64_t arena = sound.size() - arena_begin;
    check("nothing at all", [](Fiber& f) { f.clear(); });
    check("another format", [](Fiber& f) { f[0] ^= 2 << 16; });
    check("no frames", [&](Fiber& f) { set_head(f, 0, arena); });
    check("too many frames", [&](Fiber& f) { set_head(f, 33, arena); });
    check("a frame too many", [&](Fiber& f) { set_head(f, 3, arena); });
    check("more arena than there are words", [&](Fiber& f) { set_head(f, 2, f.size()); });
    check("no such function", [](Fiber& f) { f[main_frame] = frame_word(9, 19); });
    check("another function", [](Fiber& f) { f[nap_frame] = frame_word(0, 19); });
    check("pc 0", [](Fiber& f) { f[nap_frame] = frame_word(1, 0); });
    check("pc after something else", [](Fiber& f) { f[nap_frame] = frame_word(1, 2); });
    check("pc far away", [](Fiber& f) { f[nap_frame] = frame_word(1, 4'000'000'000); });
    check("a slot too few", [](Fiber& f) { f.erase(f.begin() + nap_frame + 1); });
    check("a slot too many", [](Fiber& f) { f.insert(f.begin() + nap_frame, 0); });
    check("only the caller", [&](Fiber& f) {
        f.erase(f.begin() + nap_frame, f.begin() + arena_begin);
        set_head(f, 1, arena);
    });
    check("a list where a string is", [](Fiber& f) { f[held_string] = f[held_list]; });
    check("a string that does not exist", [](Fiber& f) { f[held_string] = Reference::to_constant(50); });
    check("a text that needs arguments", [](Fiber& f) { f[held_text] = Reference::to_constant(0); });
    check("a reference into a block", [](Fiber& f) { f[held_list] += 1; });
    check("a reference outside", [](Fiber& f) { f[held_list] = 5000; });
    check("a reference to nowhere", [](Fiber& f) { f[held_list] = -1; });
    check("a word too many", [](Fiber& f) { f.push_back(0); });
    check("a block cut short", [&](Fiber& f) {
        f.pop_back();
        set_head(f, 2, arena - 1);
    });
    check("an empty block", [&](Fiber& f) {
        f.push_back(0);
        set_head(f, 2, arena + 1);
    });
    check("no arena", [&](Fiber& f) {
        f.resize(arena_begin);
        set_head(f, 2, 0);
    });
}

TEST_CASE("fibers damaged at random are refused or run to an end") {
    Waiting bench;
    bench.host.natives["check"] = [](NativeCall& call) {
        const Arena& arena = call.arena;
        std::size_t bytes = arena.string(call.program, call.arguments[0]).size();
        for (const Slot slot : arena.list(call.arguments[2]))
            bytes += arena.string(call.program, slot).size();
        return NativeResult{Fault::none, false, static_cast<Slot>(bytes)};
    };
    const Fiber sound = bench.suspended();
    std::mt19937_64 random(7);
    int refusals = 0;
    for (int i = 0; i < 5000; ++i) {
        Fiber fiber = sound;
        const auto odd = static_cast<Slot>(random() % 3 == 0 ? random() : random() % 40);
        switch (random() % 4) {
            case 0: fiber[random() % fiber.size()] = odd; break;
            case 1: fiber[random() % fiber.size()] ^= Slot{1} << (random() % 64); break;
            case 2: fiber[random() % arena_begin] += static_cast<Slot>(random() % 5) - 2; break;
            default: fiber.resize(random() % (fiber.size() + 1));
        }
        const bool is_sound = !check_fiber(*bench.loaded, fiber, Limits{});
        const RunResult result = bench.resume(fiber);
        CHECK(is_sound == !refused(result));
        refusals += refused(result) ? 1 : 0;
        CHECK(result.fuel_used <= Limits{}.fuel);
    }
    CHECK(refusals > 2000);
}
