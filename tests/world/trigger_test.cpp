#include <catch2/catch.hpp>

#include "tests/world/small_world.h"
#include "world/limits.h"

using namespace kiln::world;
using namespace kiln::world::test;
using kiln::schema::no_index;
using kiln::vm::SlotType;

namespace {

// A hall and a yard to the east, without doors or handlers.
struct TwoRooms {
    ImageBuilder builder;
    std::uint32_t zone = 0, hall = 0, yard = 0, counter = 0;
    TwoRooms() {
        zone = builder.definition(kiln::schema::Kind::zone_, "two.zone");
        builder.text(zone, "title", "Two");
        hall = builder.room("two.hall", zone);
        yard = builder.room("two.yard", zone);
        builder.exit(hall, 1, yard);
        builder.exit(yard, 3, hall);
        counter = builder.state("two.hall.counter", kiln::schema::Table::room, hall);
    }
    // A function that counts in the room in register 0.
    Code counting(std::string name, std::vector<SlotType> parameters) {
        Code code(builder, std::move(name), std::move(parameters));
        code.op(Opcode::load_field, 8, 0, 0, static_cast<std::int32_t>(counter))
            .op(Opcode::add_int, 8, 8, 0, 1)
            .store(0, 8, counter);
        return code;
    }
};

constexpr auto entity = SlotType::entity;
constexpr auto integer = SlotType::integer;

// What `before leave` takes: self, who, and the way, which may be missing.
std::vector<SlotType> leaving(TwoRooms& two) {
    return {entity, entity,
            kiln::schema::intern_slot_type(two.builder.image.program, {},
                                           {.base = kiln::schema::Base::direction, .optional = true})};
}

std::string counter_of(const World& world) { return field_of(world, "two.hall", "two.hall.counter"); }

}  // namespace

TEST_CASE("a before handler that prevents keeps the player where it is") {
    TwoRooms two;
    Code code(two.builder, "two.hall.before_leave.1", leaving(two));
    code.op(Opcode::make_text, 3, 0, 0, static_cast<std::int32_t>(two.builder.words("The floor holds you.")))
        .call(3, "prevent");
    two.builder.handler("two.hall.before_leave.1", two.hall, Event::leave_, code.done()).phase =
        HandlerDef::Phase::before;
    auto world = make_world(two.builder);
    tick(*world, {attach_input(1, "Anna")});
    const auto result = tick(*world, {command_input(1, 1, "east")});
    CHECK(sees(result, "The floor holds you."));
    REQUIRE(world->players().size() == 1);
    CHECK(world->players()[0].room == "two.hall");
}

TEST_CASE("a before handler of leaving that faults does not lock anybody in") {
    TwoRooms two;
    Code code(two.builder, "two.hall.before_leave.1", leaving(two));
    code.integer(8, 5)
        .store(0, 8, two.counter)
        .op(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(kiln::vm::Fault::missing_value));
    two.builder.handler("two.hall.before_leave.1", two.hall, Event::leave_, code.done()).phase =
        HandlerDef::Phase::before;
    auto world = make_world(two.builder);
    tick(*world, {attach_input(1, "Anna")});
    const auto result = tick(*world, {command_input(1, 1, "east")});
    REQUIRE(result.faults.size() == 1);
    CHECK(result.faults[0].fault == "missing_value");
    CHECK(result.faults[0].handler == "two.hall.before_leave.1");
    CHECK(world->players()[0].room == "two.yard");
    CHECK(counter_of(*world) == "0");
}

TEST_CASE("events that cause events end at some depth") {
    TwoRooms two;
    const auto event = two.builder.definition(kiln::schema::Kind::event_, "two.ping");
    auto code = two.counting("two.hall.on_ping.1", {entity});
    code.integer(9, static_cast<std::int32_t>(event))
        .op(Opcode::move, 10, 0)
        .op(Opcode::load_nobody, 11)
        .integer(12, 0)
        .call(9, "raise");
    const auto function = code.done();
    auto& ping = two.builder.handler("two.hall.on_ping.1", two.hall, Event::none, function);
    ping.author_event = event;
    auto start = two.counting("two.hall.on_login.1", {entity, entity});
    start.integer(9, static_cast<std::int32_t>(event))
        .op(Opcode::move, 10, 0)
        .op(Opcode::load_nobody, 11)
        .integer(12, 0)
        .call(9, "raise");
    two.builder.handler("two.hall.on_login.1", two.hall, Event::login_, start.done());
    auto world = make_world(two.builder);
    const auto result = tick(*world, {attach_input(1, "Anna")});
    REQUIRE(result.faults.size() == 1);
    CHECK(result.faults[0].fault == "cascade_too_deep");
    CHECK(counter_of(*world) == std::to_string(limits::cascade_depth - 1));
}

TEST_CASE("a handler that faults too often within a while is switched off, and a reload switches it on") {
    TwoRooms two;
    Code code(two.builder, "two.hall.every.1", {entity});
    code.op(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(kiln::vm::Fault::overflow));
    auto& handler = two.builder.handler("two.hall.every.1", two.hall, Event::every_, code.done());
    handler.period_ms = 1000;
    handler.always = true;
    auto world = make_world(two.builder);
    const auto result = advance(*world, 300);
    REQUIRE(result.faults.size() == limits::faults_until_disabled);
    CHECK_FALSE(result.faults[limits::faults_until_disabled - 2].disabled);
    CHECK(result.faults.back().disabled);
    CHECK(result.faults.back().report == limits::faults_until_disabled);
    two.builder.room("two.attic", two.zone);
    CHECK(tick(*world, {{.kind = Input::Kind::image, .text = two.builder.bytes()}}).reload_problem.empty());
    CHECK(advance(*world, 300).faults.size() == limits::faults_until_disabled);
}

