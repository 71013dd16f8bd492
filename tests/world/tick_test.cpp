#include <catch2/catch.hpp>

#include "tests/world/small_world.h"
#include "world/limits.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"

using namespace kiln::world;
using namespace kiln::world::test;

TEST_CASE("a new image is tied to what exists, and old fibers go on as they were") {
    SmallWorld small;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});
    for (auto& text : small.builder.image.texts) {
        if (text.parts[0].words == "The bell fades.") text.parts[0].words = "Silence falls.";
    }
    const auto attic = small.builder.room("small.attic", small.zone);
    small.builder.exit(small.hall, 4, attic);
    const auto result = tick(*world, {{.kind = Input::Kind::image, .text = small.builder.bytes()}});
    CHECK(result.reload_problem.empty());
    CHECK(world->entities("small.attic").size() == 1);
    CHECK(world->entities("small.rat").size() == 1);
    CHECK(field_of(*world, "small.hall", "small.hall.greeted") == "1");
    CHECK(world->hash() == world->full_hash());
    const auto saved = world->save();
    auto restored = World::restore(saved);
    REQUIRE(restored);
    CHECK((*restored)->save() == saved);
    CHECK(sees(advance(**restored, 30), "The bell fades."));
    CHECK((*restored)->save().size() < saved.size());
    tick(**restored, {attach_input(2, "Berta")});
    CHECK(sees(advance(**restored, 30), "Silence falls."));
}

TEST_CASE("an image that does not fit is refused and changes nothing") {
    SmallWorld small;
    auto world = make_world(small.builder), twin = make_world(small.builder);
    auto bytes = small.builder.bytes();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    CHECK_FALSE(tick(*world, {{.kind = Input::Kind::image, .text = bytes}}).reload_problem.empty());
    tick(*twin);
    CHECK(world->hash() == twin->hash());
    small.builder.image.program.natives[0].name = "conquer";
    const auto result = tick(*world, {{.kind = Input::Kind::image, .text = small.builder.bytes()}});
    CHECK(result.reload_problem == "the image calls \"conquer\", which this program does not have");
    CHECK_FALSE(World::create(small.builder.bytes(), {}));
}

TEST_CASE("doors stand between two rooms as one thing") {
    SmallWorld small;
    Engine engine(WorldOptions{});
    auto world = make_world(small.builder);
    CHECK(world->entities("small.hall").size() == 1);
    tick(*world, {attach_input(1, "Anna")});
    tick(*world, {command_input(1, 1, "north")});
    CHECK(world->players()[0].room == "small.hall");
    tick(*world, {command_input(1, 2, "open north")});
    tick(*world, {command_input(1, 3, "north")});
    CHECK(world->players()[0].room == "small.yard");
}

TEST_CASE("an owner has at most so many timers") {
    Engine engine(WorldOptions{});
    const auto owner = engine.store.create(Table::creature);
    engine.store.commit();
    const auto schedule = [&](std::size_t count) {
        return run_slice(engine, {}, nullptr, [&] {
            for (std::size_t i = 0; i < count; ++i) engine.schedule(TimerPurpose::decay, owner, 5);
        });
    };
    CHECK_FALSE(schedule(limits::timers_per_owner + 1).committed);
    CHECK(engine.parts().result.faults.back().fault == "too_many_timers");
    CHECK(engine.store.live_count(Table::timer) == 0);
    CHECK(schedule(limits::timers_per_owner).committed);
    CHECK(engine.store.live_count(Table::timer) == limits::timers_per_owner);
}

TEST_CASE("a slice writes at most so much to one reader") {
    Engine engine(WorldOptions{});
    const auto reader = engine.store.create(Table::creature);
    new_session(engine, 1, reader);
    engine.store.commit();
    const auto hash = engine.store.hash();
    const auto say = [&](std::size_t bytes) {
        return run_slice(engine, {}, nullptr, [&] {
            engine.emit(reader, Output::Kind::text, "", {{"", std::string(bytes, 'x')}});
        });
    };
    CHECK_FALSE(say(limits::output_bytes_per_reader + 1).committed);
    CHECK(engine.parts().result.faults.back().fault == "too_much_output");
    CHECK(engine.parts().speech.is_empty());
    engine.store.write(Field::world_reports, engine.store.world_row(), 0);
    CHECK(engine.store.hash() == hash);
    CHECK(say(limits::output_bytes_per_reader).committed);
}

TEST_CASE("timers run in order of tick and sequence") {
    Engine engine(WorldOptions{});
    const auto owner = engine.store.create(Table::creature);
    engine.store.commit();
    run_slice(engine, {}, nullptr, [&] {
        for (const std::uint64_t due : {7, 3, 5, 3}) engine.schedule(TimerPurpose::decay, owner, due);
    });
    std::vector<Slot> order;
    while (!engine.store.next_timer().is_nobody()) {
        order.push_back(engine.store.read(Field::timer_sequence, engine.store.next_timer()));
        engine.store.destroy(engine.store.next_timer());
    }
    CHECK(order == std::vector<Slot>{2, 4, 3, 1});
}

TEST_CASE("numbers that change are told once a tick, with a prompt after them") {
    SmallWorld small;
    Code code(small.builder, "hurt", {kiln::vm::SlotType::entity});
    auto& fields = small.builder.image.program.fields;
    fields.push_back(
        {"creature.max_hp", static_cast<std::uint8_t>(Table::creature), kiln::vm::SlotType::integer, true});
    const auto max_hp = static_cast<std::uint32_t>(fields.size() - 1);
    code.integer(1, 50).store(0, 1, max_hp).integer(1, 60).store(0, 1, max_hp);
    small.builder.handler("hurt", kiln::schema::no_index, Event::login_, [&] {
        Code handler(small.builder, "on_login.hurt",
                     {kiln::vm::SlotType::entity, kiln::vm::SlotType::entity});
        return handler.integer(2, 50).store(1, 2, max_hp).integer(2, 60).store(1, 2, max_hp).done();
    }());
    code.done();
    auto world = make_world(small.builder);
    const auto result = tick(*world, {attach_input(1, "Anna")});
    CHECK(result.faults.empty());
    std::vector<std::string> stats;
    for (const auto& output : result.outputs) {
        if (output->kind == Output::Kind::stat_update) stats.push_back(output->data);
    }
    REQUIRE(stats.size() == 1);
    CHECK(stats[0].find("\"max_hp\":60") != std::string::npos);
    CHECK(result.outputs.back()->kind == Output::Kind::prompt);
}
