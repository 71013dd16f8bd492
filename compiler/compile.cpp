#include "compiler/compile.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "compiler/emit/emit.h"
#include "compiler/parse/parse.h"
#include "vm/bytecode/verifier.h"

namespace kiln::compiler {

vm::LineRow Compilation::place(Span span) const {
    if (span.file >= line_starts.size()) return {};
    const auto& starts = line_starts[span.file];
    const auto after = std::upper_bound(starts.begin(), starts.end(), span.begin);
    const auto line = static_cast<std::uint32_t>(after - starts.begin());
    const auto begin = starts[line - 1];
    std::uint32_t column = 1;
    const auto& text = sources[span.file].text;
    for (auto i = begin; i < span.begin && i < text.size(); ++i)
        column += (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
    return {0, span.file, line, column};
}

std::string_view Compilation::written(Span span) const {
    if (span.file >= sources.size() || span.begin > sources[span.file].text.size()) return {};
    return std::string_view(sources[span.file].text).substr(span.begin, span.end - span.begin);
}

std::string Compilation::numbered(const std::string& name) {
    return name + "." + std::to_string(++counters[name]);
}

bool Compilation::has_member(const Symbol& symbol, std::string_view word) const {
    return std::any_of(symbol.layers.begin(), symbol.layers.end(), [&](const Layer& layer) {
        const auto& members = layer.from->declaration->members;
        return std::any_of(members.begin(), members.end(),
                           [&](const ast::Member* member) { return member->word.text == word; });
    });
}

namespace {

void read_sources(Compilation& c, std::vector<Source> sources) {
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) {
        return a.name != b.name ? a.name < b.name : a.text < b.text;
    });
    c.sources = std::move(sources);
    for (std::size_t i = 0; i < c.sources.size(); ++i) {
        const auto& text = c.sources[i].text;
        auto& starts = c.line_starts.emplace_back();
        starts.push_back(0);
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\n') starts.push_back(static_cast<std::uint32_t>(at + 1));
        }
        c.image.program.files.push_back(c.sources[i].name);
        c.image.sources.push_back({c.sources[i].name, text});
        c.files.push_back(parse(static_cast<std::uint32_t>(i), text, c.reporter));
    }
}

// What the compiler itself got wrong; authors cannot cause it.
[[noreturn]] void broken_promise(const vm::VerifyError& error, const vm::Program& program) {
    const auto name = error.function < program.functions.size() ? program.functions[error.function].name
                                                                : std::string("the program");
    std::fprintf(stderr, "compiler: %s at %u: %s\n", name.c_str(), error.pc, error.message.c_str());
    std::abort();
}

}  // namespace

CompileResult compile(std::vector<Source> sources, const CompileOptions& options) {
    Compilation c;
    c.options = options;
    read_sources(c, std::move(sources));
    declare_all(c);
    declare_signatures(c);
    link_all(c);
    declare_states(c);
    analyse_functions(c);
    emit_shapes(c);
    emit_definitions(c);
    emit_functions(c);
    emit_handlers(c);
    emit_commands(c);
    emit_rules(c);
    if (options.with_tests) emit_tests(c);
    flush_missing(c);

    CompileResult result;
    result.diagnostics = c.reporter.sorted();
    result.has_errors = c.reporter.has_errors();
    if (!result.has_errors) {
        if (const auto error = vm::verify(c.image.program)) broken_promise(*error, c.image.program);
        result.image = std::move(c.image);
    }
    result.sources = std::move(c.sources);
    return result;
}

}  // namespace kiln::compiler
