#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "tests/compiler/compile_support.h"

namespace kiln::compiler {

namespace {

struct Expectation {
    std::string code, advice;
    std::uint32_t line = 0, column = 0;
};

// Lines of the form: // expect: E0101 at 5:17 "did you mean"
std::vector<Expectation> expectations_of(const std::string& text) {
    std::vector<Expectation> result;
    const std::string mark = "// expect: ";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const auto line = text.substr(at + mark.size(), text.find('\n', at) - at - mark.size());
        Expectation made;
        made.code = line.substr(0, 5);
        const auto place = line.find(" at ") + 4;
        const auto colon = line.find(':', place);
        made.line = static_cast<std::uint32_t>(std::stoul(line.substr(place)));
        made.column = static_cast<std::uint32_t>(std::stoul(line.substr(colon + 1)));
        const auto quote = line.find('"');
        if (quote != std::string::npos) made.advice = line.substr(quote + 1, line.rfind('"') - quote - 1);
        result.push_back(std::move(made));
    }
    return result;
}

}  // namespace

TEST_CASE("every mistake of the table is reported where it is, once, and nothing else is") {
    const auto sources = read_folder("tests/compiler/errors");
    REQUIRE(sources.size() >= 45);
    std::set<std::string> codes;
    for (const auto& source : sources) {
        const auto expected = expectations_of(source.text);
        const auto result = compile({source}, {true, false});
        INFO(source.name << "\n" << render(result, Format::human));
        REQUIRE_FALSE(expected.empty());
        REQUIRE(result.diagnostics.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& found = result.diagnostics[i];
            const auto place = line_column(source.text, found.span.begin);
            CHECK(row_of(found.code).number == expected[i].code);
            CHECK(place.line == expected[i].line);
            CHECK(place.column == expected[i].column);
            CHECK(found.advice.find(expected[i].advice) != std::string::npos);
            codes.insert(expected[i].code);
        }
        CHECK(result.image.has_value() == !result.has_errors);
    }
    CHECK(codes.size() >= 45);
}

TEST_CASE("a fix that is offered makes the mistake go away") {
    for (const std::string name :
         {"unknown_room", "unknown_verb", "unknown_property", "unknown_kind", "number_is_no_condition"}) {
        const auto sources = read_folder("tests/compiler/errors");
        for (auto source : sources) {
            if (source.name != "tests/compiler/errors/" + name + ".mud") continue;
            const auto result = compile({source}, {true, false});
            INFO(source.name);
            REQUIRE(result.diagnostics.size() == 1);
            REQUIRE(result.diagnostics[0].fix.has_value());
            const auto& fix = *result.diagnostics[0].fix;
            source.text.replace(fix.span.begin, fix.span.end - fix.span.begin, fix.replacement);
            const auto again = compile({source}, {true, false});
            INFO(render(again, Format::human));
            CHECK_FALSE(again.has_errors);
        }
    }
}

TEST_CASE("a name that is missing many times is reported once, with the count") {
    const auto result = compile_text(
        "module t\nzone t { title: \"T\" }\nroom a { title: \"A\" ; exit up -> nowhere ; exit down -> "
        "nowhere ; exit north -> nowhere }\n");
    REQUIRE(result.diagnostics.size() == 1);
    CHECK(result.diagnostics[0].label == "used 3 times");
}

TEST_CASE("a condition that cannot be read in a text is one mistake, not a crash") {
    const auto result = compile_text(
        "module t\nzone t { title: \"T\" }\nroom a { title: \"A\"\n  on enter(who) { echo \"[if 3  "
        "4]yes[else]no[end]\" }\n}\n");
    CHECK(result.has_errors);
    CHECK(result.diagnostics.size() == 1);
    CHECK_FALSE(result.image.has_value());
}

TEST_CASE("missing rules are errors unless nobody asks for them") {
    const std::string world = "module t\nzone t { title: \"T\" ; start: a }\nroom a { title: \"A\" }\n";
    CHECK_FALSE(compile({{"a.mud", world}}, {false, false}).has_errors);
    const auto strict = compile({{"a.mud", world}}, {false, true});
    REQUIRE(strict.has_errors);
    CHECK(row_of(strict.diagnostics.front().code).number == "E0307");
    const auto wrong =
        compile({{"a.mud", world + "formula kill_xp(level: int) -> int = level\n"}}, {false, false});
    REQUIRE(wrong.diagnostics.size() == 1);
    CHECK(row_of(wrong.diagnostics.front().code).number == "E0308");
}

}  // namespace kiln::compiler
