#include "compiler/parse/antlr_parser.h"

namespace kiln::compiler::parsing {

#define KILN_TOKEN(name, grammar_name) \
    static_assert(static_cast<std::size_t>(TokenType::name) == Mud::grammar_name);
#include "compiler/parse/token_types.def"
#undef KILN_TOKEN

namespace {

// The tokens of one chunk, already typed.
class LexemeStream final : public antlr4::TokenStream {
   public:
    explicit LexemeStream(std::string_view text) : text_(text) {}

    void fill(const std::vector<Token>& tokens) {
        lexemes_.clear();
        lexemes_.reserve(tokens.size() + 1);
        for (const auto& token : tokens)
            lexemes_.emplace_back(&token, static_cast<std::size_t>(token.type), lexemes_.size(),
                                  spelling(text_, token));
        end_ = tokens.empty() ? Token() : tokens.back();
        end_.begin = end_.end;
        lexemes_.emplace_back(&end_, antlr4::Token::EOF, lexemes_.size(), std::string_view());
        position_ = 0;
    }

    antlr4::Token* LT(ssize_t k) override {
        const auto at = static_cast<std::ptrdiff_t>(position_) + k - (k > 0 ? 1 : 0);
        if (k == 0 || at < 0) return nullptr;
        return &lexemes_[std::min(static_cast<std::size_t>(at), lexemes_.size() - 1)];
    }
    std::size_t LA(ssize_t k) override {
        const auto* token = LT(k);
        return token == nullptr ? antlr4::Token::INVALID_TYPE : token->getType();
    }
    antlr4::Token* get(std::size_t index) const override { return const_cast<Lexeme*>(&lexemes_[index]); }
    void consume() override { position_ = std::min(position_ + 1, lexemes_.size() - 1); }
    ssize_t mark() override { return 0; }
    void release(ssize_t) override {}
    std::size_t index() override { return position_; }
    void seek(std::size_t index) override { position_ = std::min(index, lexemes_.size() - 1); }
    std::size_t size() override { return lexemes_.size(); }
    std::string getSourceName() const override { return {}; }
    antlr4::TokenSource* getTokenSource() const override { return nullptr; }
    std::string getText(const antlr4::misc::Interval&) override { return {}; }
    std::string getText() override { return {}; }
    std::string getText(antlr4::RuleContext*) override { return {}; }
    std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

   private:
    std::string_view text_;
    std::vector<Lexeme> lexemes_;
    Token end_;
    std::size_t position_ = 0;
};

// Stops at the first token that does not fit and notes what would have. What is said about it is not its
// business.
class StopAtFirst final : public antlr4::DefaultErrorStrategy {
   public:
    std::vector<TokenType> expected;

    void recover(antlr4::Parser* parser, std::exception_ptr) override { stop(parser); }
    antlr4::Token* recoverInline(antlr4::Parser* parser) override {
        stop(parser);
        return nullptr;
    }
    void sync(antlr4::Parser*) override {}
    void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}

   private:
    void stop(antlr4::Parser* parser) {
        expected.clear();
        for (const auto type : parser->getExpectedTokens().toList())
            expected.push_back(type < 0 ? TokenType::end_of_file : static_cast<TokenType>(type));
        throw antlr4::ParseCancellationException();
    }
};

}  // namespace

struct AntlrParser::Parts {
    explicit Parts(std::string_view text) : stream(text), parser(&stream) {
        parser.setBuildParseTree(false);
        parser.removeErrorListeners();
        parser.setErrorHandler(strategy);
    }
    LexemeStream stream;
    Mud parser;
    std::shared_ptr<StopAtFirst> strategy = std::make_shared<StopAtFirst>();
};

AntlrParser::AntlrParser(std::string_view text) : parts_(std::make_unique<Parts>(text)) {}
AntlrParser::~AntlrParser() = default;

template <typename Rule>
auto AntlrParser::run(const std::vector<Token>& tokens, Failure& failure, Rule rule) -> decltype(rule()) {
    parts_->stream.fill(tokens);
    parts_->parser.reset();
    try {
        return rule();
    } catch (const std::exception&) {
        failure.token = parts_->stream.index();
        failure.expected = parts_->strategy->expected;
        return nullptr;
    }
}

Mud::ChunkContext* AntlrParser::chunk(const std::vector<Token>& tokens, Failure& failure) {
    return run(tokens, failure, [this] { return parts_->parser.chunk(); });
}

Mud::EmbeddedContext* AntlrParser::expression(const std::vector<Token>& tokens, Failure& failure) {
    return run(tokens, failure, [this] { return parts_->parser.embedded(); });
}

}  // namespace kiln::compiler::parsing
