#include "compiler/parse/shapes.h"

#include "compiler/parse/words.h"

namespace kiln::compiler::parsing {
namespace {

using T = TokenType;
using K = Keyword;

class Shaper {
   public:
    Shaper(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

    void chunk() {
        join_pairs();
        contexts_.push_back(Context::block);
        begin_chunk();
        run();
    }

    void expression() {
        join_pairs();
        contexts_.push_back(Context::block);
        position_ = Position::operand;
        run();
    }

   private:
    enum class Position : std::uint8_t {
        item,
        operand,
        value,
        source,
        behind_verb,
        behind_key,
        behind_dot,
        operation
    };
    enum class Context : std::uint8_t { block, choose, match, enumeration, record };

    T type(std::size_t i) const { return i < tokens_.size() ? tokens_[i].type : T::end_of_file; }
    std::string_view word(std::size_t i) const { return spelling(text_, tokens_[i]); }
    K keyword(std::size_t i) const { return type(i) == T::name ? keyword_of(word(i)) : K::none; }
    bool is_raw_name(std::size_t i) const { return type(i) == T::name; }

    bool begins_operand(std::size_t i) const {
        switch (type(i)) {
            case T::name:
            case T::lparen:
            case T::lbracket: return true;
            case T::operator_: return word(i) == "-" || word(i) == "+";
            default: return is_literal(i);
        }
    }
    bool is_literal(std::size_t i) const { return type(i) >= T::integer && type(i) <= T::none; }
    bool is_text(std::size_t i) const { return type(i) == T::string || type(i) == T::text; }
    bool opens_call(std::size_t i) const { return type(i) == T::lparen && tokens_[i].adjacent; }
    bool ends_item(std::size_t i) const {
        return type(i) == T::separator || type(i) == T::rbrace || type(i) == T::end_of_file;
    }

    // `is not` and `renamed from` become one token each, with number 1.
    void join_pairs() {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            auto token = tokens_[i];
            const auto first = keyword(i);
            const bool pair = (first == K::is && keyword(i + 1) == K::not_) ||
                              (first == K::renamed && keyword(i + 1) == K::from);
            if (pair) {
                token.number = 1;
                ++i;
            }
            tokens_[kept++] = token;
        }
        tokens_.resize(kept);
    }

    void become(T type, Position next) {
        tokens_[index_].type = type;
        position_ = next;
        ++index_;
    }

    // Statements within one line, each inside the one before (`as x as y ...`), end somewhere.
    bool may_nest() { return ++nested_ <= 32; }

    void start_item() {
        position_ = Position::item;
        parens_ = 0;
        handler_ = false;
        decided_ = false;
        spawning_ = false;
        impersonating_ = false;
        verb_ = K::none;
    }

    void run() {
        while (index_ < tokens_.size()) step();
    }

    // ---- declarations

    void begin_chunk() {
        while (keyword(index_) == K::abstract || keyword(index_) == K::retired ||
               keyword(index_) == K::override_) {
            if (!is_raw_name(index_ + 1) || is_handler_word(keyword(index_ + 1))) break;
            become(T::modifier, Position::operand);
        }
        const bool named = is_raw_name(index_ + 1);
        const auto first = keyword(index_);
        if (first == K::module && named) return become(T::module, Position::operand);
        if (first == K::use && named) return become(T::use, Position::operand), void(using_ = true);
        if (first == K::formula && named) return begin_named(T::formula);
        if (first == K::const_ && named) return begin_named(T::const_);
        if (first == K::enum_ && named) return pending_ = Context::enumeration, begin_named(T::enum_);
        if (first == K::record && named && type(index_ + 2) == T::lbrace)
            return pending_ = Context::record, begin_named(T::record);
        if (is_raw_name(index_) && (named || type(index_ + 1) == T::string) && !begins_member())
            return begin_general();
        start_item();
    }

    bool begins_member() const {
        const auto first = keyword(index_);
        return is_handler_word(first) || first == K::state || first == K::override_ || first == K::fn ||
               keyword(index_ + 1) == K::state || first == K::temp;
    }

    void begin_named(T type) {
        become(type, Position::operand);
        become(T::name, Position::operation);
        forced_call_ = true;
    }

