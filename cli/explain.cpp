// `kiln explain`: what a diagnostic's code means. Without a code it lists them all.

#include <cstdio>

#include "cli/commands.h"
#include "cli/options.h"
#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {

namespace {

std::string_view severity_word(compiler::Severity severity) {
    switch (severity) {
        case compiler::Severity::error: return "error";
        case compiler::Severity::warning: return "warning";
        case compiler::Severity::note: return "note";
    }
    return "";
}

// The table writes {} where the name of something stands.
std::string readable(std::string_view message) {
    std::string text;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const bool hole = message.substr(i).starts_with("{}");
        text += hole ? "..." : std::string(1, message[i]);
        if (hole) ++i;
    }
    return text;
}

std::string lowered(std::string_view word) {
    std::string text(word);
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

void print_row(const compiler::CodeRow& row) {
    std::printf("%.*s %.*s (%.*s)\n\n  %s.\n", static_cast<int>(row.number.size()), row.number.data(),
                static_cast<int>(row.name.size()), row.name.data(),
                static_cast<int>(severity_word(row.severity).size()), severity_word(row.severity).data(),
                readable(row.message).c_str());
    if (!row.advice.empty()) std::printf("\n  What helps: %s.\n", readable(row.advice).c_str());
}

}  // namespace

int explain_command(const Options& options) {
    if (options.words.size() > 1) return wrong_use("explain", "one code at a time");
    const std::string wanted = options.words.empty() ? "" : lowered(options.words.front());
    std::vector<std::string> numbers;
    for (std::uint16_t i = 0; i < static_cast<std::uint16_t>(compiler::Code::count); ++i) {
        const compiler::CodeRow& row = compiler::row_of(static_cast<compiler::Code>(i));
        numbers.emplace_back(row.number);
        if (wanted.empty()) {
            std::printf("%.*s  %s\n", static_cast<int>(row.number.size()), row.number.data(),
                        readable(row.message).c_str());
        } else if (wanted == lowered(row.number) || wanted == row.name) {
            print_row(row);
            return exit_ok;
        }
    }
    if (wanted.empty()) return exit_ok;
    std::string problem = "there is no code " + std::string(options.words.front());
    if (const auto meant = compiler::closest(options.words.front(), numbers))
        problem += "; did you mean " + *meant + "?";
    return wrong_use("explain", problem);
}

}  // namespace kiln::cli
