#pragma once
// Writes well-typed `.mud` modules at random: functions that compute, loop, call each other, read and write
// entities, wait.

#include <random>
#include <string>

namespace kiln::differential {

std::string random_module(std::uint64_t seed);

}  // namespace kiln::differential
