#include "compiler/diagnostics/render.h"

namespace kiln::compiler {

std::optional<Format> format_named(std::string_view word) {
    if (word == "human") return Format::human;
    if (word == "json") return Format::json;
    if (word == "sarif") return Format::sarif;
    if (word == "github") return Format::github;
    return std::nullopt;
}

std::string_view word_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "note";
}

std::string render(const CompileResult& result, Format format) {
    switch (format) {
        case Format::human: return render_people(result, false);
        case Format::human_color: return render_people(result, true);
        case Format::json: return render_json(result);
        case Format::sarif: return render_sarif(result);
        case Format::github: return render_github(result);
    }
    return {};
}

}  // namespace kiln::compiler
