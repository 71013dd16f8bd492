#include <filesystem>
#include <iostream>

#include "cli/arguments.h"
#include "cli/sources.h"
#include "vm/bytecode/disassembler.h"
#include "world/schema/image_file.h"

namespace kiln::cli {
namespace {

bool is_text(const std::string& path) {
    return std::filesystem::is_directory(path) || std::filesystem::path(path).extension() == ".mud";
}

// Compiles a folder or a .mud file; reads everything else as an image.
std::optional<schema::Image> image_of(const std::vector<std::string_view>& places) {
    const std::string first(places.front());
    if (!is_text(first)) {
        auto bytes = read_file(first);
        auto image = bytes ? schema::read_image(*bytes) : std::unexpected(bytes.error());
        if (!image) {
            complain(first + ": " + image.error(), exit_failed);
            return std::nullopt;
        }
        return std::move(*image);
    }
    auto sources = read_sources(places);
    if (!sources) {
        complain(sources.error(), exit_failed);
        return std::nullopt;
    }
    const bool is_one_file = !std::filesystem::is_directory(first);
    auto result = compiler::compile(std::move(*sources), {.with_tests = true, .require_rules = !is_one_file});
    if (!result.image) {
        print_diagnostics(result);
    }
    return std::move(result.image);
}

}  // namespace

int dis_command(Arguments arguments) {
    constexpr FlagRow flags[] = {{"--function", "TEXT", "only functions with this in their name"}};
    const Taken taken = take(arguments, {"kiln dis [FLAGS] FOLDER_OR_FILE_OR_IMAGE...", 1, 1000, flags});
    if (!taken.words) {
        return taken.exit_code;
    }
    const auto image = image_of(taken.words->plain);
    if (!image) {
        return exit_failed;
    }
    if (!taken.words->has("--function")) {
        std::cout << vm::disassemble(image->program);
        return exit_ok;
    }
    bool found = false;
    for (std::uint32_t i = 0; i < image->program.functions.size(); ++i) {
        if (image->program.functions[i].name.find(taken.words->value("--function")) != std::string::npos) {
            std::cout << vm::disassemble(image->program, i);
            found = true;
        }
    }
    return found ? exit_ok : complain("no function is called like that", exit_failed);
}

}  // namespace kiln::cli
