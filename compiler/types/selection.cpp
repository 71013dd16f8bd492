// `choose` and `match`: one of several blocks.

#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

namespace {

// A weight that is known while compiling; negative if it is only known in the game.
std::int64_t known_weight(const ast::Branch& branch) {
    if (branch.labels.empty() || branch.labels.front().value == nullptr) return 1;
    const auto& label = *branch.labels.front().value;
    const bool is_number = label.kind == ExpressionKind::integer || label.kind == ExpressionKind::percent;
    return is_number ? label.number : -1;
}

}  // namespace

// The limits below which the drawn number must lie for each branch, in registers from `first` on; the last
// one is the number to be drawn below.
void Body::choose_limits(const ast::Statement& s, int first) {
    for (std::size_t i = 0; i < s.branches.size(); ++i) {
        const int at = f_.top();
        const auto known = known_weight(s.branches[i]);
        if (known >= 0) {
            load_number(known);
        } else {
            const auto& label = *s.branches[i].labels.front().value;
            auto weight = evaluate(label);
            if (weight.type.base == Base::dice) weight = rolled(weight, at);
            const bool counts = weight.type.base == Base::integer || weight.type.base == Base::percent;
            if (!weight.is_poison() && !counts) mismatch(weight, Type{.base = Base::integer}, label.span);
            move_to(at, weight);
            const int nothing = f_.take();
            f_.emit(Opcode::load_int, nothing);
            f_.emit(Opcode::maximum, at, at, nothing);
            f_.give_back(nothing);
        }
        if (i > 0) f_.emit(Opcode::add, at, at, first + static_cast<int>(i) - 1);
    }
}

bool Body::choose_statement(const ast::Statement& s) {
    if (s.branches.empty()) return false;
    const int drawn = f_.take(), first = f_.top();
    choose_limits(s, first);
    const int last = f_.top() - 1;
    Label end;
    const bool surely = std::any_of(s.branches.begin(), s.branches.end(),
                                    [](const auto& branch) { return known_weight(branch) > 0; });
    const auto before = save();
    std::optional<Flow> after;
    if (!surely) {
        f_.jump_with(Opcode::jump_less_equal_int, last, 0, end);
        after = before;
    }
    f_.emit(Opcode::move, drawn, last);
    const int base = f_.take();
    f_.emit(Opcode::move, base, drawn);
    call_native(base, Intrinsic::choose_);
    f_.emit(Opcode::move, drawn, base);
    f_.give_back(base);
    for (std::size_t i = 0; i < s.branches.size(); ++i) {
        const bool is_last = i + 1 == s.branches.size();
        Label next;
        if (!is_last) f_.jump(Opcode::jump_less_equal, first + static_cast<int>(i), drawn, next);
        variables_ = before.variables;
        facts_ = before.facts;
        const bool ended = scoped(s.branches[i].block);
        if (!ended && !is_last) f_.jump(Opcode::jump, 0, 0, end);
        if (!ended && after) meet(*after, false, false);
        if (!ended) after = save();
        f_.bind(next);
    }
    f_.bind(end);
    if (after) meet(*after, false, true);
    return !after.has_value();
}

// Goes to `found` if the subject is what the label says.
void Body::match_label(const Value& subject, const ast::Expression& label, Label& found) {
    const int mark = f_.top();
    const auto& type = subject.type;
    if (is_none(label)) {
        Label there;
        presence(subject, label, false, found);
    } else if (schema::is_entity(type.base)) {
        const auto* symbol = template_named(label);
        if (symbol == nullptr || symbol->index == no_index) {
            const auto kind = type.base == Base::item ? Kind::item_ : Kind::npc_;
            evaluate(label, Type{Base::template_of, false, type.base, static_cast<std::uint16_t>(kind)});
        } else {
            f_.emit(Opcode::move, f_.take(), subject.place);
            f_.load_definition(f_.take(), symbol->index);
            jump_on(call_native(mark, Intrinsic::is_of_).place, true, found);
        }
    } else if (label.kind == ExpressionKind::binary && label.word.text == "..") {
        Label below;
        const int low = f_.top();
        argument(*label.left, type);
        argument(*label.right, type);
        f_.jump(Opcode::jump_less, subject.place, low, below);
        f_.jump(Opcode::jump_less_equal, subject.place, low + 1, found);
        f_.bind(below);
    } else {
        auto wanted = need(label, with_optional(type, false));
        if (wanted.is_poison()) return f_.give_back(mark);
        const bool is_string = type.base == Base::string || type.base == Base::words;
        const int place = in_register(wanted);
        if (is_string || has_parts(type)) {
            const int flag = f_.take();
            const auto imm = is_string ? 0 : static_cast<std::int32_t>(slot(type));
            f_.emit(is_string ? Opcode::string_equal : Opcode::value_equal, flag, subject.place, place, imm);
            jump_on(flag, true, found);
        } else {
            f_.jump(Opcode::jump_equal, subject.place, place, found);
        }
    }
    f_.give_back(mark);
}

