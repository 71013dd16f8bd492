#pragma once
// Runs the `test` declarations of an image on virtual time, each in a world of its own.

#include <string>
#include <vector>

#include "world/schema/image.h"

namespace kiln::scenario {

struct TestResult {
    std::string name, file;
    std::uint32_t line = 0;                      // of the test, or of the step that failed
    bool passed = false;
    std::string message;                         // failed: what was expected, and what came instead
    std::string transcript;                      // everything players typed and saw, with virtual times
};

struct RunOptions {
    std::string filter;                          // part of the name; empty = all
};

std::vector<TestResult> run_tests(const schema::Image& image, const RunOptions& options = {});

}  // namespace kiln::scenario
