// The `kiln` command: looks the first word up in the table, takes the rest apart and runs that row.

#include <cstdio>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {

int unknown_command(std::string_view name) {
    std::vector<std::string> names;
    for (const CommandRow& row : command_table()) names.emplace_back(row.name);
    std::string text = "kiln: there is no command " + std::string(name);
    if (const auto meant = compiler::closest(name, names)) text += "; did you mean `kiln " + *meant + "`?";
    text += "\nTry `kiln help`.\n";
    std::fputs(text.c_str(), stderr);
    return exit_usage;
}

namespace {

bool asks_for_help(Arguments words) {
    for (const std::string_view word : words) {
        if (word == "--") return false;
        if (word == "--help" || word == "-h") return true;
    }
    return false;
}

int run(Arguments words) {
    if (words.empty()) {
        help_command({});
        return exit_usage;
    }
    std::string_view name = words.front();
    if (name == "--help" || name == "-h") name = "help";
    if (name == "--version") name = "version";
    const CommandRow* row = find_command(name);
    if (row == nullptr) return unknown_command(name);
    const Arguments rest = words.subspan(1);
    if (asks_for_help(rest)) return help_command({.words = {row->name}});
    const auto options = parse_options(rest, row->options);
    return options ? row->run(*options) : wrong_use(row->name, options.error());
}

}  // namespace

}  // namespace kiln::cli

int main(int count, char** values) {
    const std::vector<std::string_view> words(values + (count > 0 ? 1 : 0), values + count);
    return kiln::cli::run(words);
}