    void begin_general() {
        become(T::kind, Position::operation);
        header_ = true;
        forced_call_ = true;
        if (type(index_) == T::string) {
            ++index_;
            return;
        }
        ++index_;
        while (type(index_) == T::dot && is_raw_name(index_ + 1)) index_ += 2;
    }

    // ---- tokens

    void step() {
        switch (type(index_)) {
            case T::name: return step_word();
            case T::separator:
                ++index_;
                nested_ = 0;
                return start_item();
            case T::lbrace:
                contexts_.push_back(pending_);
                pending_ = Context::block;
                header_ = false;
                ++index_;
                return start_item();
            case T::rbrace:
                if (contexts_.size() > 1) contexts_.pop_back();
                ++index_;
                position_ = Position::operation;
                return;
            case T::lparen: return open(T::call, T::lparen);
            case T::lbracket: return open(T::index, T::lbracket);
            case T::rparen:
            case T::rbracket:
                if (parens_ > 0) --parens_;
                return become(type(index_), Position::operation);
            case T::comma:
            case T::arrow:
            case T::less:
            case T::greater: return become(type(index_), Position::operand);
            case T::colon: return become(T::colon, Position::value);
            case T::dot: return become(T::dot, Position::behind_dot);
            case T::operator_: return step_operator();
            case T::assign:
            case T::add_assign:
            case T::subtract_assign: return become(type(index_), Position::source);
            case T::yields: return step_yields();
            default: return become(type(index_), Position::operation);
        }
    }

    void open(T attached, T free) {
        const bool behind = position_ == Position::operation && (tokens_[index_].adjacent || forced_call_);
        if (attached == T::call) forced_call_ = false;
        ++parens_;
        become(behind ? attached : free, Position::operand);
    }

    void step_operator() {
        const bool sign = position_ != Position::operation && (word(index_) == "-" || word(index_) == "+");
        become(sign ? T::sign : T::operator_, Position::operand);
    }

    void step_yields() {
        if (contexts_.back() != Context::choose || !may_nest()) return become(T::yields, Position::value);
        become(T::does, Position::item);
        start_item();
    }

    void step_word() {
        switch (position_) {
            case Position::item: return begin_item();
            case Position::behind_dot: return become(T::name, Position::operation);
            case Position::operation:
                return impersonating_ && parens_ == 0 ? (start_item(), begin_item()) : infix_word();
            case Position::behind_verb: return leading_word();
            default: return operand_word();
        }
    }

    // ---- words in the middle of a line

    // Directly behind a verb a preposition may stand: `echo in hall`, `wait until c`, `expect no faults`.
    void leading_word() {
        const auto first = keyword(index_);
        const bool leads = leads_operand(first) || (verb_ == K::echo && first == K::zone) ||
                           (verb_ == K::expect && first == K::no);
        if (leads && begins_operand(index_ + 1) && !is_text(index_ + 1) && !opens_call(index_ + 1))
            return become(T::key, Position::operand);
        operand_word();
    }

    void operand_word() {
        const auto first = keyword(index_);
        const auto next = index_ + 1;
        if (parens_ > 0 && type(next) == T::colon) return become(T::label, Position::operation);
        if (position_ == Position::behind_key && (first == K::phase || first == K::per) && is_raw_name(next))
            return become(T::key, Position::operand);
        const bool clause = first == K::every || first == K::when || first == K::until || first == K::per;
        if (position_ == Position::value && clause && begins_operand(next))
            return become(T::key, Position::operand);
        const bool verb = first == K::spawn || first == K::simulate;
        if (position_ == Position::source && verb && begins_operand(next) && !opens_call(next)) {
            spawning_ = first == K::spawn;
            return become(T::value_verb, Position::behind_verb);
        }
        switch (first) {
            case K::not_:
                if (begins_operand(next)) return become(T::not_, Position::operand);
                break;
            case K::chance:
                if (begins_operand(next) && !opens_call(next) && !is_text(next))
                    return become(T::chance, Position::operand);
                break;
            case K::true_: return become(T::true_, Position::operation);
            case K::false_: return become(T::false_, Position::operation);
            case K::none_value: return become(T::none, Position::operation);
            default: break;
        }
        if (!header_ && is_kind(first) && is_raw_name(next) && !never_names(keyword(next))) {
            become(T::qualifier, Position::operand);
        }
        become(T::name, Position::operation);
    }

