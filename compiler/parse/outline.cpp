#include "compiler/parse/outline.h"

#include <algorithm>

#include "compiler/parse/parse.h"
#include "compiler/parse/words.h"

namespace kiln::compiler::parsing {
namespace {

using T = TokenType;

class Anchors {
   public:
    Anchors(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

    // Indices of the tokens at which regions begin.
    std::vector<std::size_t> find() {
        std::size_t depth = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const auto& token = tokens_[i];
            if (token.starts_line && token.type == T::name && begins(i, depth)) {
                starts_.push_back(i);
                depth = 0;
                inner_indented_ = false;
                inner_seen_ = false;
            } else if (token.starts_line && depth > 0 && !inner_seen_) {
                inner_seen_ = true;
                inner_indented_ = token.column > 0;
            }
            if (token.type == T::lbrace) ++depth;
            if (token.type == T::rbrace && depth > 0) --depth;
        }
        return std::move(starts_);
    }

   private:
    T type(std::size_t i) const { return i < tokens_.size() ? tokens_[i].type : T::end_of_file; }
    Keyword keyword(std::size_t i) const {
        return type(i) == T::name ? keyword_of(spelling(text_, tokens_[i])) : Keyword::none;
    }

    bool begins(std::size_t i, std::size_t depth) const {
        const bool separate = i == 0 || tokens_[i - 1].type == T::separator;
        const bool leftmost = tokens_[i].column == 0;
        if (depth == 0) return separate ? leftmost || declares(i) || closed(i) : leftmost && declares(i);
        if (!leftmost) return false;
        return declares(i) || (inner_indented_ && separate && looks_declared(i));
    }

    // The declaration before ends with a brace below its first word, or on its first line.
    bool closed(std::size_t i) const {
        if (i < 2 || starts_.empty() || tokens_[i - 2].type != T::rbrace) return false;
        const auto& first = tokens_[starts_.back()];
        const auto& brace = tokens_[i - 2];
        return brace.line == first.line || (brace.starts_line && brace.column <= first.column);
    }

    // A known declaration word and a name; only tests are called by a text.
    bool declares(std::size_t i) const {
        const auto word = keyword(i);
        if (type(i + 1) != T::name && (type(i + 1) != T::string || word != Keyword::test)) return false;
        if (word == Keyword::override_) return !is_handler_word(keyword(i + 1));
        return is_declaration_word(word);
    }

    // Some word, a name, and what only a declaration has behind its name. Only asked where blocks are
    // indented.
    bool looks_declared(std::size_t i) const {
        if (type(i + 1) != T::name || keyword(i) == Keyword::else_) return false;
        auto next = i + 2;
        while (type(next) == T::dot && type(next + 1) == T::name) next += 2;
        const auto behind = keyword(next);
        return type(next) == T::lbrace || behind == Keyword::from || behind == Keyword::with;
    }

    std::string_view text_;
    const std::vector<Token>& tokens_;
    std::vector<std::size_t> starts_;
    bool inner_indented_ = false, inner_seen_ = false;
};

// Makes the braces of one region even, and says what was wrong with them.
class Balance {
   public:
    Balance(Region& region, const Token& behind) : region_(region), behind_(behind) {}

    void run() {
        long surplus = 0;
        for (const auto& token : region_.tokens) {
            surplus += token.type == T::lbrace ? 1 : token.type == T::rbrace ? -1 : 0;
            deepest_ = std::max(deepest_, surplus);
            lowest_ = std::min(lowest_, surplus);
        }
        if (deepest_ > max_nesting) too_deep();
        if (surplus == 0 && lowest_ == 0) return;
        missing_ = std::max(0L, surplus);
        extra_ = std::max(0L, -surplus);
        if (surplus == 0) extra_ = missing_ = 1;
        repair();
    }

   private:
    void note(Problem problem) {
        if (!region_.problem) region_.problem = std::move(problem);
    }

    void too_deep() {
        long depth = 0;
        for (const auto& token : region_.tokens) {
            depth += token.type == T::lbrace ? 1 : token.type == T::rbrace ? -1 : 0;
            if (depth <= max_nesting) continue;
            note({.code = Code::nested_too_deep,
                  .begin = token.begin,
                  .end = token.end,
                  .arguments = {std::to_string(max_nesting)}});
            break;
        }
        region_.hopeless = true;
    }

    // Where the brace belongs: at the end of the opener's line if the next is no deeper, else on a line of its
    // own below it.
    Problem::Repair closing(const Token& opener) const {
        const auto& before = out_.empty() ? opener : last_written();
        const bool one_line = before.line == opener.line && before.end > opener.end;
        return {before.end, before.end,
                one_line ? std::string(" }") : "\n" + std::string(opener.indentation, ' ') + "}", true};
    }

    const Token& last_written() const {
        auto at = out_.end() - 1;
        while (at != out_.begin() && at->type == T::separator) --at;
        return *at;
    }

    void note_missing(const Token& where, const Token& opener) {
        note({.code = Code::missing_brace,
              .begin = where.begin,
              .end = where.end,
              .arguments = {std::to_string(opener.line)},
              .also_begin = opener.begin,
              .also_end = opener.end,
              .also_label = "this block is still open",
              .repair = closing(opener)});
    }

    void close(const Token& at) {
        Token brace = at;
        brace.type = T::rbrace;
        brace.end = brace.begin;
        out_.push_back(brace);
        open_.pop_back();
    }

