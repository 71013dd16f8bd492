#include "compiler/parse/text_pieces.h"

#include <algorithm>
#include <array>

namespace kiln::compiler::parsing {
namespace {

using ast::TextPiece;
using Kind = TextPiece::Kind;

constexpr std::array<std::string_view, 14> styles = {"b",   "i",   "title", "exit", "item", "npc",  "player",
                                                     "say", "hit", "good",  "bad",  "hint", "warn", "quiet"};
constexpr std::array<std::string_view, 4> articles = {"the", "a", "an", "some"};
constexpr std::array<std::string_view, 15> operator_words = {
    "of", "is", "in", "and", "or", "not", "has", "mod", "below", "above", "chance", "the", "a", "an", "some"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return (lower(c) >= 'a' && lower(c) <= 'z'); }
bool is_verb_letter(char c) {
    return is_letter(c) || c == '\'' || c == '-' || (static_cast<unsigned char>(c) & 0x80);
}
bool is_name_letter(char c) { return is_letter(c) || c == '_' || (c >= '0' && c <= '9'); }

template <typename List>
bool contains(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

class Reader {
   public:
    Reader(std::uint32_t file, std::string_view source, const Token& token, bool plain, ast::Text& out,
           const ParseTag& parse_tag, Reporter& reporter)
        : file_(file),
          source_(source),
          out_(out),
          parse_tag_(parse_tag),
          reporter_(reporter),
          plain_(plain),
          block_(token.type == TokenType::text) {
        const bool escaped = !block_ && source[token.begin] == '\\';
        const std::uint32_t quotes = block_ ? 3 : escaped ? 2 : 1;
        position_ = token.begin + quotes;
        end_ = token.end;
        const auto closing = source.substr(token.begin, quotes);
        const auto whole = source.substr(token.begin, token.end - token.begin);
        if (whole.size() >= 2 * quotes && whole.ends_with(closing)) end_ -= quotes;
        if (block_) begin_block();
    }

    void run() {
        while (position_ < end_) step();
        flush();
        if (!open_.empty()) report_open(open_.back());
    }

   private:
    struct Open {
        std::string words;
        Span span;
        Kind kind;
        bool has_else = false;
    };

    Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }
    static ast::Name keep(std::string_view words) { return ast::Arena::current->keep(words); }
    std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
        return source_.substr(begin, end - begin);
    }

    void report(Code code, Span place, std::vector<std::string> arguments, std::string advice = {}) {
        if (reported_) return;
        reported_ = true;
        auto& made = reporter_.report(code, place, std::move(arguments));
        if (!advice.empty()) made.advice = std::move(advice);
    }

    // ---- words

    void begin_block() {
        raw_ = slice(position_, end_).starts_with("raw\n") || slice(position_, end_).starts_with("raw\r\n");
        if (!raw_) return;
        position_ = static_cast<std::uint32_t>(source_.find('\n', position_)) + 1;
        margin_ = ~0U;
        for (auto line = position_; line < end_;) {
            auto next = line;
            while (next < end_ && (source_[next] == ' ' || source_[next] == '\t')) ++next;
            if (next < end_ && source_[next] != '\n' && source_[next] != '\r')
                margin_ = std::min(margin_, next - line);
            const auto stop = source_.find('\n', next);
            line = stop == std::string_view::npos ? end_ : static_cast<std::uint32_t>(stop) + 1;
        }
        while (end_ > position_ && is_space(source_[end_ - 1])) --end_;
        skip_margin();
    }

    void skip_margin() {
        for (std::uint32_t i = 0;
             i < margin_ && position_ < end_ && (source_[position_] == ' ' || source_[position_] == '\t');
             ++i)
            ++position_;
    }

    void step() {
        const char c = source_[position_];
        if (c == '[' && !plain_ && !hopeless_) return bracket();
        if (c == ']' && !plain_ && !hopeless_) return stray_bracket();
        if (block_ && !raw_ && is_space(c)) return block_space();
        if (raw_ && c == '\n') {
            emit('\n', position_++);
            return skip_margin();
        }
        if (raw_ && c == '\r') return void(++position_);
        if (!block_ && c == '\\') return escape();
        emit(c, position_++);
    }

    // A run of white space in a block: one line end is a space, an empty line begins a paragraph.
    void block_space() {
        const auto begin = position_;
        int lines = 0;
        for (; position_ < end_ && is_space(source_[position_]); ++position_)
            lines += source_[position_] == '\n';
        if (position_ >= end_ || !started_) return;
        if (lines == 0) {
            for (auto i = begin; i < position_; ++i) emit(' ', i);
        } else if (lines == 1) {
            emit(' ', begin);
        } else {
            emit('\n', begin);
            emit('\n', begin);
        }
    }

