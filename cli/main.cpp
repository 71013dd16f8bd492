// `kiln`: one table of subcommands.

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {
namespace {

int help_command(Arguments arguments);

struct CommandRow {
    std::string_view name, help;
    int (*run)(Arguments);
};

constexpr CommandRow commands[] = {
    {"new", "make a small world in a new folder", new_command},
    {"check", "look for mistakes in .mud files", check_command},
    {"test", "play the tests of a world", test_command},
    {"serve", "open a world to players", serve_command},
    {"build", "compile a world into one image file", build_command},
    {"dis", "print what a world or an image was compiled to", dis_command},
    {"explain", "say more about a message of the compiler", explain_command},
    {"replay", "run a journal again and compare", replay_command},
    {"doc", "write the reference pages of the language", doc_command},
    {"version", "print the version", version_command},
    {"help", "print this list, or more about one subcommand", help_command},
};

void print_commands(std::ostream& out) {
    out << "usage: kiln SUBCOMMAND ...\n\n";
    for (const CommandRow& row : commands) {
        std::string name(row.name);
        name.resize(10, ' ');
        out << "  " << name << row.help << "\n";
    }
    out << "\n`kiln SUBCOMMAND --help` says more about one.\n";
}

int run_command(std::string_view name, Arguments arguments) {
    const auto* row = std::ranges::find(commands, name, &CommandRow::name);
    if (row != std::end(commands)) {
        return row->run(arguments);
    }
    std::vector<std::string> known;
    for (const CommandRow& command : commands) {
        known.emplace_back(command.name);
    }
    const auto meant = compiler::closest(name, known);
    return complain("there is no subcommand \"" + std::string(name) + "\"; " +
                    (meant ? "did you mean `kiln " + *meant + "`?" : "`kiln help` lists them"));
}

int help_command(Arguments arguments) {
    if (!arguments.empty() && arguments[0] != "help" && !arguments[0].starts_with("-")) {
        const std::string_view ask_for_help[] = {"--help"};
        return run_command(arguments[0], ask_for_help);
    }
    print_commands(std::cout);
    return exit_ok;
}

int run(Arguments words) {
    if (words.empty()) {
        print_commands(std::cerr);
        return exit_usage;
    }
    const std::string_view name = words[0];
    if (name == "--help" || name == "-h") {
        return help_command({});
    }
    return run_command(name == "--version" ? "version" : name, words.subspan(1));
}

}  // namespace

int version_command(Arguments) {
    std::cout << "kiln 1.0\n";
    return exit_ok;
}

}  // namespace kiln::cli

int main(int argument_count, char** arguments) {
    const std::vector<std::string_view> words(arguments + std::min(argument_count, 1), arguments + argument_count);
    return kiln::cli::run(words);
}
