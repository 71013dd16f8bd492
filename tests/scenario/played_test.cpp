// Scenes of tests/scenario/played: what is typed, and to the letter what everybody reads then.

#include <catch2/catch.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"
#include "world/probe.h"
#include "world/schema/image_file.h"
#include "world/schema/vocabulary.h"

namespace {

namespace fs = std::filesystem;
using namespace kiln;

constexpr const char* stage_folder = "tests/scenario/played";

std::string contents_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

schema::Image stage_image() {
    std::vector<compiler::Source> sources;
    for (const char* folder : {"content/std", stage_folder}) {
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.path().extension() == ".mud")
                sources.push_back({entry.path().string(), contents_of(entry.path())});
        }
    }
    std::ranges::sort(sources, {}, &compiler::Source::name);
    auto result = compiler::compile(std::move(sources));
    INFO(compiler::render(result, compiler::Format::human));
    REQUIRE(result.image.has_value());
    return std::move(*result.image);
}

// Clients lay out white space, so a run of it is one blank.
std::string one_line(std::string_view words) {
    std::string result;
    for (const char c : words) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank)
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    return result;
}

struct PlayedStep {
    std::size_t line = 0;
    std::string text;  // "> get sword", "wait 3s", "Anna at yard"
    std::vector<std::string> expected;
};

struct PlayedScene {
    std::string name;
    std::vector<PlayedStep> steps;
};

bool is_step(const std::string& line) {
    const auto word_end = line.find_first_of(" >");
    return line.starts_with("> ") || line.starts_with("wait ") || line == "restart" ||
           (word_end != std::string::npos &&
            (line.compare(word_end, 4, " at ") == 0 || line[word_end] == '>') && line.find(':') > word_end);
}

std::vector<PlayedScene> scenes_of(const fs::path& path) {
    std::vector<PlayedScene> scenes;
    std::istringstream lines(contents_of(path));
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty() || line.starts_with("#")) continue;
        if (line.starts_with("= ")) {
            scenes.push_back({line.substr(2), {}});
        } else if (is_step(line)) {
            REQUIRE_FALSE(scenes.empty());
            scenes.back().steps.push_back({number, line, {}});
        } else {
            REQUIRE_FALSE(scenes.empty());
            REQUIRE_FALSE(scenes.back().steps.empty());
            scenes.back().steps.back().expected.push_back(line);
        }
    }
    return scenes;
}

class PlayedStage {
 public:
    explicit PlayedStage(const schema::Image& image) : image_(image) {
        auto made = world::World::create(schema::write_image(image), {.seed = 1});
        if (!made) FAIL(made.error().message);
        world_ = std::move(*made);
    }

    // What everybody reads because of it.
    std::vector<std::string> play(const std::string& step) {
        read_.clear();
        if (step.starts_with("wait "))
            wait(std::stol(step.substr(5)));
        else if (step == "restart")
            restart();
        else if (const auto end = step.find_first_of(" >"); step[end] == '>')
            type(step.substr(0, end), step);
        else
            add_player(step);
        return read_;
    }

 private:
    struct Player {
        std::string name;
        std::uint64_t session = 0, commands = 0;
    };

    void add_player(const std::string& step) {
        std::istringstream words(step);
        std::string name, at, room;
        words >> name >> at >> room;
        std::vector<schema::PropertyValue> properties;
        for (std::string property, value; words >> property >> value;)
            properties.push_back({.property = number_of_property(property), .integer = std::stol(value)});
        std::uint32_t definition = 0;
        while (definition < image_.definitions.size() &&
               image_.definitions[definition].name != "yard." + room)
            ++definition;
        REQUIRE(definition < image_.definitions.size());
        players_.push_back({name, world_->probe().add_player(name, definition, properties).session, 0});
        world_->tick({});
    }

    static std::uint16_t number_of_property(const std::string& name) {
        const auto& rows = schema::vocabulary().properties;
        const auto row = std::ranges::find_if(
            rows, [&](const auto& one) { return one.kind == "player" && one.name == name; });
        REQUIRE(row != rows.end());
        return static_cast<std::uint16_t>(row - rows.begin());
    }

    void type(const std::string& name, const std::string& step) {
        auto player = name.empty() ? players_.begin() : std::ranges::find(players_, name, &Player::name);
        REQUIRE(player != players_.end());
        world::Input input;
        input.session = player->session;
        input.number = ++player->commands;
        input.text = step.substr(std::min(step.find('>') + 2, step.size()));
        keep(world_->tick({&input, 1}));
    }

    void wait(long seconds) {
        const auto ticks = static_cast<std::uint64_t>(seconds) * 1000 / world_->tick_ms();
        for (std::uint64_t i = 0; i < ticks; ++i) keep(world_->tick({}));
    }

    void restart() {
        auto restored = world::World::restore(world_->save());
        REQUIRE(restored.has_value());
        REQUIRE((*restored)->hash() == world_->hash());
        world_ = std::move(*restored);
    }

    void keep(const world::TickResult& result) {
        CHECK(result.faults.empty());
        CHECK(world_->hash() == world_->full_hash());
        for (std::size_t i = 0; i < players_.size(); ++i) {
            for (const auto& output : result.outputs) {
                if (output.session != players_[i].session || output->kind != world::Output::Kind::text)
                    continue;
                read_.push_back((i == 0 ? "" : players_[i].name + ": ") +
                                one_line(world::plain_text(output)));
            }
        }
    }

    const schema::Image& image_;
    std::unique_ptr<world::World> world_;
    std::vector<Player> players_;
    std::vector<std::string> read_;
};

bool is_as_expected(const std::vector<std::string>& expected, const std::vector<std::string>& read) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] == "...") return true;
        if (i >= read.size() || one_line(expected[i]) != one_line(read[i])) return false;
    }
    return expected.size() == read.size();
}

void play(const schema::Image& image, const fs::path& path, const PlayedScene& scene) {
    PlayedStage stage(image);
    for (const auto& step : scene.steps) {
        const auto read = stage.play(step.text);
        if (is_as_expected(step.expected, read)) continue;
        std::string message =
            path.string() + ":" + std::to_string(step.line) + ": " + scene.name + "\n" + step.text + "\n";
        for (const auto& line : read) message += line + "\n";
        // Straight to the output: as a message of the test framework it would be wrapped.
        std::cout << message << "--\n";
        FAIL_CHECK("not what was expected at " << path.string() << ":" << step.line);
    }
}

}  // namespace

TEST_CASE("what is typed does what the played scenes say", "[played]") {
    const auto image = stage_image();
    std::size_t scenes = 0;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(stage_folder)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        for (const auto& scene : scenes_of(file)) {
            play(image, file, scene);
            ++scenes;
        }
    }
    CHECK(scenes >= 10);
}
