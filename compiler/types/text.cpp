#include <array>

#include "compiler/types/verb_forms.h"
#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using ast::TextPiece;
using schema::TextPart;
using vm::Opcode;

namespace {

struct Pronoun {
    std::string_view written, means;
};
constexpr std::array pronouns = {
    Pronoun{"he", "he"},           Pronoun{"she", "he"},
    Pronoun{"they", "he"},         Pronoun{"him", "him"},
    Pronoun{"them", "him"},        Pronoun{"his", "his"},
    Pronoun{"her", "his"},         Pronoun{"their", "his"},
    Pronoun{"its", "his"},         Pronoun{"hers", "hers"},
    Pronoun{"theirs", "hers"},     Pronoun{"himself", "himself"},
    Pronoun{"herself", "himself"}, Pronoun{"themselves", "himself"},
    Pronoun{"itself", "himself"},
};

std::string_view pronoun_of(std::string_view word) {
    for (const auto& row : pronouns) {
        if (row.written == word) return row.means;
    }
    return {};
}

}  // namespace

// A text literal becomes a little program over its arguments, which are evaluated once, in order, into
// registers. What stands in a branch that is not taken must not be asked: every argument is guarded by the
// branches around it.
class TextWriter {
   public:
    TextWriter(Body& body, const ast::Text& text) : b_(body), text_(text), base_(body.f_.top()) {}

    Value write() {
        const auto known = b_.facts_;
        for (const auto& piece : text_.pieces) write(piece);
        b_.facts_ = known;
        if (arguments_.size() > 190) b_.c_.report(Code::text_too_long, text_.span, {"190"});
        const auto place = b_.c_.place(text_.span);
        schema::Text made;
        made.id = text_.tag.empty() ? b_.c_.numbered(b_.context_.name) : text_.tag.text;
        made.file = place.file;
        made.line = place.line;
        made.column = place.column;
        made.parts = std::move(parts_);
        const auto index = b_.c_.program.text(std::move(made), arguments_);
        b_.f_.give_back(base_);
        b_.f_.take();
        b_.f_.at(place);
        b_.f_.emit(Opcode::make_text, base_, base_, static_cast<int>(arguments_.size()),
                   static_cast<std::int32_t>(index));
        last_ = index;
        return b_.temporary(base_, Type{.base = Base::text});
    }
    std::uint32_t index() const { return last_; }
    std::size_t argument_count() const { return arguments_.size(); }

   private:
    struct Guard {
        int place;
        Opcode skip;                             // the jump that leads past what must not be asked
        std::int16_t number = 0;
    };
    struct Open {
        bool is_if = false;
        std::size_t guards = 0;                  // how many there were before it
        std::vector<Fact> outside, facts;
        std::size_t test = 0;                    // part that leads to the next branch
        std::vector<std::size_t> ends;           // parts that lead to the end
        int argument = 0, branches = 0;
        bool last = false;
        std::vector<Fact> no;
    };

    TextPart& part(TextPart::Kind kind) {
        auto& made = parts_.emplace_back();
        made.kind = kind;
        return made;
    }

    // ---- arguments

    int add(vm::SlotType type) {
        arguments_.push_back(type);
        b_.f_.give_back(base_ + static_cast<int>(arguments_.size()));
        return static_cast<int>(arguments_.size()) - 1;
    }

    void load_default(int place, vm::SlotType type) {
        switch (type) {
            case vm::SlotType::entity: b_.f_.emit(Opcode::load_nobody, place); break;
            case vm::SlotType::string:
                b_.f_.emit(Opcode::load_string, place, 0, 0, b_.c_.program.string(""));
                break;
            case vm::SlotType::text: b_.text_of_nothing(place); break;
            default:
                if (vm::is_composite(type))
                    b_.f_.emit(Opcode::list_new, place, 0, 0, static_cast<std::int32_t>(type));
                else
                    b_.f_.emit(Opcode::load_int, place);
                break;
        }
    }

