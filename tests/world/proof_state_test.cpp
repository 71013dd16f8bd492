// Proofs of the laws: every scalar counts in the hash, a slice happens wholly or not at all.

#include <catch2/catch.hpp>

#include "tests/world/small_world.h"

using namespace kiln::world;
using namespace kiln::world::test;

TEST_CASE("the kept hash equals the one computed from nothing") {
    SmallWorld small;
    auto world = make_world(small.builder);
    CHECK(world->hash() == world->full_hash());
    tick(*world, {attach_input(1, "Anna"), attach_input(2)});
    for (int i = 0; i < 50; ++i) {
        tick(*world);
        REQUIRE(world->hash() == world->full_hash());
    }
}

TEST_CASE("every scalar of the state changes the hash") {
    SmallWorld small;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});
    const auto hash = world->full_hash();
    auto& probe = world->probe();
    REQUIRE(probe.scalar_count() > 150);
    for (std::size_t i = 0; i < probe.scalar_count(); ++i) {
        auto copy = World::restore(world->save());
        REQUIRE(copy);
        (*copy)->probe().flip_scalar(i);
        if ((*copy)->full_hash() == hash) FAIL("scalar " << i << " does not count");
    }
}

TEST_CASE("a handler that stops anywhere leaves nothing") {
    SmallWorld small;
    std::uint64_t nothing = 0;
    std::size_t outputs = 0;
    int stops = 0;
    for (std::uint64_t at = 1; at < 100; ++at) {
        auto world = make_world(small.builder);
        world->probe().abort_next_slice_after(at);
        const auto result = tick(*world, {attach_input(1, "Anna")});
        CHECK(world->probe().wrong_rollbacks() == 0);
        if (result.faults.empty()) {
            CHECK(sees(result, "A bell rings."));
            break;
        }
        ++stops;
        CHECK(world->full_hash() == world->hash());
        CHECK(world->entities("small.pebble").empty());
        if (at == 1) {
            nothing = world->hash();
            outputs = result.outputs.size();
        }
        CHECK(world->hash() == nothing);
        CHECK(result.outputs.size() == outputs);
    }
    CHECK(stops >= 8);
}

TEST_CASE("the same inputs give the same hashes") {
    SmallWorld small;
    auto one = make_world(small.builder, 7), two = make_world(small.builder, 7);
    for (int i = 0; i < 40; ++i) {
        std::vector<Input> inputs;
        if (i == 3) inputs = {attach_input(1, "Anna"), attach_input(2)};
        if (i > 5 && i % 3 == 0) inputs = {command_input(1, static_cast<std::uint64_t>(i), "north")};
        REQUIRE(tick(*one, inputs).hash == tick(*two, inputs).hash);
    }
}
