// Walking through lists, sets, maps and ranges: `for`, and the questions about all elements.

#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

// `for x in ...`. What the body says is known only in it; after it holds what held before, less what it lost.
bool Body::walk(const ast::Expression& source, const ast::Word& first, const ast::Word& second,
                const ast::Expression* when, const Walked& body) {
    if (source.kind == ExpressionKind::binary && source.word.text == "..") {
        if (!second.empty())
            c_.report(Code::unexpected, second.span, {"a second name"}).advice = "a range gives one number at a time";
        return walk_range(*source.left, *source.right, first, when, body);
    }
    const int list = f_.top();
    auto value = evaluate(source);
    if (!value.is_poison() && schema::is_boxed(value.type)) require_present(value, source);
    auto type = value.type;
    if (type.base == Base::words) {
        move_to(list, value);
        value = call_native(list, Intrinsic::all_words_);
        type = value.type;
    }
    const bool walks = type.base == Base::list || type.base == Base::set || type.base == Base::map;
    if (!value.is_poison() && !walks) {
        if (type.base == Base::range) {
            const int range = in_register(value);
            const int low = f_.take();
            f_.emit(Opcode::record_get, low, range, 0, 0);
            f_.emit(Opcode::record_get, f_.take(), range, 1, 0);
            return walk_numbers(low, first, when, body);
        }
        c_.report(Code::type_mismatch, source.span, {type_name(c_, type), "a list"});
        value.type = type = poison;
    }
    if (value.is_poison()) type = Type{.base = Base::variable};
    move_to(list, value);
    return walk_list(list, type, first, second, when, body);
}

bool Body::walk_range(const ast::Expression& low, const ast::Expression& high, const ast::Word& name,
                      const ast::Expression* when, const Walked& body) {
    const int counter = f_.top();
    argument(low, Type{.base = Base::integer});
    argument(high, Type{.base = Base::integer});
    return walk_numbers(counter, name, when, body);
}

// From register `counter` to the one behind it, both counted.
bool Body::walk_numbers(int counter, const ast::Word& name, const ast::Expression* when, const Walked& body) {
    const int end = counter + 1;
    f_.emit(Opcode::add_int, end, end, 0, 1);
    Label exit, next;
    f_.jump(Opcode::jump_less_equal, end, counter, exit);
    const auto head = f_.position();
    const auto count = variables_.size();
    const auto before = save();
    const int shown = f_.take();  // the author's variable is a copy: changing it does not change the loop
    f_.emit(Opcode::move, shown, counter);
    variables_.push_back({name.text, Type{.base = Base::integer}, nullptr, shown, false, false});
    if (when != nullptr) assume(branch(*when, false, next).yes);
    const bool ended = body();
    f_.bind(next);
    f_.loop(Opcode::loop_range, head, counter, end);
    f_.bind(exit);
    leave_walk(before, count, ended);
    return false;
}

bool Body::walk_list(int list, const Type& type, const ast::Word& first, const ast::Word& second,
                     const ast::Expression* when, const Walked& body) {
    const bool is_map = type.base == Base::map, is_known = type.base != Base::variable;
    const Type element = is_known ? schema::element_of(type) : type;
    // One instruction goes on to the next element, if nothing must be marked on its way out.
    const bool steps = is_known && !is_map && !has_parts(element);
    const int length = steps ? -1 : f_.take(), index = f_.take(), item = f_.take();
    const int other = second.empty() ? -1 : f_.take();
    Label exit, next;
    if (steps) f_.begin_list(index, list, item, exit);
    else begin_walk(list, is_known ? &type : nullptr, length, index, exit);
    const auto head = f_.position();
    const auto before = save();
    const auto count = variables_.size();
    if (!is_known) f_.emit(Opcode::load_int, item);
    else if (!steps) f_.emit(is_map ? Opcode::map_key : Opcode::list_get, item, list, index, flag_of(element));
    skip_if_gone(item, element, next);
    Type second_type{.base = Base::integer};
    if (other >= 0 && is_map) {
        second_type = type.parts[1];
        f_.emit(Opcode::map_get, other, list, index, flag_of(second_type));
        skip_if_gone(other, second_type, next);
    } else if (other >= 0) {
        f_.emit(Opcode::add_int, other, index, 0, 1);
    }
    // A list is numbered: `for number, element in list`.
    const bool numbered = other >= 0 && !is_map;
    const auto name = [&](const ast::Word& word, const Type& of, int place) {
        variables_.push_back({word.text, of, nullptr, place, false, false});
    };
    name(first, numbered ? second_type : element, numbered ? other : item);
    if (other >= 0) name(second, numbered ? element : second_type, numbered ? item : other);
    if (when != nullptr) assume(branch(*when, false, next).yes);
    const bool ended = body();
    f_.bind(next);
    if (steps) f_.loop(Opcode::loop_list, head, index, list, item);
    else f_.loop(Opcode::loop_range, head, index, length);
    f_.bind(exit);
    leave_walk(before, count, ended);
    return false;
}