    void infix_word() {
        const auto first = keyword(index_);
        const auto next = index_ + 1;
        if (using_ && first == K::as) return become(T::as, Position::operand);
        if (first == K::else_ && type(next) == T::lbrace) return become(T::else_, Position::operation);
        if (first == K::else_ && keyword(next) == K::if_) {
            become(T::else_, Position::operation);
            return become(T::if_, Position::operand);
        }
        if (header_ && parens_ == 0) return header_word();
        if (is_infix(first) && is_operator_here(first) && begins_operand(next)) {
            return become(T::operator_, Position::operand);
        }
        // Between brackets two words in a row are a forgotten comma.
        if (parens_ > 0 && first != K::for_ && first != K::when) return become(T::name, Position::operation);
        if (first == K::when || first == K::while_ || first == K::chance || first == K::until)
            decided_ = true;
        become(T::key, stands_alone(first) ? Position::operation : Position::behind_key);
    }

    // `of` is quantity behind a number, and `in` is a clause in the first part of a handler's line.
    bool is_operator_here(K first) const {
        if (first == K::in) return !handler_ || decided_;
        if (first != K::of) return true;
        const auto before = type(index_ - 1);
        return spawning_ || before == T::rparen || (is_literal(index_ - 1) && !is_text(index_ - 1));
    }

    void header_word() {
        const auto first = keyword(index_);
        if (first == K::from) return become(T::from, Position::operand);
        if (first == K::with) return become(T::with, Position::operand);
        if (first == K::renamed && tokens_[index_].number == 1) return become(T::renamed, Position::operand);
        become(T::key, Position::operand);
    }

    // ---- the first word of a member or statement

    void begin_item() {
        const auto first = keyword(index_);
        const auto next = index_ + 1;
        if (contexts_.back() == Context::enumeration) return become(T::name, Position::item);
        if (contexts_.back() == Context::record) return become(T::name, Position::operation);
        if (first == K::else_ && (type(next) == T::lbrace || keyword(next) == K::if_)) return infix_word();
        if (type(next) == T::colon) return become(T::property, Position::operation);
        if (is_assigned()) return become(T::target, Position::operation);
        if (begin_keyword(first, next)) return;
        if (begin_member(first, next)) return;
        if (is_row()) return operand_word();
        if (is_labelled()) return become(T::labelled, Position::operand);
        if (keyword(next) == K::does && is_text(next + 1)) {
            become(T::verb, Position::operand);
            return become(T::key, Position::operand);
        }
        if (opens_call(next) || type(next) == T::dot) return become(T::callee, Position::operation);
        if (first == K::choose && type(next) == T::lbrace) pending_ = Context::choose;
        spawning_ = first == K::spawn;
        verb_ = first;
        become(T::verb, Position::behind_verb);
    }

    bool begin_keyword(K first, std::size_t next) {
        if (type(next) == T::dot || type(next) == T::yields) return false;
        switch (first) {
            case K::if_: return become(T::if_, Position::operand), true;
            case K::while_: return become(T::while_, Position::operand), true;
            case K::match:
                if (!begins_operand(next)) return false;
                pending_ = Context::match;
                return become(T::match, Position::operand), true;
            case K::case_:
                if (contexts_.back() != Context::match) return false;
                return become(T::case_, Position::operand), true;
            case K::return_: return become(T::return_, Position::source), true;
            case K::for_:
                if (!is_raw_name(next)) return false;
                if (type(next + 1) == T::comma && is_raw_name(next + 2) && keyword(next + 3) == K::in) {
                    become(T::for_, Position::operand);
                    become(T::name, Position::operation);
                    become(T::comma, Position::operand);
                } else if (keyword(next + 1) == K::in) {
                    become(T::for_, Position::operand);
                } else {
                    return false;
                }
                become(T::name, Position::operation);
                return become(T::in, Position::operand), true;
            case K::let:
                if (!is_raw_name(next)) return false;
                become(T::let, Position::operand);
                return become(T::name, Position::operation), true;
            case K::as:
                if (!is_raw_name(next) || !may_nest()) return false;
                become(T::as, Position::operand);
                impersonating_ = true;
                return become(T::name, Position::operation), true;
            default: return false;
        }
    }

