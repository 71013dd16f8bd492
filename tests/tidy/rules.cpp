#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

namespace kiln::tidy {
namespace {

constexpr std::size_t longest_file = 800, longest_header = 300, longest_line = 120;

// ---- who may include whom

struct FloorRow {
    std::string_view folder;                             // the longest one that fits counts
    std::vector<std::string_view> may_include;           // folders (with a slash at the end) and single files
};

const std::vector<FloorRow>& floors() {
    static const std::vector<FloorRow> rows = {
        {"vm/bytecode/", {"vm/bytecode/"}},
        {"vm/machine/", {"vm/bytecode/", "vm/machine/"}},
        {"world/schema/", {"world/schema/", "vm/bytecode/"}},
        {"world/", {"world/", "vm/"}},
        {"compiler/", {"compiler/", "world/schema/", "vm/bytecode/"}},
        {"scenario/", {"scenario/", "compiler/", "world/", "vm/"}},
        {"server/",
         {"server/", "world/world.h", "world/schema/", "compiler/compile.h", "compiler/diagnostics/",
          "vm/bytecode/value.h", "vm/machine/limits.h"}},
        {"cli/",
         {"cli/", "server/", "scenario/scenario.h", "scenario/report.h", "scenario/solo.h", "compiler/compile.h",
          "compiler/diagnostics/", "compiler/manual/manual.h", "compiler/format/", "compiler/atlas/",
          "world/world.h", "world/schema/", "vm/bytecode/"}},
    };
    return rows;
}

struct QuarantineRow {
    std::string_view prefix;                             // of what is included
    std::vector<std::string_view> folders;               // that may
};

const std::vector<QuarantineRow>& quarantines() {
    static const std::vector<QuarantineRow> rows = {
        {"antlr4", {"compiler/parse/", "tests/compiler/"}},
        {"Mud.h", {"compiler/parse/", "tests/compiler/"}},
        {"cereal/", {"world/snapshot/"}},
        {"boost/asio", {"server/network/", "server/http/", "tests/server/", "bench/"}},
        {"boost/beast", {"server/network/", "server/http/", "tests/server/", "bench/"}},
        {"boost/", {"server/", "tests/server/", "bench/"}},
        {"sqlite3.h", {"server/store/"}},
        {"sodium.h", {"server/"}},
        {"spdlog/", {"server/"}},
        {"fmt/", {"server/"}},
        {"zstd.h", {"world/schema/"}},
    };
    return rows;
}

// ---- what would make two runs differ

struct BannedRow {
    std::string_view word, why;
};
constexpr std::array banned_everywhere = {
    BannedRow{"system_clock", "reads a clock"},        BannedRow{"steady_clock", "reads a clock"},
    BannedRow{"high_resolution_clock", "reads a clock"}, BannedRow{"clock_gettime", "reads a clock"},
    BannedRow{"gettimeofday", "reads a clock"},        BannedRow{"random_device", "draws from outside"},
    BannedRow{"rand", "draws from outside"},           BannedRow{"srand", "draws from outside"},
    BannedRow{"mt19937", "is not the world's own draw"}, BannedRow{"thread", "starts a thread"},
    BannedRow{"jthread", "starts a thread"},           BannedRow{"async", "starts a thread"},
    BannedRow{"getenv", "asks the environment"},       BannedRow{"unordered_map", "has no order"},
    BannedRow{"unordered_set", "has no order"},        BannedRow{"unordered_multimap", "has no order"},
};
constexpr std::array banned_in_world = {
    BannedRow{"float", "rounds"},
    BannedRow{"double", "rounds"},
};

// ---- limits: each number of these files is reached by some test, which names it

constexpr std::array<std::string_view, 3> limit_files = {"vm/machine/limits.h", "world/limits.h",
                                                         "server/config.h"};

bool starts_with_any(std::string_view text, const std::vector<std::string_view>& prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) {
        return prefix.ends_with('/') ? text.starts_with(prefix) : text == prefix;
    });
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return text.ends_with(ending); });
}

bool is_cpp(std::string_view path) { return ends_with_any(path, {".h", ".cpp", ".def"}); }

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

