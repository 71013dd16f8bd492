#pragma once
// Splits a command line into plain words and named options. `--name value`, `--name=value` and short forms
// like `-o file` are understood; after `--` everything is a word.

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.h"

namespace kiln::cli {

struct OptionRow {
    std::string_view name;               // "--filter"
    std::string_view short_name = {};    // "-f", or empty
    bool takes_value = true;
};

class Options {
   public:
    std::vector<std::string_view> words;
    std::vector<std::pair<std::string_view, std::string_view>> given;   // (long name, value), in order

    bool has(std::string_view name) const { return value(name).has_value(); }
    std::optional<std::string_view> value(std::string_view name) const; // the last one given
};

// The error is a sentence for the person at the keyboard.
std::expected<Options, std::string> parse_options(Arguments arguments, std::span<const OptionRow> rows);

// Prints "kiln <command>: <problem>" and the command's usage line to stderr; returns exit_usage.
int wrong_use(std::string_view command, std::string_view problem);

}  // namespace kiln::cli