    // Evaluates under the guards around it: what is skipped stands at its default.
    template <typename Evaluate>
    int guarded(Evaluate evaluate, Type& type) {
        const int place = base_ + static_cast<int>(arguments_.size());
        b_.f_.give_back(place);
        if (guards_.empty()) {
            const Value value = evaluate();
            type = value.type;
            b_.move_to(place, value);
            return add(vm::SlotType::integer);
        }
        Label skip, end;
        for (const auto& guard : guards_) {
            if (guard.skip == Opcode::jump_not_equal_int)
                b_.f_.jump_with(guard.skip, guard.place, guard.number, skip);
            else b_.f_.jump(guard.skip, guard.place, 0, skip);
        }
        const Value value = evaluate();
        type = value.type;
        b_.move_to(place, value);
        b_.f_.jump(Opcode::jump, 0, 0, end);
        b_.f_.bind(skip);
        load_default(place, b_.slot(type.base == Base::variable ? Type{.base = Base::integer} : type));
        b_.f_.bind(end);
        return add(vm::SlotType::integer);
    }

    // The argument that an expression is, once however often it is named.
    int argument_of(const ast::Expression& e, Type& type) {
        const auto path = b_.path_of(e);
        if (!path.empty() && guards_.empty()) {
            for (const auto& row : named_) {
                if (row.path != path) continue;
                type = row.type;
                return row.argument;
            }
        }
        const int number = guarded([&] { return b_.evaluate(e); }, type);
        if (type.base != Base::nothing && type.base != Base::variable)
            arguments_.back() = b_.slot(type);
        if (!path.empty() && guards_.empty()) named_.push_back({path, type, number});
        return number;
    }

    // ---- pieces

    void write(const TextPiece& piece) {
        using K = TextPiece::Kind;
        b_.f_.at(b_.c_.place(piece.span));
        switch (piece.kind) {
            case K::literal: literal(piece.words); break;
            case K::tag: tag(piece); break;
            case K::if_begin: begin_if(piece); break;
            case K::else_branch: next_if(piece); break;
            case K::one_of: begin_choice(); break;
            case K::or_branch: next_choice(); break;
            case K::end: close(); break;
            case K::style: part(TextPart::Kind::style).words = piece.words; break;
            case K::end_style: part(TextPart::Kind::end_style); break;
        }
    }

    void literal(std::string_view words) {
        std::size_t begin = 0;
        while (begin <= words.size()) {
            const auto end = words.find('\n', begin);
            const auto stretch = words.substr(begin, end == std::string::npos ? end : end - begin);
            if (!stretch.empty()) part(TextPart::Kind::literal).words = stretch;
            if (end == std::string::npos) return;
            part(TextPart::Kind::paragraph);
            begin = end + 1;
        }
    }

    static TextPart::Form form_of(const TextPiece& piece) {
        if (piece.article.text == "the") return TextPart::Form::the;
        return piece.article.empty() ? TextPart::Form::bare : TextPart::Form::a;
    }

    bool bad_tag(const TextPiece& piece) {
        b_.c_.report(Code::bad_text_tag, piece.span, {std::string(inside(piece))});
        return false;
    }
    std::string_view inside(const TextPiece& piece) const {
        auto words = b_.c_.written(piece.span);
        if (words.starts_with('[')) words.remove_prefix(1);
        if (words.ends_with(']')) words.remove_suffix(1);
        return words;
    }

    void tag(const TextPiece& piece) {
        if (piece.expression == nullptr) {
            bad_tag(piece);
            return;
        }
        const auto& e = *piece.expression;
        if (!piece.verb.empty()) {
            verb(piece);
            return;
        }
        if (e.kind == ExpressionKind::member) {
            const auto means = pronoun_of(e.word.text);
            if (!means.empty() || e.word.text == "name") {
                if (named_part(piece, means)) return;
            }
        }
        Type type;
        const int argument = argument_of(e, type);
        show(piece, type, argument);
    }

    // `[who.his]` and `[who.name]` need only who it is.
    bool named_part(const TextPiece& piece, std::string_view means) {
        const auto& e = *piece.expression;
        if (find_full(b_.c_, b_.c_.written(e.span)) != nullptr) return false;
        Type type;
        const int argument = argument_of(*e.left, type);
        if (type.base == Base::variable) return true;
        if (!schema::is_entity(type.base)) {
            bad_tag(piece);
            return true;
        }
        auto& made = part(means.empty() ? TextPart::Kind::plain_name : TextPart::Kind::pronoun);
        made.argument = static_cast<std::uint8_t>(argument);
        made.words = means;
        made.capital = piece.capital;
        return true;
    }

