#pragma once
// A command line as plain words and named options. `--name value`, `--name=value` and short forms like `-o
// file` are understood; after `--` everything is a word.

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiln::cli {

using Arguments = std::span<const std::string_view>;

struct OptionRow {
    std::string_view name;        // "--filter"
    std::string_view short_name;  // "-f", or empty
    std::string_view value;       // what stands behind it: "WORDS"; empty if nothing does
    std::string_view help;
};

class Options {
 public:
    std::vector<std::string_view> words;
    std::vector<std::pair<std::string_view, std::string_view>> given;  // (long name, value), in order

    bool has(std::string_view name) const { return value(name).has_value(); }
    std::optional<std::string_view> value(std::string_view name) const;  // the last one given
    // A whole number within bounds, `fallback` if the option is not there; the error says what is allowed.
    std::expected<std::uint64_t, std::string> number(std::string_view name, std::uint64_t fallback,
                                                     std::uint64_t low, std::uint64_t high) const;
};

// The error is a sentence for the person at the keyboard.
std::expected<Options, std::string> parse_options(Arguments arguments, std::span<const OptionRow> rows);

// Prints "kiln <command>: <problem>" and the command's usage line to stderr; returns exit_usage.
int wrong_use(std::string_view command, std::string_view problem);

}  // namespace kiln::cli
