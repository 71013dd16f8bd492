#include "compiler/diagnostics/render_json.h"

#include <array>

#include "compiler/diagnostics/render.h"

namespace kiln::compiler {
namespace {

std::string quoted(std::string_view words) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (c == '\n')
            out += "\\n";
        else if (byte < 0x20)
            out += std::string("\\u00") + digits[byte >> 4] + digits[byte & 15];
        else
            out += c;
    }
    return out + "\"";
}

class Json {
   public:
    explicit Json(const CompileResult& result) : result_(result) {}

    std::string run() {
        std::string out = "[";
        for (const auto& diagnostic : result_.diagnostics)
            out += (out.size() > 1 ? ",\n " : "") + one(diagnostic);
        return out + "]\n";
    }

   private:
    std::string place(Span span) const {
        if (span.file >= result_.sources.size())
            return "\"file\":\"\",\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":1";
        const auto& source = result_.sources[span.file];
        const auto begin = line_column(source.text, span.begin), end = line_column(source.text, span.end);
        return "\"file\":" + quoted(source.name) + ",\"line\":" + std::to_string(begin.line) +
               ",\"column\":" + std::to_string(begin.column) + ",\"end_line\":" + std::to_string(end.line) +
               ",\"end_column\":" + std::to_string(end.column);
    }

    std::string one(const Diagnostic& diagnostic) const {
        const auto& row = row_of(diagnostic.code);
        static constexpr std::array<std::string_view, 3> words = {"error", "warning", "note"};
        std::string out = "{\"code\":" + quoted(row.number) + ",\"name\":" + quoted(row.name) +
                          ",\"severity\":" + quoted(words[static_cast<std::size_t>(row.severity)]) +
                          ",\"message\":" + quoted(diagnostic.message) + "," + place(diagnostic.span) +
                          ",\"label\":" + quoted(diagnostic.label) +
                          ",\"advice\":" + quoted(diagnostic.advice) + ",\"also\":[";
        for (std::size_t i = 0; i < diagnostic.also.size(); ++i)
            out += (i > 0 ? ",{" : "{") + place(diagnostic.also[i].span) +
                   ",\"label\":" + quoted(diagnostic.also[i].label) + "}";
        out += "]";
        if (diagnostic.fix)
            out += ",\"fix\":{" + place(diagnostic.fix->span) +
                   ",\"replacement\":" + quoted(diagnostic.fix->replacement) + "}";
        return out + "}";
    }

    const CompileResult& result_;
};

}  // namespace

std::string render_json(const CompileResult& result) { return Json(result).run(); }

}  // namespace kiln::compiler
