#pragma once
// Diagnostics for readers: people on a terminal, or programs.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/compile.h"
#include "compiler/diagnostics/source_map.h"

namespace kiln::compiler {

enum class Format : std::uint8_t {
    human,                               // source, marks, labels, advice, and a line of counts
    human_color,                         // the same words with colours
    json,                                // one array, one object a line
    sarif,                               // SARIF 2.1.0, for code scanning
    github,                              // workflow commands: they become annotations
};
std::optional<Format> format_named(std::string_view word);   // human, json, sarif, github

std::string render(const CompileResult& result, Format format);

std::string_view word_of(Severity severity);                 // "error", "warning", "note"

// ---- each in its own file
std::string render_people(const CompileResult& result, bool color);
std::string render_json(const CompileResult& result);
std::string render_sarif(const CompileResult& result);
std::string render_github(const CompileResult& result);

}  // namespace kiln::compiler
