#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"
#include "compiler/format/difference.h"
#include "compiler/format/format.h"
#include "compiler/format/prose.h"
#include "compiler/parse/parse.h"
#include "tests/compiler/format_support.h"
#include "world/schema/image_file.h"

namespace fs = std::filesystem;
using namespace kiln::compiler;
using namespace kiln::tests;

namespace {

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

bool is_sound(const std::string& text) {
    Reporter reporter;
    (void)parse(0, text, reporter);
    return !reporter.has_errors();
}

// Every file of the house that the parser understands.
std::vector<fs::path> sound_files() {
    std::vector<fs::path> paths;
    for (const char* folder : {"content", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.path().extension() == ".mud" && is_sound(read(entry.path())))
                paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// The positions of things in files, and the files themselves.
kiln::schema::Image without_places(kiln::schema::Image image) {
    image.sources.clear();
    for (auto& function : image.program.functions) function.lines.clear();
    for (auto& definition : image.definitions) definition.line = 0;
    for (auto& text : image.texts) text.line = text.column = 0;
    for (auto& test : image.tests) {
        test.line = 0;
        for (auto& step : test.steps) {
            step.line = step.column = 0;
            step.source.clear();
        }
        for (auto& trial : test.trials) {
            for (auto& check : trial.checks) {
                check.line = check.column = 0;
                check.source.clear();
            }
        }
    }
    return image;
}

std::string formatted(std::string_view text) {
    const auto made = format(text);
    REQUIRE(made.has_value());
    return *made;
}

std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        longest = std::max(longest, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

}  // namespace

TEST_CASE("what is badly laid out becomes what lies beside it") {
    const auto* name = GENERATE("messy", "comments", "texts");
    const auto path = std::string("tests/compiler/format/") + name;
    const auto made = formatted(read(path + ".mud"));
    INFO(difference(path, read(path + ".formatted"), made));
    CHECK(made == read(path + ".formatted"));
}

TEST_CASE("formatting says the same with the same words and comments, and nothing more the second time") {
    const auto paths = sound_files();
    CHECK(paths.size() > 60);
    for (const auto& path : paths) {
        INFO(path);
        const auto text = read(path);
        const auto made = formatted(text);
        CHECK(substance_of(made) == substance_of(text));
        INFO(difference("second time", made, formatted(made)));
        CHECK(formatted(made) == made);
        CHECK(made.find(" \n") == std::string::npos);
        CHECK(made.find("\n\n\n") == std::string::npos);
    }
}

TEST_CASE("whatever white space is made of, the same layout comes back") {
    for (const auto& path : sound_files()) {
        const auto made = formatted(read(path));
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            const auto other = shaken(made, seed);
            INFO(path << " with seed " << seed << "\n" << other);
            const auto again = format(other);
            REQUIRE(again.has_value());
            INFO(difference("shaken", made, *again));
            REQUIRE(*again == made);
        }
    }
}

TEST_CASE("the world that content/ compiles to stays what it was") {
    std::vector<Source> before, after;
    for (const auto& path : sound_files()) {
        if (path.string().find("content/") != 0) continue;
        before.push_back({path.string(), shaken(read(path), 5)});
        after.push_back({path.string(), formatted(before.back().text)});
    }
    const auto one = compile(before, {.with_tests = true}), other = compile(after, {.with_tests = true});
    REQUIRE(one.image.has_value());
    REQUIRE(other.image.has_value());
    // As one truth: the test framework would print the bytes.
    const bool same = write_image(without_places(*one.image)) == write_image(without_places(*other.image));
    CHECK(same);
}

TEST_CASE("content/ is formatted") {
    for (const auto& path : sound_files()) {
        if (path.string().find("content/") != 0) continue;
        const auto text = read(path);
        INFO("run `kiln fmt content`\n" << difference(path.string(), text, formatted(text)));
        CHECK(formatted(text) == text);
    }
}

TEST_CASE("lines end before the limit where they can be divided") {
    const auto made = formatted(read("tests/compiler/format/messy.mud"));
    CHECK(longest_line(made) <= format_columns);
    const std::string list = "module m\n\nitem x {\n  keywords: " + [] {
        std::string words = "\"word0\"";
        for (int i = 1; i < 200; ++i) words += ",\"word" + std::to_string(i) + "\"";
        return words;
    }() + "\n}\n";
    CHECK(longest_line(formatted(list)) <= format_columns);
}

TEST_CASE("a file with a syntax error is not touched, and the error has its place") {
    const std::string text = "module m\n\nroom a {\n  title: \"A\"\n  exit east -> -> b\n}\n";
    const auto made = format(text);
    REQUIRE_FALSE(made.has_value());
    REQUIRE(made.error().errors.size() == 1);
    CHECK(line_column(text, made.error().errors[0].span.begin).line == 5);
}

TEST_CASE("an empty file stays empty, and a file of comments keeps them") {
    CHECK(formatted("") == "");
    CHECK(formatted("\n\n  \n") == "");
    CHECK(formatted("// a\n\n\n// b") == "// a\n\n// b\n");
    CHECK(formatted("\xef\xbb\xbfmodule m\r\n") == "module m\n");
}

TEST_CASE("examples of a page are laid out, the page is not") {
    const std::string page =
        "# A  page\n\n```mud\nroom  a{ title:\"A\" }\n```\n\n```mud\nroom a {\n```\n```\nroom  x\n```\n";
    CHECK(format_page(page) ==
          "# A  page\n\n```mud\nroom a { title: \"A\" }\n```\n\n```mud\nroom a {\n```\n```\nroom  x\n```\n");
}

TEST_CASE("a difference shows what changes, with its surroundings") {
    CHECK(difference("f", "a\nb\n", "a\nb\n") == "");
    CHECK(difference("f", "1\n2\n3\n4\n5\nsix\n7\n", "1\n2\n3\n4\n5\n6\n7\n") ==
          "--- f\n+++ f (formatted)\n@@ -3,5 +3,5 @@\n 3\n 4\n 5\n-six\n+6\n 7\n");
    CHECK(difference("f", "", "a\n") == "--- f\n+++ f (formatted)\n@@ -0,0 +1,1 @@\n+a\n");
    CHECK(difference("f", "a\n", "a") ==
          "--- f\n+++ f (formatted)\n(only the end of the file or the ends of lines differ)\n");
    std::string many, others;
    for (int i = 0; i < 3000; ++i) {
        many += "x" + std::to_string(i) + "\n";
        others += "y" + std::to_string(i) + "\n";
    }
    const auto all = difference("f", many, others);
    CHECK(std::count(all.begin(), all.end(), '-') >= 3000);
}
