#include <catch2/catch.hpp>

#include "compiler/diagnostics/render.h"

using namespace kiln::compiler;

namespace {

CompileResult result_of(std::string text, const Reporter& reporter) {
    CompileResult result;
    result.sources.push_back({"caves.mud", std::move(text)});
    result.diagnostics = reporter.sorted();
    result.has_errors = reporter.has_errors();
    return result;
}

}  // namespace

TEST_CASE("a diagnostic shows its line, its place and its advice") {
    const std::string text = "room a {\n  exit north -> thron_hall\n}\n";
    Reporter reporter;
    auto& made = reporter.report(Code::unknown_name, {0, 25, 35}, {"room", "thron_hall"});
    made.label = "did you mean `throne_hall`?";
    made.advice = "rooms are declared with `room`";
    CHECK(render(result_of(text, reporter), Format::human) ==
          "error[E0101]: there is no room called `thron_hall`\n"
          " --> caves.mud:2:17\n"
          "  |\n"
          "2 |   exit north -> thron_hall\n"
          "  |                 ^^^^^^^^^^ did you mean `throne_hall`?\n"
          "  = rooms are declared with `room`\n"
          "\n"
          "1 error\n");
}

TEST_CASE("a second place is shown below the first, and the counts come last") {
    const std::string text = "a\nb\nc\nd\ne\nf\ng\nh\ni\nroom x\n";
    Reporter reporter;
    reporter.report(Code::duplicate_name, {0, 18, 22}, {"x"}).also.push_back({{0, 2, 3}, "first here"});
    reporter.report(Code::unknown_verb_form, {0, 0, 1}, {"x"});
    reporter.report(Code::unexpected, {0, 4, 5}, {"`c`"});
    const auto out = render(result_of(text, reporter), Format::human);
    CHECK(out.find(":::") != std::string::npos);
    CHECK(out.find(" 2 | b\n   | - first here\n") != std::string::npos);
    CHECK(out.ends_with("2 errors, 1 warning\n"));
    CHECK(render(result_of("", Reporter()), Format::human) == "no errors\n");
}

TEST_CASE("colour is only colour") {
    Reporter reporter;
    reporter.report(Code::unexpected, {0, 0, 1}, {"`x`"});
    const auto plain = render(result_of("x", reporter), Format::human);
    const auto colored = render(result_of("x", reporter), Format::human_color);
    CHECK(plain.find('\x1b') == std::string::npos);
    std::string stripped;
    for (std::size_t i = 0; i < colored.size(); ++i) {
        if (colored[i] == '\x1b')
            i = colored.find('m', i);
        else
            stripped += colored[i];
    }
    CHECK(colored.size() > plain.size());
    CHECK(stripped == plain);
}

TEST_CASE("a source cannot speak to the terminal") {
    Reporter reporter;
    reporter.report(Code::unexpected, {0, 2, 3}, {"`\x1b[2J`"});
    const auto out = render(result_of("a\x1bz", reporter), Format::human);
    CHECK(out.find('\x1b') == std::string::npos);
}

TEST_CASE("columns count characters, and tabs are wide") {
    CHECK(line_column("é\nàb", 5).line == 2);
    CHECK(line_column("é\nàb", 5).column == 2);
    CHECK(line_column("ab", 99).column == 3);
    Reporter reporter;
    reporter.report(Code::unexpected, {0, 3, 4}, {"`x`"});
    const auto out = render(result_of("\té"
                                      "x",
                                      reporter),
                            Format::human);
    CHECK(out.find("1 |     éx\n  |      ^\n") != std::string::npos);
}

TEST_CASE("a long line is cut around its place") {
    Reporter reporter;
    reporter.report(Code::unexpected, {0, 5000, 5001}, {"`x`"});
    const auto out =
        render(result_of(std::string(5000, 'a') + "x" + std::string(5000, 'b'), reporter), Format::human);
    CHECK(out.size() < 600);
    CHECK(out.find("...aaa") != std::string::npos);
    CHECK(out.find("axb") != std::string::npos);
}

