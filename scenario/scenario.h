#pragma once
// Runs the `test` declarations of an image on virtual time, each in a world of its own.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "world/schema/image.h"

namespace kiln::scenario {

struct TestResult {
    std::string name, file;
    std::uint32_t line = 0;  // of the test
    bool passed = false;
    std::uint32_t failed_line = 0;   // failed: of the step, or of the test
    std::string message;             // failed: what was expected, and what came instead
    std::string transcript;          // everything players typed and saw, with virtual times
    std::uint64_t ticks = 0;         // how much virtual time it took
    std::uint64_t microseconds = 0;  // of real time, if there is a clock
};

struct RunOptions {
    std::string filter;                 // part of the name, or of the file's; empty = all
    std::optional<std::uint64_t> seed;  // instead of each test's own
    unsigned threads = 1;
    std::function<std::uint64_t()> clock_us;  // asked around each test, by several threads
};

// The numbers of the tests that the options choose, in the image's order.
std::vector<std::size_t> chosen_tests(const schema::Image& image, const RunOptions& options);

// In the image's order, however many threads there are; the results do not depend on them.
std::vector<TestResult> run_tests(const schema::Image& image, const RunOptions& options = {});

}  // namespace kiln::scenario
