#include "compiler/parse/numbers.h"

#include <array>

#include "vm/bytecode/value.h"

namespace kiln::compiler::parsing {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

struct Unit {
    std::string_view word;
    TokenType type;
    std::int64_t factor;
};
constexpr std::array units = {
    Unit{"ms", TokenType::duration, 1},
    Unit{"s", TokenType::duration, 1000},
    Unit{"m", TokenType::duration, 60'000},
    Unit{"h", TokenType::duration, 3'600'000},
    Unit{"d", TokenType::duration, 86'400'000},
    Unit{"kg", TokenType::weight, 1000},
    Unit{"g", TokenType::weight, 1},
};

class Reader {
   public:
    Reader(std::string_view text, std::size_t begin) : text_(text), position_(begin) { literal_.end = begin; }

    NumberLiteral run() {
        const auto begin = position_;
        whole_ = digits();
        if (position_ - begin == 2 && clock()) return finish();
        if (at(0) == 'd' && is_digit(at(1))) return dice();
        if (at(0) == '.' && is_digit(at(1))) fraction();
        if (at(0) == '%') {
            ++position_;
            scaled(TokenType::percent, 100);
            return finish();
        }
        unit();
        return finish();
    }

   private:
    char at(std::size_t ahead) const {
        return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
    }

    void fail(std::string advice) {
        if (literal_.valid) literal_.advice = std::move(advice);
        literal_.valid = false;
    }

    std::int64_t digits() {
        std::int64_t value = 0;
        for (; is_digit(at(0)) || (at(0) == '_' && is_digit(at(1))); ++position_) {
            if (at(0) == '_') continue;
            if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
                __builtin_add_overflow(value, std::int64_t{at(0) - '0'}, &value)) {
                fail("it is too large");
                value = 0;
            }
        }
        return value;
    }

    void fraction() {
        ++position_;
        for (; is_digit(at(0)); ++position_) {
            if (denominator_ < 1'000'000) {
                fraction_ = fraction_ * 10 + (at(0) - '0');
                denominator_ *= 10;
            } else if (at(0) != '0') {
                fail("it has too many places behind the point");
            }
        }
    }

    bool clock() {
        if (at(0) != ':' || !is_digit(at(1)) || !is_digit(at(2)) || is_word(at(3))) return false;
        const auto minutes = (at(1) - '0') * 10 + (at(2) - '0');
        position_ += 3;
        literal_.type = TokenType::clock;
        literal_.value = whole_ * 60 + minutes;
        if (whole_ > 23 || minutes > 59) fail("a day goes from 00:00 to 23:59");
        return true;
    }

    NumberLiteral dice() {
        ++position_;
        const auto sides = digits();
        literal_.type = TokenType::dice;
        if (whole_ < 1 || whole_ > 65535 || sides < 1 || sides > 32767)
            fail("dice are written `2d6`: at most 65535 of them, at most 32767 sides");
        else
            literal_.value =
                vm::Dice{static_cast<std::int32_t>(whole_), static_cast<std::int32_t>(sides), 0}.to_slot();
        return finish();
    }

    // whole.fraction * factor must come out without a rest.
    void scaled(TokenType type, std::int64_t factor) {
        literal_.type = type;
        std::int64_t value = 0;
        if (__builtin_mul_overflow(whole_, factor, &value)) fail("it is too large");
        if (fraction_ * factor % denominator_ != 0) fail("it has too many places behind the point");
        if (__builtin_add_overflow(value, fraction_ * factor / denominator_, &literal_.value))
            fail("it is too large");
    }

    void unit() {
        const auto begin = position_;
        while (is_word(at(0))) ++position_;
        const auto word = text_.substr(begin, position_ - begin);
        if (word.empty()) {
            if (denominator_ != 1) fail("only numbers with a unit (`2.5%`, `0.2kg`) have a decimal point");
            literal_.value = whole_;
            return;
        }
        for (const auto& row : units)
            if (row.word == word) return scaled(row.type, row.factor);
        fail("units are ms, s, m, h, d, g, kg and %");
    }

    NumberLiteral finish() {
        if (is_word(at(0))) {
            while (is_word(at(0))) ++position_;
            fail("");
        }
        literal_.end = position_;
        return literal_;
    }

    std::string_view text_;
    std::size_t position_;
    std::int64_t whole_ = 0, fraction_ = 0, denominator_ = 1;
    NumberLiteral literal_;
};

}  // namespace

NumberLiteral read_number(std::string_view text, std::size_t begin) { return Reader(text, begin).run(); }

}  // namespace kiln::compiler::parsing
