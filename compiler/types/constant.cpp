#include <algorithm>
#include <array>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;

Resolved resolve_argument(const Symbol& from, const Environment* environment, const ast::Expression& e) {
    if (e.kind == ExpressionKind::name && environment != nullptr) {
        for (const auto& binding : environment->bindings) {
            if (binding.name != e.word.text || binding.value == nullptr) continue;
            const auto* written = environment->written_in;
            return resolve_argument(*written, environment->outer, *binding.value);
        }
    }
    return {&e, &from, environment};
}

std::optional<std::string> plain_text(const ast::Text& text) {
    std::string words;
    for (const auto& piece : text.pieces) {
        if (piece.kind != ast::TextPiece::Kind::literal) return std::nullopt;
        words += piece.words;
    }
    return words;
}

namespace {

class Evaluator {
   public:
      Evaluator(Compilation& c, const Symbol& from, const Environment* environment)
          : c_(c), from_(from), environment_(environment) {}

      std::optional<std::int64_t> value(const ast::Expression& e, Type type) {
          if (++depth_ > 64) return std::nullopt;
          const auto result = known(e, type);
          --depth_;
          return result;
    }

   private:
    std::optional<std::int64_t> known(const ast::Expression& e, Type type) {
        switch (e.kind) {
            case ExpressionKind::integer: return number(e, Base::integer, type);
            case ExpressionKind::percent: return number(e, Base::percent, type);
            case ExpressionKind::duration: return number(e, Base::duration, type);
            case ExpressionKind::weight: return number(e, Base::weight, type);
            case ExpressionKind::dice: return number(e, Base::dice, type);
            case ExpressionKind::boolean: return number(e, Base::boolean, type);
            case ExpressionKind::clock: return number(e, Base::time, type);
            case ExpressionKind::none:
                return schema::is_entity(type.base) ? std::optional<std::int64_t>(0)
                                                    : wrong(e, "nobody", type);
            case ExpressionKind::name: return named(e, type);
            case ExpressionKind::unary: return negative(e, type);
            case ExpressionKind::binary: return computed(e, type);
            case ExpressionKind::string: {
                if (type.base == Base::string || type.base == Base::words) return 0;
                return wrong(e, "a text", type);
            }
            default: return not_constant(e, type);
        }
    }

    std::optional<std::int64_t> wrong(const ast::Expression& e, std::string what, Type type) {
        if (type.base != Base::variable)
            c_.report(Code::type_mismatch, e.span, {std::move(what), type_name(c_, type)});
        return std::nullopt;
    }
    std::optional<std::int64_t> not_constant(const ast::Expression& e, Type type) {
        return wrong(e, "something that is only known in the game", type);
    }

    std::optional<std::int64_t> number(const ast::Expression& e, Base base, Type type) {
        if (base == type.base || (base == Base::integer && type.base == Base::money)) return e.number;
        if (base == Base::integer && type.base == Base::dice)
            return vm::Dice{0, 0, static_cast<std::int32_t>(e.number)}.to_slot();
        const bool unit = base == Base::integer && (type.base == Base::duration ||
                                                    type.base == Base::weight || type.base == Base::percent);
        if (unit) {
            const std::string example = type.base == Base::duration ? "30s"
                                        : type.base == Base::weight ? "0.5kg"
                                                                    : "25%";
            auto& diagnostic =
                c_.report(Code::unit_missing, e.span,
                          {type.base == Base::duration ? "length of time" : spelled(c_, type)});
            diagnostic.advice = "write it like " + example;
            return std::nullopt;
        }
        return wrong(e, type_name(c_, Type{.base = base}), type);
    }

    std::optional<std::int64_t> named(const ast::Expression& e, Type type) {
        const auto resolved = resolve_argument(from_, environment_, e);
        if (resolved.value != &e)
            return Evaluator(c_, *resolved.from, resolved.environment).value(*resolved.value, type);
        if (type.base == Base::template_of) {
            const auto* symbol = need(c_, *from_.file, e.word, static_cast<Kind>(type.detail));
            return symbol != nullptr ? std::optional<std::int64_t>(symbol->index) : std::nullopt;
        }
        if (type.base == Base::enumeration) {
            if (const auto found = enumeration_value(c_, type.detail, e.word.text)) return *found;
        }
        const auto* symbol = find(c_, *from_.file, e.word.text);
        if (symbol != nullptr && symbol->kind == Kind::const_ && symbol->declaration->value != nullptr) {
            return Evaluator(c_, *symbol, nullptr).value_at(*symbol->declaration->value, type, depth_);
        }
        if (type.base == Base::enumeration) {
            const auto words = enumeration_words(c_, type.detail);
            std::string list;
            for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
            auto& diagnostic = c_.report(Code::unknown_word, e.span, {e.word.text, list});
            const auto found = closest(e.word.text, words);
            if (found) {
                diagnostic.advice = suggestion(found);
                diagnostic.fix = Fix{e.span, *found};
            }
            return std::nullopt;
        }
        if (symbol != nullptr) return symbol->broken ? std::nullopt : not_constant(e, type);
        report_missing(c_, Code::unknown_variable, e.span, {e.word.text}, e.word.text,
                       names_of_kinds(c_, {Kind::const_}));
        return std::nullopt;
    }

