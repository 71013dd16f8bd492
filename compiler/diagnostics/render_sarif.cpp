#include <algorithm>
#include <vector>

#include "compiler/diagnostics/json_text.h"
#include "compiler/diagnostics/render.h"

namespace kiln::compiler {

namespace {

// A relative path as a URI: what is not a plain letter is written %XX.
std::string uri(std::string_view path) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    static constexpr std::string_view plain = "-._~/";
    std::string out;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || plain.find(c) != std::string_view::npos) out += c;
        else out += std::string("%") + digits[byte >> 4] + digits[byte & 15];
    }
    return out;
}

std::string text(std::string_view words) { return "{\"text\":" + quoted(words) + "}"; }

// The message of a row with ... where the names stand.
std::string general(std::string_view message) {
    std::string out;
    for (std::size_t i = 0; i < message.size(); ++i) {
        const bool hole = message.substr(i).starts_with("{}");
        out += hole ? "..." : std::string(1, message[i]);
        if (hole) ++i;
    }
    return out;
}

class Sarif {
   public:
    explicit Sarif(const CompileResult& result) : result_(result), sources_(result.sources) {
        for (const auto& diagnostic : result.diagnostics) codes_.push_back(diagnostic.code);
        std::sort(codes_.begin(), codes_.end());
        codes_.erase(std::unique(codes_.begin(), codes_.end()), codes_.end());
    }

    std::string run() {
        std::string out =
            "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\n"
            "\"runs\":[{\"tool\":{\"driver\":{\"name\":\"kiln\",\"rules\":[";
        for (std::size_t i = 0; i < codes_.size(); ++i) out += (i > 0 ? ",\n" : "\n") + rule(codes_[i]);
        out += "]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[";
        const auto& all = result_.diagnostics;
        for (std::size_t i = 0; i < all.size(); ++i) out += (i > 0 ? ",\n" : "\n") + one(all[i]);
        return out + "]}]}\n";
    }

   private:
    static std::string rule(Code code) {
        const auto& row = row_of(code);
        std::string out = "{\"id\":" + quoted(row.number) + ",\"name\":" + quoted(row.name) +
                          ",\"shortDescription\":" + text(general(row.message)) +
                          ",\"defaultConfiguration\":{\"level\":" + quoted(word_of(row.severity)) + "}";
        const auto help = "kiln explain " + std::string(row.number);
        return out + ",\"help\":" + text(help) + "}";
    }

    std::string region(Span span) const {
        const auto begin = sources_.place(span.file, span.begin), end = sources_.place(span.file, span.end);
        return "{\"startLine\":" + std::to_string(begin.line) +
               ",\"startColumn\":" + std::to_string(begin.column) +
               ",\"endLine\":" + std::to_string(end.line) + ",\"endColumn\":" + std::to_string(end.column) +
               "}";
    }

    std::string artifact(Span span) const {
        return "\"artifactLocation\":{\"uri\":" + quoted(uri(sources_.source(span).name)) + "}";
    }

    std::string physical(Span span) const {
        return "\"physicalLocation\":{" + artifact(span) + ",\"region\":" + region(span) + "}";
    }

    std::string change(Span span, const std::string& replacement) const {
        return "{" + artifact(span) + ",\"replacements\":[{\"deletedRegion\":" + region(span) +
               ",\"insertedContent\":" + text(replacement) + "}]}";
    }

    std::string fix(const Fix& fix) const {
        std::string out = ",\"fixes\":[{\"artifactChanges\":[" + change(fix.span, fix.replacement);
        for (const auto span : fix.also) out += "," + change(span, fix.replacement);
        return out + "]}]";
    }

    std::string one(const Diagnostic& diagnostic) const {
        const auto at = std::lower_bound(codes_.begin(), codes_.end(), diagnostic.code);
        auto words = diagnostic.message;
        if (!diagnostic.advice.empty()) words += "\n" + diagnostic.advice;
        std::string out = "{\"ruleId\":" + quoted(row_of(diagnostic.code).number) +
                          ",\"ruleIndex\":" + std::to_string(at - codes_.begin()) +
                          ",\"level\":" + quoted(word_of(diagnostic.severity())) +
                          ",\"message\":" + text(words);
        if (!sources_.knows(diagnostic.span)) return out + "}";
        out += ",\"locations\":[{" + physical(diagnostic.span) + "}]";
        for (std::size_t i = 0; i < diagnostic.also.size(); ++i) {
            const auto& also = diagnostic.also[i];
            out += (i == 0 ? ",\"relatedLocations\":[{\"id\":" : ",{\"id\":") + std::to_string(i + 1) + "," +
                   physical(also.span) + ",\"message\":" + text(also.label) + "}";
        }
        if (!diagnostic.also.empty()) out += "]";
        if (diagnostic.fix) out += fix(*diagnostic.fix);
        return out + "}";
    }

    const CompileResult& result_;
    SourceMap sources_;
    std::vector<Code> codes_;
};

}  // namespace

std::string render_sarif(const CompileResult& result) { return Sarif(result).run(); }

}  // namespace kiln::compiler
