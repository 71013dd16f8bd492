#include "compiler/diagnostics/diagnostic.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace kiln::compiler {
namespace {

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;

const std::array<CodeRow, static_cast<std::size_t>(Code::count)> rows = {{
#define KILN_DIAGNOSTIC(name, number, severity, message, advice) {#name, number, severity, message, advice},
#include "compiler/diagnostics/diagnostics.def"
#undef KILN_DIAGNOSTIC
}};

// Each {} takes the next argument; when they run out, the last is said again.
std::string fill(std::string_view pattern, const std::vector<std::string>& arguments, std::size_t& next) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!pattern.substr(i).starts_with("{}")) {
            out += pattern[i];
            continue;
        }
        if (!arguments.empty()) out += arguments[std::min(next, arguments.size() - 1)];
        ++next;
        ++i;
    }
    return out;
}

}  // namespace

const CodeRow& row_of(Code code) { return rows[std::min(static_cast<std::size_t>(code), rows.size() - 1)]; }

Diagnostic& Reporter::report(Code code, Span span, std::vector<std::string> arguments) {
    const auto& row = row_of(code);
    Diagnostic made;
    made.code = code;
    made.span = span;
    std::size_t next = 0;
    made.message = fill(row.message, arguments, next);
    made.advice = fill(row.advice, arguments, next);
    return add(std::move(made));
}

Diagnostic& Reporter::add(Diagnostic made) {
    const auto& row = row_of(made.code);
    const auto span = made.span;
    errors_reported_ += row.severity == Severity::error;
    if (row.severity == Severity::error && !places_.insert({span.file, span.begin, span.end}).second) {
        discarded_ = std::move(made);
        return discarded_;
    }
    if (diagnostics_.size() >= limit_) {
        ++dropped_;
        dropped_errors_ = dropped_errors_ || row.severity == Severity::error;
        discarded_ = std::move(made);
        return discarded_;
    }
    return diagnostics_.emplace_back(std::move(made));
}

std::vector<Diagnostic> Reporter::sorted() const {
    auto out = diagnostics_;
    std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.span.file, a.span.begin, a.span.end) <
               std::tie(b.span.file, b.span.begin, b.span.end);
    });
    return out;
}

bool Reporter::has_errors() const {
    return dropped_errors_ ||
           std::any_of(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& diagnostic) {
               return row_of(diagnostic.code).severity == Severity::error;
           });
}

}  // namespace kiln::compiler