void Body::begin_walk(int list, const Type* type, int length, int index, Label& empty) {
    if (type == nullptr) f_.emit(Opcode::load_int, length);
    else f_.emit(type->base == Base::map ? Opcode::map_length : Opcode::list_length, length, list);
    f_.emit(Opcode::load_int, index);
    f_.jump_with(Opcode::jump_less_equal_int, length, 0, empty);
}

void Body::skip_if_gone(int place, const Type& type, Label& next) {
    if (!schema::is_entity(type.base) || type.optional) return;
    const int flag = f_.take();
    f_.emit(Opcode::is_alive, flag, place);
    f_.give_back(flag);
    jump_on(flag, false, next);
}

void Body::leave_walk(const Flow& before, std::size_t variables, bool ended) {
    variables_.resize(std::min(variables, variables_.size()));
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, ended, false);
}

bool Body::for_statement(const ast::Statement& s) {
    enter_loop(s.block);
    loops_.emplace_back();
    walk(*s.left, s.word, s.second, s.right, [&] {
        const bool ended = scoped(s.block);
        return ended;
    });
    end_loop();
    return false;
}

void Body::end_loop() {
    f_.bind(loops_.back().exit);
    for (const auto& flow : loops_.back().breaks) {
        auto cut = flow;
        cut.variables.resize(std::min(cut.variables.size(), variables_.size()));
        meet(cut, false, false);
    }
    loops_.pop_back();
}

bool Body::break_statement(const ast::Statement& s) {
    if (loops_.empty()) {
        c_.report(Code::break_outside, s.span);
        return true;
    }
    loops_.back().breaks.push_back(save());
    f_.jump(Opcode::jump, 0, 0, loops_.back().exit);
    return true;
}

// ---- questions about all elements

namespace {

struct Walk {
    const ast::Expression* value = nullptr;      // null in `x in list when c`
    const ast::Expression* source = nullptr;
    const ast::Expression* when = nullptr;
    ast::Word name;
};

std::optional<Walk> walk_of(const ast::Expression& e) {
    if (e.kind == ExpressionKind::each)
        return Walk{e.left, e.right, e.arguments.empty() ? nullptr : e.arguments[0].value, e.word};
    const bool plain = e.kind == ExpressionKind::binary && e.word.text == "in" &&
                       e.left->kind == ExpressionKind::name;
    if (plain) return Walk{nullptr, e.right, nullptr, e.left->word};
    return std::nullopt;
}

}  // namespace

Value Body::list_of_each(const ast::Expression& each, const Type& expected) {
    const auto walked = *walk_of(each);
    const bool is_set = expected.base == Base::set;
    const bool known = is_set || expected.base == Base::list;
    auto element = known ? expected.parts[0] : Type{};
    const int list = f_.take();
    const auto made_at = f_.position();
    f_.emit(Opcode::list_new, list, 0, 0, 0);
    std::uint32_t added_at = 0;
    bool broken = false;
    walk(*walked.source, walked.name, {}, walked.when, [&] {
        const int at = f_.top();
        ast::Expression name;
        name.kind = ExpressionKind::name;
        name.span = walked.name.span;
        name.word = walked.name;
        const bool plain = !known && walked.value != nullptr && walked.value->kind == ExpressionKind::string &&
                           plain_text(*walked.value->text);
        auto value = need(walked.value != nullptr ? *walked.value : name,
                          plain ? Type{.base = Base::string} : element);
        broken = value.is_poison();
        if (!known) element = with_optional(value.type, false);
        if (!known && value.type.optional && !broken) require_present(value, *walked.value);
        move_to(at, value);
        added_at = f_.position();
        f_.emit(is_set ? Opcode::set_add : Opcode::list_push, list, at, 0, is_set ? 0 : flag_of(element));
        f_.give_back(at);
        return false;
    });
    f_.give_back(list);
    if (broken) return {.type = poison};
    const auto type = is_set ? with_optional(expected, false) : schema::list_of(element);
    f_.patch(made_at, static_cast<std::int32_t>(slot(type)));
    if (is_set) f_.patch(added_at, static_cast<std::int32_t>(slot(type)));
    return temporary(list, type);
}

