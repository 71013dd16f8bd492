#include "cli/sources.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "compiler/diagnostics/render.h"

namespace kiln::cli {
namespace {

namespace fs = std::filesystem;

std::expected<void, std::string> add_file(std::map<std::string, std::string>& files, const fs::path& path) {
    const std::string name = path.lexically_normal().generic_string();
    auto text = read_file(name);
    if (!text) {
        return std::unexpected(text.error());
    }
    files.emplace(name, std::move(*text));
    return {};
}

bool is_hidden(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.size() > 1 && name[0] == '.';
}

std::expected<void, std::string> add_folder(std::map<std::string, std::string>& files, const fs::path& folder) {
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (is_hidden(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        std::error_code ignored;
        if (entry->path().extension() != ".mud" || !entry->is_regular_file(ignored)) {
            continue;
        }
        if (auto added = add_file(files, entry->path()); !added) {
            return added;
        }
    }
    if (error) {
        return std::unexpected("cannot read the folder " + folder.string() + ": " + error.message());
    }
    return {};
}

// A folder of this name that holds `inside`, beside the executable or in one of the folders above it.
std::string find_near_executable(const char* folder, const char* inside) {
    std::error_code error;
    fs::path place = fs::canonical("/proc/self/exe", error);
    while (!error && place.has_relative_path()) {
        place = place.parent_path();
        if (fs::exists(place / folder / inside, error)) {
            return (place / folder).string();
        }
    }
    return {};
}

bool wants_color() {
    const char* terminal = std::getenv("TERM");
    return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

}  // namespace

std::expected<std::string, std::string> read_file(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return std::unexpected(path + " is a folder");
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(bytes << file.rdbuf()))) {
        return std::unexpected("cannot read " + path);
    }
    return bytes.str();
}

std::expected<void, std::string> write_file(const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".new";
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::error_code error;
    if (!file) {
        fs::remove(beside, error);
        return std::unexpected("cannot write " + path);
    }
    fs::rename(beside, path, error);
    if (error) {
        return std::unexpected("cannot write " + path + ": " + error.message());
    }
    return {};
}

std::expected<std::vector<compiler::Source>, std::string> read_sources(const std::vector<std::string_view>& places) {
    std::map<std::string, std::string> files;
    for (const std::string_view place : places) {
        std::error_code error;
        const fs::path path{std::string(place)};
        const fs::file_status status = fs::status(path, error);
        if (!fs::exists(status)) {
            return std::unexpected("there is no file or folder " + path.string());
        }
        auto added = fs::is_directory(status) ? add_folder(files, path) : add_file(files, path);
        if (!added) {
            return std::unexpected(added.error());
        }
    }
    if (files.empty()) {
        return std::unexpected("there is no .mud file in " + std::string(places.front()));
    }
    std::vector<compiler::Source> sources;
    for (auto& [name, text] : files) {
        sources.push_back({name, std::move(text)});
    }
    return sources;
}

std::string find_standard_content() {
    const std::string content = find_near_executable("content", "std");
    return content.empty() ? content : (fs::path(content) / "std").string();
}

std::string find_web_folder() { return find_near_executable("web", "index.html"); }

void print_diagnostics(const compiler::CompileResult& result) {
    std::cout << compiler::render(result, wants_color() ? compiler::Format::human_color : compiler::Format::human);
}

}  // namespace kiln::cli
