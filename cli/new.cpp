// `kiln new`: a small world that compiles, with the standard content and a test, to begin with.

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"
#include "cli/starter_world.h"

namespace fs = std::filesystem;

namespace kiln::cli {

namespace {

int failed(const std::string& what) {
    std::fprintf(stderr, "kiln new: %s\n", what.c_str());
    return exit_failed;
}

// The last part of the folder's name as the name of a module; empty if it cannot be one.
std::string module_name(const fs::path& folder) {
    std::string name = fs::absolute(folder / "x").lexically_normal().parent_path().filename().string();
    std::ranges::replace(name, '-', '_');
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    const bool good = !name.empty() && is_letter(name[0]) && std::ranges::all_of(name, fits) && name != "std";
    return good ? name : std::string();
}

std::string filled_in(std::string text, std::string_view name) {
    constexpr std::string_view gap = "NAME";
    for (std::size_t at = text.find(gap); at != std::string::npos; at = text.find(gap, at + name.size())) {
        text.replace(at, gap.size(), name);
    }
    return text;
}

void print_next_steps(const fs::path& file, const fs::path& folder) {
    std::printf("Your world is in %s.\n\n", file.c_str());
    std::printf("  kiln check %s            looks for mistakes\n", folder.c_str());
    std::printf("  kiln test %s             plays its test\n", folder.c_str());
    std::printf("  kiln serve %s --watch    opens it; saving a file changes the world at once\n",
                folder.c_str());
}

}  // namespace

int new_command(const Options& options) {
    if (options.words.size() != 1) return wrong_use("new", "which folder shall I make?");
    const fs::path folder(options.words.front());
    const std::string name = module_name(folder);
    if (name.empty()) {
        return wrong_use("new",
                         "the folder's name becomes the name of the world: small letters, digits and _ only");
    }
    std::error_code problem;
    if (fs::exists(folder, problem) &&
        (!fs::is_directory(folder, problem) || !fs::is_empty(folder, problem))) {
        return failed(folder.string() + " exists and is not an empty folder");
    }
    const auto standard = find_shared_folder("content/std");
    if (!standard)
        return failed("cannot find content/std, neither above this program nor above the current folder");
    fs::create_directories(folder, problem);
    if (!problem) fs::copy(*standard, folder / "std", fs::copy_options::recursive, problem);
    if (problem) return failed("cannot make " + folder.string() + ": " + problem.message());

    const fs::path file = folder / (name + ".mud");
    if (const auto written = write_file(file, filled_in(std::string(starter_world), name)); !written) {
        return failed(written.error());
    }
    print_next_steps(file, folder);
    return exit_ok;
}

}  // namespace kiln::cli
