#include "compiler/diagnostics/json_text.h"
#include "compiler/diagnostics/render.h"

namespace kiln::compiler {
namespace {

class Json {
   public:
    explicit Json(const CompileResult& result) : result_(result), sources_(result.sources) {}

    std::string run() {
        std::string out = "[";
        for (const auto& diagnostic : result_.diagnostics)
            out += (out.size() > 1 ? ",\n " : "") + one(diagnostic);
        return out + "]\n";
    }

   private:
    std::string place(Span span) const {
        if (!sources_.knows(span))
            return "\"file\":\"\",\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":1";
        const auto begin = sources_.place(span.file, span.begin), end = sources_.place(span.file, span.end);
        return "\"file\":" + quoted(sources_.source(span).name) + ",\"line\":" + std::to_string(begin.line) +
               ",\"column\":" + std::to_string(begin.column) + ",\"end_line\":" + std::to_string(end.line) +
               ",\"end_column\":" + std::to_string(end.column);
    }

    std::string edit(Span span, const std::string& replacement) const {
        return "{" + place(span) + ",\"replacement\":" + quoted(replacement) + "}";
    }

    std::string fix(const Fix& fix) const {
        std::string out = "{\"sure\":" + std::string(fix.sure ? "true" : "false") + ",\"edits\":[" +
                          edit(fix.span, fix.replacement);
        for (const auto span : fix.also) out += "," + edit(span, fix.replacement);
        return out + "]}";
    }

    std::string one(const Diagnostic& diagnostic) const {
        const auto& row = row_of(diagnostic.code);
        std::string out = "{\"code\":" + quoted(row.number) + ",\"name\":" + quoted(row.name) +
                          ",\"severity\":" + quoted(word_of(diagnostic.severity())) +
                          ",\"message\":" + quoted(diagnostic.message) + "," + place(diagnostic.span) +
                          ",\"label\":" + quoted(diagnostic.label) +
                          ",\"advice\":" + quoted(diagnostic.advice) + ",\"also\":[";
        for (std::size_t i = 0; i < diagnostic.also.size(); ++i)
            out += (i > 0 ? ",{" : "{") + place(diagnostic.also[i].span) +
                   ",\"label\":" + quoted(diagnostic.also[i].label) + "}";
        out += "]";
        if (diagnostic.fix) out += ",\"fix\":" + fix(*diagnostic.fix);
        return out + "}";
    }

    const CompileResult& result_;
    SourceMap sources_;
};

}  // namespace

std::string render_json(const CompileResult& result) { return Json(result).run(); }

}  // namespace kiln::compiler
