#pragma once
// The words after a subcommand, taken apart: flags (`--name`, `--name value`, `--name=value`) and plain words.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"

namespace kiln::cli {

struct FlagRow {
    std::string_view name;               // "--format"
    std::string_view value;              // what it takes, for help: "human|json"; empty: takes nothing
    std::string_view help;
};

struct Usage {
    std::string_view form;               // "kiln check [FLAGS] FOLDER..."
    std::size_t least = 0, most = 0;     // plain words
    std::span<const FlagRow> flags;
};

struct Words {
    std::vector<std::string_view> plain;
    std::map<std::string_view, std::string_view> flags;   // by name; the value may be empty
    bool has(std::string_view flag) const { return flags.contains(flag); }
    std::string_view value(std::string_view flag, std::string_view otherwise = {}) const;
};

// Absent if the words do not fit the usage, or ask for help (`--help`, `-h`); what is to be said then has been printed,
// and `exit_code` is what to return.
struct Taken {
    std::optional<Words> words;
    int exit_code = exit_usage;
};
Taken take(Arguments arguments, const Usage& usage);

// Says what is wrong on the error stream, beginning with "kiln: ", and returns the exit code given.
int complain(std::string_view what, int exit_code = exit_usage);

}  // namespace kiln::cli
