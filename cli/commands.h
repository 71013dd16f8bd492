#pragma once
// The subcommands of `kiln`. Each gets the words after its own name, prints, and returns the exit code of the
// process.

#include <span>
#include <string_view>

namespace kiln::cli {

using Arguments = std::span<const std::string_view>;

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;      // the content has errors, a test failed, the outside refused
constexpr int exit_usage = 2;       // the command line makes no sense

int check_command(Arguments arguments);
int build_command(Arguments arguments);
int serve_command(Arguments arguments);
int replay_command(Arguments arguments);
int test_command(Arguments arguments);
int dis_command(Arguments arguments);
int new_command(Arguments arguments);
int explain_command(Arguments arguments);
int doc_command(Arguments arguments);
int version_command(Arguments arguments);

// One row per subcommand; main.cpp looks names up here and `kiln help` prints it.
struct CommandRow {
    std::string_view name, usage, help;
    int (*run)(Arguments) = nullptr;
};
std::span<const CommandRow> command_table();

}  // namespace kiln::cli
