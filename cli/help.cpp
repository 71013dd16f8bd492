// `kiln help`: the table of subcommands, for people.

#include <algorithm>
#include <cstdio>

#include "cli/commands.h"

namespace kiln::cli {

namespace {

void print_overview() {
    std::puts("Kiln: worlds made of text.\n");
    for (const CommandRow& row : command_table()) {
        std::printf("  kiln %-10s %s\n", std::string(row.name).c_str(), std::string(row.summary).c_str());
    }
    std::puts(
        "\n`kiln help COMMAND` says more. Exit codes: 0 all is well; 1 the content has errors, a test "
        "failed\n"
        "or something outside refused; 2 the command line makes no sense.");
}

std::string option_words(const OptionRow& option) {
    std::string words = option.short_name.empty() ? "    " : std::string(option.short_name) + ", ";
    words += option.name;
    if (!option.value.empty()) words += " " + std::string(option.value);
    return words;
}

void print_one(const CommandRow& row) {
    std::printf("usage: %s\n\n%s\n", usage_line(row).c_str(), std::string(row.summary).c_str());
    std::size_t width = 0;
    for (const OptionRow& option : row.options) width = std::max(width, option_words(option).size());
    if (!row.options.empty()) std::puts("");
    for (const OptionRow& option : row.options) {
        std::printf("  %-*s  %s\n", static_cast<int>(width), option_words(option).c_str(),
                    std::string(option.help).c_str());
    }
    if (!row.details.empty()) std::printf("\n%s", std::string(row.details).c_str());
}

}  // namespace

int help_command(const Options& options) {
    if (options.words.empty()) {
        print_overview();
        return exit_ok;
    }
    const CommandRow* row = find_command(options.words.front());
    if (row == nullptr) return unknown_command(options.words.front());
    print_one(*row);
    return exit_ok;
}

}  // namespace kiln::cli
