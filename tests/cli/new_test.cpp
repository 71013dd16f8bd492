// `kiln new`: every template is a world that pleases every other command.

#include <catch2/catch.hpp>

#include "tests/cli/command_support.h"

namespace fs = std::filesystem;
using namespace command_line;

TEST_CASE("every template makes a world without a warning, whose tests pass and whose layout is right") {
    int templates = 0;
    for (const auto& entry : fs::directory_iterator("templates")) {
        if (!entry.is_directory()) continue;
        ++templates;
        const std::string name = entry.path().filename().string();
        CAPTURE(name);
        CHECK(has(kiln("new --list"), name));
        const TemporaryFolder folder;
        const std::string world = folder.at("small_world");
        REQUIRE(kiln("new " + world + " --template " + name).exit_code == 0);
        CHECK_FALSE(fs::exists(world + "/about.txt"));
        CHECK_FALSE(has(read(world + "/README.md"), "NAME"));
        CHECK(has(read(world + "/small_world.mud"), "module small_world\n"));
        CHECK(has(kiln("check " + world), "no problems"));
        CHECK(kiln("fmt --check " + world).exit_code == 0);
        const Run tested = kiln("test " + world);
        INFO(tested.output);
        CHECK(tested.exit_code == 0);
        CHECK_FALSE(has(tested, "0 passed"));
        CHECK(has(kiln("play " + world, "look\n"), "> look\n"));
    }
    CHECK(templates >= 3);
}

TEST_CASE("a folder that holds something is never made new") {
    const TemporaryFolder folder;
    write(folder.at("taken/notes.txt"), "mine");
    CHECK(kiln("new " + folder.at("taken")).exit_code == 1);
    CHECK(read(folder.at("taken/notes.txt")) == "mine");
    CHECK_FALSE(fs::exists(folder.at("taken/std")));
}

TEST_CASE("a folder whose name cannot be a module is refused with a reason") {
    const TemporaryFolder folder;
    const Run run = kiln("new " + folder.at("7-Dwarfs"));
    CHECK(run.exit_code == 2);
    CHECK(has(run, "small letters, digits and _"));
    CHECK_FALSE(fs::exists(folder.at("7-Dwarfs")));
    CHECK(kiln("new " + folder.at("std")).exit_code == 2);
    CHECK(has(kiln("new " + folder.at("house") + " --template palace"), "kiln new --list"));
    CHECK_FALSE(fs::exists(folder.at("house")));
}
