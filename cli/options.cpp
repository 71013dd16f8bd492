#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "cli/commands.h"
#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {

std::optional<std::string_view> Options::value(std::string_view name) const {
    for (auto it = given.rbegin(); it != given.rend(); ++it) {
        if (it->first == name) return it->second;
    }
    return std::nullopt;
}

std::expected<std::uint64_t, std::string> Options::number(std::string_view name, std::uint64_t fallback,
                                                          std::uint64_t low, std::uint64_t high) const {
    const auto text = value(name);
    if (!text) return fallback;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < low || number > high) {
        return std::unexpected(std::string(name) + " takes a number from " + std::to_string(low) + " to " +
                               std::to_string(high));
    }
    return number;
}

namespace {

std::string unknown_option(std::string_view word, std::span<const OptionRow> rows) {
    std::vector<std::string> names;
    for (const OptionRow& row : rows) names.emplace_back(row.name);
    std::string sentence = "there is no option " + std::string(word);
    if (const auto meant = compiler::closest(word, names)) sentence += "; did you mean " + *meant + "?";
    return sentence;
}

}  // namespace

std::expected<Options, std::string> parse_options(Arguments arguments, std::span<const OptionRow> rows) {
    Options options;
    bool only_words = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view word = arguments[i];
        if (only_words || word.size() < 2 || word[0] != '-') {
            options.words.push_back(word);
            continue;
        }
        if (word == "--") {
            only_words = true;
            continue;
        }
        std::optional<std::string_view> value;
        if (const auto equals = word.find('='); word.starts_with("--") && equals != word.npos) {
            value = word.substr(equals + 1);
            word = word.substr(0, equals);
        }
        const auto row = std::ranges::find_if(rows, [&](const OptionRow& r) {
            return r.name == word || (!r.short_name.empty() && r.short_name == word);
        });
        if (row == rows.end()) return std::unexpected(unknown_option(word, rows));
        if (row->value.empty() && value) return std::unexpected(std::string(row->name) + " takes no value");
        if (!row->value.empty() && !value) {
            if (i + 1 == arguments.size()) return std::unexpected(std::string(row->name) + " needs a value");
            value = arguments[++i];
        }
        options.given.emplace_back(row->name, value.value_or(""));
    }
    return options;
}

int wrong_use(std::string_view command, std::string_view problem) {
    std::string text = "kiln " + std::string(command) + ": " + std::string(problem) + "\n";
    if (const CommandRow* row = find_command(command)) text += "usage: " + usage_line(*row) + "\n";
    std::fputs(text.c_str(), stderr);
    return exit_usage;
}

}  // namespace kiln::cli
