// bench_compile KILN STD FOLDER [--rounds N]: what it costs to check and build a world of 10 MB, as authors
// feel it.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "bench/compile/big_world.h"
#include "bench/compile/child.h"
#include "compiler/compile.h"

namespace {

using kiln::bench::Run;
using Words = std::vector<std::string>;

int rounds = 3;

void write_world(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    std::size_t bytes = 0, count = 0, lines = 0;
    for (const auto& file : kiln::bench::big_world()) {
        const auto path = folder / file.name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << file.text;
        bytes += file.text.size();
        lines += static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
        ++count;
    }
    std::printf("world_files: %zu files\nworld_lines: %zu lines\nworld_mb: %.1f MB\n", count, lines,
                static_cast<double>(bytes) / 1e6);
}

// The quickest of several runs: what disturbs a run only ever makes it slower.
bool measure(const std::string& name, const Words& words, double& peak_mb) {
    Run best;
    for (int round = 0; round < rounds; ++round) {
        const auto run = kiln::bench::run_program(words);
        if (!run.succeeded) {
            std::fprintf(stderr, "%s failed\n", name.c_str());
            return false;
        }
        peak_mb = std::max(peak_mb, run.peak_mb);
        if (round == 0 || run.seconds < best.seconds) best = run;
    }
    std::printf("%s_s: %.2f s\n%s_cpu_s: %.2f s\n", name.c_str(), best.seconds, name.c_str(),
                best.cpu_seconds);
    std::fflush(stdout);
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 4) {
        std::fputs("usage: bench_compile KILN STD FOLDER [--rounds N]\n", stderr);
        return 2;
    }
    const std::string kiln = arguments[1], library = arguments[2], folder = arguments[3];
    for (int i = 4; i + 1 < count; i += 2) {
        if (std::string(arguments[i]) == "--rounds") rounds = std::max(1, std::atoi(arguments[i + 1]));
    }
    write_world(std::filesystem::path(folder) / "world");
    const auto world = folder + "/world", image = folder + "/world.kilnimage";
    double peak_mb = 0;
    if (!measure("check", {kiln, "check", library, world}, peak_mb)) return 1;
    if (!measure("cold", {kiln, "build", library, world, "--output", image}, peak_mb)) return 1;
    std::printf("image_mb: %.1f MB\n", static_cast<double>(std::filesystem::file_size(image)) / 1e6);
    std::printf("peak_mb: %.0f MB\n", peak_mb);
    return 0;
}