// `count(x in list when c)` and its like; nothing if `e` is none of these.
std::optional<Value> Body::aggregate(const ast::Expression& e, const Type& expected) {
    const auto& word = e.left->word.text;
    const auto& rows = schema::vocabulary().collections;
    const bool is_word = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row.form == "each" && row.word == word;
    });
    if (!is_word || e.arguments.size() != 1) return std::nullopt;
    const auto walked = walk_of(*e.arguments[0].value);
    if (!walked) return std::nullopt;
    const bool asks = word == "any" || word == "all";
    const bool needs = word == "sum" || word == "max" || word == "min" || word == "best" || word == "all";
    if (needs && walked->value == nullptr) {
        c_.report(Code::missing, e.arguments[0].value->span,
                  {"what to ask of each: `" + word + "(... for x in list)`"});
        return Value{.type = poison};
    }
    const int result = f_.take();
    const int found = f_.take();                 // max, min, best, first: there is one
    const int key = f_.take();                   // best: of the one in `result`
    f_.emit(Opcode::load_int, result, 0, 0, word == "all" ? 1 : 0);
    f_.emit(Opcode::load_int, found);
    f_.emit(Opcode::load_int, key);
    const bool keeps = word == "first" || word == "best";
    const auto typed_at = f_.position();
    if (keeps) f_.emit(Opcode::load_nobody, result);  // patched: what it will hold
    Type type{.base = word == "count" ? Base::integer : Base::boolean};
    loops_.emplace_back();
    bool broken = false;
    walk(*walked->source, walked->name, {}, walked->when, [&] {
        const int at = f_.top();
        if (asks || (word == "count" && walked->value != nullptr)) {
            Label no;
            const bool wants = word != "all";
            if (walked->value != nullptr) branch(*walked->value, !wants, no);
            if (word == "count") {
                f_.emit(Opcode::add_int, result, result, 0, 1);
            } else {
                f_.emit(Opcode::load_int, result, 0, 0, wants ? 1 : 0);
                f_.jump(Opcode::jump, 0, 0, loops_.back().exit);
            }
            f_.bind(no);
        } else if (word == "count") {
            f_.emit(Opcode::add_int, result, result, 0, 1);
        } else if (word == "first") {
            type = with_optional(variables_.back().type, false);
            f_.emit(flag_of(type) ? Opcode::share : Opcode::move, result, variables_.back().place);
            f_.emit(Opcode::load_int, found, 0, 0, 1);
            f_.jump(Opcode::jump, 0, 0, loops_.back().exit);
        } else {
            const auto element = variables_.back();
            auto value = evaluate(*walked->value, word == "sum" ? expected : Type{});
            if (value.type.base == Base::dice) value = rolled(value, at);
            const bool counts = schema::is_integer_like(value.type.base) && !value.type.optional &&
                                value.type.base != Base::boolean;
            if (!value.is_poison() && !counts) mismatch(value, Type{.base = Base::integer}, walked->value->span);
            broken = broken || value.is_poison() || !counts;
            const int number = in_register(value);
            if (word != "best") type = value.type;
            if (word == "sum") {
                f_.emit(Opcode::add, result, result, number);
                return false;
            }
            const int best = word == "best" ? key : result;
            Label take, end;
            f_.jump(Opcode::jump_unless, found, 0, take);
            if (word == "min")
                f_.jump(Opcode::jump_less_equal, best, number, end);
            else
                f_.jump(Opcode::jump_less_equal, number, best, end);
            f_.bind(take);
            f_.emit(Opcode::move, best, number);
            f_.emit(Opcode::load_int, found, 0, 0, 1);
            if (word == "best") {
                type = with_optional(element.type, false);
                f_.emit(flag_of(type) ? Opcode::share : Opcode::move, result, element.place);
            }
            f_.bind(end);
        }
        return false;
    });
    f_.bind(loops_.back().exit);
    loops_.pop_back();
    f_.give_back(key);
    if (broken) {
        f_.give_back(result);
        return Value{.type = poison};
    }
    if (word == "count" || word == "sum" || asks) return temporary(result, type);
    if (keeps) f_.replace(typed_at, initial_of(type, result));
    const auto optional = with_optional(type, true);
    if (schema::is_entity(type.base)) return temporary(result, optional);
    Label missing, end;
    f_.jump(Opcode::jump_unless, found, 0, missing);
    f_.emit(Opcode::gather, result, result, 1, static_cast<std::int32_t>(slot(optional)));
    f_.jump(Opcode::jump, 0, 0, end);
    f_.bind(missing);
    f_.emit(Opcode::list_new, result, 0, 0, static_cast<std::int32_t>(slot(optional)));
    f_.bind(end);
    return temporary(result, optional);
}

// What a register holds before anything is found, so that it is of one type on every path.
vm::Instruction Body::initial_of(const Type& type, int place) {
    const auto to = static_cast<std::uint8_t>(place);
    const auto kind = slot(type);
    if (kind == vm::SlotType::entity) return {Opcode::load_nobody, to};
    if (kind == vm::SlotType::string) return {Opcode::load_string, to, 0, 0, c_.program.string("")};
    if (kind == vm::SlotType::text) return {Opcode::make_text, to, to, 0, text_without_words()};
    const auto* made = vm::composite_of(c_.image.program, kind);
    if (made == nullptr) return {Opcode::load_int, to};
    return {Opcode::list_new, to, 0, 0, static_cast<std::int32_t>(kind)};
}

}  // namespace kiln::compiler
