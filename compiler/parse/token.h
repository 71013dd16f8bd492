#pragma once
// What the lexer hands on: tokens with places, and what it could not read.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"

namespace kiln::compiler::parsing {

enum class TokenType : std::uint8_t {
    end_of_file,
#define KILN_TOKEN(name, grammar_name) name,
#include "compiler/parse/token_types.def"
#undef KILN_TOKEN
};

struct Token {
    TokenType type = TokenType::bad;
    bool starts_line = false;
    bool adjacent = false;               // nothing between it and the token before it
    bool continues = false;              // a line that ends with it goes on
    std::uint32_t begin = 0, end = 0;    // bytes of the file
    std::uint32_t line = 1;
    std::uint32_t column = 0;            // from 0; a tab goes to the next multiple of four
    std::uint32_t indentation = 0;       // column of the first token of its line
    std::int64_t number = 0;             // literals
};

// An error found before the parser proper. Regions report the first of theirs.
struct Problem {
    Code code{};
    std::uint32_t begin = 0, end = 0;
    std::vector<std::string> arguments;
    std::string label, advice;
    std::uint32_t also_begin = 0, also_end = 0;      // a second place, if also_label says something
    std::string also_label;
    struct Repair {                                  // what to write instead
        std::uint32_t begin = 0, end = 0;
        std::string words;
        bool sure = true;
    };
    std::optional<Repair> repair;
};

struct Lexed {
    std::vector<Token> tokens;
    std::vector<Problem> problems;                                   // by place
    std::vector<std::pair<std::uint32_t, std::string>> docs;         // begin of the token behind, text
};

struct LexRange {
    std::uint32_t begin = 0, end = 0;
    bool embedded = false;               // inside a text: newlines are spaces
    bool escaped_quotes = false;         // inside "...": \" begins and ends a text
};

// Words keep type `name`, operators `operator_`; shapes.h tells them apart. A separator stands where a
// statement ends: at `;` and at newlines that are not behind a comma, an opening bracket or an operator.
Lexed lex(std::string_view text, const LexRange& range);

// Offset of the first byte that is not UTF-8, or npos.
std::size_t find_bad_utf8(std::string_view text);

inline std::string_view spelling(std::string_view text, const Token& token) {
    return text.substr(token.begin, token.end - token.begin);
}

}  // namespace kiln::compiler::parsing
