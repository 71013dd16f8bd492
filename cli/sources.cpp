#include "cli/sources.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <system_error>

#include "cli/commands.h"

namespace fs = std::filesystem;

namespace kiln::cli {

namespace {

// Far above what the compiler accepts, so that a file which is merely too long gets the compiler's own
// sentence.
constexpr std::size_t largest_source_bytes = 16 * 1024 * 1024;
constexpr std::size_t largest_file_count = 100'000;

using FoundFiles = std::map<std::string, fs::path>;  // shown name -> path; sorted

std::expected<void, std::string> find_below(const fs::path& folder, FoundFiles& found) {
    std::error_code problem;
    fs::recursive_directory_iterator it(folder, problem), end;
    while (!problem && it != end) {
        const fs::path& path = it->path();
        const bool hidden = path.filename().string().starts_with(".");
        std::error_code ignored;
        if (it->is_directory(ignored) && hidden) {
            it.disable_recursion_pending();
        } else if (!hidden && path.extension() == ".mud" && it->is_regular_file(ignored)) {
            found.emplace(path.lexically_normal().generic_string(), path);
            if (found.size() > largest_file_count)
                return std::unexpected("too many .mud files below " + folder.string());
        }
        it.increment(problem);
    }
    if (problem) return std::unexpected("cannot read " + folder.string() + ": " + problem.message());
    return {};
}

}  // namespace

std::expected<std::string, std::string> read_file(const fs::path& path, std::size_t limit) {
    std::error_code problem;
    const auto size = fs::file_size(path, problem);
    if (problem) return std::unexpected("cannot read " + path.string() + ": " + problem.message());
    if (size > limit)
        return std::unexpected(path.string() + " is larger than " + std::to_string(limit) + " bytes");
    std::ifstream file(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return std::unexpected("cannot read " + path.string());
    }
    return bytes;
}

std::expected<void, std::string> write_file(const fs::path& path, std::string_view bytes) {
    fs::path beside = path;
    beside += ".new";
    std::error_code problem;
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) {
            fs::remove(beside, problem);
            return std::unexpected("cannot write " + path.string());
        }
    }
    fs::rename(beside, path, problem);
    if (problem) {
        std::error_code ignored;
        fs::remove(beside, ignored);
        return std::unexpected("cannot write " + path.string() + ": " + problem.message());
    }
    return {};
}

std::expected<std::vector<compiler::Source>, std::string> read_sources(
    std::span<const std::string_view> paths) {
    FoundFiles found;
    for (const std::string_view name : paths) {
        const fs::path path(name);
        std::error_code ignored;
        if (fs::is_directory(path, ignored)) {
            if (auto done = find_below(path, found); !done) return std::unexpected(done.error());
        } else if (fs::is_regular_file(path, ignored)) {
            found.emplace(path.lexically_normal().generic_string(), path);
        } else {
            return std::unexpected("there is no file or folder " + std::string(name));
        }
    }
    if (found.empty()) return std::unexpected("there are no .mud files in what you named");
    std::vector<compiler::Source> sources;
    for (const auto& [name, path] : found) {
        auto text = read_file(path, largest_source_bytes);
        if (!text) return std::unexpected(text.error());
        sources.push_back({name, std::move(*text)});
    }
    return sources;
}

std::optional<fs::path> find_shared_folder(std::string_view relative) {
    std::error_code problem;
    const fs::path executable = fs::read_symlink("/proc/self/exe", problem);
    const fs::path current = fs::current_path(problem);
    for (fs::path start : {executable.parent_path(), current}) {
        while (!start.empty()) {
            std::error_code ignored;
            if (fs::is_directory(start / relative, ignored)) return start / relative;
            if (start == start.parent_path()) break;
            start = start.parent_path();
        }
    }
    return std::nullopt;
}

compiler::Format format_for(int file_descriptor) {
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
    const bool wanted = isatty(file_descriptor) == 1 && !dumb && std::getenv("NO_COLOR") == nullptr;
    return wanted ? compiler::Format::human_color : compiler::Format::human;
}

Compiled compile_for_people(std::span<const std::string_view> paths,
                            const compiler::CompileOptions& options) {
    auto sources = read_sources(paths);
    if (!sources) {
        std::fprintf(stderr, "kiln: %s\n", sources.error().c_str());
        return {std::nullopt, exit_usage};
    }
    compiler::CompileResult result = compiler::compile(std::move(*sources), options);
    if (!result.diagnostics.empty()) {
        std::fputs(compiler::render(result, format_for(STDERR_FILENO)).c_str(), stderr);
    }
    if (result.has_errors || !result.image) return {std::nullopt, exit_failed};
    return {std::move(result), exit_ok};
}

}  // namespace kiln::cli
