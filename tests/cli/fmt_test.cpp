#include <catch2/catch.hpp>

#include "tests/cli/command_support.h"

using namespace command_line;

namespace {

constexpr const char* untidy = "module m\n\nroom  a{ title:\"A\" }\n";
constexpr const char* tidy = "module m\n\nroom a { title: \"A\" }\n";
constexpr const char* broken = "module m\n\nroom a {\n  title: \"A\n}\n";

}  // namespace

TEST_CASE("fmt rewrites what needs it, and names it") {
    const TemporaryFolder folder;
    write(folder.at("w/a.mud"), untidy);
    write(folder.at("w/b.mud"), tidy);
    const Run first = kiln("fmt " + folder.at("w"));
    CHECK(first.exit_code == 0);
    CHECK(has(first, "a.mud\n"));
    CHECK_FALSE(has(first, "b.mud"));
    CHECK(has(first, "2 files, 1 changed"));
    CHECK(read(folder.at("w/a.mud")) == tidy);
    CHECK(has(kiln("fmt " + folder.at("w")), "2 files, 0 changed"));
}

TEST_CASE("fmt --check shows what would change, changes nothing, and fails") {
    const TemporaryFolder folder;
    write(folder.at("a.mud"), untidy);
    const Run run = kiln("fmt --check " + folder.at("a.mud"));
    CHECK(run.exit_code == 1);
    CHECK(has(run, "-room  a{ title:\"A\" }\n+room a { title: \"A\" }\n"));
    CHECK(has(run, "1 file, 1 would change"));
    CHECK(read(folder.at("a.mud")) == untidy);
    write(folder.at("a.mud"), tidy);
    CHECK(kiln("fmt --check " + folder.at("a.mud")).exit_code == 0);
}

TEST_CASE("fmt leaves a file with errors as it is, says where they are, and does the others") {
    const TemporaryFolder folder;
    write(folder.at("a.mud"), broken);
    write(folder.at("b.mud"), untidy);
    const Run run = kiln("fmt " + folder.at(""));
    CHECK(run.exit_code == 1);
    CHECK(has(run, "a.mud:4:"));
    CHECK(has(run, "left as it is"));
    CHECK(read(folder.at("a.mud")) == broken);
    CHECK(read(folder.at("b.mud")) == tidy);
}

TEST_CASE("fmt - is a filter that never loses its input") {
    CHECK(kiln("fmt -", untidy).output == tidy);
    CHECK(kiln("fmt -", untidy).exit_code == 0);
    const Run refused = kiln("fmt -", broken);
    CHECK(refused.exit_code == 1);
    CHECK(has(refused, broken));
    CHECK(kiln("fmt --check -", tidy).exit_code == 0);
    CHECK(kiln("fmt --check -", untidy).exit_code == 1);
}

TEST_CASE("fmt lays out the examples of a page") {
    const TemporaryFolder folder;
    write(folder.at("page.md"), "# Two  blanks\n\n```mud\nroom  a{ title:\"A\" }\n```\n");
    CHECK(kiln("fmt " + folder.at("page.md")).exit_code == 0);
    CHECK(read(folder.at("page.md")) == "# Two  blanks\n\n```mud\nroom a { title: \"A\" }\n```\n");
}