    bool begin_member(K first, std::size_t next) {
        const bool named = is_raw_name(next);
        if (first == K::override_ && is_handler_word(keyword(next)))
            return become(T::override, Position::item), true;
        if (first == K::fn && named && type(next + 1) == T::lparen) {
            become(T::fn, Position::operand);
            forced_call_ = true;
            return become(T::name, Position::operation), true;
        }
        if (named && keyword(next) == K::state && is_raw_name(next + 1)) {
            become(T::owner, Position::operand);
            return begin_state(), true;
        }
        const bool typed = type(next + 1) == T::colon || type(next + 1) == T::assign;
        if (first == K::state && named && (typed || ends_item(next + 1))) return begin_state(), true;
        if ((first == K::temp || first == K::actor) && named && typed) return begin_state(), true;
        return begin_handler(first, next);
    }

    void begin_state() {
        become(T::state, Position::operand);
        become(T::name, Position::operation);
    }

    bool begin_handler(K first, std::size_t next) {
        const bool event = first == K::on || first == K::before || first == K::after;
        if (event && is_raw_name(next)) {
            become(T::handler, Position::operand);
            become(T::event, Position::operation);
            handler_ = true;
            forced_call_ = type(index_) == T::lparen;
            return true;
        }
        const bool timed =
            (first == K::every || first == K::after) && begins_operand(next) && !opens_call(next);
        if (!timed && !(first == K::run && type(next) == T::string)) return false;
        handler_ = true;
        return become(T::handler, Position::operand), true;
    }

    // ---- what stands further on in the line

    // Behind `word`, `.word`, `(..)` and `[..]`; the index of what follows.
    std::size_t behind_chain(std::size_t i) const {
        ++i;
        while (true) {
            if (type(i) == T::dot && is_raw_name(i + 1)) {
                i += 2;
            } else if ((type(i) == T::lparen || type(i) == T::lbracket) && tokens_[i].adjacent) {
                std::size_t depth = 0;
                do {
                    if (type(i) == T::lparen || type(i) == T::lbracket) ++depth;
                    if (type(i) == T::rparen || type(i) == T::rbracket) --depth;
                    ++i;
                } while (depth > 0 && !ends_item(i) && type(i) != T::lbrace);
            } else {
                return i;
            }
        }
    }

    bool is_assigned() const {
        const auto op = type(behind_chain(index_));
        return op == T::assign || op == T::add_assign || op == T::subtract_assign;
    }

    bool is_row() const {
        if (type(index_ + 1) == T::name && !is_infix(keyword(index_ + 1))) return false;
        for (auto i = index_ + 1; !ends_item(i) && type(i) != T::lbrace; ++i)
            if (type(i) == T::yields) return true;
        return false;
    }

    // word label (, label)* :
    bool is_labelled() const {
        auto i = index_ + 1;
        while (is_text(i) || is_raw_name(i)) {
            ++i;
            if (type(i) == T::colon) return true;
            if (type(i) != T::comma) return false;
            ++i;
        }
        return false;
    }

    std::string_view text_;
    std::vector<Token>& tokens_;
    std::size_t index_ = 0;
    Position position_ = Position::item;
    std::vector<Context> contexts_;
    Context pending_ = Context::block;
    std::size_t parens_ = 0;
    int nested_ = 0;
    K verb_ = K::none;
    bool header_ = false;       // in a declaration's first line
    bool using_ = false;        // in `use a.b as c`
    bool forced_call_ = false;  // a parenthesis here begins parameters, even behind a space
    bool handler_ = false;      // in a handler's first line ...
    bool decided_ = false;      // ... behind its first condition
    bool spawning_ = false;
    bool impersonating_ = false;  // behind `as x`
};

}  // namespace

void shape_chunk(std::string_view text, std::vector<Token>& tokens) { Shaper(text, tokens).chunk(); }

void shape_expression(std::string_view text, std::vector<Token>& tokens) {
    Shaper(text, tokens).expression();
}

}  // namespace kiln::compiler::parsing
