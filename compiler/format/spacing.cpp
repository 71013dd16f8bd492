#include "compiler/format/spacing.h"

namespace kiln::compiler::formatting {
namespace {

using T = parsing::TokenType;

constexpr int cost_per_bracket = 10;

bool opens(T type) { return type == T::lparen || type == T::call || type == T::lbracket || type == T::index; }
bool closes(T type) { return type == T::rparen || type == T::rbracket; }

class Joiner {
   public:
    explicit Joiner(std::span<const Piece> pieces) : pieces_(pieces), in_type_(pieces.size(), false) {}

    std::vector<Joint> run() {
        for (std::size_t i = 1; i < pieces_.size(); ++i) {
            if (type(i) == T::less && !in_type_[i]) mark_type(i);
        }
        std::vector<Joint> joints(pieces_.size());
        int depth = 0;
        std::size_t begin = 0;  // of the item
        for (std::size_t i = 1; i < pieces_.size(); ++i) {
            if (pieces_[i].begins_item) {
                depth = 0;
                begin = i;
                continue;
            }
            if (opens(type(i - 1))) ++depth;
            if (closes(type(i)) && depth > 0) --depth;
            joints[i].has_space = has_space(i);
            const int cost = break_cost(i);
            joints[i].break_cost = cost == never ? never : cost + depth * cost_per_bracket;
            // `detail "a", "b": text` is divided behind the colon rather than between its labels.
            if (type(i) != T::colon || depth > 0) continue;
            for (auto label = begin + 1; label < i; ++label) {
                if (joints[label].break_cost != never) joints[label].break_cost += cost_per_bracket;
            }
        }
        return joints;
    }

   private:
    T type(std::size_t i) const { return i < pieces_.size() ? pieces_[i].token.type : T::end_of_file; }
    bool is_range(std::size_t i) const { return type(i) == T::operator_ && pieces_[i].text == ".."; }

    // `<` and `>` enclose the inside of a type if only names lie between, and nothing that could be compared
    // stands behind. Comparisons cannot be chained, so the other reading of these would be none.
    void mark_type(std::size_t open) {
        const bool placed = open >= 2 && type(open - 1) == T::name &&
                            (type(open - 2) == T::colon || type(open - 2) == T::arrow);
        if (!placed) return;
        int depth = 0;
        std::size_t i = open;
        for (;; ++i) {
            if (type(i) == T::less)
                ++depth;
            else if (type(i) == T::greater)
                --depth;
            else if (type(i) != T::name && type(i) != T::comma && type(i) != T::question)
                return;
            if (depth == 0) break;
        }
        const auto behind = i + 1 < pieces_.size() && pieces_[i + 1].begins_item ? T::separator : type(i + 1);
        const bool ends = behind == T::separator || behind == T::end_of_file || behind == T::assign ||
                          behind == T::question || behind == T::comma || behind == T::rparen ||
                          behind == T::lbrace || behind == T::rbrace;
        for (auto k = open; ends && k <= i; ++k) in_type_[k] = true;
    }

    bool has_space(std::size_t i) const {
        const T before = type(i - 1), here = type(i);
        switch (here) {
            case T::comma:
            case T::rparen:
            case T::rbracket:
            case T::dot:
            case T::question:
            case T::colon:
            case T::call:
            case T::index: return false;
            default: break;
        }
        if (opens(before) || before == T::dot || is_range(i) || is_range(i - 1)) return false;
        if (before == T::sign) return here == T::sign;
        if (in_type_[i] && (here == T::less || here == T::greater)) return false;
        return !(in_type_[i - 1] && before == T::less);
    }

    int break_cost(std::size_t i) const {
        const auto& before = pieces_[i - 1];
        const T here = type(i);
        if (before.token.type == T::colon) return here == T::string ? 3 : never;
        if (!before.token.continues || before.token.type == T::lbrace) return never;
        if (here == T::lbrace || here == T::rbrace || closes(here) || in_type_[i]) return never;
        switch (before.token.type) {
            case T::comma: return 1;
            case T::assign:
            case T::add_assign:
            case T::subtract_assign: return 8;
            case T::arrow:
            case T::yields:
            case T::does: return 12;
            case T::lparen:
            case T::call:
            case T::lbracket:
            case T::index: return 20;
            case T::operator_: return operator_cost(before.text);
            default: return never;
        }
    }

    // The looser it binds, the better it divides.
    static int operator_cost(std::string_view word) {
        if (word == "or") return 2;
        if (word == "and") return 3;
        if (word == "+" || word == "-") return 6;
        if (word == "*" || word == "/" || word == "mod") return 8;
        return word == ".." ? never : 5;
    }

    std::span<const Piece> pieces_;
    std::vector<bool> in_type_;
};

}  // namespace

std::vector<Joint> find_joints(std::span<const Piece> pieces) { return Joiner(pieces).run(); }

}  // namespace kiln::compiler::formatting