    void escape() {
        const char next = position_ + 1 < end_ ? source_[position_ + 1] : '\0';
        if (next == 'n' || next == '"' || next == '\\') {
            emit(next == 'n' ? '\n' : next, position_);
            position_ += 2;
            return;
        }
        report(Code::bad_character, span(position_, std::min(position_ + 2, end_)),
               {"`" + std::string(slice(position_, std::min(position_ + 2, end_))) + "`"},
               "texts know \\\" \\\\ and \\n");
        ++position_;
    }

    // Spaces behind the end of a sentence or a tag are one, however many were written.
    void emit(char c, std::uint32_t at) {
        if (c == ' ' && sentence_end_ && last_ == ' ' && !raw_) return;
        if (literal_.empty()) literal_begin_ = at;
        literal_ += c;
        literal_end_ = at + 1;
        started_ = true;
        if (c == '.' || c == '!' || c == '?')
            sentence_end_ = true;
        else if (c != '\'' && c != '"' && c != ')' && c != ' ')
            sentence_end_ = false;
        last_ = c;
    }

    void flush() {
        sentence_end_ = true;
        last_ = '\0';
        if (literal_.empty()) return;
        auto& piece = out_.pieces.emplace_back();
        piece.words = keep(literal_);
        piece.span = span(literal_begin_, literal_end_);
        literal_.clear();
    }

    // ---- tags

    void bracket() {
        if (position_ + 1 < end_ && source_[position_ + 1] == '[') {
            emit('[', position_);
            position_ += 2;
            ++written_brackets_;
            return;
        }
        const auto begin = position_;
        const auto close = find_close();
        if (close >= end_) {
            report(Code::unclosed_tag, span(begin, begin + 1), {});
            hopeless_ = true;
            emit('[', position_++);
            return;
        }
        flush();
        started_ = true;
        position_ = close + 1;
        auto inner = begin + 1, stop = close;
        while (inner < stop && is_space(source_[inner])) ++inner;
        while (stop > inner && is_space(source_[stop - 1])) --stop;
        tag(span(begin, close + 1), inner, stop);
    }

    // `]]` is one that is meant, and so is one behind `[[`.
    void stray_bracket() {
        const bool twice = position_ + 1 < end_ && source_[position_ + 1] == ']';
        const bool meant = twice || written_brackets_ > 0;
        if (!twice && written_brackets_ > 0) --written_brackets_;
        if (!meant) report(Code::stray_bracket, span(position_, position_ + 1), {});
        emit(']', position_);
        position_ += twice ? 2 : 1;
    }

    std::uint32_t find_close() const {
        int depth = 0;
        bool quoted = false;
        for (auto i = position_; i < end_; ++i) {
            const char c = source_[i];
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == '[') ++depth;
            if (c == ']' && --depth == 0) return i;
        }
        return end_;
    }

    void tag(Span place, std::uint32_t begin, std::uint32_t end) {
        const auto words = slice(begin, end);
        if (words == "one of") return open(Kind::one_of, "one of", place);
        if (words == "else") return alternative(Kind::else_branch, Kind::if_begin, place, "else");
        if (words == "or") return alternative(Kind::or_branch, Kind::one_of, place, "or");
        if (words == "end" || words == "at random") return close_structure(place, std::string(words));
        if (words.starts_with("else if") && words.size() > 7 && is_space(words[7])) {
            alternative(Kind::else_branch, Kind::if_begin, place, "else if");
            return condition(place, begin + 7, end);
        }
        if (words.starts_with("if") && words.size() > 2 && is_space(words[2])) {
            open(Kind::if_begin, "if", place);
            return condition(place, begin + 2, end);
        }
        if (words.starts_with("/") && contains(styles, words.substr(1)))
            return close_style(place, words.substr(1));
        // `[item]` may be a style or a thing: it is a style if it is closed before it is opened again.
        if (contains(styles, words) && (words.size() == 1 || is_closed(words)))
            return open(Kind::style, std::string(words), place);
        named(place, begin, end);
    }

    bool is_closed(std::string_view words) const {
        const auto again = source_.substr(0, end_).find("[" + std::string(words) + "]", position_);
        return source_.substr(0, std::min<std::size_t>(again, end_))
                   .find("[/" + std::string(words) + "]", position_) != std::string_view::npos;
    }

    TextPiece& add(Kind kind, Span place) {
        auto& piece = out_.pieces.emplace_back();
        piece.kind = kind;
        piece.span = place;
        return piece;
    }

    void open(Kind kind, std::string words, Span place) {
        auto& piece = add(kind, place);
        if (kind == Kind::style) piece.words = keep(words);
        open_.push_back({std::move(words), place, kind});
    }

    void alternative(Kind kind, Kind of, Span place, const std::string& words) {
        if (open_.empty() || open_.back().kind != of || open_.back().has_else)
            report(Code::unbalanced_if, place, {words});
        else
            open_.back().has_else = words == "else";
        add(kind, place);
    }

    void close_structure(Span place, std::string words) {
        if (open_.empty() || open_.back().kind == Kind::style)
            report(Code::unbalanced_if, place, {words});
        else
            open_.pop_back();
        add(Kind::end, place).words = keep(words);
    }

