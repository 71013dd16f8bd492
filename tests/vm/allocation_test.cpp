// A slice that needs no more memory than earlier ones allocates none. Sanitizers bring their own operator
// new.
#ifndef __SANITIZE_ADDRESS__

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "tests/vm/assembler.h"
#include "tests/vm/stub_host.h"

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace kiln::vm;
using namespace kiln::vm::testing;

TEST_CASE("a slice like an earlier one allocates nothing") {
    Bench bench(assemble(R"(
        native make() string
        field hp 1 integer writable
        field scores 1 integers writable
        text (string, integer)
        function helper(integer) integer 2
            add_int r1 r0 1
            ret r1
        function main(entity, integer) integer 8
            load_int r2 0
            list_new r3 integers
          again:
            list_push r3 r2
            move r4 r2
            call r4 helper
            loop_range r2 r1 again
            store_blob r0 r3 scores
            load_blob r3 r0 scores
            native r4 make
            move r5 r1
            make_text r6 r4 2 0
            load_field r4 r0 hp
            list_length r5 r3
            add r4 r4 r5
            ret r4
    )"));
    bench.host.natives["make"] = [](NativeCall& call) {
        return NativeResult{Fault::none, false, *call.arena.add_string("made in here")};
    };
    const Slot wolf = bench.host.make(1, 0, 1).to_slot();
    const std::uint32_t main = function_named(bench.program, "main");
    const std::vector<Slot> arguments{wolf, 50};
    const Limits limits;
    const auto run = [&] {
        bench.machine.reset_arena();
        return bench.machine.run(*bench.loaded, bench.host, main, arguments, limits).value;
    };
    CHECK(run() == 50);
    const std::size_t before = allocations;
    Slot sum = 0;
    for (int i = 0; i < 100; ++i) sum += run();
    // What the stub host allocates by itself: nothing for these names and sizes after the first run.
    const std::size_t after = allocations;
    CHECK(sum == 5000);
    CHECK(after - before == 0);
}
#endif
