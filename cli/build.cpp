// `kiln build`: compiles into one image file.

#include <cstdio>
#include <filesystem>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"
#include "world/schema/image_file.h"

namespace kiln::cli {

namespace {

std::string default_output(std::string_view first) {
    std::filesystem::path path = std::filesystem::path(first).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    const std::string stem = path.stem().string();
    return (stem.empty() || stem == "." || stem == ".." ? "world" : stem) + ".kilnimage";
}

}  // namespace

int build_command(const Options& options) {
    if (options.words.empty()) return wrong_use("build", "which folder or file?");

    const Compiled compiled = compile_for_people(options.words, {.with_tests = options.has("--with-tests")});
    if (!compiled.result) return compiled.exit_code;
    const std::string bytes = schema::write_image(*compiled.result->image);
    const std::string output(options.value("--output").value_or(default_output(options.words.front())));
    if (const auto written = write_file(output, bytes); !written) {
        std::fprintf(stderr, "kiln build: %s\n", written.error().c_str());
        return exit_failed;
    }
    std::printf("%s: %zu bytes, image %s\n", output.c_str(), bytes.size(), schema::image_hash(bytes).c_str());
    return exit_ok;
}

}  // namespace kiln::cli
