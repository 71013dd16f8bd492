#include <algorithm>
#include <array>
#include <cctype>

#include "compiler/parse/numbers.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/token.h"

namespace kiln::compiler::parsing {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }

std::string quoted(std::string_view words) { return "`" + std::string(words) + "`"; }

class Lexer {
   public:
    Lexer(std::string_view text, const LexRange& range) : text_(text.substr(0, range.end)), range_(range) {
        position_ = range.begin;
    }

    Lexed run() {
        measure_line();
        while (position_ < text_.size()) next();
        if (!range_.embedded) close_brackets(position_);
        return std::move(lexed_);
    }

   private:
    char at(std::size_t ahead) const {
        return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
    }

    void problem(Problem problem) { lexed_.problems.push_back(std::move(problem)); }

    // The column of the first character of the line that begins at position_.
    void measure_line() {
        line_begin_ = position_;
        indentation_ = 0;
        for (auto i = position_; i < text_.size() && (text_[i] == ' ' || text_[i] == '\t'); ++i)
            indentation_ = text_[i] == '\t' ? indentation_ / 4 * 4 + 4 : indentation_ + 1;
        line_has_token_ = false;
    }

    std::uint32_t column_of(std::size_t offset) const {
        std::uint32_t tabs = 0;
        for (auto i = line_begin_; i < offset && (text_[i] == ' ' || text_[i] == '\t'); ++i)
            tabs += text_[i] == '\t';
        return tabs == 0 ? static_cast<std::uint32_t>(offset - line_begin_)
                         : indentation_ + static_cast<std::uint32_t>(offset - line_begin_ - tabs);
    }

    void next() {
        const char c = at(0);
        if (c == '\n') return newline();
        if (c == ' ' || c == '\t' || c == '\r') {
            ++position_;
            return;
        }
        if (c == '/' && at(1) == '/') return line_comment();
        if (c == '/' && at(1) == '*') return block_comment();
        if (is_letter(c)) return word();
        if (is_digit(c)) return number();
        if (c == '"' && at(1) == '"' && at(2) == '"' && !range_.escaped_quotes) return text_block();
        if (c == '"' || (range_.escaped_quotes && c == '\\' && at(1) == '"')) return string();
        if (c == '#' && is_letter(at(1))) return tag();
        symbol();
    }

    void newline() {
        ++position_;
        if (!range_.embedded && !continues_ && !lexed_.tokens.empty()) pending_separator_ = true;
        ++line_;
        measure_line();
    }

    void separator(std::uint32_t begin, std::uint32_t end) {
        if (lexed_.tokens.empty() || lexed_.tokens.back().type == TokenType::separator) return;
        if (lexed_.tokens.back().type == TokenType::lbrace) return;
        Token token;
        token.type = TokenType::separator;
        token.begin = begin;
        token.end = end;
        token.line = lexed_.tokens.back().line;
        token.column = lexed_.tokens.back().column;
        token.indentation = lexed_.tokens.back().indentation;
        lexed_.tokens.push_back(token);
    }

    // A newline ends the statement unless what follows can only belong to it.
    void settle_separator(TokenType type, std::string_view spelled) {
        if (!pending_separator_) return;
        pending_separator_ = false;
        if (type == TokenType::else_ || spelled == "else") return;
        if (!brackets_.empty() && (type == TokenType::rparen || type == TokenType::rbracket)) return;
        const auto& before = lexed_.tokens.back();
        if (type == TokenType::lbrace && before.type != TokenType::rbrace) return;
        if (before.type == TokenType::colon && (type == TokenType::string || type == TokenType::text)) return;
        close_brackets(before.end);
        separator(before.end, before.end + 1);
    }

    // Brackets never stay open over the end of a statement or a block.
    void close_brackets(std::size_t) {
        if (brackets_.empty()) return;
        const auto open = brackets_.front();
        const auto depth = brackets_.size();
        brackets_.clear();
        const bool round = text_[open] == '(';
        const auto end = lexed_.tokens.empty() ? open + 1 : lexed_.tokens.back().end;
        const bool one = depth == 1;
        problem({.code = Code::unclosed_bracket,
                 .begin = open,
                 .end = open + 1,
                 .arguments = {round ? "`(`" : "`[`"},
                 .repair = Problem::Repair{end, end, round ? ")" : "]", one}});
    }

