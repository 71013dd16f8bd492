// How tests are chosen and run, and what is told about them.

#include <catch2/catch.hpp>

#include "compiler/compile.h"
#include "compiler/diagnostics/render.h"
#include "scenario/report.h"
#include "scenario/scenario.h"
#include "tests/scenario/worlds.h"

namespace {

using namespace kiln;
using namespace scenario_tests;

constexpr const char* pond = R"(module pond

zone pond { title: "Pond" ; entrances: bank ; start: bank }

room bank {
  title: "The Bank"
  description: "Reeds & <mud>."
  on command "throw stone" by who {
    tell who "You throw it."
    if roll(50%) { act who "[Who] [who scores]!" } else { act who "[Who] [who misses]." }
  }
}

test "reeds are seen" {
  player p at bank
  p does "look"
  expect p sees "Reeds"
}

test "a \"heron\" stands here" {
  player p at bank
  p does "look"
  advance 5s
  expect p sees "a heron & more"
}

test "one is richer than one is" {
  player p at bank
  expect p.gold > 5
}

test "stones fly the same way every time" {
  seed: 4
  player p at bank
  p does "throw stone"
  advance 3s
  expect p sees "You score!"
}
)";

schema::Image pond_image() { return compiled("content/std", {{"pond.mud", pond}}); }

}  // namespace

TEST_CASE("the results are the same however many threads run the tests") {
    const auto image = compiled("content");
    const auto one = scenario::run_tests(image, {.threads = 1});
    const auto many = scenario::run_tests(image, {.threads = 8});
    REQUIRE(one.size() >= 20);
    REQUIRE(one.size() == many.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        INFO(one[i].name);
        CHECK(one[i].name == many[i].name);
        CHECK(one[i].message == many[i].message);
        CHECK(one[i].ticks == many[i].ticks);
        CHECK(one[i].passed);
    }
}

TEST_CASE("tests are chosen by a part of their name, or of the name of their file") {
    const auto image = pond_image();
    CHECK(scenario::chosen_tests(image, {.filter = "heron"}).size() == 1);
    CHECK(scenario::chosen_tests(image, {.filter = "pond.mud"}).size() == 4);
    CHECK(scenario::chosen_tests(image, {.filter = "swan"}).empty());
    const auto results = scenario::run_tests(image, {.filter = "reeds"});
    REQUIRE(results.size() == 1);
    CHECK(results[0].passed);
    CHECK(results[0].line == 14);
}

TEST_CASE("another seed draws otherwise, the same seed never") {
    const auto image = pond_image();
    int scored = 0;
    for (std::uint64_t seed = 0; seed < 32; ++seed) {
        const scenario::RunOptions options{.filter = "stones", .seed = seed};
        const bool passed = scenario::run_tests(image, options)[0].passed;
        CHECK(passed == scenario::run_tests(image, options)[0].passed);
        scored += passed;
    }
    CHECK(scored > 4);
    CHECK(scored < 28);
}

TEST_CASE("a failure is told with its line, what was expected, and what everybody saw and when") {
    const auto image = pond_image();
    const auto results = scenario::run_tests(image);
    REQUIRE(results.size() == 4);
    CHECK(results[0].passed);
    CHECK(results[0].transcript.empty());
    CHECK_FALSE(results[1].passed);
    CHECK(results[1].line == 20);
    CHECK(results[1].failed_line == 24);
    CHECK(results[1].ticks == 51);
    const auto text = scenario::report(image, results, scenario::ReportFormat::people);
    INFO(text);
    CHECK(text.find("pond.mud:24: failed: a \"heron\" stands here\n"
                    "    > expect p sees \"a heron & more\"\n"
                    "    P should see \"a heron & more\"\n"
                    "      but saw \"The Bank Reeds & <mud>. Exits: none. \"\n"
                    "    what happened:\n"
                    "    | 0:00.0  P > look\n"
                    "    | 0:00.1  P < The Bank\n") != std::string::npos);
    CHECK(text.find("pond.mud:29: failed: one is richer than one is\n    > expect p.gold > 5\n") !=
          std::string::npos);
    CHECK(text.find("passed:") == std::string::npos);
    CHECK(text.ends_with("passed, 2 failed\n"));
    CHECK(scenario::report(image, results, scenario::ReportFormat::people, true)
              .find("pond.mud:14: passed: reeds are seen\n") != std::string::npos);
}

TEST_CASE("build servers get the count, the place and the story, and nothing that breaks their format") {
    const auto image = pond_image();
    const auto xml = scenario::report(image, scenario::run_tests(image), scenario::ReportFormat::junit);
    INFO(xml);
    CHECK(xml.find("tests=\"4\" failures=\"2\"") != std::string::npos);
    CHECK(xml.find("<testcase name=\"a &quot;heron&quot; stands here\" classname=\"pond.mud\"") !=
          std::string::npos);
    CHECK(xml.find("<failure message=\"pond.mud:24: P should see &quot;a heron &amp; more&quot;\">") !=
          std::string::npos);
    CHECK(xml.find("Reeds &amp; &lt;mud&gt;.") != std::string::npos);
    CHECK(xml.find("Reeds & <mud>") == std::string::npos);
}

TEST_CASE("programs get one object a test") {
    const auto image = pond_image();
    const auto json = scenario::report(image, scenario::run_tests(image), scenario::ReportFormat::json);
    INFO(json);
    CHECK(
        json.starts_with("[{\"name\":\"reeds are seen\",\"file\":\"pond.mud\",\"line\":14,\"passed\":true"));
    CHECK(json.find("\"failed_line\":24,\"source\":\"expect p sees \\\"a heron & more\\\"\"") !=
          std::string::npos);
    CHECK(scenario::report(image, {}, scenario::ReportFormat::json) == "[]\n");
}