    void close_style(Span place, std::string_view words) {
        if (open_.empty() || open_.back().kind != Kind::style || open_.back().words != words)
            report(Code::bad_text_tag, place, {"/" + std::string(words)},
                   "it closes `[" + std::string(words) + "]`, which is not the last thing opened before it");
        else
            open_.pop_back();
        add(Kind::end_style, place).words = keep(words);
    }

    void report_open(const Open& open) {
        if (open.kind == Kind::style)
            report(Code::bad_text_tag, open.span, {open.words}, "close it with `[/" + open.words + "]`");
        else
            report(Code::unclosed_if, open.span, {open.words});
    }

    ast::Expression* parse(Span place, std::uint32_t begin, std::uint32_t end) {
        auto* made = begin < end ? parse_tag_(begin, end, !block_) : nullptr;
        if (made == nullptr)
            report(Code::bad_text_tag, place, {std::string(slice(place.begin + 1, place.end - 1))},
                   "write [[ for a bracket that is meant");
        return made;
    }

    void condition(Span place, std::uint32_t begin, std::uint32_t end) {
        auto* made = parse(place, begin, end);
        out_.pieces.back().expression = made;
    }

    // [who]  [The item]  [who hauls]  [who lies|lie]
    void named(Span place, std::uint32_t begin, std::uint32_t end) {
        TextPiece piece;
        piece.kind = Kind::tag;
        piece.span = place;
        piece.capital = begin < end && is_upper(source_[begin]);
        if (const auto behind = article(begin, end, piece); behind != begin)
            begin = behind;
        else
            end = verb(begin, end, piece);
        piece.expression = parse(place, begin, end);
        if (piece.expression == nullptr) return;
        if (piece.capital && piece.article.empty()) small(piece.expression);
        out_.pieces.push_back(std::move(piece));
    }

    std::uint32_t article(std::uint32_t begin, std::uint32_t end, TextPiece& piece) const {
        auto stop = begin;
        while (stop < end && is_letter(source_[stop])) ++stop;
        if (stop >= end || !is_space(source_[stop])) return begin;
        std::string word(slice(begin, stop));
        word[0] = lower(word[0]);
        if (!contains(articles, word)) return begin;
        piece.article = {keep(word), span(begin, stop)};
        while (stop < end && is_space(source_[stop])) ++stop;
        return stop;
    }

    // Behind the expression a space and a verb, or two with a bar; the end of the expression.
    std::uint32_t verb(std::uint32_t begin, std::uint32_t end, TextPiece& piece) const {
        auto from = end;
        std::uint32_t bar = 0;
        while (from > begin &&
               (is_verb_letter(source_[from - 1]) || (source_[from - 1] == '|' && bar == 0))) {
            --from;
            if (source_[from] == '|') bar = from;
        }
        if (from == end || from <= begin + 1 || !is_space(source_[from - 1])) return end;
        auto stop = from;
        while (stop > begin && is_space(source_[stop - 1])) --stop;
        if (stop == begin) return end;
        auto last = stop;
        while (last > begin && is_name_letter(source_[last - 1])) --last;
        const bool ends_operand = last < stop || source_[stop - 1] == ')' || source_[stop - 1] == ']';
        if (!ends_operand || contains(operator_words, slice(last, stop)) ||
            contains(operator_words, slice(from, end)))
            return end;
        if (bar != 0 && (bar == from || bar + 1 == end)) return end;
        piece.verb = {slice(from, bar != 0 ? bar : end), span(from, bar != 0 ? bar : end)};
        if (bar != 0) piece.second = {slice(bar + 1, end), span(bar + 1, end)};
        return stop;
    }

    static void small(ast::Expression* expression) {
        while (expression->kind != ast::ExpressionKind::name && expression->left != nullptr)
            expression = expression->left;
        if (expression->left != nullptr) expression = expression->left;
        if (expression->word.empty() || !is_upper(expression->word.text[0])) return;
        std::string word(expression->word.text);
        word[0] = lower(word[0]);
        expression->word.text = keep(word);
    }

    std::uint32_t file_;
    std::string_view source_;
    ast::Text& out_;
    const ParseTag& parse_tag_;
    Reporter& reporter_;
    bool hopeless_ = false;  // a bracket was not closed: the rest is words
    bool plain_, block_, raw_ = false, started_ = false, reported_ = false;
    std::uint32_t position_ = 0, end_ = 0, margin_ = 0;
    int written_brackets_ = 0;           // `[[` that no `]` has closed yet
    std::string literal_;
    std::uint32_t literal_begin_ = 0, literal_end_ = 0;
    bool sentence_end_ = false;
    char last_ = '\0';
    std::vector<Open> open_;
};

}  // namespace

void take_apart(std::uint32_t file, std::string_view source, const Token& token, bool plain, ast::Text& out,
                const ParseTag& parse_tag, Reporter& reporter) {
    Reader(file, source, token, plain, out, parse_tag, reporter).run();
}

}  // namespace kiln::compiler::parsing
