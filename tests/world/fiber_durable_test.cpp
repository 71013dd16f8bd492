#include <catch2/catch.hpp>

#include "tests/world/small_world.h"
#include "world/fibers/fiber_code.h"
#include "world/limits.h"

using namespace kiln::world;
using namespace kiln::world::test;

TEST_CASE("a handler that waits goes on at its tick, once") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto first = tick(*world, {attach_input(1, "Anna")});
    REQUIRE(first.attached.size() == 1);
    CHECK(first.attached[0].name == "Anna");
    CHECK(sees(first, "A bell rings."));
    CHECK(first.faults.empty());
    CHECK(field_of(*world, "small.hall", "small.hall.greeted") == "1");
    CHECK(world->entities("small.pebble").size() == 1);
    CHECK_FALSE(sees(advance(*world, 29), "The bell fades."));
    CHECK(sees(advance(*world, 1), "The bell fades."));
    CHECK(field_of(*world, "small.hall", "small.hall.greeted") == "100");
    CHECK_FALSE(sees(advance(*world, 100), "bell"));
}

TEST_CASE("a handler that waits survives a restart and repeats nothing") {
    SmallWorld small;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});
    advance(*world, 12);
    auto restored = World::restore(world->save());
    REQUIRE(restored);
    const auto before = advance(**restored, 17);
    CHECK_FALSE(sees(before, "bell"));
    CHECK(sees(advance(**restored, 1), "The bell fades."));
}

TEST_CASE("a second handler of the same kind is skipped while the first one waits") {
    SmallWorld small;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});
    CHECK_FALSE(sees(tick(*world, {attach_input(2, "Berta")}), "A bell rings."));
    CHECK(field_of(*world, "small.hall", "small.hall.greeted") == "1");
}

TEST_CASE("at most so many copies of a handler wait for one entity") {
    SmallWorld small;
    small.builder.image.handlers[0].overlap = HandlerDef::Overlap::parallel;
    auto world = make_world(small.builder);
    for (std::uint64_t i = 1; i <= limits::fibers_per_handler; ++i)
        CHECK(tick(*world, {attach_input(i)}).faults.empty());
    const auto ninth = tick(*world, {attach_input(limits::fibers_per_handler + 1)});
    REQUIRE(ninth.faults.size() == 1);
    CHECK(ninth.faults[0].fault == "too_many_fibers");
    const auto greeted = field_of(*world, "small.hall", "small.hall.greeted");
    CHECK(greeted == std::to_string(limits::fibers_per_handler));
}

TEST_CASE("restart ends the handler that waits") {
    SmallWorld small;
    small.builder.image.handlers[0].overlap = HandlerDef::Overlap::restart;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});
    advance(*world, 19);
    CHECK(sees(tick(*world, {attach_input(2, "Berta")}), "A bell rings."));
    CHECK_FALSE(sees(advance(*world, 29), "The bell fades."));
    CHECK(sees(advance(*world, 1), "The bell fades."));
}

TEST_CASE("queue keeps the handler until the one before it has ended") {
    SmallWorld small;
    small.builder.image.handlers[0].overlap = HandlerDef::Overlap::queue;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});
    CHECK_FALSE(sees(tick(*world, {attach_input(2, "Berta")}), "A bell rings."));
    auto restored = World::restore(world->save());
    REQUIRE(restored);
    const auto before = advance(**restored, 29);
    CHECK(sees(before, "The bell fades."));
    CHECK_FALSE(sees(before, "A bell rings."));
    CHECK(sees(advance(**restored, 10), "A bell rings."));
    CHECK(sees(advance(**restored, 30), "The bell fades."));
}

TEST_CASE("frames of fibers are refused when they are damaged") {
    FiberCode code;
    code.frames = {3, 7, -1, 1ll << 40};
    const auto bytes = encode(code);
    CHECK(decode_fiber(bytes) == code);
    for (std::size_t i = 0; i < bytes.size(); ++i) CHECK_FALSE(decode_fiber(bytes.substr(0, i)));
    const FiberBindings bindings{4, {kiln::vm::Handle::make(6, 1, 2)}};
    CHECK(decode_bindings(encode(bindings)) == bindings);
}
