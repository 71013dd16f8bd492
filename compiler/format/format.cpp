#include "compiler/format/format.h"

#include "compiler/format/layout.h"
#include "compiler/format/source.h"
#include "compiler/format/tree.h"
#include "compiler/parse/parse.h"

namespace kiln::compiler {
namespace {

// What a file says, as text: its tree without places. Nothing if it has syntax errors.
struct Reading {
    std::string tree;
    std::vector<Diagnostic> errors;
};

Reading read(std::string_view text) {
    Reporter reporter;
    Reading reading{dump(parse(0, text, reporter)), {}};
    if (reporter.has_errors()) reading.errors = reporter.sorted();
    return reading;
}

}  // namespace

std::expected<std::string, FormatRefusal> format(std::string_view text) {
    const auto before = read(text);
    if (!before.errors.empty()) return std::unexpected(FormatRefusal{before.errors});
    const auto source = formatting::read_source(text);
    auto made = formatting::lay_out(source, formatting::build_tree(source));
    const auto after = read(made);
    if (!after.errors.empty() || after.tree != before.tree) return std::unexpected(FormatRefusal{});
    return made;
}

std::string format_page(std::string_view page) {
    std::string made;
    bool is_inside = false;
    std::string example;
    while (!page.empty()) {
        const auto end = page.find('\n');
        const auto line = page.substr(0, end == page.npos ? end : end + 1);
        page.remove_prefix(line.size());
        const bool is_fence = line.starts_with("```");
        if (is_inside && !is_fence) {
            example += line;
            continue;
        }
        if (is_inside) made += format(example).value_or(example);
        example.clear();
        is_inside = is_fence && !is_inside && line == "```mud\n";
        made += line;
    }
    return made + example;
}

}  // namespace kiln::compiler
