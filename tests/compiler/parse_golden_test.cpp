#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "compiler/parse/parse.h"

using namespace kiln::compiler;

namespace {

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string complaints(const Reporter& reporter) {
    std::string out;
    for (const auto& diagnostic : reporter.sorted())
        out += std::to_string(diagnostic.span.begin) + ": " + diagnostic.message + "\n";
    return out;
}

}  // namespace

TEST_CASE("what authors write becomes the tree beside it, without a complaint") {
    const auto* name = GENERATE("mill", "rules", "story", "corners");
    const auto path = std::string("tests/compiler/parse/") + name;
    const auto text = read(path + ".mud");
    Reporter reporter;
    const auto file = parse(0, text, reporter);
    CHECK(complaints(reporter) == "");
    CHECK(dump(file) == read(path + ".tree"));
}

TEST_CASE("windows line ends and a byte order mark change nothing") {
    const auto text = read("tests/compiler/parse/mill.mud");
    std::string other = "\xef\xbb\xbf";
    for (const char c : text) other += c == '\n' ? std::string("\r\n") : std::string(1, c);
    Reporter reporter;
    const auto file = parse(0, other, reporter);
    CHECK(complaints(reporter) == "");
    CHECK(dump(file) == read("tests/compiler/parse/mill.tree"));
}

TEST_CASE("indentation means nothing where nothing is wrong") {
    std::istringstream lines(read("tests/compiler/parse/story.mud"));
    std::string flat, line;
    bool block = false;
    while (std::getline(lines, line)) {
        const auto first = line.find_first_not_of(' ');
        flat += (block || first == std::string::npos ? line : line.substr(first)) + "\n";
        for (auto at = line.find("\"\"\""); at != std::string::npos; at = line.find("\"\"\"", at + 3))
            block = !block;
    }
    Reporter reporter;
    const auto file = parse(0, flat, reporter);
    CHECK(complaints(reporter) == "");
    CHECK(dump(file) == read("tests/compiler/parse/story.tree"));
}

TEST_CASE("spans point at what was written") {
    const std::string text =
        "room a {\n  exit north -> b\n  on enter(who) { tell who \"Hi [who.name]\" }\n}\n";
    Reporter reporter;
    const auto file = parse(3, text, reporter);
    REQUIRE(file.declarations.size() == 1);
    const auto& room = *file.declarations[0];
    const auto at = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
    CHECK(room.span.file == 3);
    CHECK(at(room.name.span) == "a");
    REQUIRE(room.members.size() == 2);
    CHECK(at(room.members[0]->span) == "exit north -> b");
    CHECK(at(room.members[0]->target.span) == "b");
    const auto& tell = *room.members[1]->body[0];
    CHECK(at(tell.span) == "tell who \"Hi [who.name]\"");
    const auto& pieces = tell.operands[1].value->text->pieces;
    REQUIRE(pieces.size() == 2);
    CHECK(at(pieces[1].span) == "[who.name]");
    CHECK(at(pieces[1].expression->span) == "who.name");
    CHECK(pieces[1].expression->span.file == 3);
}
