#include "compiler/diagnostics/render.h"

#include <algorithm>

#include "compiler/diagnostics/render_json.h"
#include "compiler/diagnostics/source_line.h"

namespace kiln::compiler {

namespace {

std::string_view word_of(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "note";
}

// Messages quote sources; a terminal must not obey them.
std::string harmless(std::string_view words) {
    std::string out;
    for (const char c : words) out += (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) ? ' ' : c;
    return out;
}

class People {
   public:
    People(const CompileResult& result, bool color) : result_(result), color_(color) {}

    std::string run() {
        for (const auto& diagnostic : result_.diagnostics) one(diagnostic);
        return std::move(out_ += count_line());
    }

   private:
    std::string paint(std::string_view color, std::string_view words) const {
        if (!color_) return std::string(words);
        return "\x1b[" + std::string(color) + "m" + std::string(words) + "\x1b[0m";
    }

    static std::string_view color_of(Severity severity) {
        return severity == Severity::error ? "1;31" : severity == Severity::warning ? "1;33" : "1;36";
    }

    void one(const Diagnostic& diagnostic) {
        const auto& row = row_of(diagnostic.code);
        const auto title = std::string(word_of(row.severity)) + "[" + std::string(row.number) + "]";
        out_ += paint(color_of(row.severity), title) + paint("1", ": " + harmless(diagnostic.message)) + "\n";
        gutter_ = width_of(diagnostic);
        place(diagnostic.span, diagnostic.label, '^', color_of(row.severity), "-->");
        for (const auto& also : diagnostic.also) place(also.span, also.label, '-', "1;36", ":::");
        const std::string margin(gutter_ + 1, ' ');
        if (!diagnostic.advice.empty())
            out_ += margin + paint("1;34", "=") + " " + harmless(diagnostic.advice) + "\n";
        if (diagnostic.fix) {
            const auto& replacement = diagnostic.fix->replacement;
            out_ += margin + paint("1;34", "=") +
                    " fix: " + (replacement.empty() ? "remove it" : "write `" + harmless(replacement) + "`") +
                    "\n";
        }
        out_ += "\n";
    }

    std::size_t width_of(const Diagnostic& diagnostic) const {
        auto last = line_of(diagnostic.span);
        for (const auto& also : diagnostic.also) last = std::max(last, line_of(also.span));
        return std::to_string(last).size();
    }

    std::uint32_t line_of(Span span) const {
        if (span.file >= result_.sources.size()) return 1;
        return line_column(result_.sources[span.file].text, span.begin).line;
    }

    void place(Span span, const std::string& label, char mark, std::string_view color,
               std::string_view arrow) {
        if (span.file >= result_.sources.size()) return;
        const auto& source = result_.sources[span.file];
        const auto at = line_column(source.text, span.begin);
        const auto shown = source_line(source.text, span);
        const std::string margin(gutter_ + 1, ' ');
        const auto number = std::to_string(at.line);
        out_ += std::string(gutter_, ' ') + paint("1;34", arrow) + " " + source.name + ":" + number + ":" +
                std::to_string(at.column) + "\n";
        out_ += margin + paint("1;34", "|") + "\n";
        out_ += paint("1;34", std::string(gutter_ - std::min(gutter_, number.size()), ' ') + number + " |") +
                " " + shown.words + "\n";
        auto marks = std::string(shown.marks, mark);
        if (!label.empty()) marks += " " + harmless(label);
        out_ +=
            margin + paint("1;34", "|") + " " + std::string(shown.before, ' ') + paint(color, marks) + "\n";
    }

    std::string count_line() const {
        std::size_t errors = 0, warnings = 0;
        for (const auto& diagnostic : result_.diagnostics) {
            const auto severity = row_of(diagnostic.code).severity;
            errors += severity == Severity::error;
            warnings += severity == Severity::warning;
        }
        const auto some = [](std::size_t n, std::string_view what) {
            return std::to_string(n) + " " + std::string(what) + (n == 1 ? "" : "s");
        };
        if (errors == 0 && warnings == 0) return "no errors\n";
        std::string out = errors > 0 ? some(errors, "error") : "";
        if (warnings > 0) out += (out.empty() ? "" : ", ") + some(warnings, "warning");
        return out + "\n";
    }

    const CompileResult& result_;
    bool color_;
    std::size_t gutter_ = 1;
    std::string out_;
};

}  // namespace

std::string render(const CompileResult& result, Format format) {
    if (format == Format::json) return render_json(result);
    return People(result, format == Format::human_color).run();
}

}  // namespace kiln::compiler