const FloorRow* floor_of(std::string_view path) {
    const FloorRow* found = nullptr;
    for (const FloorRow& row : floors()) {
        if (path.starts_with(row.folder) && (found == nullptr || row.folder.size() > found->folder.size())) {
            found = &row;
        }
    }
    return found;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(std::move(line));
    }
    return lines;
}

bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view line, std::string_view word) {
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word_letter(line[at - 1])) &&
            (end == line.size() || !is_word_letter(line[end]))) {
            return true;
        }
    }
    return false;
}

// Characters, not bytes.
std::size_t columns_of(std::string_view line) {
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    return static_cast<std::size_t>(std::ranges::count_if(line, begins));
}

// The names that one line of code gives a value to: `constexpr int a = 1;`, `double b = 1, c = 2;`, `T d{1};`
std::vector<std::string> names_given(const std::string& code) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const bool gives = code[i] == '{' || (code[i] == '=' && code.substr(i, 2) != "==");
        if (!gives || i == 0) {
            continue;
        }
        std::size_t end = code.find_last_not_of(' ', i - 1);
        std::size_t begin = end == std::string::npos ? i : end + 1;
        while (begin > 0 && is_word_letter(code[begin - 1])) {
            --begin;
        }
        if (end != std::string::npos && begin <= end) {
            names.push_back(code.substr(begin, end + 1 - begin));
        }
    }
    return names;
}

class Checker {
   public:
    explicit Checker(const std::vector<File>& files) : files_(files) {
        for (const File& file : files) {
            paths_.insert(file.path);
        }
    }

    std::vector<Finding> run() {
        for (const File& file : files_) {
            check_file(file);
        }
        check_readmes();
        check_limits();
        std::ranges::sort(findings_, {}, [](const Finding& f) { return std::pair(f.path, f.line); });
        return std::move(findings_);
    }

   private:
    void find(const std::string& path, std::size_t line, std::string message) {
        findings_.push_back({path, line, std::move(message)});
    }

