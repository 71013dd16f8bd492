#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "compiler/diagnostics/text_width.h"
#include "tests/compiler/compile_support.h"
#include "tests/compiler/json_reader.h"

using namespace kiln::compiler;

namespace {

std::string read_golden(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

// A world with mistakes of all sorts, under a name that every format must escape.
CompileResult sample() {
    return compile({{"worlds/a sample, one.mud", read_golden("tests/compiler/render/sample.mud")}}, {true, false});
}

// KILN_WRITE_GOLDEN=1 writes the files anew; look at what changed before it is kept.
void compare(const std::string& file, Format format) {
    const auto path = "tests/compiler/render/" + file;
    const auto found = render(sample(), format);
    if (std::getenv("KILN_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << found;
    CHECK(found == read_golden(path));
}


}  // namespace

TEST_CASE("each format says the same diagnostics as its golden file") {
    compare("sample.human.txt", Format::human);
    compare("sample.color.txt", Format::human_color);
    compare("sample.json", Format::json);
    compare("sample.sarif", Format::sarif);
    compare("sample.github.txt", Format::github);
}

TEST_CASE("SARIF has the structure that version 2.1.0 asks for") {
    const auto result = sample();
    const auto log = JsonReader(render(result, Format::sarif)).read();
    CHECK(log["version"].words == "2.1.0");
    CHECK(log["$schema"].words.ends_with("sarif-2.1.0.json"));
    REQUIRE(log["runs"].items.size() == 1);
    const auto& run = log["runs"][0];
    const auto& driver = run["tool"]["driver"];
    CHECK(driver["name"].words == "kiln");
    std::set<std::string> rules;
    for (const auto& rule : driver["rules"].items) {
        CHECK(rules.insert(rule["id"].words).second);
        CHECK_FALSE(rule["shortDescription"]["text"].words.empty());
        CHECK(rule["shortDescription"]["text"].words.find("{}") == std::string::npos);
    }
    const auto& results = run["results"].items;
    REQUIRE(results.size() == result.diagnostics.size());
    const auto& text = result.sources[0].text;
    const auto lines = static_cast<long>(std::count(text.begin(), text.end(), '\n'));
    const auto check_region = [&](const Json& region) {
        CHECK(region["startLine"].number() >= 1);
        CHECK(region["endLine"].number() >= region["startLine"].number());
        CHECK(region["endLine"].number() <= lines + 1);
        CHECK(region["startColumn"].number() >= 1);
        if (region["endLine"].number() == region["startLine"].number())
            CHECK(region["endColumn"].number() >= region["startColumn"].number());
    };
    for (const auto& one : results) {
        const auto& rule = driver["rules"][static_cast<std::size_t>(one["ruleIndex"].number())];
        CHECK(rule["id"].words == one["ruleId"].words);
        CHECK(std::set<std::string>{"error", "warning", "note"}.contains(one["level"].words));
        CHECK_FALSE(one["message"]["text"].words.empty());
        const auto& place = one["locations"][0]["physicalLocation"];
        CHECK(place["artifactLocation"]["uri"].words == "worlds/a%20sample%2C%20one.mud");
        check_region(place["region"]);
        if (one.has("relatedLocations")) {
            for (const auto& related : one["relatedLocations"].items)
                check_region(related["physicalLocation"]["region"]);
        }
        if (!one.has("fixes")) continue;
        for (const auto& change : one["fixes"][0]["artifactChanges"].items) {
            CHECK(change["artifactLocation"].has("uri"));
            check_region(change["replacements"][0]["deletedRegion"]);
        }
    }
    CHECK(JsonReader(render(compile_text("module t\n"), Format::sarif)).read()["runs"][0]["results"].items.empty());
}

TEST_CASE("JSON is one array, one object a diagnostic, one a line") {
    const auto text = render(sample(), Format::json);
    const auto all = JsonReader(text).read();
    CHECK(all.items.size() == sample().diagnostics.size());
    CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == all.items.size());
    for (const auto& one : all.items) {
        CHECK(one["code"].words.size() == 5);
        CHECK(one["line"].number() >= 1);
    }
}

TEST_CASE("a workflow command is one line, and nothing in it ends it early") {
    const auto text = render(sample(), Format::github);
    std::istringstream lines(text);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        CHECK((line.starts_with("::error ") || line.starts_with("::warning ")));
        const auto properties = line.substr(0, line.find("::", 2));
        CHECK(properties.find("file=worlds/a sample%2C one.mud,line=") != std::string::npos);
        CHECK(properties.find("title=") != std::string::npos);
    }
    CHECK(count == sample().diagnostics.size());
    Reporter reporter;
    reporter.report(Code::bad_pattern, {0, 0, 1}, {"50% : a,b\r\n::error::x"});
    CompileResult one;
    one.sources.push_back({"a:b.mud", "x"});
    one.diagnostics = reporter.all();
    CHECK(render(one, Format::github) ==
          "::error file=a%3Ab.mud,line=1,col=1,endColumn=2,title=E0409::I cannot read this pattern: "
          "50%25 : a,b%0D%0A::error::x\n");
}

TEST_CASE("marks stand below what they mark, however wide it is") {
    CHECK(width_of("abc") == 3);
    CHECK(width_of("\xe5\xa4\xa7\xe5\xbb\xb3") == 4);        // two wide characters
    CHECK(width_of("e\xcc\x81") == 1);                        // a letter and the accent on it
    CHECK(width_of("\xf0\x9f\x94\x94") == 2);                // a bell
    CHECK(shown("\ta\tb", 0) == "    a   b");
    CHECK(shown("a\x1b[0m", 0) == "a?[0m");
    Reporter reporter;
    reporter.report(Code::unexpected, {0, 7, 8}, {"`x`"});
    CompileResult result;
    result.sources.push_back({"a.mud", "\xe5\xa4\xa7\te\xcc\x81x"});
    result.diagnostics = reporter.all();
    CHECK(render(result, Format::human).find("1 | \xe5\xa4\xa7  e\xcc\x81x\n  |      ^\n") != std::string::npos);
}

TEST_CASE("a span over several lines shows the first and the last") {
    CompileResult result;
    result.sources.push_back({"a.mud", "if x {\n  one\n  two\n}\nrest\n"});
    Reporter reporter;
    reporter.report(Code::unreachable, {0, 0, 20}).label = "here";
    result.diagnostics = reporter.all();
    CHECK(render(result, Format::human) ==
          "error[E0406]: this is never reached\n"
          " --> a.mud:1:1\n"
          "  |\n"
          "1 | if x {\n"
          "  | ^^^^^^\n"
          "...\n"
          "4 | }\n"
          "  | ^ here\n"
          "\n"
          "1 error\n");
    result.diagnostics[0].span = {0, 3, 11};
    CHECK(render(result, Format::human).find("1 | if x {\n  |    ^^^\n2 |   one\n  |   ^^ here\n") !=
          std::string::npos);
    result.diagnostics[0].span = {0, 0, 7};
    const auto one_line = render(result, Format::human);
    CHECK(one_line.find("1 | if x {\n  | ^^^^^^ here\n") != std::string::npos);
}

TEST_CASE("the last line counts, tells what is not shown, and what can be mended") {
    const auto human = render(sample(), Format::human);
    CHECK(human.ends_with("; `kiln fix` can mend 2\n"));
    CompileResult result;
    result.sources.push_back({"a.mud", "abcdef"});
    Reporter reporter(1);
    reporter.report(Code::unexpected, {0, 0, 1}, {"`a`"});
    reporter.report(Code::unexpected, {0, 1, 2}, {"`b`"});
    result.diagnostics = reporter.all();
    result.dropped = reporter.dropped();
    CHECK(render(result, Format::human).ends_with("1 error, and 1 more that are not shown\n"));
}

TEST_CASE("ten thousand errors are rendered in no time that anybody sees") {
    std::string text = "module t\n";
    for (int i = 0; i < 10'000; ++i) text += "room a" + std::to_string(i) + " { x: ) }\n";
    const auto result = compile({{"many.mud", text}}, {true, false});
    CHECK(result.diagnostics.size() == 2000);
    CHECK(result.dropped >= 7000);
    CHECK(result.has_errors);
    const auto human = render(result, Format::human);
    CHECK(human.size() < 1'000'000);
    CHECK(human.find("more that are not shown") != std::string::npos);
}
