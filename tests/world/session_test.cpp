#include <catch2/catch.hpp>

#include "tests/world/small_world.h"
#include "world/limits.h"
#include "world/sessions/output_record.h"
#include "world/sessions/sessions.h"
#include "world/tick/slice.h"

using namespace kiln::world;
using namespace kiln::world::test;
using kiln::vm::SlotType;

namespace {

// The small world with two commands: `shoot` takes two seconds, `roar` says twenty thousand bytes to oneself.
struct Shooting : SmallWorld {
    Shooting() {
        add("shoot", "You shoot.", 2000);
        add("roar", std::string(20'000, 'r'), 0);
    }
    void add(std::string word, std::string says, std::int64_t lag) {
        const auto command = builder.definition(kiln::schema::Kind::command_, "small." + word);
        if (lag > 0) builder.integer(command, "lag", lag);
        Code code(builder, "small." + word + ".run.1", {SlotType::entity});
        code.op(Opcode::move, 1, 0)
            .op(Opcode::make_text, 2, 0, 0, static_cast<std::int32_t>(builder.words(std::move(says))))
            .call(1, "tell");
        kiln::schema::CommandForm form;
        form.function = code.done();
        form.pattern.parts.push_back(
            {.kind = kiln::schema::PatternPart::Kind::word, .word = std::move(word)});
        builder.image.definitions[command].forms.push_back(form);
    }
};

Input other(Input::Kind kind, std::uint64_t session, std::uint64_t number = 0) {
    return {.kind = kind, .session = session, .number = number};
}

int count(const TickResult& result, std::string_view words) {
    int found = 0;
    for (const auto& output : result.outputs) found += plain_text(output) == words ? 1 : 0;
    return found;
}

}  // namespace

TEST_CASE("names are letters, of some length, and nobody else's") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto result = tick(*world, {attach_input(1, "Anna"), attach_input(2, "aNNa"),
                                      attach_input(3, std::string(limits::shortest_name - 1, 'b')),
                                      attach_input(4, "R2D2"),
                                      attach_input(5, std::string(limits::longest_name + 1, 'a')),
                                      attach_input(6), attach_input(7), attach_input(8, "berta")});
    REQUIRE(result.attached.size() == 8);
    CHECK(result.attached[0].name == "Anna");
    CHECK(result.attached[1].character == 0);
    CHECK(result.attached[1].reason == "somebody is called Anna already");
    for (const int i : {2, 3, 4}) CHECK(result.attached[static_cast<std::size_t>(i)].character == 0);
    CHECK(result.attached[5].name == "Wanderer-1");
    CHECK(result.attached[6].name == "Wanderer-2");
    CHECK(result.attached[7].name == "Berta");
    CHECK(world->players().size() == 4);
    const auto fitting = tick(*world, {attach_input(11, std::string(limits::shortest_name, 'c')),
                                       attach_input(12, std::string(limits::longest_name, 'd'))});
    for (const auto& one : fitting.attached) CHECK(one.character != 0);
}

TEST_CASE("outputs are numbered without gaps and kept until they are acknowledged") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto result = tick(*world, {attach_input(1, "Anna")});
    REQUIRE(result.outputs.size() >= 3);
    for (std::size_t i = 0; i < result.outputs.size(); ++i) CHECK(result.outputs[i].number == i + 1);
    CHECK(world->unacknowledged(1) == result.outputs);
    tick(*world, {other(Input::Kind::acknowledge, 1, 2)});
    REQUIRE(world->unacknowledged(1).size() == result.outputs.size() - 2);
    CHECK(world->unacknowledged(1).front().number == 3);
    tick(*world, {other(Input::Kind::acknowledge, 1, 1'000'000)});
    CHECK(world->unacknowledged(1).empty());
    CHECK(tick(*world, {command_input(1, 1, "look")}).outputs.front().number == result.outputs.size() + 1);
}

