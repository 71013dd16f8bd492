#include <catch2/catch.hpp>

#include "tests/world/small_world.h"
#include "world/schema/checksum.h"
#include "world/schema/image_file.h"

using namespace kiln::world;
using namespace kiln::world::test;

TEST_CASE("a restored world is the same, byte for byte, and goes on the same") {
    SmallWorld small;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna"), attach_input(2)});
    advance(*world, 7);
    const auto saved = world->save();
    auto restored = World::restore(saved);
    REQUIRE(restored);
    CHECK((*restored)->save() == saved);
    CHECK((*restored)->hash() == world->hash());
    CHECK((*restored)->full_hash() == world->hash());
    for (int i = 0; i < 60; ++i) {
        const auto a = tick(*world), b = tick(**restored);
        REQUIRE(a.hash == b.hash);
        REQUIRE(a.outputs == b.outputs);
    }
    CHECK((*restored)->save() == world->save());
}

TEST_CASE("worlds of one prepared image are independent, and the same as worlds of its bytes") {
    SmallWorld small;
    const auto bytes = kiln::schema::write_image(small.builder.image);
    const auto image = prepare_image(bytes);
    REQUIRE(image);
    auto one = World::create(*image, {}), other = World::create(*image, {}), alone = World::create(bytes, {});
    REQUIRE((one && other && alone));
    tick(**one, {attach_input(1, "Anna")});
    tick(**other);
    tick(**alone, {attach_input(1, "Anna")});
    CHECK((*one)->hash() == (*alone)->hash());
    CHECK((*one)->save() == (*alone)->save());
    CHECK((*other)->hash() != (*one)->hash());
    auto restored = World::restore((*alone)->save(), *image);
    REQUIRE(restored);
    CHECK((*restored)->hash() == (*one)->hash());
    CHECK(tick(**restored).hash == tick(**one).hash);
    CHECK_FALSE(prepare_image(bytes.substr(1)));
}

TEST_CASE("snapshots that are cut short are refused") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto saved = world->save();
    for (std::size_t size = 0; size < saved.size(); ++size) {
        const auto restored = World::restore(std::string_view(saved).substr(0, size));
        REQUIRE_FALSE(restored);
        REQUIRE_FALSE(restored.error().message.empty());
    }
    CHECK_FALSE(World::restore(saved + "x"));
}

TEST_CASE("snapshots with a flipped bit are refused") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto saved = world->save();
    for (std::size_t i = 0; i < saved.size(); ++i) {
        auto damaged = saved;
        damaged[i] = static_cast<char>(damaged[i] ^ (1 << (i % 8)));
        REQUIRE_FALSE(World::restore(damaged));
    }
}
