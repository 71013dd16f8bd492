// What subcommands there are, and what each takes. `kiln help` prints this table; tests/cli compares it with
// docs/tools.md.

#include "cli/commands.h"

namespace kiln::cli {

namespace {

constexpr OptionRow build_options[] = {
    {"--output", "-o", "FILE", "where to write it; without, a name made from the folder's"},
    {"--with-tests", "", "", "keep the tests in the image"},
};
constexpr OptionRow check_options[] = {
    {"--format", "", "human|json|sarif|github", "for people, for programs, for code scanning, or annotations"},
    {"--color", "", "auto|always|never", "auto: on a terminal, unless NO_COLOR is set"},
};
constexpr OptionRow dis_options[] = {
    {"--function", "-f", "NAME", "only functions that have this in their name"},
};
constexpr OptionRow fmt_options[] = {
    {"--check", "", "", "change nothing; show what would change, and fail if anything would"},
};
constexpr OptionRow map_options[] = {
    {"--zone", "-z", "NAME", "only this zone"},
    {"--format", "", "text|words|svg|dot", "characters, sentences, a picture, or a graph for Graphviz"},
    {"--output", "-o", "FILE", "where to write it; .svg and .dot choose the format"},
};
constexpr OptionRow new_options[] = {
    {"--template", "-t", "NAME", "what to begin with; cottage if left out"},
    {"--list", "-l", "", "what there is to begin with"},
};
constexpr OptionRow play_options[] = {
    {"--as", "", "NAME", "who you are; a guest if left out"},
    {"--at", "", "ROOM", "where you begin, instead of where players do"},
    {"--seed", "", "N", "of the world's draws"},
};
constexpr OptionRow replay_options[] = {
    {"--data", "", "FOLDER", "where the world is kept; world-data if left out"},
};
constexpr OptionRow repair_options[] = {
    {"--data", "", "FOLDER", "where the world is kept"},
    {"--cut", "", "", "cut the journal off where it is damaged"},
};
constexpr OptionRow serve_options[] = {
    {"--port", "-p", "N", "where to listen; 0 takes any free one"},
    {"--address", "", "ADDRESS", "which address to listen on"},
    {"--data", "", "FOLDER", "where the world is kept"},
    {"--watch", "", "", "take in content when a file is saved"},
    {"--web", "", "FOLDER", "the web client's files"},
    {"--seed", "", "N", "of a new world's draws"},
    {"--tick-ms", "", "N", "length of a new world's tick"},
    {"--snapshot-seconds", "", "N", "time between two snapshots"},
    {"--per-address", "", "N", "connections that one address may have"},
    {"--origins", "", "LIST", "web sites whose pages may connect, beside this one's"},
    {"--log-json", "", "", "write the log as JSON lines"},
    {"--log-level", "", "LEVEL", "least to be written: debug, info, warning or error"},
};
constexpr OptionRow test_options[] = {
    {"--filter", "-f", "WORDS", "only tests with these words in their name or their file's"},
    {"--list", "-l", "", "name the tests, run none"},
    {"--seed", "", "N", "draw by this number instead of each test's own"},
    {"--threads", "-j", "N", "how many run at the same time; as many as there are processors"},
    {"--format", "", "human|json|junit", "for people, for programs, or for build servers"},
    {"--verbose", "-v", "", "name the tests that passed, too"},
};

constexpr std::string_view fmt_details =
    "Rewrites .mud files in the one layout there is. What the files say stays the same, and so does every\n"
    "comment; a file with syntax errors is left as it is. `-` reads standard input, writes standard output.\n"
    "A page that ends in .md has its ```mud examples laid out.\n"
    "\n"
    "  kiln fmt content            rewrites what needs it\n"
    "  kiln fmt --check content    for a build: shows the differences, fails if there are any\n";

constexpr std::string_view map_details =
    "Lays rooms out by the directions of their exits. Where directions contradict each other the way is "
    "drawn\n"
    "as a bent, dashed line. `words` tells the same in sentences, for everybody who cannot see a map.\n"
    "\n"
    "  kiln map content --zone kettle_cross     in the terminal\n"
    "  kiln map content -o map.svg              a picture for a browser, on light or dark ground\n"
    "  kiln map content --format words          \"north to Potters' Lane (the oak door, locked)\"\n";

constexpr std::string_view play_details =
    "Compiles, runs the world in this process and lets you in: no server, nothing is kept. Saving a file "
    "changes\n"
    "the world at once; a mistake is shown and the old world stays. /help, /wait 30s, /reload and /quit are "
    "for\n"
    "the program, everything else is typed to the world.\n"
    "With its input from a file or a pipe it plays a script: each line takes a tick, /wait lets time pass.\n"
    "\n"
    "  kiln play content --at cistern\n"
    "  printf 'north\\nlook\\n' | kiln play content\n";

constexpr std::string_view repair_details =
    "Looks whether the journal of a world is whole, without changing anything. If the disk has damaged it,\n"
    "says where and what would be lost; with --cut, cuts it off there, so that the world can be served again.\n"
    "Stop the server first.\n";

constexpr CommandRow rows[] = {
    {"check", "FOLDER...", "compile and report problems", check_options, "", check_command},
    {"test", "FOLDER...", "run the tests of the content", test_options, "", test_command},
    {"fmt", "FOLDER...|-", "put files into the canonical layout", fmt_options, fmt_details, fmt_command},
    {"play", "FOLDER...", "step into a world, in this terminal", play_options, play_details, play_command},
    {"map", "FOLDER...", "draw the rooms and the ways between them", map_options, map_details, map_command},
    {"serve", "FOLDER", "run the world and let players in", serve_options, "", serve_command},
    {"new", "FOLDER", "make a small world to begin with", new_options, "", new_command},
    {"build", "FOLDER...", "compile into one image file", build_options, "", build_command},
    {"dis", "FOLDER|FILE|IMAGE", "show the compiled instructions", dis_options, "", dis_command},
    {"explain", "[CODE]", "say what a code such as E0101 means", {}, "", explain_command},
    {"doc", "FOLDER", "write the reference pages of the language", {}, "", doc_command},
    {"replay", "", "run a world's journal again and compare", replay_options, "", replay_command},
    {"repair", "", "look for damage in a world's journal, and cut it off", repair_options, repair_details,
     repair_command},
    {"version", "", "print the version", {}, "", version_command},
    {"help", "[COMMAND]", "print this, or all about one command", {}, "", help_command},
};

}  // namespace

std::span<const CommandRow> command_table() { return rows; }

const CommandRow* find_command(std::string_view name) {
    for (const CommandRow& row : rows) {
        if (row.name == name) return &row;
    }
    return nullptr;
}

std::string usage_line(const CommandRow& row) {
    std::string line = "kiln " + std::string(row.name);
    if (!row.arguments.empty()) line += " " + std::string(row.arguments);
    for (const OptionRow& option : row.options) {
        line += " [" + std::string(option.name);
        if (!option.value.empty()) line += " " + std::string(option.value);
        line += "]";
    }
    return line;
}

}  // namespace kiln::cli