// Words of a list that no case names.
void Body::check_complete(const ast::Statement& s, const Type& type) {
    if (type.base != Base::enumeration) return;
    auto words = enumeration_words(c_, type.detail);
    bool none = type.optional;
    for (const auto& branch : s.branches) {
        for (const auto& label : branch.labels) {
            if (is_none(*label.value)) none = false;
            std::erase(words, label.value->word.text);
        }
    }
    if (none) words.emplace_back("none");
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "`" : ", `") + word + "`";
    if (!list.empty()) c_.report(Code::incomplete_match, s.left->span, {list});
}

bool Body::match_statement(const ast::Statement& s) {
    const int place = f_.top();
    auto subject = evaluate(*s.left);
    const auto type = subject.type;
    move_to(place, subject);
    subject.place = place;
    subject.is_constant = false;
    const auto& branches = s.branches;
    const auto names_none = [](const ast::Branch& branch) {
        return std::any_of(branch.labels.begin(), branch.labels.end(),
                           [](const auto& label) { return is_none(*label.value); });
    };
    const auto otherwise = static_cast<std::size_t>(
        std::find_if(branches.begin(), branches.end(), [](const auto& one) { return one.labels.empty(); }) -
        branches.begin());
    const bool has_else = otherwise < branches.size();
    if (!subject.is_poison() && !has_else) check_complete(s, type);
    const bool complete = has_else || type.base == Base::enumeration;
    std::vector<Label> found(branches.size());
    Label end;
    // Nothing is told apart first, so that all other cases see what is there.
    if (schema::is_boxed(type)) {
        const auto of_none = static_cast<std::size_t>(
            std::find_if(branches.begin(), branches.end(), names_none) - branches.begin());
        const auto target = of_none < branches.size() ? of_none : otherwise;
        const int inner = f_.take();
        f_.emit(Opcode::list_length, inner, place);
        f_.jump_with(Opcode::jump_less_equal_int, inner, 0, target < branches.size() ? found[target] : end);
        subject.place = inner;
        subject.type.optional = false;
        f_.emit(Opcode::list_first, inner, place, 0, flag_of(subject.type));
    }
    const auto before = save();
    std::optional<Flow> after;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const auto& branch = branches[i];
        Label next;
        variables_ = before.variables;
        facts_ = before.facts;
        for (const auto& label : branch.labels) {
            if (!schema::is_boxed(type) || !is_none(*label.value)) match_label(subject, *label.value, found[i]);
        }
        if (!branch.labels.empty()) f_.jump(Opcode::jump, 0, 0, next);
        f_.bind(found[i]);
        const bool there = !branch.labels.empty() && !names_none(branch) && !subject.path.empty();
        if (there && schema::is_boxed(type)) assume({{subject.path, subject.type, subject.symbol}});
        const bool ended = scoped(branch.block);
        if (!ended) f_.jump(Opcode::jump, 0, 0, end);
        if (!ended && after) meet(*after, false, false);
        if (!ended) after = save();
        f_.bind(next);
    }
    if (!complete) {
        if (after) {
            variables_ = before.variables;
            facts_ = before.facts;
            meet(*after, false, false);
        } else {
            variables_ = before.variables;
            facts_ = before.facts;
        }
        after = save();
    }
    f_.bind(end);
    if (after) meet(*after, false, true);
    return !after.has_value();
}

}  // namespace kiln::compiler
