// `kiln map`: the rooms of a world and the ways between them.

#include <cstdio>

#include "cli/commands.h"
#include "cli/sources.h"
#include "compiler/atlas/map_print.h"

namespace kiln::cli {

namespace {

using Print = std::string (*)(const schema::Image&, std::span<const compiler::ZoneMap>);

std::string plain_svg(const schema::Image& image, std::span<const compiler::ZoneMap> maps) {
    return compiler::map_as_svg(image, maps);
}

// The printer of a format, or of the file that the map shall be written to.
Print printer_for(std::string_view format, std::string_view file) {
    if (format.empty()) format = file.ends_with(".svg") ? "svg" : file.ends_with(".dot") ? "dot" : "text";
    if (format == "svg") return plain_svg;
    if (format == "dot") return compiler::map_as_dot;
    if (format == "text") return compiler::map_as_text;
    if (format == "words") return compiler::map_as_words;
    return nullptr;
}

}  // namespace

int map_command(const Options& options) {
    if (options.words.empty()) return wrong_use("map", "which folder or file?");
    const std::string_view file = options.value("--output").value_or("");
    const Print print = printer_for(options.value("--format").value_or(""), file);
    if (print == nullptr) return wrong_use("map", "--format is text, words, svg or dot");
    // A map needs no rules, so that a single file can be looked at.
    const Compiled compiled = compile_for_people(options.words, {.require_rules = false});
    if (!compiled.result) return compiled.exit_code;
    const schema::Image& image = *compiled.result->image;
    const std::string_view zone = options.value("--zone").value_or("");
    const auto maps = compiler::make_maps(image, zone);
    if (maps.empty() && !zone.empty())
        return wrong_use("map", "there is no zone " + std::string(zone) + " with rooms");
    if (maps.empty()) return wrong_use("map", "there are no rooms in what you named");
    const std::string text = print(image, maps);
    if (file.empty()) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return exit_ok;
    }
    if (const auto written = write_file(std::string(file), text); !written) {
        std::fprintf(stderr, "kiln map: %s\n", written.error().c_str());
        return exit_failed;
    }
    return exit_ok;
}

}  // namespace kiln::cli
