#include "compiler/parse/parse.h"

#include <algorithm>

#include "compiler/parse/builder.h"
#include "compiler/parse/outline.h"
#include "compiler/parse/shapes.h"
#include "compiler/parse/syntax_errors.h"
#include "compiler/parse/text_pieces.h"

namespace kiln::compiler {
namespace parsing {
namespace {

using T = TokenType;

constexpr int max_repairs = 6;
constexpr int max_text_depth = 3;

class FileParser {
   public:
    FileParser(ast::File& file, std::string_view text, Reporter& reporter)
        : file_(file), text_(text), reporter_(reporter), antlr_(text) {}

    void run(std::uint32_t begin) {
        auto lexed = lex(text_, {.begin = begin, .end = static_cast<std::uint32_t>(text_.size())});
        std::stable_sort(lexed.problems.begin(), lexed.problems.end(),
                         [](const Problem& a, const Problem& b) { return a.begin < b.begin; });
        docs_ = std::move(lexed.docs);
        for (auto& part : outline(text_, std::move(lexed))) region(part);
    }

   private:
    void region(Region& region) {
        Builder builder(file_, text_, docs_);
        const auto all = region.tokens;
        const auto first = file_.declarations.size();
        for (std::size_t i = 0; i < region.chunks.size(); ++i) {
            const auto [begin, end] = region.chunks[i];
            std::vector<Token> tokens(region.tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                                      region.tokens.begin() + static_cast<std::ptrdiff_t>(end));
            shape_chunk(text_, tokens);
            auto* made = region.hopeless ? headline(tokens) : chunk(builder, std::move(tokens), region);
            if (made != nullptr) file_.declarations.push_back(made);
            if (region.hopeless) break;
        }
        const bool broken = region.problem.has_value();
        for (auto i = first; i < file_.declarations.size(); ++i) file_.declarations[i]->broken = broken;
        if (broken) {
            remember_lost(all, *region.problem);
            report(*region.problem);
        }
        take_texts_apart(builder, broken);
    }

    // Without the lines that do not fit, the rest of a declaration is still worth having.
    ast::Declaration* chunk(Builder& builder, std::vector<Token> tokens, Region& region) {
        for (int attempt = 0; attempt < max_repairs; ++attempt) {
            Failure failure;
            if (auto* context = antlr_.chunk(tokens, failure)) {
                auto* made = builder.chunk(context);
                if (!region.problem) region.problem = std::move(builder.problem);
                builder.problem.reset();
                return made;
            }
            if (!region.problem) region.problem = explain(text_, tokens, failure.token, failure.expected);
            if (!cut_item(tokens, failure.token)) break;
        }
        return headline(tokens);
    }

    // What a declaration is called, and what stands in the line of the mistake, is not missed elsewhere.
    void remember_lost(const std::vector<Token>& tokens, const Problem& problem) {
        if (tokens.empty()) return;
        const auto first = tokens.front().line;
        std::uint32_t wrong = first;
        for (const auto& token : tokens) {
            if (token.begin <= problem.begin) wrong = token.line;
        }
        for (const auto& token : tokens) {
            if (token.type != T::name || (token.line != first && token.line != wrong)) continue;
            file_.lost.push_back(spelling(text_, token));
        }
        const auto word = spelling(text_, tokens.front());
        const bool begins = file_.declarations.empty() && file_.module.empty();
        file_.module_is_lost = file_.module_is_lost || word == "module" || begins;
    }

    void remember_cut(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
        for (auto i = begin; i < end; ++i) {
            if (tokens[i].type < T::lbrace || tokens[i].type > T::subtract_assign)
                file_.lost.push_back(spelling(text_, tokens[i]));
        }
    }

    // Removes the line that holds tokens[at]. False if that would be the whole declaration, or nothing.
    bool cut_item(std::vector<Token>& tokens, std::size_t at) {
        auto begin = std::min(at, tokens.size());
        for (int depth = 0; begin > 0; --begin) {
            const auto before = tokens[begin - 1].type;
            if (depth == 0 && (before == T::separator || before == T::lbrace)) break;
            depth += before == T::rbrace ? 1 : before == T::lbrace ? -1 : 0;
        }
        if (begin == 0) return false;
        auto end = std::min(at, tokens.size());
        for (int depth = 0; end < tokens.size(); ++end) {
            const auto type = tokens[end].type;
            if (depth == 0 && (type == T::separator || type == T::rbrace)) break;
            depth += type == T::lbrace ? 1 : type == T::rbrace ? -1 : 0;
        }
        if (end <= begin) return false;
        remember_cut(tokens, begin, end);
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                     tokens.begin() + static_cast<std::ptrdiff_t>(end));
        return true;
    }

