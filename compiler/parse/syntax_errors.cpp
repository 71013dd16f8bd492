#include "compiler/parse/syntax_errors.h"

#include <algorithm>

namespace kiln::compiler::parsing {
namespace {

using T = TokenType;

class Explainer {
   public:
    Explainer(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
              const std::vector<T>& expected)
        : text_(text), tokens_(tokens), at_(std::min(at, tokens.size())), expected_(expected) {}

    Problem run() const {
        const auto found = at_ < tokens_.size() ? tokens_[at_].type : T::end_of_file;
        const bool ends = found == T::separator || found == T::end_of_file || found == T::rbrace;
        if (const auto what = wanted(); ends && !what.empty()) return missing(what);
        Problem problem{.code = Code::unexpected, .arguments = {describe()}};
        const auto& place = tokens_[std::min(at_, tokens_.size() - 1)];
        problem.begin = ends && at_ > 0 ? tokens_[at_ - 1].end : place.begin;
        problem.end = ends && at_ > 0 ? problem.begin + 1 : place.end;
        problem.label = label();
        problem.repair = repair(found);
        const bool only = expected_.size() == 1;
        if (!ends && only && wants(T::rbrace)) problem.advice = "a statement ends with its line, or with `;`";
        if (!ends && only && wants(T::end_of_file))
            problem.advice = "a declaration begins on a line of its own";
        return problem;
    }

   private:
    bool wants(T type) const {
        return std::find(expected_.begin(), expected_.end(), type) != expected_.end();
    }

    // What cannot be left out here.
    std::string wanted() const {
        if (wants(T::integer)) return "a value";
        if (wants(T::name)) return "a name";
        if (wants(T::lbrace) && !wants(T::separator)) return "a block `{ ... }`";
        if (wants(T::colon) && !wants(T::separator)) return "`:`";
        if (wants(T::assign) && !wants(T::separator)) return "`=`";
        if (wants(T::yields)) return "`=>` and what follows from it";
        if (wants(T::call) && !wants(T::separator)) return "`(`";
        if (wants(T::rparen)) return "`)`";
        if (wants(T::rbracket)) return "`]`";
        return {};
    }

    Problem missing(const std::string& what) const {
        const auto place = at_ > 0 ? tokens_[at_ - 1].end : tokens_.front().begin;
        Problem problem{.code = Code::missing, .begin = place, .end = place + 1, .arguments = {what}};
        if (what == "`)`" || what == "`]`")
            problem.repair = Problem::Repair{place, place, what.substr(1, 1), true};
        return problem;
    }

    // Slips that have one reading.
    std::optional<Problem::Repair> repair(T found) const {
        if (at_ >= tokens_.size()) return std::nullopt;
        const auto& token = tokens_[at_];
        const auto instead = [&](std::string words) {
            return Problem::Repair{token.begin, token.end, std::move(words), true};
        };
        const auto word = spelling(text_, token);
        const bool condition = within_condition();
        if (found == T::assign && condition) return instead("==");
        if (found == T::yields && wants(T::arrow)) return instead("->");
        if (condition && word == "then") return instead("");
        if (word == "elseif" || word == "elsif" || word == "elif") return instead("else if");
        const bool only = expected_.size() == 1;
        if (only && wants(T::colon)) return Problem::Repair{tokens_[at_ - 1].end, tokens_[at_ - 1].end, ":", true};
        return std::nullopt;
    }

    // Behind `if` or `while` in the same line.
    bool within_condition() const {
        for (auto i = at_; i > 0; --i) {
            const auto type = tokens_[i - 1].type;
            if (type == T::if_ || type == T::while_) return true;
            if (type == T::separator || type == T::lbrace || type == T::rbrace) return false;
        }
        return false;
    }

    std::string describe() const {
        if (at_ >= tokens_.size() || tokens_[at_].type == T::separator) return "the end of the line";
        const auto& token = tokens_[at_];
        if (token.type == T::string || token.type == T::text) return "a text";
        if (token.type == T::rbrace) return "the end of the block";
        return "`" + std::string(spelling(text_, token)) + "`";
    }

    std::string label() const {
        if (expected_.size() == 1) {
            switch (expected_.front()) {
                case T::colon: return "`:` is missing before it";
                case T::rparen: return "a comma or `)` is missing before it";
                case T::rbracket: return "a comma or `]` is missing before it";
                case T::assign: return "`=` is missing before it";
                case T::lbrace: return "`{` is missing before it";
                case T::name: return "a name belongs here";
                default: return {};
            }
        }
        if (wants(T::yields)) return "`=>` is missing before it";
        if (wants(T::lbrace) && !wants(T::separator)) return "`{` is missing before it";
        if (wants(T::integer)) return "a value belongs here";
        return {};
    }

    std::string_view text_;
    const std::vector<Token>& tokens_;
    std::size_t at_;
    const std::vector<T>& expected_;
};

}  // namespace

Problem explain(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                const std::vector<TokenType>& expected) {
    return Explainer(text, tokens, at, expected).run();
}

}  // namespace kiln::compiler::parsing