    // `[Who who]`
    static bool same_word(std::string_view a, std::string_view b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
            return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
        });
    }

    void verb(const TextPiece& piece) {
        Type type;
        const int argument = argument_of(*piece.expression, type);
        const bool agrees = schema::is_entity(type.base) || type.base == Base::integer ||
                            (type.base == Base::list && schema::is_entity(type.parts[0].base));
        if (type.base == Base::variable) return;
        if (!agrees) {
            bad_tag(piece);
            return;
        }
        if (same_word(piece.verb.text, piece.expression->word.text)) {
            bad_tag(piece);
            return;
        }
        std::string second = piece.second.text;
        if (second.empty()) {
            const auto derived = second_person(piece.verb.text);
            if (!derived)
                b_.c_.report(Code::unknown_verb_form, piece.verb.span, {piece.verb.text, inside_of(piece)});
            second = derived.value_or(piece.verb.text);
        }
        auto& made = part(TextPart::Kind::verb);
        made.argument = static_cast<std::uint8_t>(argument);
        made.words = piece.verb.text;
        made.second = second;
    }
    std::string inside_of(const TextPiece& piece) const { return std::string(inside(piece)); }

    void show(const TextPiece& piece, Type type, int argument) {
        using K = TextPart::Kind;
        TextPart made;
        made.argument = static_cast<std::uint8_t>(argument);
        made.form = form_of(piece);
        made.capital = piece.capital;
        switch (type.base) {
            case Base::variable: return;
            case Base::integer:
            case Base::percent:
            case Base::weight: made.kind = K::integer; break;
            case Base::duration: made.kind = K::duration; break;
            case Base::money: made.kind = K::money; break;
            case Base::enumeration:
                made.kind = K::enumeration;
                made.number = type.detail;
                break;
            case Base::string:
            case Base::words: made.kind = K::string; break;
            case Base::text: made.kind = K::text; break;
            case Base::template_of: made.kind = K::template_name; break;
            case Base::list:
                if (!schema::is_entity(type.parts[0].base)) {
                    bad_tag(piece);
                    return;
                }
                made.kind = K::list;
                break;
            default:
                if (!schema::is_entity(type.base)) {
                    bad_tag(piece);
                    return;
                }
                made.kind = K::entity;
        }
        parts_.push_back(std::move(made));
    }

    // ---- branches

    void condition(const ast::Expression& e, Open& open) {
        Type type;
        const auto known = b_.facts_;
        Facts facts;
        const int number = guarded([&] {
            const int place = b_.f_.take();
            Label no, end;
            facts = b_.branch(e, false, no);
            b_.f_.emit(Opcode::load_int, place, 0, 0, 1);
            b_.f_.jump(Opcode::jump, 0, 0, end);
            b_.f_.bind(no);
            b_.f_.emit(Opcode::load_int, place);
            b_.f_.bind(end);
            return b_.temporary(place, Type{.base = Base::boolean});
        }, type);
        b_.facts_ = known;
        open.argument = number;
        open.no = facts.no;
        guards_.push_back({base_ + number, Opcode::jump_unless, 0});
        b_.assume(facts.yes);
        auto& test = part(TextPart::Kind::jump_unless);
        test.argument = static_cast<std::uint8_t>(number);
        open.test = parts_.size() - 1;
    }

    void begin_if(const TextPiece& piece) {
        auto& open = open_.emplace_back();
        open.is_if = true;
        open.guards = guards_.size();
        open.outside = open.facts = b_.facts_;
        if (piece.expression != nullptr) condition(*piece.expression, open);
        else open.last = true;                   // reported while the text was taken apart
    }

    void next_if(const TextPiece& piece) {
        if (open_.empty() || !open_.back().is_if || open_.back().last)
            return;  // said while the text was taken apart
        auto& open = open_.back();
        open.ends.push_back(parts_.size());
        part(TextPart::Kind::jump);
        if (open.test < parts_.size()) parts_[open.test].target = static_cast<std::uint32_t>(parts_.size());
        // Everything from here on presumes that the conditions before did not hold.
        guards_.back().skip = Opcode::jump_if;
        b_.facts_ = open.facts;
        b_.assume(open.no);
        open.facts = b_.facts_;
        if (piece.expression != nullptr) condition(*piece.expression, open);
        else open.last = true;
    }

    void begin_choice() {
        auto& open = open_.emplace_back();
        open.guards = guards_.size();
        open.outside = open.facts = b_.facts_;
        open.branches = 1;
        Type type;
        const auto count = count_of_branches();
        open.argument = guarded([&] {
            const int place = b_.f_.top();
            b_.load_number(count);
            return b_.call_native(place, Intrinsic::choose_);
        }, type);
        begin_branch(open, 0);
    }

    void begin_branch(Open& open, int number) {
        guards_.resize(open.guards);
        guards_.push_back(
            {base_ + open.argument, Opcode::jump_not_equal_int, static_cast<std::int16_t>(number)});
        auto& test = part(TextPart::Kind::choose);
        test.argument = static_cast<std::uint8_t>(open.argument);
        test.number = static_cast<std::uint16_t>(number);
        open.test = parts_.size() - 1;
    }

    std::int64_t count_of_branches() const {
        // Looked for from the piece that is being written: the first [one of] not yet passed.
        std::int64_t count = 1;
        int depth = 0;
        bool inside = false;
        std::size_t choices = 0;
        for (const auto& piece : text_.pieces) {
            using K = TextPiece::Kind;
            if (piece.kind == K::one_of && !inside && choices++ == choices_) {
                inside = true;
                depth = 0;
                continue;
            }
            if (!inside) continue;
            if (piece.kind == K::one_of || piece.kind == K::if_begin) ++depth;
            if (piece.kind == K::end && depth-- == 0) break;
            if (piece.kind == K::or_branch && depth == 0) ++count;
        }
        ++choices_;
        return count;
    }

    void next_choice() {
        if (open_.empty() || open_.back().is_if) return;
        auto& open = open_.back();
        open.ends.push_back(parts_.size());
        part(TextPart::Kind::jump);
        parts_[open.test].target = static_cast<std::uint32_t>(parts_.size());
        b_.facts_ = open.facts;
        begin_branch(open, open.branches++);
    }

    void close() {
        if (open_.empty()) return;
        auto open = std::move(open_.back());
        open_.pop_back();
        const auto end = static_cast<std::uint32_t>(parts_.size());
        if (!open.last && open.test < parts_.size()) parts_[open.test].target = end;
        for (const auto jump : open.ends) parts_[jump].target = end;
        guards_.resize(open.guards);
        b_.facts_ = open.outside;
    }

    struct Named {
        std::string path;
        Type type;
        int argument;
    };

    Body& b_;
    const ast::Text& text_;
    int base_;
    std::vector<TextPart> parts_;
    std::vector<vm::SlotType> arguments_;
    std::vector<Named> named_;
    std::vector<Guard> guards_;
    std::vector<Open> open_;
    mutable std::size_t choices_ = 0;
    std::uint32_t last_ = 0;
};

