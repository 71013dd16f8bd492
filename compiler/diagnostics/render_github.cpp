#include "compiler/diagnostics/render.h"

namespace kiln::compiler {

namespace {

// What a workflow command may not contain: % and line ends; in its properties also : and ,.
std::string escaped(std::string_view words, bool is_property) {
    std::string out;
    for (const char c : words) {
        if (c == '%') out += "%25";
        else if (c == '\r') out += "%0D";
        else if (c == '\n') out += "%0A";
        else if (is_property && c == ':') out += "%3A";
        else if (is_property && c == ',') out += "%2C";
        else out += c;
    }
    return out;
}

std::string command(const SourceMap& sources, const Diagnostic& diagnostic) {
    const auto word = diagnostic.severity() == Severity::note ? "notice" : word_of(diagnostic.severity());
    std::string out = "::" + std::string(word) + " ";
    if (sources.knows(diagnostic.span)) {
        const auto begin = sources.place(diagnostic.span.file, diagnostic.span.begin);
        const auto end = sources.place(diagnostic.span.file, diagnostic.span.end);
        out += "file=" + escaped(sources.source(diagnostic.span).name, true) +
               ",line=" + std::to_string(begin.line);
        // A range of columns is understood on one line only.
        if (begin.line == end.line)
            out += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
        else out += ",endLine=" + std::to_string(end.line);
        out += ",";
    }
    out += "title=" + escaped(row_of(diagnostic.code).number, true) + "::";
    std::string words = diagnostic.message;
    if (!diagnostic.label.empty()) words += " (" + diagnostic.label + ")";
    if (!diagnostic.advice.empty()) words += "\n" + diagnostic.advice;
    return out + escaped(words, false) + "\n";
}

}  // namespace

std::string render_github(const CompileResult& result) {
    const SourceMap sources(result.sources);
    std::string out;
    for (const auto& diagnostic : result.diagnostics) out += command(sources, diagnostic);
    return out;
}

}  // namespace kiln::compiler
