// `kiln new`: a world to begin with, copied from a template with the standard content beside it.

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "cli/commands.h"
#include "cli/sources.h"

namespace fs = std::filesystem;

namespace kiln::cli {

namespace {

constexpr std::size_t largest_template_file = 1024 * 1024;
constexpr std::string_view about_file = "about.txt", default_template = "cottage";

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

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem))
        found.push_back(entry->path());
    std::ranges::sort(found);
    return found;
}

int list_templates(const fs::path& templates) {
    for (const fs::path& folder : files_below(templates)) {
        const auto about = read_file(folder / about_file, largest_template_file);
        if (about) std::printf("%-10s %s", folder.filename().c_str(), about->c_str());
    }
    return exit_ok;
}

// The error says what went wrong.
std::expected<void, std::string> fill_folder(const fs::path& folder, const fs::path& from,
                                             std::string_view name) {
    for (const fs::path& file : files_below(from)) {
        if (file.filename() == about_file) continue;
        const auto text = read_file(file, largest_template_file);
        if (!text) return std::unexpected(text.error());
        const auto path = folder / filled_in(file.filename().string(), name);
        if (auto written = write_file(path, filled_in(*text, name)); !written) return written;
    }
    return {};
}

void print_next_steps(const fs::path& folder) {
    const char* name = folder.c_str();
    std::printf("Your world is in %s; its README.md says what to try first.\n\n", name);
    std::printf("  kiln play %s             step in; saving a file changes the world at once\n", name);
    std::printf("  kiln test %s             plays its tests\n", name);
    std::printf("  kiln serve %s --watch    lets others in with a browser\n", name);
}

}  // namespace

int new_command(const Options& options) {
    const auto templates = find_shared_folder("templates");
    const auto standard = find_shared_folder("content/std");
    if (!templates || !standard)
        return failed(
            "cannot find templates and content/std, neither above this program nor above this folder");
    if (options.has("--list")) return list_templates(*templates);
    if (options.words.size() != 1) return wrong_use("new", "which folder shall I make?");
    const fs::path folder(options.words.front());
    const std::string name = module_name(folder);
    if (name.empty())
        return wrong_use("new",
                         "the folder's name becomes the name of the world: small letters, digits and _ only");
    const std::string from(options.value("--template").value_or(default_template));
    std::error_code problem;
    if (!fs::exists(*templates / from / about_file, problem))
        return wrong_use("new", "there is no template " + from + "; `kiln new --list` shows what there is");
    if (fs::exists(folder, problem) && (!fs::is_directory(folder, problem) || !fs::is_empty(folder, problem)))
        return failed(folder.string() + " exists and is not an empty folder");
    fs::create_directories(folder, problem);
    if (!problem) fs::copy(*standard, folder / "std", fs::copy_options::recursive, problem);
    if (problem) return failed("cannot make " + folder.string() + ": " + problem.message());
    if (const auto filled = fill_folder(folder, *templates / from, name); !filled)
        return failed(filled.error());
    print_next_steps(folder);
    return exit_ok;
}

}  // namespace kiln::cli
