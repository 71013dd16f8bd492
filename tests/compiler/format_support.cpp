#include "tests/compiler/format_support.h"

#include <algorithm>
#include <random>

#include "compiler/format/source.h"
#include "compiler/parse/token.h"

namespace kiln::tests {
namespace {

using compiler::formatting::Comment;
using compiler::formatting::Piece;
using compiler::parsing::TokenType;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The words of a text block, one blank apart.
std::string squeezed(std::string_view text) {
    text = text.substr(3, text.size() - 6);
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    std::string words;
    for (const char c : text) {
        if (!is_blank(c))
            words += c;
        else if (words.empty() || words.back() != ' ')
            words += ' ';
    }
    return words;
}

// As people read it: blanks beside a line end mean nothing.
std::string plain_comment(std::string_view text) {
    std::string words;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
        while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
        words.append(line).append(1, '\n');
        at = end + 1;
    }
    return words;
}

class Shaker {
   public:
    Shaker(std::string_view text, std::uint32_t seed)
        : source_(compiler::formatting::read_source(text)), random_(seed) {}

    std::string run() {
        std::vector<bool> one_line;  // the blocks around
        const auto& pieces = source_.pieces;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const Piece& piece = pieces[i];
            const bool closes = piece.token.type == TokenType::rbrace;
            const bool inside_one_line = !one_line.empty() && one_line.back();
            between(i, inside_one_line, one_line.size() - (closes && !one_line.empty() ? 1 : 0));
            if (closes && !one_line.empty()) one_line.pop_back();
            out_ += piece.token.type == TokenType::text ? rewrapped(piece.text) : std::string(piece.text);
            if (piece.token.type == TokenType::lbrace) one_line.push_back(closes_on_its_line(i));
        }
        for (const Comment& comment : source_.tail) put_comment(comment, 0);
        return out_ + (chance(2) ? "\n\n\n" : "");
    }

   private:
    bool chance(unsigned one_in) { return random_() % one_in == 0; }
    std::string blanks() { return chance(4) ? "\t" : std::string(1 + random_() % 4, ' '); }
    std::string line_end() { return std::string(chance(3) ? "  " : "") + (chance(3) ? "\r\n" : "\n"); }

    bool closes_on_its_line(std::size_t open) const {
        int depth = 0;
        for (auto i = open; i < source_.pieces.size(); ++i) {
            const auto& token = source_.pieces[i].token;
            depth += token.type == TokenType::lbrace ? 1 : token.type == TokenType::rbrace ? -1 : 0;
            if (depth == 0) return token.line == source_.pieces[open].token.line;
        }
        return false;
    }

    // Any margin will do, except that declarations begin at column 0.
    std::string margin(std::size_t depth) {
        return depth == 0 ? "" : std::string(depth + random_() % 5, ' ');
    }

    void put_comment(const Comment& comment, std::size_t depth) {
        if (comment.starts_line) {
            if (!out_.empty()) out_ += line_end();
            if (comment.after_blank) out_ += line_end() + line_end();
            // The lines of a block comment keep their places towards each other only if all are moved.
            out_ += comment.text.find('\n') == comment.text.npos ? margin(depth)
                                                                 : std::string(comment.column, ' ');
        } else {
            out_ += blanks();
        }
        out_ += comment.text;
        ended_line_ = comment.is_line;
    }

    void between(std::size_t i, bool inside_one_line, std::size_t depth) {
        const Piece& piece = source_.pieces[i];
        ended_line_ = false;
        for (const Comment& comment : piece.before) put_comment(comment, depth);
        if (i == 0) {
            if (!piece.before.empty()) out_ += line_end() + (piece.after_blank ? line_end() : "");
            return;
        }
        const Piece& before = source_.pieces[i - 1];
        const bool had_line =
            piece.before.empty() ? piece.token.line != line_behind(before) : piece.before.back().ends_line;
        const auto type = piece.token.type;
        const bool is_brace = before.token.type == TokenType::lbrace || type == TokenType::rbrace;
        if (had_line && (piece.begins_item || is_brace || !piece.before.empty())) {
            // Behind a text block its last line would be the margin that the next one has to exceed.
            const bool joins = depth > 0 && piece.begins_item && !is_brace && piece.before.empty() &&
                               !piece.after_blank && before.token.type != TokenType::text && chance(4);
            if (joins) return void(out_ += blanks() + ";" + blanks());
            if (piece.begins_item && !is_brace && piece.before.empty() && chance(4)) out_ += " ;";
            out_ += line_end();
            if (piece.after_blank) out_ += line_end();
            while (piece.after_blank && chance(2)) out_ += line_end();
            out_ += margin(depth);
            return;
        }
        if (piece.begins_item && !is_brace) return void(out_ += blanks() + ";" + blanks());
        if (before.token.end == piece.token.begin) {
            const bool harmless = type == TokenType::comma || type == TokenType::rparen ||
                                  type == TokenType::rbracket || type == TokenType::colon;
            if (harmless && chance(3)) out_ += blanks();
            return;
        }
        const bool may_break = piece.before.empty() && before.token.continues &&
                               before.token.type != TokenType::lbrace && type != TokenType::lbrace &&
                               !inside_one_line;
        out_ += may_break && chance(3) ? line_end() + margin(depth + 2) : blanks();
    }

    static std::uint32_t line_behind(const Piece& piece) {
        std::uint32_t line = piece.token.line;
        for (const char c : piece.text) line += c == '\n';
        return line;
    }

    // All lines deeper by the same, as a raw text must be.
    static std::string indented(std::string_view text) {
        std::string made;
        for (const char c : text) made += c == '\n' ? "\n" + std::string(20, ' ') : std::string(1, c);
        return made;
    }

    // Line ends and single blanks of a block change places.
    std::string rewrapped(std::string_view text) {
        const bool is_raw = text.starts_with("\"\"\"raw\n");
        if (text.find('\n') == text.npos) return std::string(text);
        if (is_raw) return indented(text);
        std::string made;
        int depth = 0;
        for (std::size_t i = 0; i < text.size();) {
            if (!is_blank(text[i])) {
                depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
                made += text[i++];
                continue;
            }
            auto end = i;
            std::size_t lines = 0;
            for (; end < text.size() && is_blank(text[end]); ++end) lines += text[end] == '\n';
            const bool is_single = lines == 1 || (lines == 0 && end - i == 1);
            const bool is_edge = i == 3 || end + 3 == text.size();
            const std::string line = line_end() + std::string(40, ' ');
            if (lines > 1)
                made += line + line;
            else if (is_edge || (is_single && depth == 0 && chance(3)))
                made += line;
            else
                made += is_single ? std::string(" ") : std::string(text.substr(i, end - i));
            i = end;
        }
        return made;
    }

    compiler::formatting::SourceText source_;
    std::mt19937 random_;
    std::string out_;
    bool ended_line_ = false;  // by a // comment
};

}  // namespace

std::vector<std::string> substance_of(std::string_view text) {
    const auto source = compiler::formatting::read_source(text);
    std::vector<std::string> all;
    for (const Piece& piece : source.pieces) {
        for (const Comment& comment : piece.before) all.push_back(plain_comment(comment.text));
        const bool is_block = piece.token.type == TokenType::text;
        all.push_back(is_block ? squeezed(piece.text) : std::string(piece.text));
    }
    for (const Comment& comment : source.tail) all.push_back(plain_comment(comment.text));
    return all;
}

std::string shaken(std::string_view text, std::uint32_t seed) { return Shaker(text, seed).run(); }

}  // namespace kiln::tests
