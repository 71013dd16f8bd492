#pragma once
// An author's mistake: a code, a place, a sentence, advice. Compilation goes on and reports all of them.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace kiln::compiler {

// A stretch of one source: byte offsets, end exclusive.
struct Span {
    std::uint32_t file = 0, begin = 0, end = 0;
    bool operator==(const Span&) const = default;
};

enum class Severity : std::uint8_t { error, warning, note };

// Every row of diagnostics.def: Code::unknown_name.
enum class Code : std::uint16_t {
#define KILN_DIAGNOSTIC(name, number, severity, message, advice) name,
#include "compiler/diagnostics/diagnostics.def"
#undef KILN_DIAGNOSTIC
    count,
};

struct CodeRow {
    std::string_view name, number;       // "unknown_name", "E0101"
    Severity severity;
    std::string_view message, advice;    // {} takes arguments, in order
};
const CodeRow& row_of(Code code);

struct SecondarySpan {
    Span span;
    std::string label;
};

struct Fix {                             // machine-applicable: replace the span; an empty one is a place between
    Span span;
    std::string replacement;
    bool sure = true;                    // no other reading is as likely: `kiln fix` applies it
    std::vector<Span> also;              // further places of the same mistake, mended by the same words
};

struct Diagnostic {
    Code code{};
    Span span;
    std::string message;                 // arguments filled in; one sentence, no full stop needed
    std::string label;                   // beside the caret: "no such room", may be empty
    std::string advice;                  // "did you mean `throne_hall`?", may be empty
    std::vector<SecondarySpan> also;
    std::optional<Fix> fix;
    bool denied = false;                 // a warning that counts as an error
    Severity severity() const { return denied ? Severity::error : row_of(code).severity; }
};

// Collects. At most `limit` are kept (the rest are counted); a second error at the same place is dropped.
class Reporter {
   public:
    explicit Reporter(std::size_t limit = 200) : limit_(limit) {}
    // Fills the row's message with the arguments and its advice with those that are left (when they run out,
    // the last is said again). Returns the diagnostic so that label, advice... can be added; the reference is
    // valid until the next report.
    Diagnostic& report(Code code, Span span, std::vector<std::string> arguments = {});
    Diagnostic& add(Diagnostic diagnostic);      // one that is filled in already
    // For what only follows from another mistake: filled like any other, heard by nobody.
    Diagnostic& discard() { return discarded_ = {}; }
    std::size_t errors_reported() const { return errors_reported_; }     // also those that were dropped
    const std::vector<Diagnostic>& all() const { return diagnostics_; }
    std::vector<Diagnostic> sorted() const;      // by file and place
    bool has_errors() const;
    std::size_t dropped() const { return dropped_; }
    void drop(std::size_t more) { dropped_ += more; }   // counted elsewhere

   private:
    std::size_t limit_;
    std::size_t dropped_ = 0, errors_reported_ = 0;
    bool dropped_errors_ = false;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> places_;     // of errors
    std::vector<Diagnostic> diagnostics_;
    Diagnostic discarded_;
};

// The closest of `candidates` to a misspelt name, if one is close enough to be meant (Damerau-Levenshtein, a
// third of the length at most; a mere difference of case or of - and _ always counts).
std::optional<std::string> closest(std::string_view misspelt, const std::vector<std::string>& candidates);

// The same, and whether no other candidate is as close: then it may be written without asking.
struct Closest {
    std::string name;
    bool alone = true;
};
std::optional<Closest> closest_of(std::string_view misspelt, const std::vector<std::string>& candidates);

}  // namespace kiln::compiler
