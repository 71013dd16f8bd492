#include "tests/compiler/mutants/mutants.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/parse/token.h"

namespace kiln::compiler::mutants {

namespace {

using parsing::Token;
using parsing::TokenType;

struct Piece {
    std::size_t begin = 0, end = 0;
    bool is_word = false, in_text = false;
};

bool is_text(const Token& token) {
    return token.type == TokenType::string || token.type == TokenType::text;
}

Piece piece_of(const Token& token, bool in_text) {
    return {token.begin, token.end, token.type == TokenType::name, in_text};
}

// The words between [ and ] of a text, each a token of its own.
void add_tags(const std::string& text, const Token& token, std::vector<Piece>& out) {
    for (std::size_t at = text.find('[', token.begin); at < token.end; at = text.find('[', at + 1)) {
        const auto close = text.find(']', at);
        if (close >= token.end) return;
        if (text[at + 1] == '[') {
            ++at;
            continue;
        }
        out.push_back({at, at + 1, false, true});
        const auto inside = parsing::lex(text, {.begin = static_cast<std::uint32_t>(at + 1),
                                                .end = static_cast<std::uint32_t>(close),
                                                .embedded = true,
                                                .escaped_quotes = token.type == TokenType::string});
        for (const auto& word : inside.tokens) out.push_back(piece_of(word, true));
        out.push_back({close, close + 1, false, true});
        at = close;
    }
}

// A line that ends in a comment keeps its end: without it the comment would swallow the next.
bool end_of_line(const std::string& text, const Token& token, Piece& piece) {
    piece = piece_of(token, false);
    if (text[piece.begin] == ';') return true;
    const auto newline = text.find('\n', piece.begin);
    if (newline == std::string::npos) return false;
    const auto between = std::string_view(text).substr(piece.begin, newline - piece.begin);
    if (between.find_first_not_of(" \t\r") != std::string_view::npos) return false;
    piece.end = newline + 1;
    return true;
}

std::vector<Piece> pieces_of(const std::string& text) {
    std::vector<Piece> out;
    const auto lexed = parsing::lex(text, {.begin = 0, .end = static_cast<std::uint32_t>(text.size())});
    for (const auto& token : lexed.tokens) {
        if (token.type == TokenType::separator) {
            if (Piece piece; end_of_line(text, token, piece)) out.push_back(piece);
            continue;
        }
        out.push_back(piece_of(token, false));
        if (is_text(token)) add_tags(text, token, out);
    }
    return out;
}

std::string misspelling(std::string word) {
    if (word.size() < 2) return word + "x";
    const auto middle = word.size() / 2;
    return word.substr(0, middle) + (word[middle] == 'q' ? 'v' : 'q') + word.substr(middle + 1);
}

class Maker {
   public:
    Maker(const std::string& text, std::size_t file) : text_(text), file_(file), pieces_(pieces_of(text)) {}

    std::vector<Mutant> run() {
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const auto& piece = pieces_[i];
            const auto word = text_.substr(piece.begin, piece.end - piece.begin);
            add(Change::deleted, piece, piece.end, between(piece.begin, piece.end), word);
            add(Change::doubled, piece, piece.end, word + (word.front() == '\n' ? "" : " ") + word, word);
            if (const auto* next = neighbour(i)) swap(piece, *next, word);
            if (piece.is_word) add(Change::misspelt, piece, piece.end, misspelling(word), word);
        }
        return std::move(out_);
    }

   private:
    // The next token on the same level: what is in a text has neighbours there only.
    const Piece* neighbour(std::size_t i) const {
        for (auto next = i + 1; next < pieces_.size(); ++next) {
            if (pieces_[next].begin < pieces_[i].end) continue;      // inside this text
            return pieces_[next].in_text == pieces_[i].in_text ? &pieces_[next] : nullptr;
        }
        return nullptr;
    }

    // Two words that touch would become one.
    static std::string glue(char left, char right) {
        const auto word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
        return word(left) && word(right) ? " " : "";
    }

    std::string between(std::size_t left, std::size_t right) const {
        return left > 0 && right < text_.size() ? glue(text_[left - 1], text_[right]) : "";
    }

    void swap(const Piece& piece, const Piece& next, const std::string& word) {
        const auto other = text_.substr(next.begin, next.end - next.begin);
        if (word == other) return;
        const auto gap = text_.substr(piece.end, next.begin - piece.end);
        const std::string before = piece.begin > 0 ? glue(text_[piece.begin - 1], other.front()) : "";
        const std::string after = next.end < text_.size() ? glue(word.back(), text_[next.end]) : "";
        add(Change::swapped, piece, next.end, before + other + (gap.empty() ? " " : gap) + word + after,
            word + gap + other);
        out_.back().first = word;
        out_.back().second = other;
    }

    void add(Change change, const Piece& piece, std::size_t end, std::string replacement, std::string shown) {
        auto& made = out_.emplace_back();
        made.change = change;
        made.file = file_;
        made.begin = piece.begin;
        made.end = end;
        made.replacement = std::move(replacement);
        made.shown = std::move(shown);
        made.in_text = piece.in_text;
    }

    const std::string& text_;
    std::size_t file_;
    std::vector<Piece> pieces_;
    std::vector<Mutant> out_;
};

}  // namespace

std::string_view word_of(Change change) {
    switch (change) {
        case Change::deleted: return "deleted";
        case Change::doubled: return "doubled";
        case Change::swapped: return "swapped";
        case Change::misspelt: return "misspelt";
    }
    return "";
}

std::vector<Mutant> mutants_of(const std::vector<Source>& sources, std::size_t every) {
    std::vector<Mutant> out;
    std::size_t counter = 0;
    for (std::size_t file = 0; file < sources.size(); ++file) {
        for (auto& mutant : Maker(sources[file].text, file).run()) {
            if (counter++ % every == 0) out.push_back(std::move(mutant));
        }
    }
    return out;
}

std::vector<Source> read_sources(const std::string& folder) {
    std::vector<Source> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".mud") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        sources.push_back({entry.path().generic_string(), text.str()});
    }
    std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.name < b.name; });
    return sources;
}

std::set<std::string> reviewed_kinds() {
    std::set<std::string> kinds;
    std::ifstream in("tests/compiler/mutants/silent.txt");
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.front() != '#' && line.front() != ' ') kinds.insert(line);
    }
    return kinds;
}

}  // namespace kiln::compiler::mutants
