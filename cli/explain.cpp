#include <cctype>
#include <iostream>

#include "cli/arguments.h"
#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {
namespace {

using compiler::Code;
using compiler::CodeRow;

std::string with_blanks(std::string_view message) {
    std::string shown(message);
    for (std::size_t at = shown.find("{}"); at != std::string::npos; at = shown.find("{}", at)) {
        shown.replace(at, 2, "...");
    }
    return shown;
}

const CodeRow& row_at(std::size_t index) { return compiler::row_of(static_cast<Code>(index)); }

void print_all() {
    for (std::size_t i = 0; i < static_cast<std::size_t>(Code::count); ++i) {
        std::cout << row_at(i).number << "  " << with_blanks(row_at(i).message) << "\n";
    }
}

void print_one(const CodeRow& row) {
    const char* weight = row.severity == compiler::Severity::error ? "error" : "warning";
    std::cout << row.number << " (" << row.name << ", " << weight << "): " << with_blanks(row.message) << "\n";
    if (!row.advice.empty()) {
        std::cout << "  help: " << with_blanks(row.advice) << "\n";
    }
}

}  // namespace

int explain_command(Arguments arguments) {
    const Taken taken = take(arguments, {"kiln explain [CODE]     (without a code: lists all)", 0, 1, {}});
    if (!taken.words) {
        return taken.exit_code;
    }
    if (taken.words->plain.empty()) {
        print_all();
        return exit_ok;
    }
    std::string wanted(taken.words->plain[0]);
    std::vector<std::string> known;
    for (std::size_t i = 0; i < static_cast<std::size_t>(Code::count); ++i) {
        std::string number = wanted;
        number[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(number[0])));
        if (row_at(i).number == number || row_at(i).name == wanted) {
            print_one(row_at(i));
            return exit_ok;
        }
        known.emplace_back(row_at(i).number);
        known.emplace_back(row_at(i).name);
    }
    const auto meant = compiler::closest(wanted, known);
    return complain("there is no code \"" + wanted + "\"" + (meant ? "; did you mean " + *meant + "?" : std::string()));
}

}  // namespace kiln::cli
