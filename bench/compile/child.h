#pragma once
// Runs a program and measures it: what a person at the prompt waits for, and what it takes.

#include <string>
#include <vector>

namespace kiln::bench {

struct Run {
    bool succeeded = false;
    double seconds = 0, cpu_seconds = 0, peak_mb = 0;
};

// Its output goes nowhere unless it fails.
Run run_program(const std::vector<std::string>& words);

}  // namespace kiln::bench