TEST_CASE("faults that are far between do not switch a handler off") {
    TwoRooms two;
    Code code(two.builder, "two.hall.every.1", {entity});
    code.op(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(kiln::vm::Fault::overflow));
    auto& handler = two.builder.handler("two.hall.every.1", two.hall, Event::every_, code.done());
    // One less than too many in a window, and the next one after it.
    constexpr auto allowed = limits::faults_until_disabled - 1;
    handler.period_ms = limits::fault_window_ms / allowed + 100;
    handler.always = true;
    auto world = make_world(two.builder);
    const auto faults = advance(*world, static_cast<int>(handler.period_ms / 100) * 12).faults;
    CHECK(faults.size() >= 11);
    for (const auto& fault : faults) CHECK_FALSE(fault.disabled);
}

TEST_CASE("every runs while a player is near, or always") {
    TwoRooms two;
    auto& handler = two.builder.handler("two.hall.every.1", two.hall, Event::every_,
                                        two.counting("two.hall.every.1", {entity}).done());
    handler.period_ms = 1000;
    auto world = make_world(two.builder);
    advance(*world, 100);
    CHECK(counter_of(*world) == "0");
    tick(*world, {attach_input(1, "Anna")});
    advance(*world, 100);
    CHECK(counter_of(*world) == "10");
    handler.always = true;
    auto other = make_world(two.builder);
    advance(*other, 100);
    CHECK(counter_of(*other) == "10");
}

TEST_CASE("clauses: once, once per player, cooldown, when") {
    TwoRooms two;
    auto& handler = two.builder.handler("two.hall.on_enter.1", two.hall, Event::enter_,
                                        two.counting("two.hall.on_enter.1", {entity, entity, entity}).done());
    std::string expected = "4";
    SECTION("without clauses it runs each time") {}
    SECTION("once") { handler.once = true, expected = "1"; }
    SECTION("once per player") { handler.once_per_player = true, expected = "2"; }
    SECTION("cooldown") { handler.cooldown_ms = 60'000, expected = "1"; }
    SECTION("never by chance") { handler.chance = 0, expected = "0"; }
    SECTION("when nothing agrees") {
        Code never(two.builder, "two.hall.on_enter.1.when", {entity, entity, entity}, integer);
        handler.condition = never.integer(3, 0).op(Opcode::ret, 3).done();
        expected = "0";
    }
    auto world = make_world(two.builder);
    tick(*world, {attach_input(1, "Anna"), attach_input(2, "Berta")});
    for (std::uint64_t i = 0; i < 2; ++i) {
        for (const std::uint64_t session : {1, 2}) {
            tick(*world, {command_input(session, 2 * i + 1, "east")});
            advance(*world, 20);
            tick(*world, {command_input(session, 2 * i + 2, "west")});
            advance(*world, 20);
        }
    }
    CHECK(counter_of(*world) == expected);
}

TEST_CASE("chance draws come from the world's seed alone") {
    TwoRooms two;
    auto& handler = two.builder.handler("two.hall.every.1", two.hall, Event::every_,
                                        two.counting("two.hall.every.1", {entity}).done());
    handler.period_ms = 1000;
    handler.always = true;
    handler.chance = 5'000;
    auto one = make_world(two.builder, 5), same = make_world(two.builder, 5),
         other = make_world(two.builder, 6);
    advance(*one, 2000);
    advance(*same, 2000);
    advance(*other, 2000);
    const auto count = std::stoi(counter_of(*one));
    CHECK(count > 70);
    CHECK(count < 130);
    CHECK(counter_of(*one) == counter_of(*same));
    CHECK(one->hash() == same->hash());
    CHECK(one->hash() != other->hash());
}

TEST_CASE("an activation spawns at most so many things") {
    TwoRooms two;
    const auto pebble = two.builder.definition(kiln::schema::Kind::item_, "two.pebble");
    two.builder.text(pebble, "short", "a pebble");
    std::uint32_t spawn[2];
    for (const int count : {limits::spawns_per_activation, limits::spawns_per_activation + 1}) {
        Code code(two.builder, "spawn" + std::to_string(count), {entity});
        spawn[count - limits::spawns_per_activation] = code.integer(1, count)
                                .integer(2, static_cast<std::int32_t>(pebble))
                                .op(Opcode::move, 3, 0)
                                .call(1, "spawn_items")
                                .done();
    }
    auto world = make_world(two.builder);
    const kiln::vm::Slot room[] = {world->entities("two.hall")[0].handle.to_slot()};
    const auto too_many = world->probe().call(spawn[1], room);
    REQUIRE(too_many.fault);
    CHECK(too_many.fault->fault == "too_many_spawns");
    CHECK(world->entities("two.pebble").empty());
    CHECK_FALSE(world->probe().call(spawn[0], room).fault);
    CHECK(world->entities("two.pebble").size() == limits::spawns_per_activation);
}
