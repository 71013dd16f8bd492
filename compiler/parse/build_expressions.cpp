#include <algorithm>

#include "compiler/parse/builder.h"
#include "compiler/parse/parse.h"

namespace kiln::compiler::parsing {
namespace {

using ast::Expression;
using Kind = ast::ExpressionKind;
using T = TokenType;

struct Power {
    int left, right;
};

// How tightly operators bind; `of` takes a whole range on its left and one value on its right.
Power power_of(std::string_view op) {
    if (op == "or") return {10, 11};
    if (op == "and") return {20, 21};
    if (op == "of") return {45, 95};
    if (op == "..") return {50, 51};
    if (op == "+" || op == "-") return {60, 61};
    if (op == "*" || op == "/" || op == "mod") return {70, 71};
    return {40, 41};
}
constexpr int not_power = 30, sign_power = 90;

Span join(Span from, Span to) { return {from.file, from.begin, std::max(from.end, to.end)}; }

}  // namespace

Span Builder::span(const antlr4::ParserRuleContext* context) const {
    const auto& first = source_of(context->start);
    const auto end = context->stop == nullptr ? first.end : source_of(context->stop).end;
    return {file_.index, first.begin, std::max(first.end, end)};
}

ast::Word Builder::word(const antlr4::Token* token) const {
    if (token == nullptr) return {};
    const auto& source = source_of(token);
    return {spelling(text_, source), span(source)};
}

ast::Word Builder::path(const Mud::PathContext* context) const {
    if (context == nullptr || context->words.empty()) return {};
    auto made = word(context->words.front());
    if (context->words.size() == 1) return made;
    std::string dotted(made.text);
    for (std::size_t i = 1; i < context->words.size(); ++i) {
        const auto& part = source_of(context->words[i]);
        dotted.append(1, '.').append(spelling(text_, part));
        made.span.end = part.end;
    }
    made.text = file_.arena->keep(dotted);
    return made;
}

ast::Word Builder::type(const antlr4::ParserRuleContext* context) const {
    if (context == nullptr) return {};
    ast::Word made;
    made.span = span(context);
    const auto written = text_.substr(made.span.begin, made.span.end - made.span.begin);
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    made.text = written;
    if (std::none_of(written.begin(), written.end(), is_space)) return made;
    std::string words;
    std::copy_if(written.begin(), written.end(), std::back_inserter(words), [&](char c) { return !is_space(c); });
    made.text = file_.arena->keep(words);
    return made;
}

ast::Name Builder::doc_before(const antlr4::ParserRuleContext* context) const {
    const auto begin = source_of(context->start).begin;
    const auto found =
        std::lower_bound(docs_.begin(), docs_.end(), begin,
                         [](const auto& doc, std::uint32_t place) { return doc.first < place; });
    if (found == docs_.end() || found->first != begin) return {};
    return file_.arena->keep(found->second);
}

void Builder::reject(Span place, std::string what, std::string advice) {
    if (problem) return;
    problem = Problem{.code = Code::unexpected,
                      .begin = place.begin,
                      .end = place.end,
                      .arguments = {std::move(what)},
                      .advice = std::move(advice)};
}

void Builder::too_deep(Span place) {
    if (problem) return;
    problem = Problem{.code = Code::nested_too_deep,
                      .begin = place.begin,
                      .end = place.end,
                      .arguments = {std::to_string(max_nesting)}};
}

ast::Expression* Builder::make(Kind kind, Span place) {
    auto* made = file_.new_expression();
    made->kind = kind;
    made->span = place;
    return made;
}

ast::Expression* Builder::name(const antlr4::Token* token) {
    auto* made = make(Kind::name, span(source_of(token)));
    made->word = word(token);
    return made;
}

ast::Text* Builder::text(const Token& token) {
    auto* made = file_.new_text();
    made->span = span(token);
    made->is_block = token.type == T::text;
    texts.push_back({made, token, text_depth, plain_});
    return made;
}

ast::Expression* Builder::literal(const antlr4::Token* token) {
    const auto& source = source_of(token);
    const auto kind = [&] {
        switch (source.type) {
            case T::integer: return Kind::integer;
            case T::percent: return Kind::percent;
            case T::duration: return Kind::duration;
            case T::weight: return Kind::weight;
            case T::clock: return Kind::clock;
            case T::dice: return Kind::dice;
            case T::true_:
            case T::false_: return Kind::boolean;
            case T::none: return Kind::none;
            default: return Kind::string;
        }
    }();
    auto* made = make(kind, span(source));
    made->number = source.type == T::true_ ? 1 : source.number;
    if (kind == Kind::string) made->text = text(source);
    return made;
}

ast::Expression* Builder::primary(Mud::PrimaryContext* context) {
    if (context->literal != nullptr) return literal(context->literal);
    if (context->name != nullptr) {
        auto* made = name(context->name);
        if (context->qualifier != nullptr) {
            made->left = name(context->qualifier);
            made->span = span(context);
        }
        return made;
    }
    if (context->inner != nullptr) return expression(context->inner);
    auto* made = make(Kind::list, span(context));
    for (auto* one : context->elements) made->arguments.push_back(element(one));
    return made;
}

ast::Argument Builder::element(Mud::ElementContext* context) {
    ast::Argument made;
    if (context->label != nullptr) made.key = name(context->label);
    else if (context->value != nullptr) made.key = expression(context->first);
    else {
        made.value = passes(expression(context->first), context->passes);
        return made;
    }
    made.value = expression(context->value);
    return made;
}

// `e for x in list when c`, and `x in list when c` without a value of its own.
ast::Expression* Builder::passes(ast::Expression* value, const std::vector<Mud::PassContext*>& passes) {
    if (passes.empty()) return value;
    auto* made = make(Kind::each, value->span);
    made->left = value;
    const auto* walk = value;
    for (auto* pass : passes) {
        const auto key = word(pass->key);
        auto* given = expression(pass->value);
        made->span = join(made->span, given->span);
        if (key.text == "for" && walk == value && made->arguments.empty()) walk = given;
        else if (key.text == "when" && made->arguments.empty()) made->arguments.push_back({{}, given});
        else reject(key.span, "`" + key.text + "`", "");
    }
    if (walk == value) made->left = nullptr;
    const bool walks = walk->kind == Kind::binary && walk->word.text == "in" && walk->left->kind == Kind::name;
    if (walks) {
        made->word = walk->left->word;
        made->right = walk->right;
    } else {
        reject(walk->span, "this", "write `x in list`");
        made->right = value;
    }
    return made;
}

ast::List<ast::Argument> Builder::arguments(const std::vector<Mud::ArgumentContext*>& contexts) {
    ast::List<ast::Argument> made;
    made.reserve(contexts.size());
    for (auto* context : contexts)
        made.push_back({word(context->label), passes(expression(context->value), context->passes)});
    return made;
}

ast::Expression* Builder::chain(ast::Expression* left, const std::vector<Mud::SuffixContext*>& steps) {
    if (steps.size() > static_cast<std::size_t>(max_nesting)) {
        too_deep(left->span);
        return left;
    }
    for (auto* step : steps) {
        const auto place = join(left->span, span(step));
        const auto kind = step->word != nullptr   ? Kind::member
                          : step->call != nullptr ? Kind::call
                                                  : Kind::index;
        auto* made = make(kind, place);
        made->left = left;
        if (kind == Kind::member) made->word = word(step->word);
        if (kind == Kind::call) made->arguments = arguments(step->values);
        if (kind == Kind::index) made->right = expression(step->index);
        left = made;
    }
    return left;
}

namespace {

// Resolves the precedence of one flat list.
class Climber {
   public:
    using Make = Expression* (*)(void*, Kind, Span);
    struct Operand {
        std::vector<ast::Word> prefixes;
        Expression* value = nullptr;
    };
    std::vector<Operand> operands;
    std::vector<ast::Word> operators;
    ast::File* file = nullptr;