TEST_CASE("a tick's output for a session is one row, and acknowledging frees what it takes") {
    Engine engine(WorldOptions{});
    const auto reader = engine.store.create(Table::creature);
    const auto session = new_session(engine, 1, reader);
    engine.store.commit();
    const auto say = [&](std::string words) {
        run_slice(engine, {}, nullptr, [&] {
            engine.emit(reader, Output::Kind::text, "", {{"", std::move(words)}});
        });
    };
    for (int tick = 0; tick < 3; ++tick) {
        say("one");
        say("two");
        keep_outputs(engine);
    }
    CHECK(engine.store.outputs_of(session).size() == 3);
    CHECK(engine.store.read(Field::session_next_output, session) == 7);
    const auto bytes = engine.store.read(Field::session_outbox_bytes, session);
    // A row goes when its last output was seen; until then the client is not sent what it has seen of it.
    acknowledge(engine, other(Input::Kind::acknowledge, 1, 3));
    CHECK(engine.store.outputs_of(session).size() == 2);
    CHECK(unacknowledged(engine, 1).size() == 3);
    CHECK(unacknowledged(engine, 1).front().number == 4);
    CHECK(engine.store.read(Field::session_outbox_bytes, session) == bytes * 2 / 3);
    acknowledge(engine, other(Input::Kind::acknowledge, 1, 6));
    CHECK(engine.store.outputs_of(session).empty());
    CHECK(engine.store.read(Field::session_outbox_bytes, session) == 0);
    CHECK(engine.store.hash() == engine.store.full_hash());
}

TEST_CASE("much output of one tick is cut into rows, so that only the oldest is lost") {
    Engine engine(WorldOptions{});
    const auto reader = engine.store.create(Table::creature);
    const auto session = new_session(engine, 1, reader);
    engine.store.commit();
    for (int i = 0; i < 6; ++i) {
        run_slice(engine, {}, nullptr, [&] {
            engine.emit(reader, Output::Kind::text, "",
                        {{"", std::string(limits::output_record_bytes, 'x')}});
        });
    }
    keep_outputs(engine);
    CHECK(engine.store.outputs_of(session).size() == 6);
    CHECK(unacknowledged(engine, 1).size() == 6);
}

TEST_CASE("the prompt is shown when it has changed") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto prompts = [](const TickResult& result) {
        return std::ranges::count_if(result.outputs,
                                     [](const Output& one) { return one->kind == Output::Kind::prompt; });
    };
    CHECK(prompts(tick(*world, {attach_input(1, "Anna")})) == 1);
    CHECK(prompts(tick(*world, {command_input(1, 1, "look")})) == 0);
    tick(*world, {other(Input::Kind::detach, 1)});
    tick(*world, {attach_input(1)});
    CHECK(prompts(tick(*world, {command_input(1, 2, "look")})) == 1);
}

TEST_CASE("a command whose number was accepted already is not run again") {
    Shooting shooting;
    auto world = make_world(shooting.builder);
    tick(*world, {attach_input(1, "Anna")});
    const auto first = tick(*world, {command_input(1, 5, "roar")});
    CHECK(first.accepted == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{1, 5}});
    const auto second = tick(*world, {command_input(1, 5, "roar"), command_input(1, 3, "roar")});
    CHECK(second.accepted.size() == 2);
    CHECK(second.outputs.empty());
    CHECK(tick(*world, {attach_input(1)}).attached[0].last_input == 5);
}

TEST_CASE("several sessions may play one character") {
    Shooting shooting;
    auto world = make_world(shooting.builder);
    const auto character = tick(*world, {attach_input(1, "Anna")}).attached[0].character;
    CHECK(tick(*world, {attach_input(2, "", character)}).attached[0].name == "Anna");
    CHECK(count(tick(*world, {command_input(2, 1, "shoot")}), "You shoot.") == 2);
    CHECK(world->players().size() == 1);
}