    void push(TokenType type, std::size_t begin, std::size_t end, bool continues = false,
              std::int64_t value = 0) {
        settle_separator(type,
                         type == TokenType::name ? text_.substr(begin, end - begin) : std::string_view());
        Token token;
        token.type = type;
        token.begin = static_cast<std::uint32_t>(begin);
        token.end = static_cast<std::uint32_t>(end);
        token.line = line_;
        token.column = column_of(begin);
        token.indentation = indentation_;
        token.number = value;
        token.starts_line = !line_has_token_;
        token.adjacent = !lexed_.tokens.empty() && lexed_.tokens.back().end == begin;
        token.continues = continues;
        line_has_token_ = true;
        continues_ = continues;
        if (!doc_.empty()) lexed_.docs.emplace_back(token.begin, std::move(doc_));
        doc_.clear();
        lexed_.tokens.push_back(token);
        position_ = std::max(position_, end);
    }

    void line_comment() {
        const auto end = std::min(text_.find('\n', position_), text_.size());
        if (at(2) == '/' && at(3) != '/') {
            auto words = text_.substr(position_ + 3, end - position_ - 3);
            if (words.starts_with(' ')) words.remove_prefix(1);
            while (!words.empty() && (words.back() == '\r' || words.back() == ' ')) words.remove_suffix(1);
            if (!doc_.empty()) doc_ += '\n';
            doc_ += words;
        }
        position_ = end;
    }

    void block_comment() {
        const auto begin = static_cast<std::uint32_t>(position_);
        const auto close = text_.find("*/", position_ + 2);
        if (close == std::string_view::npos)
            problem({.code = Code::unclosed_comment, .begin = begin, .end = begin + 2});
        const auto end = close == std::string_view::npos ? text_.size() : close + 2;
        for (; position_ < end; ++position_) {
            if (text_[position_] != '\n') continue;
            if (!continues_ && !lexed_.tokens.empty() && !range_.embedded) pending_separator_ = true;
            ++line_;
            ++position_;
            measure_line();
            --position_;
        }
    }

    void word() {
        auto end = position_ + 1;
        while (end < text_.size() && is_word(text_[end])) ++end;
        const auto spelled = text_.substr(position_, end - position_);
        const bool continues = spelled == "and" || spelled == "or" || spelled == "not" || spelled == "of" ||
                               spelled == "is" || spelled == "mod";
        push(TokenType::name, position_, end, continues && !lexed_.tokens.empty());
    }

    void number() {
        const auto read = read_number(text_, position_);
        if (!read.valid) {
            problem({.code = Code::bad_number,
                     .begin = static_cast<std::uint32_t>(position_),
                     .end = static_cast<std::uint32_t>(read.end),
                     .arguments = {quoted(text_.substr(position_, read.end - position_))},
                     .advice = read.advice});
        }
        push(read.type, position_, read.end, false, read.value);
    }

    void string() {
        const bool escaped = range_.escaped_quotes;
        auto end = position_ + (escaped ? 2 : 1);
        while (end < text_.size() && text_[end] != '\n') {
            if (escaped && text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] == '"')
                return push(TokenType::string, position_, end + 2);
            if (!escaped && text_[end] == '"') return push(TokenType::string, position_, end + 1);
            end += text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n' ? 2 : 1;
        }
        end = std::min(end, text_.size());
        while (end > position_ + 1 && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
        // Where a brace follows in the same line nobody knows where the text was to end.
        const auto place = static_cast<std::uint32_t>(end);
        const bool sure = !escaped && text_.substr(position_, end - position_).find_first_of("{};") == text_.npos;
        problem({.code = Code::unclosed_string,
                 .begin = static_cast<std::uint32_t>(position_),
                 .end = place,
                 .repair = Problem::Repair{place, place, "\"", sure}});
        push(TokenType::string, position_, end);
    }

