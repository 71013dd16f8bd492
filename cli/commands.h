#pragma once
// The subcommands of `kiln`: one row each, in command_table.cpp. A subcommand gets its command line taken
// apart, prints, and returns the exit code of the process.

#include <span>
#include <string>
#include <string_view>

#include "cli/options.h"

namespace kiln::cli {

constexpr int exit_ok = 0;
constexpr int exit_failed = 1;  // the content has errors, a test failed, the outside refused
constexpr int exit_usage = 2;   // the command line makes no sense

int build_command(const Options& options);
int check_command(const Options& options);
int dis_command(const Options& options);
int doc_command(const Options& options);
int explain_command(const Options& options);
int fmt_command(const Options& options);
int help_command(const Options& options);
int map_command(const Options& options);
int new_command(const Options& options);
int play_command(const Options& options);
int repair_command(const Options& options);
int replay_command(const Options& options);
int serve_command(const Options& options);
int test_command(const Options& options);
int version_command(const Options& options);

// Everything there is to say about a subcommand: parsing, `kiln help`, usage lines and suggestions read it.
struct CommandRow {
    std::string_view name;
    std::string_view arguments;  // "FOLDER..."; empty if it takes none
    std::string_view summary;    // half a line
    std::span<const OptionRow> options;
    std::string_view details;  // for `kiln help NAME`: what it does, with an example
    int (*run)(const Options&) = nullptr;
};
std::span<const CommandRow> command_table();
const CommandRow* find_command(std::string_view name);

// Prints that there is no such command, and which one may be meant; returns exit_usage.
int unknown_command(std::string_view name);

// "kiln check FOLDER... [--format human|json]"
std::string usage_line(const CommandRow& row);

}  // namespace kiln::cli