TEST_CASE("who loses the line keeps standing for a while, and comes back where it was") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto character = tick(*world, {attach_input(1, "Anna")}).attached[0].character;
    tick(*world, {other(Input::Kind::detach, 1)});
    advance(*world, static_cast<int>(limits::linkdead_ms / 100) - 2);
    CHECK(world->players()[0].room == "small.hall");
    CHECK_FALSE(world->players()[0].attached);
    advance(*world, 3);
    CHECK(world->players()[0].room.empty());
    const auto back = tick(*world, {attach_input(9, "", character)});
    CHECK(back.attached[0].character == character);
    CHECK(world->players()[0].room == "small.hall");
    CHECK(std::any_of(back.outputs.begin(), back.outputs.end(),
                      [](const Output& output) { return output->kind == Output::Kind::room; }));
    CHECK(tick(*world, {attach_input(10, "", 999'999)}).attached[0].reason == "there is no such character");
}

TEST_CASE("who comes back in time has lost nothing") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto first = tick(*world, {attach_input(1, "Anna")});
    tick(*world, {other(Input::Kind::detach, 1)});
    advance(*world, 300);
    const auto back = tick(*world, {attach_input(1)});
    CHECK(back.attached[0].name == "Anna");
    CHECK(back.attached[0].next_output > first.outputs.size());
    advance(*world, 700);
    CHECK(world->players()[0].attached);
}

TEST_CASE("lines wait behind lag, in order, and not without end") {
    Shooting shooting;
    auto world = make_world(shooting.builder);
    tick(*world, {attach_input(1, "Anna")});
    CHECK(count(tick(*world, {command_input(1, 1, "shoot"), command_input(1, 2, "shoot")}), "You shoot.") ==
          1);
    CHECK(count(advance(*world, 19), "You shoot.") == 0);
    auto restored = World::restore(world->save());
    REQUIRE(restored);
    CHECK(count(advance(**restored, 1), "You shoot.") == 1);
    std::vector<Input> many;
    for (std::uint64_t i = 0; i < limits::queued_lines + 5; ++i)
        many.push_back(command_input(1, 10 + i, "shoot"));
    const auto result = tick(**restored, many);
    CHECK(result.accepted.size() == limits::queued_lines + 5);
    CHECK(count(result, "You are still busy; that was too much at once.") == 5);
    CHECK(count(advance(**restored, 1000), "You shoot.") == limits::queued_lines);
}

TEST_CASE("who never acknowledges loses the oldest output and is told") {
    Shooting shooting;
    auto world = make_world(shooting.builder);
    tick(*world, {attach_input(1, "Anna")});
    bool told = false;
    for (std::uint64_t i = 1; i <= 15; ++i) {
        for (const auto& output : tick(*world, {command_input(1, i, "roar")}).outputs)
            told = told || output->kind == Output::Kind::gap;
    }
    CHECK(told);
    std::size_t bytes = 0;
    for (const auto& output : world->unacknowledged(1)) bytes += plain_text(output).size();
    CHECK(bytes <= limits::outbox_bytes);
    CHECK(bytes > limits::outbox_bytes / 3);
}

TEST_CASE("quitting closes the session and frees the character") {
    SmallWorld small;
    auto world = make_world(small.builder);
    const auto character = tick(*world, {attach_input(1, "Anna")}).attached[0].character;
    const auto result = tick(*world, {command_input(1, 1, "quit")});
    CHECK(std::any_of(result.outputs.begin(), result.outputs.end(),
                      [](const Output& output) { return output->kind == Output::Kind::closed; }));
    CHECK(world->players()[0].room.empty());
    CHECK(tick(*world, {attach_input(1)}).attached[0].character == 0);
    CHECK(tick(*world, {attach_input(2, "", character)}).attached[0].character == character);
}

TEST_CASE("outputs read back as they were written, and damaged ones do not") {
    const Output::Body prompt{Output::Kind::prompt, "topic", {{"good", "fine"}, {"", ""}}, "{}"};
    const Output::Body gap{Output::Kind::gap, "gap", {}, {}};
    std::string bytes;
    put_output(bytes, prompt);
    const auto one = bytes.size();
    put_output(bytes, gap);
    CHECK(read_outputs(bytes) == std::vector{prompt, gap});
    CHECK(read_outputs(bytes.substr(0, one)) == std::vector{prompt});
    for (std::size_t i = 1; i < bytes.size(); ++i)
        if (i != one) CHECK_FALSE(read_outputs(bytes.substr(0, i)));
}