Value Body::text(const ast::Text& text) { return TextWriter(*this, text).write(); }

std::uint32_t Body::constant_text(const ast::Text& text) {
    TextWriter writer(*this, text);
    writer.write();
    if (writer.argument_count() > 0) c_.report(Code::text_not_static, text.span);
    return writer.index();
}

void Body::return_text(const ast::Text& text) {
    const auto value = this->text(text);
    f_.emit(Opcode::ret, value.place);
}

std::int32_t Body::text_without_words() {
    schema::Text nothing;
    nothing.id = c_.numbered(context_.name + ".empty");
    return static_cast<std::int32_t>(c_.program.text(std::move(nothing), {}));
}

void Body::text_of_nothing(int to) { f_.emit(Opcode::make_text, to, to, 0, text_without_words()); }

Value Body::text_of_string(int mark) {
    schema::Text made;
    made.id = c_.numbered(context_.name + ".string");
    auto& part = made.parts.emplace_back();
    part.kind = TextPart::Kind::string;
    const auto index = c_.program.text(std::move(made), {vm::SlotType::string});
    f_.give_back(mark + 1);
    f_.emit(Opcode::make_text, mark, mark, 1, static_cast<std::int32_t>(index));
    return temporary(mark, Type{.base = Base::text});
}

}  // namespace kiln::compiler