    std::optional<std::int64_t> value_at(const ast::Expression& e, Type type, int depth) {
        depth_ = depth;
        return value(e, type);
    }

    std::optional<std::int64_t> negative(const ast::Expression& e, Type type) {
        if (e.word.text == "not") {
            const auto inner = value(*e.left, type);
            return inner ? std::optional<std::int64_t>(*inner == 0) : std::nullopt;
        }
        const auto inner = value(*e.left, type);
        return inner ? std::optional<std::int64_t>(-*inner) : std::nullopt;
    }

    // Dice with a bonus are one constant: `2d6 + 3`.
    std::optional<std::int64_t> dice_sum(const ast::Expression& e) {
        const auto left = value(*e.left, Type{.base = Base::dice});
        const auto right = value(*e.right, Type{.base = Base::integer});
        if (!left || !right) return std::nullopt;
        auto dice = vm::Dice::from_slot(*left);
        dice.bonus += static_cast<std::int32_t>(e.word.text == "-" ? -*right : *right);
        return dice.to_slot();
    }

    std::optional<std::int64_t> computed(const ast::Expression& e, Type type) {
        const auto& op = e.word.text;
        if (type.base == Base::dice && (op == "+" || op == "-")) return dice_sum(e);
        const bool scales = op == "*" || op == "/";
        const auto left = value(*e.left, type);
        const auto right = value(*e.right, scales ? Type{.base = Base::integer} : type);
        if (!left || !right) return std::nullopt;
        std::int64_t result = 0;
        bool overflow = false;
        if (op == "+") overflow = __builtin_add_overflow(*left, *right, &result);
        else if (op == "-") overflow = __builtin_sub_overflow(*left, *right, &result);
        else if (op == "*") overflow = __builtin_mul_overflow(*left, *right, &result);
        else if ((op == "/" || op == "mod") && *right == 0) {
            c_.report(Code::division_by_zero, e.span);
            return std::nullopt;
        } else if (op == "/") result = *left / *right;
        else if (op == "mod") result = *left % *right;
        else return not_constant(e, type);
        if (overflow) {
            c_.report(Code::number_too_large, e.span);
            return std::nullopt;
        }
        return result;
    }

    Compilation& c_;
    const Symbol& from_;
    const Environment* environment_;
    int depth_ = 0;
};

}  // namespace

std::optional<std::int64_t> constant_of(Compilation& c, const Symbol& from, const Environment* environment,
                                        const ast::Expression& e, Type type) {
    return Evaluator(c, from, environment).value(e, type);
}

namespace {

// Names in a value whose type nobody has said yet.
void need_names(Compilation& c, const Symbol& from, const ast::Expression* e) {
    if (e == nullptr) return;
    const bool means_name = e->kind == ExpressionKind::name && e->left == nullptr;
    const auto& word = e->word.text;
    if (means_name && find(c, *from.file, word) == nullptr && enumeration_with(c, word) == nullptr) {
        const auto& rows = schema::vocabulary().enumerations;
        const bool is_word = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return std::find(row.values.begin(), row.values.end(), word) != row.values.end();
        });
        if (!is_word)
            report_missing(c, Code::unknown_variable, e->span, {word}, word, names_of_kinds(c, {Kind::const_}));
    }
    need_names(c, from, e->left);
    need_names(c, from, e->right);
    for (const auto& argument : e->arguments) need_names(c, from, argument.value);
}

}  // namespace

void check_constant(Compilation& c, const Symbol& symbol) {
    const auto& declaration = *symbol.declaration;
    if (symbol.broken || declaration.value == nullptr) return;
    const auto type = declaration.result.empty() ? std::nullopt : resolve_type(c, *symbol.file, declaration.result);
    const bool is_number = type && !schema::is_boxed(*type) && !schema::is_composite(type->base);
    if (is_number) constant_of(c, symbol, nullptr, *declaration.value, *type);
    else need_names(c, symbol, declaration.value);
}

}  // namespace kiln::compiler
