#include "cli/arguments.h"

#include <algorithm>
#include <iostream>

#include "compiler/diagnostics/diagnostic.h"

namespace kiln::cli {
namespace {

void print_usage(std::ostream& out, const Usage& usage) {
    out << "usage: " << usage.form << "\n";
    for (const FlagRow& row : usage.flags) {
        std::string left(row.name);
        if (!row.value.empty()) {
            left += " " + std::string(row.value);
        }
        left.resize(std::max<std::size_t>(left.size() + 2, 22), ' ');
        out << "  " << left << row.help << "\n";
    }
}

Taken refuse(const Usage& usage, const std::string& what) {
    complain(what);
    print_usage(std::cerr, usage);
    return {};
}

Taken refuse_flag(const Usage& usage, std::string_view flag) {
    std::vector<std::string> known;
    for (const FlagRow& row : usage.flags) {
        known.emplace_back(row.name);
    }
    std::string what = "there is no flag " + std::string(flag);
    if (const auto meant = compiler::closest(flag, known)) {
        what += "; did you mean " + *meant + "?";
    }
    return refuse(usage, what);
}

}  // namespace

std::string_view Words::value(std::string_view flag, std::string_view otherwise) const {
    const auto found = flags.find(flag);
    return found == flags.end() ? otherwise : found->second;
}

Taken take(Arguments arguments, const Usage& usage) {
    Words words;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        if (word == "--help" || word == "-h") {
            print_usage(std::cout, usage);
            return {{}, exit_ok};
        }
        if (word.size() < 2 || word[0] != '-') {
            words.plain.push_back(word);
            continue;
        }
        const std::string_view name = word.substr(0, word.find('='));
        const auto* row = std::ranges::find(usage.flags, name, &FlagRow::name).base();
        if (row == usage.flags.data() + usage.flags.size()) {
            return refuse_flag(usage, name);
        }
        std::string_view value;
        if (name.size() < word.size()) {
            value = word.substr(name.size() + 1);
        }
        if (row->value.empty() && name.size() < word.size()) {
            return refuse(usage, std::string(name) + " takes no value");
        }
        if (!row->value.empty() && name.size() == word.size()) {
            if (++i == arguments.size()) {
                return refuse(usage, std::string(name) + " needs a value: " + std::string(row->value));
            }
            value = arguments[i];
        }
        words.flags[row->name] = value;
    }
    if (words.plain.size() < usage.least) {
        return refuse(usage, "something is missing");
    }
    if (words.plain.size() > usage.most) {
        return refuse(usage, "I do not know what to do with \"" + std::string(words.plain[usage.most]) + "\"");
    }
    return {std::move(words), exit_ok};
}

int complain(std::string_view what, int exit_code) {
    std::cerr << "kiln: " << what << "\n";
    return exit_code;
}

}  // namespace kiln::cli