    // The block ends at its closing quotes, or - with an error - before the first line that is not indented
    // deeper than the line it began on.
    void text_block() {
        const auto begin = position_;
        const auto close = text_.find("\"\"\"", begin + 3);
        const auto limit = close == std::string_view::npos ? text_.size() : close;
        const auto begin_indentation = indentation_;
        auto cut = std::string_view::npos;
        for (auto line = text_.find('\n', begin); line != std::string_view::npos && line < limit;
             line = text_.find('\n', line + 1)) {
            std::uint32_t indent = 0;
            auto i = line + 1;
            for (; i < text_.size() && (text_[i] == ' ' || text_[i] == '\t'); ++i)
                indent = text_[i] == '\t' ? indent / 4 * 4 + 4 : indent + 1;
            if (i >= limit || text_[i] == '\n' || text_[i] == '\r') continue;
            if (indent > begin_indentation) continue;
            cut = line;
            break;
        }
        const bool unclosed = cut != std::string_view::npos || close == std::string_view::npos;
        const auto end = cut != std::string_view::npos ? cut : unclosed ? text_.size() : close + 3;
        if (unclosed) report_unclosed_text(begin, cut);
        push(TokenType::text, begin, end);
        skip_lines(begin, end);
    }

    void report_unclosed_text(std::size_t begin, std::size_t cut) {
        Problem found{.code = Code::unclosed_text,
                      .begin = static_cast<std::uint32_t>(begin),
                      .end = static_cast<std::uint32_t>(begin + 3)};
        if (cut != std::string_view::npos) {
            const auto line = text_.find_first_not_of(" \t", cut + 1);
            found.also_begin = static_cast<std::uint32_t>(line);
            found.also_end =
                static_cast<std::uint32_t>(std::min(text_.find_first_of("\r\n", line), text_.size()));
            found.also_label = "this line is not indented deeper";
        }
        problem(std::move(found));
    }

    void skip_lines(std::size_t begin, std::size_t end) {
        bool crossed = false;
        for (auto i = begin; i < end; ++i) {
            if (text_[i] != '\n') continue;
            ++line_;
            position_ = i + 1;
            measure_line();
            crossed = true;
        }
        position_ = end;
        line_has_token_ = line_has_token_ || crossed;
    }

    void tag() {
        auto end = position_ + 1;
        while (end < text_.size() && is_word(text_[end])) ++end;
        push(TokenType::tag, position_, end);
    }

    void open_bracket(TokenType type) {
        push(type, position_, position_ + 1, true);
        brackets_.push_back(lexed_.tokens.back().begin);
        if (brackets_.size() <= static_cast<std::size_t>(max_nesting)) return;
        const auto here = brackets_.back();
        problem({.code = Code::nested_too_deep,
                 .begin = here,
                 .end = here + 1,
                 .arguments = {std::to_string(max_nesting)}});
        brackets_.clear();
        skip_to_column_zero();
    }

    // Behind a hopeless stretch: the next line that begins with a word.
    void skip_to_column_zero() {
        while (position_ < text_.size()) {
            const auto line = text_.find('\n', position_);
            if (line == std::string_view::npos || range_.embedded) {
                position_ = text_.size();
                return;
            }
            position_ = line;
            if (line + 1 < text_.size() && is_letter(text_[line + 1])) {
                continues_ = false;
                return;
            }
            newline();
        }
    }

    void close_bracket(TokenType type) {
        push(type, position_, position_ + 1);
        if (!brackets_.empty()) brackets_.pop_back();
    }

    void symbol() {
        struct Symbol {
            std::string_view spelled;
            TokenType type;
            bool continues;
        };
        using T = TokenType;
        static constexpr std::array symbols = {
            Symbol{"->", T::arrow, true},      Symbol{"=>", T::yields, true},
            Symbol{"+=", T::add_assign, true}, Symbol{"-=", T::subtract_assign, true},
            Symbol{"==", T::operator_, true},  Symbol{"!=", T::operator_, true},
            Symbol{"<=", T::operator_, true},  Symbol{">=", T::operator_, true},
            Symbol{"..", T::operator_, true},  Symbol{"=", T::assign, true},
            Symbol{"<", T::less, true},        Symbol{">", T::greater, false},
            Symbol{"+", T::operator_, true},   Symbol{"-", T::operator_, true},
            Symbol{"*", T::operator_, true},   Symbol{"/", T::operator_, true},
            Symbol{".", T::dot, true},         Symbol{",", T::comma, true},
            Symbol{":", T::colon, false},      Symbol{"?", T::question, false},
        };
        switch (at(0)) {
            case '(': return open_bracket(T::lparen);
            case '[': return open_bracket(T::lbracket);
            case ')': return close_bracket(T::rparen);
            case ']': return close_bracket(T::rbracket);
            case '{':
            case '}':
                settle_separator(at(0) == '{' ? T::lbrace : T::rbrace, {});
                close_brackets(position_);
                return push(at(0) == '{' ? T::lbrace : T::rbrace, position_, position_ + 1, at(0) == '{');
            case ';':
                pending_separator_ = false;
                close_brackets(position_);
                separator(static_cast<std::uint32_t>(position_), static_cast<std::uint32_t>(position_ + 1));
                ++position_;
                continues_ = false;
                return;
            default: break;
        }
        const auto rest = text_.substr(position_);
        for (const auto& row : symbols)
            if (rest.starts_with(row.spelled))
                return push(row.type, position_, position_ + row.spelled.size(), row.continues);
        bad_character();
    }

