#include <algorithm>

#include "compiler/diagnostics/excerpt.h"
#include "compiler/diagnostics/render.h"

namespace kiln::compiler {

namespace {

// Messages quote sources; a terminal must not obey them.
std::string harmless(std::string_view words) {
    std::string out;
    for (const char c : words) out += (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) ? ' ' : c;
    return out;
}

constexpr std::string_view blue = "1;34", cyan = "1;36", bold = "1";

std::string_view color_of(Severity severity) {
    return severity == Severity::error ? "1;31" : severity == Severity::warning ? "1;33" : cyan;
}

class People {
   public:
    People(const CompileResult& result, bool color)
        : result_(result), sources_(result.sources), color_(color) {}

    std::string run() {
        for (const auto& diagnostic : result_.diagnostics) one(diagnostic);
        return std::move(out_ += count_line());
    }

   private:
    std::string paint(std::string_view color, std::string_view words) const {
        if (!color_) return std::string(words);
        return "\x1b[" + std::string(color) + "m" + std::string(words) + "\x1b[0m";
    }

    void one(const Diagnostic& diagnostic) {
        const auto severity = diagnostic.severity();
        const auto title =
            std::string(word_of(severity)) + "[" + std::string(row_of(diagnostic.code).number) + "]";
        out_ += paint(color_of(severity), title) + paint(bold, ": " + harmless(diagnostic.message)) + "\n";
        gutter_ = gutter_of(diagnostic);
        place(diagnostic.span, diagnostic.label, '^', color_of(severity), "-->");
        for (const auto& also : diagnostic.also) place(also.span, also.label, '-', cyan, ":::");
        if (!diagnostic.advice.empty()) remark(harmless(diagnostic.advice));
        if (diagnostic.fix) remark("fix: " + written(*diagnostic.fix));
        out_ += "\n";
    }

    void remark(const std::string& words) {
        out_ += std::string(gutter_ + 1, ' ') + paint(blue, "=") + " " + words + "\n";
    }

    static std::string written(const Fix& fix) {
        if (fix.replacement.empty()) return "remove it";
        const bool inserts = fix.span.begin == fix.span.end;
        const auto words = harmless(fix.replacement);
        return (inserts ? "add `" : "write `") + words + "`";
    }

    // How wide the numbers of the lines shown are.
    std::size_t gutter_of(const Diagnostic& diagnostic) const {
        std::uint32_t last = 1;
        const auto count = [&](Span span) {
            if (sources_.knows(span)) last = std::max(last, excerpt(sources_, span).back().number);
        };
        count(diagnostic.span);
        for (const auto& also : diagnostic.also) count(also.span);
        return std::to_string(last).size();
    }

    void place(Span span, const std::string& label, char mark, std::string_view color,
               std::string_view arrow) {
        if (!sources_.knows(span)) return;
        const auto at = sources_.place(span.file, span.begin);
        out_ += std::string(gutter_, ' ') + paint(blue, arrow) + " " + harmless(sources_.source(span).name) +
                ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + "\n";
        const auto bar = std::string(gutter_ + 1, ' ') + paint(blue, "|");
        out_ += bar + "\n";
        const auto lines = excerpt(sources_, span);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& line = lines[i];
            if (i > 0 && line.number > lines[i - 1].number + 1) out_ += paint(blue, "...") + "\n";
            const auto number = std::to_string(line.number);
            out_ += paint(blue, std::string(gutter_ - std::min(gutter_, number.size()), ' ') + number + " |") +
                    " " + line.words + "\n";
            auto marks = std::string(line.marks, mark);
            if (i + 1 == lines.size() && !label.empty()) marks += " " + harmless(label);
            out_ += bar + " " + std::string(line.before, ' ') + paint(color, marks) + "\n";
        }
    }

    std::string count_line() const {
        std::size_t errors = 0, warnings = 0, fixes = 0;
        for (const auto& diagnostic : result_.diagnostics) {
            errors += diagnostic.severity() == Severity::error;
            warnings += diagnostic.severity() == Severity::warning;
            fixes += diagnostic.fix && diagnostic.fix->sure;
        }
        const auto some = [](std::size_t n, std::string_view what) {
            return std::to_string(n) + " " + std::string(what) + (n == 1 ? "" : "s");
        };
        if (errors == 0 && warnings == 0) return "no errors\n";
        std::string out = errors > 0 ? some(errors, "error") : "";
        if (warnings > 0) out += (out.empty() ? "" : ", ") + some(warnings, "warning");
        if (result_.dropped > 0) out += ", and " + std::to_string(result_.dropped) + " more that are not shown";
        if (fixes > 0) out += "; `kiln fix` can mend " + std::to_string(fixes);
        return out + "\n";
    }

    const CompileResult& result_;
    SourceMap sources_;
    bool color_;
    std::size_t gutter_ = 1;
    std::string out_;
};

}  // namespace

std::string render_people(const CompileResult& result, bool color) { return People(result, color).run(); }

}  // namespace kiln::compiler