    Expression* climb(std::size_t prefix, int least) {
        auto* left = unary(prefix);
        while (next_ < operators.size()) {
            const auto& op = operators[next_];
            const auto power = power_of(op.text);
            if (power.left < least) break;
            ++next_;
            auto* right = climb(0, power.right);
            auto* made = file->new_expression();
            made->kind = op.text == "of" ? Kind::quantity : Kind::binary;
            made->span = join(left->span, right->span);
            made->word = op;
            made->left = left;
            made->right = right;
            left = made;
        }
        return left;
    }

   private:
    Expression* unary(std::size_t prefix) {
        const auto& operand = operands[next_];
        if (prefix >= operand.prefixes.size()) return operand.value;
        const auto& sign = operand.prefixes[prefix];
        auto* inner = climb(prefix + 1, sign.text == "not" ? not_power : sign_power);
        if (sign.text == "+") return inner;
        auto* made = file->new_expression();
        made->kind = sign.text == "chance" ? Kind::chance : Kind::unary;
        made->span = join(sign.span, inner->span);
        made->word = sign;
        made->left = inner;
        return made;
    }

    std::size_t next_ = 0;
};

}  // namespace

ast::Expression* Builder::expression(Mud::ExpressionContext* context) {
    if (context->operands.size() == 1 && context->operands.front()->prefixes.empty())
        return chain(primary(context->operands.front()->value), context->operands.front()->steps);
    Climber climber;
    climber.file = &file_;
    std::size_t weight = context->operands.size();
    for (const auto* operand : context->operands) weight += operand->prefixes.size();
    if (weight > static_cast<std::size_t>(max_nesting)) {
        too_deep(span(context));
        return make(Kind::none, span(context));
    }
    for (auto* operand : context->operands) {
        auto& added = climber.operands.emplace_back();
        for (const auto* prefix : operand->prefixes) added.prefixes.push_back(word(prefix));
        added.value = chain(primary(operand->value), operand->steps);
    }
    for (const auto* op : context->operators) {
        auto& added = climber.operators.emplace_back(word(op));
        if (source_of(op).number == 1 && added.text == "is") added.text = "is_not";
    }
    return climber.climb(0, 0);
}

ast::Expression* Builder::source(Mud::SourceContext* context) {
    if (context->verb == nullptr) return expression(context->plain);
    auto* made = make(Kind::spawn, span(context));
    made->statement = start(ast::StatementKind::verb, context);
    made->statement->word = word(context->verb);
    operands(context->parts, made->statement->operands);
    return made;
}

}  // namespace kiln::compiler::parsing
