#include "tests/differential/generator.h"

#include <vector>

namespace kiln::differential {

namespace {

// What can be called: each function takes two numbers and two creatures.
struct Written {
    std::string name;
    bool waits = false;
};

class Writer {
 public:
    explicit Writer(std::uint64_t seed) : random_(seed) {}

    std::string module() {
        std::string text = "module trial\n\nenum mood { glad, sad, angry }\n";
        const auto formulas = 1 + below(2);
        for (std::uint64_t i = 0; i < formulas; ++i) {
            begin();
            const std::string name = "share" + std::to_string(i);
            text += "\nformula " + name + "(a: int, b: int) -> int = " + number(3) + "\n";
            formulas_.push_back(name);
        }
        const auto functions = 2 + below(4);
        for (std::uint64_t i = 0; i < functions; ++i)
            text += function("f" + std::to_string(i), i + 1 == functions);
        return text;
    }

 private:
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    bool chance(std::uint64_t percent) { return below(100) < percent; }
    template <typename T>
    const T& any(const std::vector<T>& of) {
        return of[below(of.size())];
    }

    void begin() {
        numbers_ = {"a", "b"};
        constants_.clear();
        creatures_.clear();
        next_ = 0;
        waits_ = false;
        depth_ = 0;
    }

    std::string function(const std::string& name, bool is_last) {
        begin();
        creatures_ = {"who", "other"};
        waits_ = is_last ? chance(60) : chance(15);
        name_ = name;
        std::string body = block(2, is_last ? 7 : 4);
        body += line(1, "return " + number(2));
        functions_.push_back({name, waits_});
        return "\nfn " + name + "(a: int, b: int, who: creature, other: creature) -> int {\n" + body + "}\n";
    }

    static std::string line(int depth, const std::string& text) {
        return std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
    }