    void repair() {
        if (extra_ > 0) open_where_indented();
        for (const auto& token : region_.tokens) {
            if (token.starts_line && token.type != T::rbrace) close_left_behind(token);
            if (token.type == T::lbrace) open_.push_back(token);
            if (token.type != T::rbrace || close_one(token)) out_.push_back(token);
        }
        if (!open_.empty()) note_missing(behind_, open_.back());
        while (!open_.empty()) close(region_.tokens.back());
        region_.tokens = std::move(out_);
    }

    // A line that ends without a brace, deeper lines, and a brace below its first word: `{` was forgotten.
    void open_where_indented() {
        constexpr int attempts = 16;
        auto& tokens = region_.tokens;
        int tried = 0;
        for (std::size_t i = 1; i + 1 < tokens.size() && extra_ > 0 && tried < attempts; ++i) {
            const auto& before = tokens[i - 1];
            const auto& next = tokens[i + 1];
            if (tokens[i].type != T::separator || !next.starts_line || next.column <= before.indentation) continue;
            if (before.type == T::text || before.type == T::rbrace) continue;
            ++tried;
            const auto close = unopened_from(i + 1);
            if (close == tokens.size() || !tokens[close].starts_line ||
                tokens[close].column != before.indentation)
                continue;
            note({.code = Code::missing,
                  .begin = before.end,
                  .end = before.end + 1,
                  .arguments = {"`{`"},
                  .also_begin = tokens[close].begin,
                  .also_end = tokens[close].end,
                  .also_label = "this `}` closes what begins there",
                  .repair = Problem::Repair{before.end, before.end, " {", true}});
            auto opener = before;
            opener.type = T::lbrace;
            opener.begin = before.end;
            opener.starts_line = false;
            tokens[i] = opener;
            --extra_;
        }
    }

    // The first brace from here on that closes what was not opened since.
    std::size_t unopened_from(std::size_t i) const {
        long depth = 0;
        for (; i < region_.tokens.size(); ++i) {
            const auto type = region_.tokens[i].type;
            if (type == T::rbrace && depth-- == 0) return i;
            depth += type == T::lbrace;
        }
        return i;
    }

    // A line that is not deeper than the one that opened the block it would lie in.
    void close_left_behind(const Token& token) {
        while (missing_ > 0 && open_.size() > 1 && open_.back().line != token.line &&
               token.column <= open_.back().indentation) {
            note_missing(token, open_.back());
            --missing_;
            close(token);
            Token separator = token;
            separator.type = T::separator;
            out_.push_back(separator);
        }
    }

    // False if the brace is one too many.
    bool close_one(const Token& token) {
        const auto leads = [&] {
            return token.starts_line && !open_.empty() && open_.back().line != token.line;
        };
        while (missing_ > 0 && open_.size() > 1 && leads() && token.column < open_.back().indentation) {
            note_missing(token, open_.back());
            --missing_;
            close(token);
            Token separator = token;
            separator.type = T::separator;
            out_.push_back(separator);
        }
        // The brace below the first word of a block's line is its own; one elsewhere may be too many.
        const bool misplaced = extra_ > 0 && !open_.empty() && open_.back().line != token.line &&
                               (!token.starts_line || token.column > open_.back().indentation);
        if (misplaced || open_.empty()) {
            --extra_;
            note({.code = Code::stray_brace,
                  .begin = token.begin,
                  .end = token.end,
                  .repair = Problem::Repair{token.begin, token.end, "", false}});
            return false;
        }
        open_.pop_back();
        return true;
    }

    Region& region_;
    const Token& behind_;
    std::vector<Token> out_, open_;
    long deepest_ = 0, lowest_ = 0, missing_ = 0, extra_ = 0;
};

void cut_chunks(Region& region) {
    std::size_t begin = 0;
    long depth = 0;
    const auto& tokens = region.tokens;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        const bool ends = i == tokens.size() || (depth == 0 && tokens[i].type == T::separator);
        if (ends) {
            if (i > begin) region.chunks.emplace_back(begin, i);
            begin = i + 1;
            continue;
        }
        depth += tokens[i].type == T::lbrace ? 1 : tokens[i].type == T::rbrace ? -1 : 0;
    }
}

}  // namespace

std::vector<Region> outline(std::string_view text, Lexed lexed) {
    const auto& tokens = lexed.tokens;
    if (tokens.empty()) {
        std::vector<Region> only;
        if (!lexed.problems.empty()) only.emplace_back().problem = lexed.problems.front();
        return only;
    }
    auto starts = Anchors(text, tokens).find();
    if (starts.empty() || starts.front() != 0) starts.insert(starts.begin(), 0);
    std::vector<Region> regions(starts.size());
    Token end_of_text;
    end_of_text.begin = end_of_text.end = static_cast<std::uint32_t>(text.size());
    std::size_t next_problem = 0;
    for (std::size_t r = 0; r < starts.size(); ++r) {
        auto& region = regions[r];
        const bool last = r + 1 == starts.size();
        const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(starts[r]);
        const auto end = last ? tokens.end() : tokens.begin() + static_cast<std::ptrdiff_t>(starts[r + 1]);
        const auto limit = last ? static_cast<std::uint32_t>(text.size() + 1) : end->begin;
        region.tokens.assign(begin, end);
        for (; next_problem < lexed.problems.size() && lexed.problems[next_problem].begin < limit;
             ++next_problem) {
            region.hopeless = region.hopeless || lexed.problems[next_problem].code == Code::nested_too_deep;
            if (!region.problem) region.problem = lexed.problems[next_problem];
        }
        while (!region.tokens.empty() && region.tokens.back().type == T::separator) region.tokens.pop_back();
        if (region.tokens.empty()) continue;
        Balance(region, last ? end_of_text : *end).run();
        cut_chunks(region);
    }
    return regions;
}

}  // namespace kiln::compiler::parsing
