// Limits of world/limits.h that no other test reaches: what they allow passes, one more does not.

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/world/village.h"
#include "world/limits.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"
#include "world/tick/timers.h"
#include "world/triggers/triggers.h"

using namespace kiln::world;
using namespace kiln::world::test;

namespace {

std::vector<Handle> many_creatures(Engine& engine, std::size_t count) {
    std::vector<Handle> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(engine.store.create(Table::creature));
    engine.store.commit();
    return all;
}

int ticks_of(std::int64_t milliseconds) { return static_cast<int>(milliseconds / 100); }

}  // namespace

TEST_CASE("a slice writes at most so much to all its readers together") {
    constexpr auto readers = limits::output_bytes_per_slice / limits::output_bytes_per_reader;
    Engine engine(WorldOptions{});
    const auto all = many_creatures(engine, readers + 1);
    for (std::size_t i = 0; i < all.size(); ++i) new_session(engine, i + 1, all[i]);
    engine.store.commit();
    const auto say_to = [&](std::size_t count) {
        return run_slice(engine, {}, nullptr, [&] {
            for (std::size_t i = 0; i < count; ++i) {
                engine.emit(all[i], Output::Kind::text, "",
                            {{"", std::string(limits::output_bytes_per_reader, 'x')}});
            }
        });
    };
    CHECK_FALSE(say_to(readers + 1).committed);
    CHECK(engine.parts().result.faults.back().fault == "too_much_output");
    CHECK(engine.parts().speech.is_empty());
    CHECK(say_to(readers).committed);
}

TEST_CASE("a handler binds itself to at most so many things") {
    Engine engine(WorldOptions{});
    const auto all = many_creatures(engine, limits::bound_per_fiber + 1);
    run_slice(engine, {all[0], all[0]}, nullptr, [&] {
        for (std::size_t i = 0; i < limits::bound_per_fiber; ++i)
            CHECK(engine.bind(all[i]) == kiln::vm::Fault::none);
        CHECK(engine.bind(all[0]) == kiln::vm::Fault::none);
        CHECK(engine.bind(all.back()) == kiln::vm::Fault::list_too_long);
    });
}

TEST_CASE("events without end are stopped within their tick, and that is reported") {
    Engine engine(WorldOptions{});
    const auto who = many_creatures(engine, 1).front();
    const auto happen = [&](std::size_t count) {
        engine.parts().events_this_tick = 0;
        engine.parts().result.faults.clear();
        CHECK(run_slice(engine, {who, who}, nullptr, [&] {
                  for (std::size_t i = 0; i < count; ++i) engine.after(Event::examine_, who, {}, {});
              }).committed);
        run_events(engine);
        CHECK(engine.parts().events.empty());
        return engine.parts().result.faults;
    };
    CHECK(happen(limits::events_per_tick).empty());
    const auto faults = happen(limits::events_per_tick + 1);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].fault == "cascade_too_deep");
}

TEST_CASE("one line of a declaration makes at most so many things") {
    Village village;
    village.lies_in(village.shed, village.lamp, limits::things_per_spawn + 20);
    const Visit visit(village);
    CHECK(visit.world->entities("village.lamp").size() == limits::things_per_spawn + 1);
}

TEST_CASE("timers beyond what a tick may run wait for the next one") {
    Engine engine(WorldOptions{});
    const auto all = many_creatures(engine, limits::timers_per_tick / limits::timers_per_owner + 1);
    std::size_t left = limits::timers_per_tick + 1;
    for (const auto owner : all) {
        run_slice(engine, {}, nullptr, [&] {
            for (std::size_t i = 0; i < limits::timers_per_owner && left > 0; ++i, --left)
                engine.schedule(TimerPurpose::wander, owner, 1);
        });
    }
    REQUIRE(engine.store.live_count(Table::timer) == limits::timers_per_tick + 1);
    engine.store.write(Field::world_tick, engine.store.world_row(), 1);
    run_timers(engine);
    CHECK(engine.store.live_count(Table::timer) == 1);
    run_timers(engine);
    CHECK(engine.store.live_count(Table::timer) == 0);
}

TEST_CASE("a line is read up to its limit") {
    Visit visit{Village{}};
    const std::string most(limits::line_bytes - std::string_view("say ").size(), 'x');
    const auto said = visit.does("say " + most);
    INFO(said);
    CHECK(said.find(most) != std::string::npos);
    const auto heard = visit.does("say " + most + "y");
    CHECK(heard.find(most) != std::string::npos);
    CHECK(heard.find("xy") == std::string::npos);
}

TEST_CASE("a closed session can be read again for so long") {
    Visit visit{Village{}};
    visit.does("quit");
    advance(*visit.world, ticks_of(limits::closed_session_ms) - 1);
    CHECK_FALSE(visit.world->unacknowledged(1).empty());
    advance(*visit.world, 2);
    CHECK(visit.world->unacknowledged(1).empty());
}

TEST_CASE("a handler that waits for another of its kind looks again every so often") {
    SmallWorld small;
    small.builder.image.handlers[0].overlap = HandlerDef::Overlap::queue;
    auto world = make_world(small.builder);
    tick(*world, {attach_input(1, "Anna")});         // rings now, and ends three seconds later
    tick(*world, {attach_input(2, "Berta")});        // begins in the next tick, and has to wait
    const int looks = 3'000 / static_cast<int>(limits::sampling_ms);
    advance(*world, looks * ticks_of(limits::sampling_ms));
    CHECK(sees(advance(*world, 1), "A bell rings."));
}

TEST_CASE("aliases are so many and so long") {
    Visit visit{Village{}};
    const auto makes = [&](const std::string& name, const std::string& line) {
        return visit.does("alias " + name + " " + line).find("stands for") != std::string::npos;
    };
    const std::string name(limits::alias_name_bytes, 'n'), line(limits::alias_bytes, 'l');
    CHECK(makes(name, "look"));
    CHECK_FALSE(makes(name + "n", "look"));
    CHECK(makes("long", line));
    CHECK_FALSE(makes("long", line + "l"));
    for (std::size_t i = 2; i < limits::aliases; ++i) CHECK(makes("a" + std::to_string(i), "look"));
    CHECK_FALSE(makes("more", "look"));
    CHECK(makes("long", "look"));
}

TEST_CASE("an alias stands for so many lines at most") {
    Visit visit{Village{}};
    std::string line = "emote waves";
    for (std::size_t i = 0; i < limits::lines_of_alias; ++i) line += ";emote waves";
    visit.does("alias wave " + line);
    const auto seen = visit.does("wave");
    CHECK(static_cast<std::size_t>(std::ranges::count(seen, '\n')) == limits::lines_of_alias);
}

TEST_CASE("so many earlier lines can be brought back, if they are not too long") {
    Visit visit{Village{}};
    for (std::size_t i = 0; i <= limits::remembered_lines; ++i)
        visit.does(std::string("say ") + static_cast<char>('a' + i));
    const auto is_known = [&](const std::string& line) {
        return visit.does("!" + line).find("(" + line) != std::string::npos;
    };
    CHECK_FALSE(is_known("say a"));
    CHECK(is_known("say b"));
    const std::string longest = "say " + std::string(limits::remembered_line_bytes - 4, 'x');
    visit.does(longest);
    CHECK(is_known(longest));
    const std::string longer = "say " + std::string(limits::remembered_line_bytes - 3, 'y');
    visit.does(longer);
    CHECK_FALSE(is_known(longer));
}
