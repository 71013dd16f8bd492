// Proofs over the real content: a handler that is stopped at any instruction leaves no trace, and the hash
// that is kept is the hash of what is there.

#include <catch2/catch.hpp>

#include "tests/scenario/worlds.h"
#include "world/probe.h"
#include "world/schema/image_file.h"

namespace {

using namespace kiln;

struct Line {
    std::uint32_t room = 0;
    std::string words;
};

// What can be typed in a room because a handler of the room says so; patterns of plain words only.
std::vector<Line> command_lines(const schema::Image& image) {
    std::vector<Line> lines;
    for (const auto& handler : image.handlers) {
        const bool is_room_command = handler.event == schema::Event::command_ &&
                                     handler.owner != schema::no_index &&
                                     image.definitions[handler.owner].kind == schema::Kind::room_;
        if (!is_room_command || handler.patterns.empty()) continue;
        Line line{handler.owner, {}};
        for (const auto& part : handler.patterns.front().parts) {
            if (part.kind == schema::PatternPart::Kind::word)
                line.words += (line.words.empty() ? "" : " ") + part.word;
        }
        lines.push_back(line);
    }
    return lines;
}

struct Scene {
    std::string state;
    std::uint64_t session = 0;
};

Scene scene_at(const std::string& image_bytes, std::uint32_t room) {
    auto world = world::World::create(image_bytes, {.seed = 3});
    REQUIRE(world.has_value());
    const auto player = (*world)->probe().add_player("Prue", room, {});
    (*world)->tick({});
    return {(*world)->save(), player.session};
}

// Types the line with an abort before instruction `n` of its handler. False if the handler ended before.
bool abort_at(const Scene& scene, const std::string& words, std::uint64_t n) {
    auto world = world::World::restore(scene.state);
    REQUIRE(world.has_value());
    auto& probe = (*world)->probe();
    probe.abort_next_slice_after(n);
    world::Input input;
    input.session = scene.session;
    input.number = 1;
    input.text = words;
    const auto result = (*world)->tick({&input, 1});
    CHECK(probe.wrong_rollbacks() == 0);
    CHECK((*world)->hash() == (*world)->full_hash());
    // A slice that ended earlier leaves the abort to whatever runs next.
    if (result.faults.empty()) return false;
    const auto& fault = result.faults.front();
    if (fault.handler.find("on_command") == std::string::npos) return false;
    std::vector<std::string> texts;
    for (const auto& output : result.outputs) {
        if (output->kind == world::Output::Kind::text) texts.push_back(world::plain_text(output));
    }
    CAPTURE(n, texts, fault.handler, fault.file, fault.line);
    CHECK(texts.size() ==
          1);  // the neutral line with its report, and nothing of what had been said before the abort
    return true;
}

}  // namespace

TEST_CASE("a command of the content that is stopped at any instruction leaves no trace") {
    const auto image = scenario_tests::compiled("content");
    const auto bytes = schema::write_image(image);
    const auto lines = command_lines(image);
    CHECK(lines.size() >= 6);
    std::size_t aborted = 0;
    for (const auto& line : lines) {
        const auto scene = scene_at(bytes, line.room);
        INFO(image.definitions[line.room].name << ": " << line.words);
        for (std::uint64_t n = 1; n < 2'000 && abort_at(scene, line.words, n); ++n) ++aborted;
    }
    CHECK(aborted >= 60);
}

TEST_CASE("two worlds with the same seed and inputs have the same hash at every tick") {
    const auto image = scenario_tests::compiled("content");
    const auto bytes = schema::write_image(image);
    auto one = world::World::create(bytes, {.seed = 11});
    auto other = world::World::create(bytes, {.seed = 11});
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    static constexpr const char* words[] = {"look",       "north",     "east",      "turn windlass", "down",
                                            "kill rat",   "flee",      "up",        "west",          "south",
                                            "taste soup", "say bread", "get ladle", "jingle"};
    std::uint64_t number = 0;
    for (int tick = 0; tick < 2'000; ++tick) {
        std::vector<world::Input> inputs;
        if (tick == 0) inputs.push_back({.kind = world::Input::Kind::attach, .session = 1});
        if (tick % 9 == 5) {
            inputs.push_back({.kind = world::Input::Kind::command,
                              .session = 1,
                              .number = ++number,
                              .text = words[number % std::size(words)]});
        }
        const auto a = (*one)->tick(inputs);
        const auto b = (*other)->tick(inputs);
        REQUIRE(a.hash == b.hash);
        REQUIRE(a.faults.empty());
        if (tick % 100 == 0) REQUIRE(a.hash == (*one)->full_hash());
        if (tick % 500 == 250) {
            auto restored = world::World::restore((*other)->save());
            REQUIRE(restored.has_value());
            other = std::move(restored);
        }
    }
}
