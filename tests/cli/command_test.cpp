// The `kiln` command as a person at a shell meets it: what it prints, and the exit code.

#include <catch2/catch.hpp>

#include "tests/cli/command_support.h"

namespace fs = std::filesystem;
using namespace command_line;

TEST_CASE("help lists the subcommands, and each has a usage line") {
    const Run all = kiln("help");
    CHECK(all.exit_code == 0);
    for (const char* word : {"serve", "check", "test", "fmt", "play", "map", "new", "build", "dis", "explain",
                             "replay", "doc", "version"}) {
        const std::string name = word;
        CAPTURE(name);
        CHECK(has(all, "kiln " + name + " "));
        const Run one = kiln(name + " --help");
        CHECK(one.exit_code == 0);
        CHECK(has(one, "usage: kiln " + name));
    }
}

TEST_CASE("no words at all is wrong use and prints the list") {
    const Run run = kiln("");
    CHECK(run.exit_code == 2);
    CHECK(has(run, "kiln check"));
}

TEST_CASE("a misspelt subcommand is answered with the one that was meant") {
    const Run run = kiln("chekc content");
    CHECK(run.exit_code == 2);
    CHECK(has(run, "did you mean `kiln check`"));
}

TEST_CASE("a misspelt option is answered with the one that was meant") {
    const Run run = kiln("check content --fromat json");
    CHECK(run.exit_code == 2);
    CHECK(has(run, "did you mean --format"));
    CHECK(kiln("check content --format").exit_code == 2);
    CHECK(kiln("check content --format yaml").exit_code == 2);
}

TEST_CASE("what is not there is wrong use, with its name") {
    for (const char* word : {"check", "build", "test", "dis"}) {
        const std::string name = word;
        CAPTURE(name);
        const Run run = kiln(name + " no/such/folder");
        CHECK(run.exit_code == 2);
        CHECK(has(run, "no/such/folder"));
        CHECK(kiln(name).exit_code == 2);
    }
}

TEST_CASE("a folder without .mud files is said to be one") {
    const TemporaryFolder folder;
    const Run run = kiln("check " + folder.at(""));
    CHECK(run.exit_code == 2);
    CHECK(has(run, "no .mud files"));
}

TEST_CASE("mistakes are told with their place, for people and for programs") {
    const TemporaryFolder folder;
    const std::string world = folder.at("broken");
    REQUIRE(kiln("new " + world).exit_code == 0);
    write(world + "/extra.mud",
          "module broken\n\nroom attic {\n  title: \"Attic\"\n  exit down -> nowhere_at_all\n}\n");
    const Run people = kiln("check " + world);
    CHECK(people.exit_code == 1);
    CHECK(has(people, "extra.mud:5"));
    CHECK(has(people, "nowhere_at_all"));
    CHECK_FALSE(has(people, "\x1b["));
    const Run programs = kiln("check --format json " + world);
    CHECK(programs.exit_code == 1);
    CHECK(programs.output.front() == '[');
    CHECK(has(programs, "\"E0101\""));
    CHECK(kiln("build -o " + folder.at("broken.kilnimage") + " " + world).exit_code == 1);
    CHECK(kiln("test " + world).exit_code == 1);
    CHECK(kiln("dis " + world).exit_code == 1);
    CHECK_FALSE(fs::exists(folder.at("broken.kilnimage")));
}

TEST_CASE("a test that fails is shown with its source and what was seen") {
    const TemporaryFolder folder;
    const std::string world = folder.at("sad");
    REQUIRE(kiln("new " + world).exit_code == 0);
    write(world + "/more.mud",
          "module sad\n\ntest \"the moon is made of cheese\" {\n  player p at kitchen\n  p does \"look\"\n"
          "  expect p sees \"a cheese\"\n}\n");
    const Run run = kiln("test " + world);
    CHECK(run.exit_code == 1);
    CHECK(has(run, "more.mud:6"));
    CHECK(has(run, "the moon is made of cheese"));
    CHECK(has(run, "> expect p sees \"a cheese\""));
    CHECK(has(run, "The Kitchen"));
    CHECK(has(run, ", 1 failed\n"));

    const Run other = kiln("test " + world + " --filter kettle");
    CHECK(other.exit_code == 0);
    CHECK(has(other, "1 passed, 0 failed"));
    CHECK(kiln("test " + world + " --filter zzz").exit_code == 2);
}

TEST_CASE("tests can be listed, and reported to build servers and programs") {
    const Run list = kiln("test content --list --filter kettle_cross/tests");
    CHECK(list.exit_code == 0);
    CHECK(has(list, "tests.mud:4: the kettle feeds everybody"));
    CHECK_FALSE(has(list, "passed"));
    const Run xml = kiln("test content --format junit --threads 2");
    CHECK(xml.exit_code == 0);
    CHECK(has(xml, "<testsuite name=\"kiln test\""));
    CHECK(has(xml, "failures=\"0\""));
    CHECK(has(kiln("test content --format json"), "\"passed\":true"));
    CHECK(kiln("test content --format yaml").exit_code == 2);
    CHECK(kiln("test content --seed many").exit_code == 2);
}

TEST_CASE("an image is the same every time, can be shown, and is refused when damaged") {
    const TemporaryFolder folder;
    const std::string image = folder.at("content.kilnimage");
    const Run built = kiln("build content -o " + image);
    INFO(built.output);
    REQUIRE(built.exit_code == 0);
    const std::string bytes = read(image);
    REQUIRE(kiln("build content -o " + image).exit_code == 0);
    CHECK(read(image) == bytes);
    CHECK_FALSE(fs::exists(image + ".new"));

    const Run shown = kiln("dis " + image + " --function bellhouse");
    CHECK(shown.exit_code == 0);
    CHECK(has(shown, "bellhouse"));
    CHECK(kiln("dis " + image + " --function no_such_function").exit_code == 2);

    std::string damaged = bytes;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    write(image, damaged);
    CHECK(kiln("dis " + image).exit_code == 1);
    write(image, bytes.substr(0, bytes.size() / 2));
    CHECK(kiln("dis " + image).exit_code == 1);
    CHECK(kiln("build content -o " + folder.at("no/such/folder/x.kilnimage")).exit_code == 1);
}

TEST_CASE("every code is explained, and a misspelt one is answered with the one that was meant") {
    const Run known = kiln("explain e0101");
    CHECK(known.exit_code == 0);
    CHECK(has(known, "E0101 unknown_name"));
    CHECK(has(kiln("explain"), "W0501"));
    const Run unknown = kiln("explain E01O1");
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown, "did you mean E0101"));
}

TEST_CASE("the reference pages are written into a folder") {
    const TemporaryFolder folder;
    CHECK(kiln("doc " + folder.at("pages")).exit_code == 0);
    CHECK(read(folder.at("pages/events.md")).find("enter") != std::string::npos);
}

TEST_CASE("serve refuses what it cannot do before it opens anything") {
    const TemporaryFolder folder;
    CHECK(kiln("serve content --port 99999 --data " + folder.at("data")).exit_code == 2);
    CHECK(kiln("serve " + folder.at("nothing") + " --data " + folder.at("data")).exit_code != 0);
    CHECK_FALSE(fs::exists(folder.at("data")));
}
