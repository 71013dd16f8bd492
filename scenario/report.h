#pragma once
// Results of tests for readers: people, programs, and build servers that read JUnit's XML.

#include <cstdint>
#include <span>
#include <string>

#include "scenario/scenario.h"

namespace kiln::scenario {

enum class ReportFormat : std::uint8_t { people, json, junit };

// For people only failures, unless `also_passed`. Ends with a line that counts.
std::string report(const schema::Image& image, std::span<const TestResult> results, ReportFormat format,
                   bool also_passed = false);

}  // namespace kiln::scenario
