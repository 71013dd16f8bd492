// `add x to list`, `shuffle deck`, `sort cards by rank descending`: lists, sets and maps that change.

#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

namespace {

struct Shape {
    std::string_view verb, target;               // the word before what is changed; empty: it stands alone
};
constexpr Shape shapes[] = {{"add", "to"}, {"insert", "into"}, {"remove", "from"}, {"clear", ""},
                            {"shuffle", ""}, {"reverse", ""}, {"sort", ""}};

bool has_word(const ast::Statement& s, std::string_view preposition) {
    return std::any_of(s.operands.begin(), s.operands.end(),
                       [&](const auto& one) { return one.preposition.text == preposition; });
}

}  // namespace

// True if the statement is one of these; what is wrong with it has been said then.
bool Body::collection_statement(const ast::Statement& s) {
    const auto shape = std::find_if(std::begin(shapes), std::end(shapes),
                                    [&](const Shape& one) { return one.verb == s.word.text; });
    if (shape == std::end(shapes)) return false;
    const auto* target = operand(s, shape->target);
    const auto known = target != nullptr ? known_path(*target) : std::nullopt;
    const auto base = known ? known->type.base : Base::nothing;
    if (known && known->is_poison()) return true;
    if (base != Base::list && base != Base::set && base != Base::map) {
        // A verb of the world may have the same word.
        const auto& rows = schema::vocabulary().intrinsics;
        const bool is_verb = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            return row.form == schema::Form::verb && row.word == s.word.text;
        });
        if (is_verb) return false;
        if (target == nullptr) {
            c_.report(Code::missing_operand, s.word.span,
                      {s.word.text, (shape->target.empty() ? "" : "`" + std::string(shape->target) + "` and ") +
                                        std::string("a list")});
        } else {
            const auto errors = c_.reporter.all().size();
            auto value = known ? *known : evaluate(*target);
            if (c_.reporter.all().size() == errors && !value.is_poison())
                c_.report(Code::type_mismatch, target->span, {type_name(c_, value.type), "a list that can be changed"});
        }
        return true;
    }
    // What is added to an entry that a map does not have yet makes it.
    const auto whole = target->kind == ast::ExpressionKind::index ? known_path(*target->left) : std::nullopt;
    if (whole && whole->type.base == Base::map && !whole->type.optional &&
        !schema::is_boxed(whole->type.parts.back()) && has_parts(whole->type.parts.back()))
        return change_collection(s, *target, whole->type.parts.back());
    if (schema::is_boxed(known->type)) {
        auto value = *known;
        require_present(value, *target);
        return true;
    }
    return change_collection(s, *target, known->type);
}

bool Body::change_collection(const ast::Statement& s, const ast::Expression& target, const Type& type) {
    auto place = place_of(target);
    if (!place) {
        c_.report(Code::not_changeable, target.span, {"this"});
        return true;
    }
    const auto& word = s.word.text;
    const auto kind = static_cast<std::int32_t>(slot(type));
    const bool is_list = type.base == Base::list, is_map = type.base == Base::map;
    const bool fits = word == "clear" || word == "remove" || (word == "add" && !is_map) || is_list;
    if (!fits) {
        c_.report(Code::type_mismatch, target.span, {type_name(c_, type), "a list"}).advice =
            is_map && word == "add" ? "write `" + std::string(c_.written(target.span)) + "[key] = value`" : "";
        return true;
    }
    const int failed = f_.take();                // remove: 1 if it was not there
    f_.emit(Opcode::load_int, failed);
    evaluate_steps(*place);
    const auto* what = operand(s, "");
    const bool has_what = word == "add" || word == "insert" || word == "remove";
    const int element = f_.top();
    const auto element_type = schema::element_of(type);
    if (has_what) {
        if (what == nullptr) {
            c_.report(Code::missing_operand, s.word.span, {word, type_name(c_, element_type)});
            return true;
        }
        argument(*what, element_type);
    }
    const int at = f_.top();
    if (word == "insert") {
        const auto* number = operand(s, "at");
        if (number == nullptr) {
            c_.report(Code::missing_operand, s.word.span, {word, "`at` and a number"});
            return true;
        }
        argument(*number, Type{.base = Base::integer});
        f_.emit(Opcode::add_int, at, at, 0, -1);
    }
    f_.at(c_.place(s.span));
    change(*place, word == "clear", [&](int reg) {
        if (word == "clear") {
            f_.emit(Opcode::list_new, reg, 0, 0, kind);
        } else if (word == "add" && is_list) {
            f_.emit(Opcode::list_push, reg, element, 0, flag_of(element_type));
        } else if (word == "add") {
            f_.emit(Opcode::set_add, reg, element, 0, kind);
        } else if (word == "insert") {
            f_.emit(Opcode::list_insert, reg, at, element, flag_of(element_type));
        } else if (word == "reverse") {
            f_.emit(Opcode::list_reverse, reg);
        } else if (word == "sort") {
            sort_list(&s, reg, type);
        } else if (word == "shuffle") {
            const int shuffled = f_.take();
            f_.emit(Opcode::share, shuffled, reg);
            call_native_of(shuffled, Intrinsic::shuffled_, {type}, type);
            f_.emit(Opcode::share, reg, shuffled);
        } else {
            Label missing, end;
            const int found = f_.take();
            f_.emit(Opcode::list_find, found, reg, element, kind);
            f_.jump_with(Opcode::jump_less_int, found, 0, missing);
            f_.emit(is_map ? Opcode::map_remove : Opcode::list_remove, reg, found);
            f_.jump(Opcode::jump, 0, 0, end);
            f_.bind(missing);
            f_.emit(Opcode::load_int, failed, 0, 0, 1);
            f_.bind(end);
        }
    });
    if (!s.has_otherwise) return true;
    if (word != "remove") {
        c_.report(Code::cannot_fail, s.span, {word});
        return true;
    }
    Label done;
    jump_on(failed, false, done);
    const auto before = save();
    const bool ended = scoped(s.otherwise);
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, ended, false);
    f_.bind(done);
    return true;
}

