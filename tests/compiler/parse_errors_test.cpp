#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/diagnostics/render.h"
#include "compiler/parse/parse.h"

using namespace kiln::compiler;

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string place(const std::string& text, const Diagnostic& diagnostic) {
    const auto at = line_column(text, diagnostic.span.begin);
    return std::string(row_of(diagnostic.code).number) + " at " + std::to_string(at.line) + ":" +
           std::to_string(at.column);
}

// The lines `// expect: E0002 at 7:1` of a file.
std::vector<std::string> expected(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("// expect: ")) out.push_back(line.substr(11));
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator("tests/compiler/syntax"))
        if (entry.path().extension() == ".mud") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<std::string> found(const std::string& text, Reporter& reporter) {
    parse(0, text, reporter);
    std::vector<std::string> out;
    for (const auto& diagnostic : reporter.sorted()) out.push_back(place(text, diagnostic));
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<Diagnostic> errors_of(const std::string& text) {
    Reporter reporter;
    parse(0, text, reporter);
    return reporter.sorted();
}

}  // namespace

TEST_CASE("each syntax mistake has its one message, at its place") {
    REQUIRE(files().size() > 20);
    for (const auto& path : files()) {
        const auto text = read_file(path);
        INFO(path.string());
        REQUIRE_FALSE(expected(text).empty());
        Reporter reporter;
        CHECK(found(text, reporter) == expected(text));
    }
}

TEST_CASE("every row about the shape of the text has a file that provokes it") {
    std::string all;
    for (const auto& path : files()) all += read_file(path);
    for (int i = 0; i < static_cast<int>(Code::count); ++i) {
        const auto& row = row_of(static_cast<Code>(i));
        if (!row.number.starts_with("E00") || row.name == "not_utf8" || row.name == "file_too_large")
            continue;
        INFO(row.number << " " << row.name);
        CHECK(all.find("// expect: " + std::string(row.number)) != std::string::npos);
    }
}

TEST_CASE("no word of the parser reaches an author") {
    for (const auto& path : files()) {
        for (const auto& diagnostic : errors_of(read_file(path))) {
            for (const auto* word :
                 {"extraneous", "mismatched", "viable", "token", "expecting", "<EOF>", "SEPARATOR"}) {
                INFO(path.string());
                CHECK(diagnostic.message.find(word) == std::string::npos);
                CHECK(diagnostic.label.find(word) == std::string::npos);
                CHECK(diagnostic.advice.find(word) == std::string::npos);
            }
        }
    }
}

TEST_CASE("a file that is not UTF-8 is refused whole, at the first wrong byte") {
    const auto* bytes = GENERATE("\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80");
    const auto errors = errors_of(std::string("room a { title: \"x") + bytes + "\" }\n");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].code == Code::not_utf8);
    CHECK(errors[0].span.begin == 18);
}

TEST_CASE("a file that is too large is refused") {
    CHECK(errors_of(std::string(max_file_bytes, '\n')).empty());
    const auto errors = errors_of(std::string(max_file_bytes + 1, '\n'));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].code == Code::file_too_large);
}

TEST_CASE("deep nesting is refused in no time and leaves the rest alone") {
    const auto* opener =
        GENERATE("(", "[", "{", "not ", "-", "x.", "x+", "as x ", "f(", "if a { ", "1 => ", "else if a { } ");
    std::string deep;
    for (int i = 0; i < 60'000; ++i) deep += opener;
    const auto text = "room first { title: \"a\" }\nfn bad(x: int) {\n  let y = x\n  if z { } " + deep +
                      "\n}\nroom last { title: \"b\" }\n";
    Reporter reporter;
    const auto file = parse(0, text, reporter);
    INFO(opener);
    CHECK(reporter.all().size() == 1);
    REQUIRE(file.declarations.size() == 3);
    CHECK(file.declarations[1]->name.text == "bad");
    CHECK(file.declarations[1]->broken);
    CHECK_FALSE(file.declarations[0]->broken);
    CHECK_FALSE(file.declarations[2]->broken);
}

TEST_CASE("brackets may nest as deep as the limit says") {
    const auto nested = [](int depth) {
        return "const x = " + std::string(static_cast<std::size_t>(depth), '(') + "1" +
               std::string(static_cast<std::size_t>(depth), ')') + "\n";
    };
    CHECK(errors_of(nested(max_nesting)).empty());
    const auto errors = errors_of(nested(max_nesting + 1));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].code == Code::nested_too_deep);
}

TEST_CASE("what is right in a broken declaration is kept") {
    Reporter reporter;
    const auto file =
        parse(0,
              "room a {\n  title: \"A\"\n  exit north -> b\n  flags: , dark\n  exit south -> c\n"
              "  on enter(who) {\n    tell who \"x\"\n  }\n}\nroom b { title: \"B\" }\n",
              reporter);
    REQUIRE(reporter.all().size() == 1);
    REQUIRE(file.declarations.size() == 2);
    const auto& room = *file.declarations[0];
    CHECK(room.broken);
    CHECK(room.members.size() == 4);
    CHECK_FALSE(file.declarations[1]->broken);
}

TEST_CASE("a missing brace shows the block that is still open") {
    const auto errors =
        errors_of("room a {\n  on enter(who) {\n    stop\n  title: \"x\"\n}\n\nroom b {\n}\n");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].code == Code::missing_brace);
    CHECK(errors[0].advice == "the block that begins on line 2 is still open");
    REQUIRE(errors[0].also.size() == 1);
    CHECK(errors[0].also[0].label == "this block is still open");
}
