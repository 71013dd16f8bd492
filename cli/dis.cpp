// `kiln dis`: shows the instructions of sources or of an image file.

#include <cstdio>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/sources.h"
#include "vm/bytecode/disassembler.h"
#include "vm/bytecode/verifier.h"
#include "world/schema/image_file.h"

namespace kiln::cli {

namespace {

constexpr std::size_t largest_image_bytes = 1024u * 1024 * 1024;

int print_program(const vm::Program& program, std::string_view part_of_name) {
    // Nothing unverified is walked: an image may come from anywhere.
    if (const auto problem = vm::verify(program)) {
        const bool in_function = problem->function < program.functions.size();
        std::fprintf(stderr, "kiln dis: this program would be refused: %s%s%s\n", problem->message.c_str(),
                     in_function ? ", in " : "",
                     in_function ? program.functions[problem->function].name.c_str() : "");
        return exit_failed;
    }
    if (part_of_name.empty()) {
        std::fputs(vm::disassemble(program).c_str(), stdout);
        return exit_ok;
    }
    bool found = false;
    for (std::uint32_t i = 0; i < program.functions.size(); ++i) {
        if (program.functions[i].name.find(part_of_name) == std::string::npos) continue;
        std::puts(vm::disassemble(program, i).c_str());
        found = true;
    }
    if (!found) return wrong_use("dis", "no function has \"" + std::string(part_of_name) + "\" in its name");
    return exit_ok;
}

}  // namespace

int dis_command(const Options& options) {
    if (options.words.empty()) return wrong_use("dis", "which folder, file or image?");
    const std::string_view part = options.value("--function").value_or("");

    if (options.words.front().ends_with(".kilnimage")) {
        const auto bytes = read_file(options.words.front(), largest_image_bytes);
        if (!bytes) return wrong_use("dis", bytes.error());
        const auto image = schema::read_image(*bytes);
        if (!image) {
            std::fprintf(stderr, "kiln dis: %s\n", image.error().c_str());
            return exit_failed;
        }
        return print_program(image->program, part);
    }
    // A single file rarely holds the rules of a world, and its instructions can be read without them.
    const Compiled compiled = compile_for_people(options.words, {.with_tests = true, .require_rules = false});
    return compiled.result ? print_program(compiled.result->image->program, part) : compiled.exit_code;
}

}  // namespace kiln::cli
