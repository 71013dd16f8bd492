#pragma once
// The subcommands of `kiln`. Each takes the words after its name and returns the exit code of the process.

#include <span>
#include <string_view>

namespace kiln::cli {

using Arguments = std::span<const std::string_view>;

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;           // the content has errors, a test failed, a file cannot be read
constexpr int exit_usage = 2;            // the command line is wrong

int check_command(Arguments arguments);
int build_command(Arguments arguments);
int test_command(Arguments arguments);
int dis_command(Arguments arguments);
int new_command(Arguments arguments);
int explain_command(Arguments arguments);
int doc_command(Arguments arguments);
int serve_command(Arguments arguments);
int replay_command(Arguments arguments);
int version_command(Arguments arguments);

}  // namespace kiln::cli