TEST_CASE("programs get one JSON array") {
    Reporter reporter;
    auto& made = reporter.report(Code::unknown_word, {0, 2, 3}, {"a\"b\\\n\x01", "c"});
    made.fix = Fix{{0, 2, 3}, "x"};
    made.also.push_back({{0, 0, 1}, "there"});
    CHECK(
        render(result_of("a\nb", reporter), Format::json) ==
        R"([{"code":"E0112","name":"unknown_word","severity":"error","message":"`a\"b\\\n\u0001` is not one of: c",)"
        R"("file":"caves.mud","line":2,"column":1,"end_line":2,"end_column":2,"label":"","advice":"",)"
        R"("also":[{"file":"caves.mud","line":1,"column":1,"end_line":1,"end_column":2,"label":"there"}],)"
        R"("fix":{"sure":true,"edits":[{"file":"caves.mud","line":2,"column":1,"end_line":2,"end_column":2,)"
        R"("replacement":"x"}]}}])"
        "\n");
    CHECK(render(result_of("", Reporter()), Format::json) == "[]\n");
}

TEST_CASE("messages take arguments in order, advice takes those that are left") {
    Reporter reporter;
    CHECK(reporter.report(Code::missing_brace, {0, 0, 1}, {"7"}).advice ==
          "the block that begins on line 7 is still open");
    const auto& gone = reporter.report(Code::may_be_gone, {0, 1, 2}, {"rat"});
    CHECK(gone.message == "`rat` may be gone after the wait");
    CHECK(gone.advice ==
          "ask again: `if rat { ... }`, or write `bind rat` before the wait to give up when it goes");
}

TEST_CASE("one place has one error, and too many are counted") {
    Reporter reporter(2);
    reporter.report(Code::unexpected, {0, 0, 1}, {"a"});
    reporter.report(Code::missing, {0, 0, 1}, {"b"});
    CHECK(reporter.all().size() == 1);
    CHECK(reporter.dropped() == 0);
    reporter.report(Code::missing, {0, 1, 1}, {"b"});
    reporter.report(Code::missing, {0, 2, 2}, {"b"}).label = "goes nowhere";
    CHECK(reporter.all().size() == 2);
    CHECK(reporter.dropped() == 1);
    CHECK(reporter.has_errors());
}

TEST_CASE("warnings are no errors, and the order is that of the places") {
    Reporter reporter;
    reporter.report(Code::unknown_verb_form, {1, 5, 6}, {"x"});
    CHECK_FALSE(reporter.has_errors());
    reporter.report(Code::unexpected, {0, 9, 10}, {"x"});
    reporter.report(Code::unexpected, {1, 2, 3}, {"x"});
    const auto sorted = reporter.sorted();
    CHECK(sorted[0].span.file == 0);
    CHECK(sorted[1].span.begin == 2);
    CHECK(sorted[2].span.begin == 5);
}

TEST_CASE("what was meant is found among what exists") {
    const std::vector<std::string> names = {"throne_hall", "guard_room", "cell", "Iron-Key"};
    CHECK(closest("thron_hall", names) == "throne_hall");
    CHECK(closest("gaurd_room", names) == "guard_room");
    CHECK(closest("iron_key", names) == "Iron-Key");
    CHECK(closest("cel", names) == "cell");
    CHECK_FALSE(closest("tower", names));
    CHECK_FALSE(closest("x", names));
    CHECK_FALSE(closest("", names));
    CHECK_FALSE(closest("cell", {"cell"}));
}

TEST_CASE("every row has a number of its own and a message") {
    std::vector<std::string_view> numbers;
    for (int i = 0; i < static_cast<int>(Code::count); ++i) {
        const auto& row = row_of(static_cast<Code>(i));
        INFO(row.name);
        CHECK(std::find(numbers.begin(), numbers.end(), row.number) == numbers.end());
        CHECK(row.number.size() == 5);
        CHECK((row.number[0] == 'W') == (row.severity == Severity::warning));
        CHECK_FALSE(row.message.empty());
        numbers.push_back(row.number);
    }
}