    // What a hopeless declaration is called: others may mean it.
    ast::Declaration* headline(const std::vector<Token>& tokens) {
        std::size_t i = 0;
        while (i < tokens.size() && tokens[i].type == T::modifier) ++i;
        if (i + 1 >= tokens.size()) return nullptr;
        const auto kind = tokens[i].type;
        const bool known =
            kind == T::kind || kind == T::fn || kind == T::formula || kind == T::const_ || kind == T::enum_;
        if (!known || (tokens[i + 1].type != T::name && tokens[i + 1].type != T::string)) return nullptr;
        auto* made = file_.new_declaration();
        made->kind = word(tokens[i]);
        made->name = word(tokens[i + 1]);
        std::string dotted(made->name.text);
        for (i += 2; i + 1 < tokens.size() && tokens[i].type == T::dot && tokens[i + 1].type == T::name;
             i += 2) {
            dotted.append(1, '.').append(spelling(text_, tokens[i + 1]));
            made->name.span.end = tokens[i + 1].end;
        }
        made->name.text = file_.arena->keep(dotted);
        made->span = {file_.index, tokens.front().begin, tokens.back().end};
        return made;
    }

    ast::Word word(const Token& token) const {
        return {spelling(text_, token), {file_.index, token.begin, token.end}};
    }

    void report(const Problem& problem) {
        const auto clip = [&](std::uint32_t place) {
            return std::min(place, static_cast<std::uint32_t>(text_.size()));
        };
        auto& made = reporter_.report(problem.code, {file_.index, clip(problem.begin), clip(problem.end)},
                                      problem.arguments);
        made.label = problem.label;
        if (!problem.advice.empty()) made.advice = problem.advice;
        if (problem.repair && problem.repair->end <= text_.size()) {
            const auto& repair = *problem.repair;
            made.fix = Fix{{file_.index, repair.begin, repair.end}, repair.words, repair.sure, {}};
        }
        if (!problem.also_label.empty())
            made.also.push_back(
                {{file_.index, clip(problem.also_begin), clip(problem.also_end)}, problem.also_label});
    }

    // Texts inside tags inside texts join the end of the list.
    void take_texts_apart(Builder& builder, bool broken) {
        Reporter unheard;
        for (std::size_t i = 0; i < builder.texts.size(); ++i) {
            const auto pending = builder.texts[i];
            builder.text_depth = pending.depth + 1;
            const ParseTag parse_tag = [&](std::uint32_t begin, std::uint32_t end, bool escaped) {
                return pending.depth < max_text_depth ? tag(builder, begin, end, escaped) : nullptr;
            };
            take_apart(file_.index, text_, pending.token, pending.plain, *pending.text, parse_tag,
                       broken ? unheard : reporter_);
        }
    }

    ast::Expression* tag(Builder& builder, std::uint32_t begin, std::uint32_t end, bool escaped) {
        if (auto* made = plain_name(begin, end)) return made;
        auto lexed = lex(text_, {.begin = begin, .end = end, .embedded = true, .escaped_quotes = escaped});
        if (!lexed.problems.empty() || lexed.tokens.empty()) return nullptr;
        shape_expression(text_, lexed.tokens);
        Failure failure;
        auto* context = antlr_.expression(lexed.tokens, failure);
        auto* made = context == nullptr ? nullptr : builder.expression(context->value);
        if (builder.problem) made = nullptr;
        builder.problem.reset();
        return made;
    }

    // `who` and `who.his` are most of all tags.
    ast::Expression* plain_name(std::uint32_t begin, std::uint32_t end) {
        const auto letter = [&](std::uint32_t i) {
            const char c = text_[i];
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        };
        ast::Expression* made = nullptr;
        const auto words = text_.substr(begin, end - begin);
        if (words == "true" || words == "false" || words == "none" || words == "not") return nullptr;
        for (auto i = begin; i < end; ++i) {
            const bool first = i == begin || text_[i - 1] == '.';
            if (text_[i] == '.' ? first || i + 1 == end
                                : !letter(i) && (first || text_[i] < '0' || text_[i] > '9'))
                return nullptr;
        }
        for (auto i = begin; i < end;) {
            const auto stop = std::min(static_cast<std::uint32_t>(text_.find('.', i)), end);
            auto* next = file_.new_expression();
            next->kind = made == nullptr ? ast::ExpressionKind::name : ast::ExpressionKind::member;
            next->span = {file_.index, begin, stop};
            next->word = {text_.substr(i, stop - i), {file_.index, i, stop}};
            next->left = made;
            made = next;
            i = stop + 1;
        }
        return made;
    }

    ast::File& file_;
    std::string_view text_;
    Reporter& reporter_;
    AntlrParser antlr_;
    Docs docs_;
};

}  // namespace
}  // namespace parsing

ast::File parse(std::uint32_t file_index, std::string_view text, Reporter& reporter) {
    ast::File file;
    file.index = file_index;
    const ast::ArenaScope scope(*file.arena);
    if (text.size() > max_file_bytes) {
        reporter.report(Code::file_too_large, {file_index, 0, 0}, {std::to_string(max_file_bytes)});
        return file;
    }
    const auto bad = parsing::find_bad_utf8(text);
    if (bad != std::string_view::npos) {
        const auto place = static_cast<std::uint32_t>(bad);
        reporter.report(Code::not_utf8, {file_index, place, place + 1});
        return file;
    }
    parsing::FileParser(file, text, reporter).run(text.starts_with("\xef\xbb\xbf") ? 3 : 0);
    return file;
}

}  // namespace kiln::compiler