    std::string literal() {
        switch (below(8)) {
            case 0: return std::to_string(below(1'000'000'000'000));
            case 1: return "0";
            case 2: return "1";
            case 3: return std::to_string(below(100'000));
            case 4: return chance(10) ? "9223372036854775807" : "2";
            default: return std::to_string(below(12));
        }
    }

    std::string field() {
        static const std::vector<std::string> fields = {"max_hp", "strength", "dexterity", "wits",
                                                        "armor",  "hp",       "level"};
        return any(creatures_) + "." + any(fields);
    }

    std::string number(int size) {
        if (size <= 0 || chance(25)) {
            if (!creatures_.empty() && chance(25)) return field();
            return chance(35) ? literal() : any(numbers_);
        }
        switch (below(16)) {
            case 0:
            case 1:
            case 2: return "(" + number(size - 1) + " + " + number(size - 1) + ")";
            case 3:
            case 4: return "(" + number(size - 1) + " - " + number(size - 1) + ")";
            case 5:
            case 6:
                return "(" + number(size - 1) + " * " +
                       (chance(60) ? std::to_string(below(9)) : number(size - 2)) + ")";
            case 7:
                return "(" + number(size - 1) + " / " +
                       (chance(80) ? std::to_string(1 + below(9)) : any(numbers_)) + ")";
            case 8:
                return "(" + number(size - 1) + " mod " +
                       (chance(80) ? std::to_string(1 + below(9)) : any(numbers_)) + ")";
            case 9: return "min(" + number(size - 1) + ", " + number(size - 1) + ")";
            case 10: return "max(" + number(size - 1) + ", " + number(size - 1) + ")";
            case 11: return "clamp(" + number(size - 1) + ", 0, " + literal() + ")";
            case 12: return "(" + number(size - 1) + " * " + std::to_string(below(300)) + "%)";
            case 13: return "-" + number(size - 1);
            case 14: return call(size);
            default:
                return !creatures_.empty() && chance(30) ? "random(0, " + std::to_string(below(50)) + ")"
                                                         : any(numbers_);
        }
    }

    // Only functions that are written already, or the one being written, with less and less left.
    std::string call(int size) {
        if (!formulas_.empty() && chance(50))
            return any(formulas_) + "(" + number(size - 2) + ", " + number(size - 2) + ")";
        if (creatures_.empty() || functions_.empty() || in_loop_ > 1) return any(numbers_);
        const auto& called = any(functions_);
        if (called.waits) return any(numbers_);
        return called.name + "(" + number(size - 2) + ", " + number(size - 2) + ", " + any(creatures_) +
               ", " + any(creatures_) + ")";
    }

    std::string condition(int size) {
        if (size > 0 && chance(20)) {
            const char* const joins[] = {" and ", " or "};
            return "(" + condition(size - 1) + joins[below(2)] + condition(size - 1) + ")";
        }
        if (chance(10)) return "not (" + condition(size - 1) + ")";
        if (chance(12)) return any(creatures_) + (chance(50) ? " == " : " != ") + any(creatures_);
        if (chance(6)) return "chance 50%";
        static const std::vector<std::string> relations = {" == ", " != ", " < ", " <= ", " > ", " >= "};
        return number(1) + any(relations) + number(1);
    }

    std::string block(int size, std::uint64_t most) {
        const auto numbers = numbers_.size(), creatures = creatures_.size();
        ++depth_;
        std::string text;
        for (std::uint64_t left = 1 + below(most); left > 0; --left) text += statement(size);
        --depth_;
        if (depth_ > 0) numbers_.resize(numbers);
        if (depth_ > 0) creatures_.resize(creatures);
        return text;
    }

    std::string statement(int size) {
        const int at = depth_;
        switch (below(size > 0 ? 14 : 8)) {
            case 0:
            case 1: {
                const std::string name = "n" + std::to_string(next_++);
                const std::string text = line(at, "let " + name + " = " + number(3));
                numbers_.push_back(name);
                return text;
            }
            case 2:
            case 3: return line(at, assigned() + (chance(50) ? " += " : " -= ") + number(2));
            case 4: return line(at, assigned() + " = " + number(3));
            case 5:
            case 6: {
                static const std::vector<std::string> fields = {"max_hp", "strength", "dexterity", "wits",
                                                                "armor"};
                static const std::vector<std::string> how = {" = ", " += ", " -= "};
                return line(at, any(creatures_) + "." + any(fields) + any(how) + number(2));
            }
            case 7: return other_statement();
            case 8:
            case 9:
            case 10: {
                const int before = waits_written_;
                std::string text = line(at, "if " + condition(2) + " {") + block(size - 1, 3);
                if (chance(50)) text += line(at, "} else {") + block(size - 1, 3);
                return text + line(at, "}") + (waits_written_ > before ? ask_again() : "");
            }
            case 11:
            case 12: return repeated(size);
            default: return line(at, "if " + condition(1) + " { return " + number(2) + " }");
        }
    }

    // Variables of loops and parameters may be written, too.
    std::string assigned() { return any(numbers_); }

    std::string other_statement() {
        if (waits_ && chance(60)) {
            ++waits_written_;
            return line(depth_, "wait " + std::to_string(1 + below(9)) + "s") + ask_again();
        }
        if (chance(15)) return line(depth_, "destroy " + any(creatures_));
        if (chance(30)) return line(depth_, "heal " + any(creatures_) + " for " + number(1));
        const std::string name = any(numbers_);
        return line(depth_, "if " + name + " > 100 { " + name + " = 7 }");
    }

    // After a wait nobody is sure to be there: without them, the function ends.
    std::string ask_again() {
        std::string text;
        for (const auto& name : creatures_) text += line(depth_, "if " + name + " == none { return 77 }");
        return text;
    }

    std::string repeated(int size) {
        const int at = depth_, before = waits_written_;
        const bool over_range = chance(70);
        const std::string name = (over_range ? "i" : "w") + std::to_string(next_++);
        std::string head, body;
        ++in_loop_;
        if (over_range) {
            const std::string end = chance(70) ? std::to_string(below(6)) : any(numbers_);
            head = line(at, "for " + name + " in " + std::to_string(below(3)) + ".." + end + " {");
            numbers_.push_back(name);
            body = block(size - 1, 4);
            numbers_.pop_back();
        } else {
            head = line(at, "let " + name + " = " + std::to_string(below(6)));
            head += line(at, "while " + name + " > 0 {");
            body = block(size - 1, 3) + line(at + 1, name + " -= 1");
        }
        --in_loop_;
        if (waits_written_ == before) return head + body + line(at, "}");
        // Whoever goes round again has waited.
        ++depth_;
        head += ask_again();
        --depth_;
        return head + body + line(at, "}") + ask_again();
    }

    std::mt19937_64 random_;
    std::vector<std::string> formulas_, numbers_, creatures_, constants_;
    std::vector<Written> functions_;
    std::string name_;
    int next_ = 0, depth_ = 0, in_loop_ = 0, waits_written_ = 0;
    bool waits_ = false;
};

}  // namespace

std::string random_module(std::uint64_t seed) { return Writer(seed).module(); }

}  // namespace kiln::differential
