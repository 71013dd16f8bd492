#pragma once
// The generated parser behind one function a chunk. Only build_*.cpp and antlr_parser.cpp include this: it is
// heavy.

#include <optional>

#include "Mud.h"
#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {

using grammar::Mud;

// A token as the runtime wants it: a view of ours.
class Lexeme final : public antlr4::Token {
   public:
    Lexeme(const parsing::Token* token, std::size_t type, std::size_t index, std::string_view text)
        : token_(token), type_(type), index_(index), text_(text) {}
    const parsing::Token& source() const { return *token_; }
    std::string getText() const override { return std::string(text_); }
    std::size_t getType() const override { return type_; }
    std::size_t getLine() const override { return token_->line; }
    std::size_t getCharPositionInLine() const override { return token_->column; }
    std::size_t getChannel() const override { return 0; }
    std::size_t getTokenIndex() const override { return index_; }
    std::size_t getStartIndex() const override { return token_->begin; }
    std::size_t getStopIndex() const override { return token_->end; }
    antlr4::TokenSource* getTokenSource() const override { return nullptr; }
    antlr4::CharStream* getInputStream() const override { return nullptr; }
    std::string toString() const override { return getText(); }

   private:
    const parsing::Token* token_;
    std::size_t type_, index_;
    std::string_view text_;
};

inline const Token& source_of(const antlr4::Token* token) {
    return static_cast<const Lexeme*>(token)->source();
}

struct Failure {
    std::size_t token = 0;  // index of the one that did not fit; the size if the end did not
    std::vector<TokenType> expected;
};

// One per file. Contexts stay valid until the next parse.
class AntlrParser {
   public:
    explicit AntlrParser(std::string_view text);
    ~AntlrParser();

    // Null, and `failure` set, if the tokens have not that shape.
    Mud::ChunkContext* chunk(const std::vector<Token>& tokens, Failure& failure);
    Mud::EmbeddedContext* expression(const std::vector<Token>& tokens, Failure& failure);

   private:
    struct Parts;
    template <typename Rule>
    auto run(const std::vector<Token>& tokens, Failure& failure, Rule rule) -> decltype(rule());
    std::unique_ptr<Parts> parts_;
};

}  // namespace kiln::compiler::parsing
