// Writes the big world below a folder: bench_generate FOLDER [--seed N] [--rooms N] [--things N] [--handlers
// N]
// [--zones N].

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "bench/compile/big_world.h"

int main(int count, char** arguments) {
    kiln::bench::WorldSize size;
    if (count < 2) {
        std::fputs(
            "usage: bench_generate FOLDER [--seed N] [--zones N] [--rooms N] [--things N] [--handlers N]\n",
            stderr);
        return 2;
    }
    for (int i = 2; i + 1 < count; i += 2) {
        const std::string_view name = arguments[i];
        const long number = std::atol(arguments[i + 1]);
        if (name == "--seed")
            size.seed = static_cast<std::uint64_t>(number);
        else if (name == "--zones")
            size.zones = static_cast<int>(number);
        else if (name == "--rooms")
            size.rooms = static_cast<int>(number);
        else if (name == "--things")
            size.things = static_cast<int>(number);
        else if (name == "--handlers")
            size.handlers = static_cast<int>(number);
        else {
            std::fprintf(stderr, "there is no option %s\n", arguments[i]);
            return 2;
        }
    }
    const std::filesystem::path folder = arguments[1];
    std::size_t bytes = 0, files = 0, lines = 0;
    for (const auto& file : kiln::bench::big_world(size)) {
        const auto path = folder / file.name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << file.text;
        bytes += file.text.size();
        for (const char c : file.text) lines += c == '\n';
        ++files;
    }
    std::printf("world_files: %zu files\nworld_lines: %zu lines\nworld_bytes: %zu bytes\n", files, lines,
                bytes);
    return 0;
}