// The list in register `list`, sorted by what stands behind `by`: asked of each element, which is `it`.
void Body::sort_list(const ast::Statement* s, int list, const Type& type) {
    const auto* by = s != nullptr ? operand(*s, "by") : nullptr;
    const bool down = s != nullptr && has_word(*s, "descending");
    const auto element = schema::element_of(type);
    const int keys = f_.take();
    auto key = element;
    if (by == nullptr) {
        f_.emit(Opcode::share, keys, list);
    } else {
        const auto made_at = f_.position();
        f_.emit(Opcode::list_new, keys, 0, 0, 0);
        // A name alone is a field of the element, if it has one.
        ast::Expression it, field;
        it.kind = ExpressionKind::name;
        it.span = by->span;
        it.word = {"it", by->span};
        field.kind = ExpressionKind::member;
        field.span = by->span;
        field.word = by->word;
        field.left = &it;
        const auto* asked = by;
        const bool bare = by->kind == ExpressionKind::name && !is_local(by->word.text) && by->word.text != "it";
        if (bare) asked = &field;
        // Who is gone is not asked, and leaves the list.
        const int kept = f_.take(), source = f_.take();
        f_.emit(Opcode::list_new, kept, 0, 0, static_cast<std::int32_t>(slot(type)));
        f_.emit(Opcode::share, source, list);
        walk_list(source, type, it.word, {}, nullptr, [&] {
            const int at = f_.top();
            auto value = evaluate(*asked);
            if (value.type.base == Base::dice) value = rolled(value, at);
            key = value.type;
            move_to(at, value);
            f_.emit(Opcode::list_push, keys, at);
            f_.emit(Opcode::list_push, kept, variables_.back().place, 0, flag_of(element));
            f_.give_back(at);
            return false;
        });
        f_.emit(Opcode::share, list, kept);
        const bool is_string = key.base == Base::string || key.base == Base::words;
        f_.patch(made_at, static_cast<std::int32_t>(is_string ? vm::SlotType::strings : vm::SlotType::integers));
    }
    const bool is_string = key.base == Base::string || key.base == Base::words;
    const bool ordered = !key.optional && (is_string || (schema::is_integer_like(key.base) && key.base != Base::dice));
    if (!ordered && key.base != Base::variable) {
        const auto span = s != nullptr ? s->span : Span{};
        c_.report(Code::cannot_sort, span, {type_name(c_, key)}).advice =
            "say by what: `sort cards by rank`, `sort people by it.level`";
    }
    f_.emit(Opcode::list_sort, list, keys, 0, (down ? 1 : 0) + (is_string ? 2 : 0));
    f_.give_back(keys);
}

}  // namespace kiln::compiler
