// The `kiln` command: looks the first word up in the table and runs that row.

#include <cstdio>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {

namespace {

int help_command(Arguments arguments);

constexpr CommandRow rows[] = {
    {"serve", "serve FOLDER [--port N] [--data FOLDER]", "run the world and let players in", serve_command},
    {"check", "check FOLDER... [--format human|json]", "compile and report problems", check_command},
    {"test", "test FOLDER... [--filter WORDS] [--verbose]", "run the tests of the content", test_command},
    {"new", "new FOLDER", "make a small world to begin with", new_command},
    {"build", "build FOLDER... [-o FILE] [--with-tests]", "compile into one image file", build_command},
    {"dis", "dis FOLDER|FILE|IMAGE [--function NAME]", "show the compiled instructions", dis_command},
    {"explain", "explain [CODE]", "say what a code such as E0101 means", explain_command},
    {"doc", "doc FOLDER", "write the reference pages of the language", doc_command},
    {"replay", "replay --data FOLDER", "run a world's journal again and compare", replay_command},
    {"version", "version", "print the version", version_command},
    {"help", "help [COMMAND]", "print this, or one command's usage", help_command},
};

void print_overview() {
    std::puts("Kiln: worlds made of text.\n");
    for (const CommandRow& row : rows) {
        std::printf("  kiln %-10s %s\n", std::string(row.name).c_str(), std::string(row.help).c_str());
    }
    std::puts(
        "\nExit codes: 0 all is well, 1 the content has errors or a test failed, 2 the command line makes no "
        "sense.");
}

const CommandRow* find_row(std::string_view name) {
    for (const CommandRow& row : rows) {
        if (row.name == name) return &row;
    }
    return nullptr;
}

int unknown_command(std::string_view name) {
    std::vector<std::string> names;
    for (const CommandRow& row : rows) names.emplace_back(row.name);
    std::string text = "kiln: there is no command " + std::string(name);
    if (const auto meant = compiler::closest(name, names)) text += "; did you mean `kiln " + *meant + "`?";
    text += "\nTry `kiln help`.\n";
    std::fputs(text.c_str(), stderr);
    return exit_usage;
}

int help_command(Arguments arguments) {
    if (arguments.empty()) {
        print_overview();
        return exit_ok;
    }
    const CommandRow* row = find_row(arguments.front());
    if (row == nullptr) return unknown_command(arguments.front());
    std::printf("usage: kiln %s\n\n  %s\n", std::string(row->usage).c_str(), std::string(row->help).c_str());
    return exit_ok;
}

int run(Arguments words) {
    if (words.empty()) {
        print_overview();
        return exit_usage;
    }
    std::string_view name = words.front();
    if (name == "--help" || name == "-h") name = "help";
    if (name == "--version") name = "version";
    const CommandRow* row = find_row(name);
    if (row == nullptr) return unknown_command(name);
    const Arguments rest = words.subspan(1);
    for (const std::string_view word : rest) {
        if (word == "--") break;
        if (word == "--help" || word == "-h") return help_command(Arguments(&row->name, 1));
    }
    return row->run(rest);
}

}  // namespace

std::span<const CommandRow> command_table() { return rows; }

}  // namespace kiln::cli

int main(int count, char** values) {
    const std::vector<std::string_view> words(values + (count > 0 ? 1 : 0), values + count);
    return kiln::cli::run(words);
}
