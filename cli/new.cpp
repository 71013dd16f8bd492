#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/arguments.h"
#include "cli/sources.h"
#include "cli/starter_world.h"

namespace kiln::cli {
namespace {

namespace fs = std::filesystem;

// The last part of the folder's name as the name of a module; empty if it cannot be one.
std::string module_name(const fs::path& folder) {
    std::string name = fs::absolute(folder / "x").lexically_normal().parent_path().filename().string();
    std::ranges::replace(name, '-', '_');
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && is_letter(name[0]) && std::ranges::all_of(name, fits) && name != "std" ? name : std::string();
}

std::string filled_in(std::string text, std::string_view name) {
    for (std::size_t at = text.find("NAME"); at != std::string::npos; at = text.find("NAME", at + name.size())) {
        text.replace(at, 4, name);
    }
    return text;
}

}  // namespace

int new_command(Arguments arguments) {
    constexpr FlagRow flags[] = {{"--std", "FOLDER", "the standard content to copy (default: found near kiln)"}};
    const Taken taken = take(arguments, {"kiln new [FLAGS] FOLDER", 1, 1, flags});
    if (!taken.words) {
        return taken.exit_code;
    }
    const fs::path folder{std::string(taken.words->plain[0])};
    const std::string name = module_name(folder);
    if (name.empty()) {
        return complain("the folder's name becomes the name of the world: small letters, digits and _ only");
    }
    std::error_code error;
    if (fs::exists(folder, error) && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error))) {
        return complain(folder.string() + " exists and is not an empty folder", exit_failed);
    }
    const std::string standard(taken.words->value("--std", find_standard_content()));
    if (!fs::is_directory(standard, error)) {
        return complain("I cannot find the standard content; say where it is with --std FOLDER", exit_failed);
    }
    fs::create_directories(folder, error);
    if (!error) {
        fs::copy(standard, folder / "std", fs::copy_options::recursive, error);
    }
    if (error) {
        return complain("cannot make " + folder.string() + ": " + error.message(), exit_failed);
    }
    const std::string path = (folder / (name + ".mud")).string();
    if (auto written = write_file(path, filled_in(std::string(starter_world), name)); !written) {
        return complain(written.error(), exit_failed);
    }
    std::cout << "Your world is in " << path << ".\n\n"
              << "  kiln check " << folder.string() << "            looks for mistakes\n"
              << "  kiln test " << folder.string() << "             plays its test\n"
              << "  kiln serve " << folder.string() << " --watch    opens it; saving a file changes the world at once\n";
    return exit_ok;
}

}  // namespace kiln::cli