    void check_file(const File& file) {
        const auto lines = lines_of(file.text);
        const bool is_code = is_cpp(file.path) && !file.path.ends_with(".def");
        if (is_code && lines.size() > longest_file) {
            find(file.path, longest_file + 1,
                 "a file has at most " + std::to_string(longest_file) + " lines");
        }
        if (file.path.ends_with(".h") && lines.size() > longest_header) {
            find(file.path, longest_header + 1,
                 "a header has at most " + std::to_string(longest_header) + " lines");
        }
        bool in_comment = false;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            check_text(file.path, i + 1, lines[i]);
            if (!is_cpp(file.path)) {
                continue;
            }
            if (is_code && columns_of(lines[i]) > longest_line) {
                find(file.path, i + 1, "a line has at most " + std::to_string(longest_line) + " columns");
            }
            check_include(file.path, i + 1, lines[i]);
            check_determinism(file.path, i + 1, code_of(lines[i], in_comment));
        }
    }

    void check_text(const std::string& path, std::size_t number, const std::string& line) {
        if (line.find('\t') != std::string::npos) {
            find(path, number, "a tab; indent with spaces");
        }
        if (line.ends_with('\r')) {
            find(path, number, "a line ends with a carriage return");
        }
        // Written in halves, so that this file keeps its own rule.
        for (const std::string& word :
             {std::string("TO") + "DO", std::string("FIX") + "ME", std::string("X") + "XX"}) {
            if (has_word(line, word)) {
                find(path, number, word + " is a promise to nobody; do it or leave it out");
            }
        }
    }

    void check_include(const std::string& path, std::size_t number, const std::string& line) {
        if (!line.starts_with("#include")) {
            return;
        }
        const auto open = line.find_first_of("\"<");
        const auto close = line.find_last_of("\">");
        if (open == std::string::npos || close <= open) {
            return;
        }
        const std::string included = line.substr(open + 1, close - open - 1);
        for (const QuarantineRow& row : quarantines()) {
            if (included.starts_with(row.prefix) && !starts_with_any(path, row.folders)) {
                find(path, number, included + " stays in " + std::string(row.folders.front()));
                break;
            }
        }
        if (line[open] != '"' || included == "Mud.h") {
            return;
        }
        const FloorRow* floor = floor_of(path);
        if (floor != nullptr && !starts_with_any(included, floor->may_include)) {
            find(path, number, std::string(floor->folder) + " may not include " + included);
        }
        if (!paths_.contains(included)) {
            find(path, number,
                 "there is no " + included + "; includes are written from the root of the repository");
        }
    }

    void check_determinism(const std::string& path, std::size_t number, const std::string& code) {
        const bool in_world = path.starts_with("world/");
        if (!in_world && !path.starts_with("vm/")) {
            return;
        }
        const auto check_rows = [&](const auto& rows) {
            for (const BannedRow& row : rows) {
                if (has_word(code, row.word)) {
                    find(path, number,
                         std::string(row.word) + " " + std::string(row.why) + ": two runs would differ");
                }
            }
        };
        check_rows(banned_everywhere);
        if (in_world) {
            check_rows(banned_in_world);
        }
    }

    // Constants, and the members of structs that are called Limits.
    void check_limits() {
        for (const File& file : files_) {
            if (std::ranges::find(limit_files, file.path) == limit_files.end()) {
                continue;
            }
            bool in_comment = false, in_limits = false;
            const auto lines = lines_of(file.text);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const std::string code = code_of(lines[i], in_comment);
                if (has_word(code, "struct")) {
                    in_limits = code.find("Limits {") != std::string::npos;
                } else if (in_limits || has_word(code, "constexpr")) {
                    for (const std::string& name : names_given(code)) {
                        if (!is_named_by_a_test(name)) {
                            find(file.path, i + 1, name + " is a limit that no test names");
                        }
                    }
                }
            }
        }
    }

    bool is_named_by_a_test(const std::string& name) {
        if (words_of_tests_.empty()) {
            for (const File& file : files_) {
                if (file.path.starts_with("tests/") && is_cpp(file.path)) {
                    note_words(file);
                }
            }
        }
        return words_of_tests_.contains(name);
    }

    void note_words(const File& file) {
        bool in_comment = false;
        for (const std::string& line : lines_of(file.text)) {
            std::string word;
            for (const char c : code_of(line, in_comment) + " ") {
                if (is_word_letter(c)) {
                    word += c;
                } else if (!word.empty()) {
                    words_of_tests_.insert(std::exchange(word, {}));
                }
            }
        }
    }

    // Folders with code of the engine, and the programs beside it.
    void check_readmes() {
        std::set<std::string> folders;
        for (const File& file : files_) {
            if (is_cpp(file.path) || ends_with_any(file.path, {".g4", ".js"})) {
                folders.insert(folder_of(file.path));
            }
        }
        for (const std::string& folder : folders) {
            if (!folder.empty() && folder != "tests" && !paths_.contains(folder + "/README.md")) {
                find(folder + "/README.md", 1,
                     "is missing: each folder says what it promises and where to begin");
            }
        }
    }

    const std::vector<File>& files_;
    std::set<std::string> paths_, words_of_tests_;
    std::vector<Finding> findings_;
};

}  // namespace

std::string code_of(const std::string& line, bool& in_comment) {
    std::string code;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string_view rest = std::string_view(line).substr(i);
        if (in_comment) {
            if (rest.starts_with("*/")) {
                in_comment = false;
                ++i;
            }
        } else if (quote != 0) {
            if (line[i] == '\\') {
                ++i;
            } else if (line[i] == quote) {
                quote = 0;
                code += '"';
            }
        } else if (rest.starts_with("//")) {
            break;
        } else if (rest.starts_with("/*")) {
            in_comment = true;
            ++i;
        } else if (line[i] == '"' || (line[i] == '\'' && (i == 0 || !is_word_letter(line[i - 1])))) {
            quote = line[i];
            code += '"';
        } else {
            code += line[i];
        }
    }
    return code;
}

std::vector<Finding> check(const std::vector<File>& files) { return Checker(files).run(); }

std::string print(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.message + "\n";
    }
    return text;
}

}  // namespace kiln::tidy