    // What other languages write for `and`, `or`, `not` and quotes; read as what is meant.
    bool foreign_sign() {
        const auto rest = text_.substr(position_);
        const auto say = [&](std::size_t length, std::string words, TokenType type) {
            problem({.code = Code::bad_character,
                     .begin = static_cast<std::uint32_t>(position_),
                     .end = static_cast<std::uint32_t>(position_ + length),
                     .arguments = {quoted(rest.substr(0, length))},
                     .advice = "write `" + words + "`",
                     .repair = Problem::Repair{static_cast<std::uint32_t>(position_),
                                               static_cast<std::uint32_t>(position_ + length), words, true}});
            push(type, position_, position_ + length, type == TokenType::operator_);
            return true;
        };
        if (rest.starts_with("&&")) return say(2, "and", TokenType::operator_);
        if (rest.starts_with("||")) return say(2, "or", TokenType::operator_);
        if (rest.starts_with("!") && rest.size() > 1 && is_letter(rest[1])) return say(1, "not ", TokenType::bad);
        const auto end = rest.find_first_of("'\n\"", 1);
        if (rest.front() != '\'' || end == std::string_view::npos || rest[end] != '\'') return false;
        return say(end + 1, "\"" + std::string(rest.substr(1, end - 1)) + "\"", TokenType::string);
    }

    // One report for a run of unreadable characters; nothing of it reaches the parser.
    void bad_character() {
        if (!range_.embedded && foreign_sign()) return;
        const auto begin = position_;
        const auto unreadable = [](char c) {
            return static_cast<unsigned char>(c) >= 0x80 || static_cast<unsigned char>(c) < 0x20 ||
                   std::string_view("$%&'@\\^`|~!#\x7f").find(c) != std::string_view::npos;
        };
        while (position_ < text_.size() && text_[position_] != '\n' && unreadable(text_[position_]))
            ++position_;
        if (position_ == begin) ++position_;
        const auto spelled = text_.substr(begin, position_ - begin);
        const bool control =
            std::any_of(spelled.begin(), spelled.end(), [](char c) { return (c & '\xe0') == 0; });
        problem({.code = Code::bad_character,
                 .begin = static_cast<std::uint32_t>(begin),
                 .end = static_cast<std::uint32_t>(position_),
                 .arguments = {control ? "a control character" : quoted(spelled)}});
    }

    std::string_view text_;
    LexRange range_;
    std::size_t position_ = 0, line_begin_ = 0;
    std::uint32_t line_ = 1, indentation_ = 0;
    bool line_has_token_ = false, continues_ = false, pending_separator_ = false;
    std::vector<std::uint32_t> brackets_;
    std::string doc_;
    Lexed lexed_;
};

}  // namespace

Lexed lex(std::string_view text, const LexRange& range) { return Lexer(text, range).run(); }

std::size_t find_bad_utf8(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    for (std::size_t i = 0; i < text.size();) {
        const auto first = byte(i);
        if (first < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        if (first < 0xc2 || first > 0xf4) return i;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(i + k) & 0xc0) != 0x80) return i;
        const auto second = byte(i + 1);
        if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
            (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
            return i;
        i += length;
    }
    return std::string_view::npos;
}

}  // namespace kiln::compiler::parsing
