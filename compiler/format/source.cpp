#include "compiler/format/source.h"

#include <algorithm>

#include "compiler/parse/outline.h"
#include "compiler/parse/shapes.h"

namespace kiln::compiler::formatting {
namespace {

using parsing::Token;
using parsing::TokenType;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Comments and line ends between two tokens.
class Gap {
   public:
    Gap(std::string_view text, std::uint32_t begin, std::uint32_t end, bool begins_file)
        : text_(text), at_(begin), end_(end), lines_(begins_file ? 1 : 0) {}

    std::vector<Comment> run() {
        while (at_ < end_) step();
        return std::move(comments_);
    }

    // An empty line between the last comment, or the token before, and what follows.
    bool ends_blank() const { return blank_; }

   private:
    void step() {
        const char c = text_[at_];
        if (c == '/' && at_ + 1 < end_ && (text_[at_ + 1] == '/' || text_[at_ + 1] == '*')) return comment();
        if (c == '\n') {
            blank_ = blank_ || lines_ > 0;
            ++lines_;
            ended_ = true;
        } else if (c == ';') {
            ended_ = true;
        }
        ++at_;
    }

    void comment() {
        Comment made;
        made.is_line = text_[at_ + 1] == '/';
        const auto close = made.is_line ? text_.find('\n', at_) : text_.find("*/", at_ + 2);
        auto stop = close == std::string_view::npos
                        ? end_
                        : static_cast<std::uint32_t>(close + (made.is_line ? 0 : 2));
        made.text = text_.substr(at_, stop - at_);
        made.starts_line = lines_ > 0;
        made.after_blank = blank_;
        made.behind_end = ended_;
        made.column = column();
        auto behind = stop;
        while (behind < text_.size() && is_blank(text_[behind])) ++behind;
        made.ends_line = behind >= text_.size() || text_[behind] == '\n';
        comments_.push_back(made);
        ended_ = ended_ || made.text.find('\n') != std::string_view::npos;
        at_ = stop;
        lines_ = 0;
        blank_ = false;
    }

    // Characters; a tab in the margin goes to the next multiple of four.
    std::uint32_t column() const {
        auto begin = at_;
        while (begin > 0 && text_[begin - 1] != '\n') --begin;
        std::uint32_t column = 0;
        bool in_margin = true;
        for (auto i = begin; i < at_; ++i) {
            in_margin = in_margin && is_blank(text_[i]);
            if (in_margin && text_[i] == '\t')
                column = column / 4 * 4 + 4;
            else
                column += (static_cast<unsigned char>(text_[i]) & 0xc0) != 0x80;
        }
        return column;
    }

    std::string_view text_;
    std::uint32_t at_, end_;
    std::size_t lines_;  // line ends since the last comment or token
    bool blank_ = false, ended_ = false;
    std::vector<Comment> comments_;
};

// What each token is, by where it begins. The second word of `is not` stays a name.
std::vector<Token> shaped_tokens(std::string_view text, parsing::Lexed lexed) {
    std::vector<Token> all;
    for (const auto& region : parsing::outline(text, std::move(lexed))) {
        for (const auto& [begin, end] : region.chunks) {
            std::vector<Token> chunk(region.tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                                     region.tokens.begin() + static_cast<std::ptrdiff_t>(end));
            parsing::shape_chunk(text, chunk);
            all.insert(all.end(), chunk.begin(), chunk.end());
        }
    }
    std::erase_if(all, [](const Token& token) { return token.type == TokenType::separator; });
    return all;
}

}  // namespace

SourceText read_source(std::string_view text) {
    const std::uint32_t begin = text.starts_with("\xef\xbb\xbf") ? 3 : 0;
    auto lexed = parsing::lex(text, {.begin = begin, .end = static_cast<std::uint32_t>(text.size())});
    const auto tokens = lexed.tokens;
    const auto shaped = shaped_tokens(text, std::move(lexed));
    SourceText source;
    auto end_of_last = begin;
    auto known = shaped.begin();
    bool begins_item = true;
    for (const Token& token : tokens) {
        if (token.type == TokenType::separator) {
            begins_item = true;
            continue;
        }
        Piece piece;
        piece.token = token;
        while (known != shaped.end() && known->begin < token.begin) ++known;
        if (known != shaped.end() && known->begin == token.begin) piece.token.type = known->type;
        piece.text = parsing::spelling(text, token);
        Gap gap(text, end_of_last, token.begin, source.pieces.empty());
        piece.before = gap.run();
        piece.after_blank = gap.ends_blank();
        piece.begins_item = begins_item;
        source.pieces.push_back(std::move(piece));
        end_of_last = token.end;
        begins_item = token.type == TokenType::lbrace;
    }
    source.tail =
        Gap(text, end_of_last, static_cast<std::uint32_t>(text.size()), source.pieces.empty()).run();
    return source;
}

}  // namespace kiln::compiler::formatting
