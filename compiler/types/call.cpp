#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

bool Body::arguments_fit(const ast::Expression& e, std::string_view name, std::size_t wanted) {
    if (e.arguments.size() == wanted) return true;
    c_.report(Code::wrong_argument_count, e.span,
              {std::string(name),
               wanted == 0 ? "nothing" : std::to_string(wanted) + (wanted == 1 ? " value" : " values"),
               std::to_string(e.arguments.size())});
    return false;
}

// ---- functions of authors

Value Body::call_function(const Symbol& symbol, const ast::Expression& e) {
    const int mark = f_.top();
    if (symbol.broken) return {.type = poison};
    if (context_.pure && symbol.changes_world) require_pure(e.span, symbol.name);
    if (symbol.may_suspend && !context_.waits) {
        const auto role = context_.role == Role::before ? "a `before` handler"
                          : context_.role == Role::test ? "a test"
                                                        : "this";
        c_.report(Code::cannot_wait_here, e.span, {role});
    }
    const auto& parameters = symbol.parameters;
    std::vector<const ast::Expression*> values(parameters.size(), nullptr);
    std::size_t next = 0;
    bool fits = true;
    for (const auto& argument : e.arguments) {
        std::size_t at = next;
        if (argument.name.empty())
            ++next;
        else
            at = static_cast<std::size_t>(
                std::find_if(parameters.begin(), parameters.end(),
                             [&](const auto& p) { return p.name == argument.name.text; }) -
                parameters.begin());
        if (at < values.size())
            values[at] = argument.value;
        else
            fits = false;
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        fits = fits && (values[i] != nullptr || parameters[i].value != nullptr);
    if (!fits) {
        arguments_fit(e, symbol.name, parameters.size() + (parameters.size() == e.arguments.size() ? 1 : 0));
        return {.type = symbol.result.base == Base::nothing ? poison : symbol.result};
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != nullptr) {
            argument(*values[i], parameters[i].type);
        } else {
            default_of(symbol, parameters[i]);
        }
    }
    f_.give_back(mark);
    f_.take();
    f_.emit(Opcode::call, mark, 0, 0, static_cast<std::int32_t>(symbol.function));
    if (symbol.may_suspend) {
        f_.set_suspends();
        lose_all();
    }
    auto value = temporary(mark, symbol.result);
    if (symbol.result.base == Base::nothing) f_.give_back(mark);
    return value;
}

// ---- functions of the engine

Value Body::exit_of_here(const ast::Expression& e) {
    const int mark = f_.top();
    if (!arguments_fit(e, "exit", 1)) return {.type = poison};
    auto room = here_value(e.span);
    if (room.is_poison()) return room;
    move_to(mark, room);
    const Type direction{.base = Base::enumeration, .detail = 0};
    auto way = need(*e.arguments[0].value, direction);
    const bool checked = way.is_constant && room.symbol != nullptr;
    if (checked) {
        if (!room.symbol->broken && !may_have_exit(c_, *room.symbol, way.number))
            return unknown_exit(room, e);
    }
    move_to(mark + 1, way);
    return call_native(mark, Intrinsic::exit_);
}

// clamp, min and max keep the type of what they compare.
Value Body::same_type_call(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    const auto& word = e.left->word.text;
    const std::size_t count = word == "clamp" ? 3 : 2;
    if (!arguments_fit(e, word, count)) return {.type = poison};
    auto type = expected;
    for (std::size_t i = 0; i < count; ++i) {
        const int at = f_.top();
        auto value = evaluate(*e.arguments[i].value, type);
        if (value.type.base == Base::dice) value = rolled(value, at);
        if (i == 0 && !value.is_poison()) {
            const bool price =
                value.type.base == Base::integer && value.is_constant && expected.base == Base::money;
            type = price ? expected : value.type;
            if (!schema::is_integer_like(type.base)) {
                mismatch(value, Type{.base = Base::integer}, e.arguments[0].value->span);
                return {.type = poison};
            }
        }
        value = convert(value, type, *e.arguments[i].value, at);
        move_to(at, value);
    }
    if (word == "min")
        f_.emit(Opcode::minimum, mark, mark, mark + 1);
    else if (word == "max")
        f_.emit(Opcode::maximum, mark, mark, mark + 1);
    else {
        f_.emit(Opcode::maximum, mark, mark, mark + 1);
        f_.emit(Opcode::minimum, mark, mark, mark + 2);
    }
    return temporary(mark, type);
}

Value Body::random_call(const ast::Expression& e) {
    const int mark = f_.top();
    if (e.arguments.size() == 2) {
        argument(*e.arguments[0].value, Type{.base = Base::integer});
        argument(*e.arguments[1].value, Type{.base = Base::integer});
        return call_native(mark, Intrinsic::random_);
    }
    if (!arguments_fit(e, "random", 1)) return {.type = poison};
    const auto& from = *e.arguments[0].value;
    if (from.kind == ExpressionKind::binary && from.word.text == "..") {
        argument(*from.left, Type{.base = Base::integer});
        argument(*from.right, Type{.base = Base::integer});
        return call_native(mark, Intrinsic::random_);
    }
    const int result = f_.take();
    const auto of = borrow(from);
    const auto& type = of.value.type;
    if (of.value.is_poison()) return of.value;
    if (type.base == Base::range) {
        f_.emit(Opcode::record_get, result, of.value.place, 0, 0);
        f_.give_back(result + 1);
        f_.emit(Opcode::record_get, f_.take(), of.value.place, 1, 0);
        give_back(of);
        return call_native(result, Intrinsic::random_);
    }
    if ((type.base != Base::list && type.base != Base::set) || schema::is_boxed(type)) {
        mismatch(of.value, schema::list_of(poison), from.span);
        return {.type = poison};
    }
    // A list that is written down here is not empty.
    const bool sure = from.kind == ExpressionKind::list && !from.arguments.empty() &&
                      from.arguments[0].value->kind != ExpressionKind::each;
    return random_element(result, of, sure);
}

// Any element of a list or set, in `result`; nothing if there is none.
Value Body::random_element(int result, const Borrowed& of, bool sure) {
    const auto element = schema::element_of(of.value.type);
    const auto found = with_optional(element, !sure || element.optional);
    Label missing, end;
    const int place = f_.take();
    f_.emit(Opcode::load_int, place);
    f_.emit(Opcode::list_length, f_.take(), of.value.place);
    f_.emit(Opcode::add_int, place + 1, place + 1, 0, -1);
    f_.jump_with(Opcode::jump_less_int, place + 1, 0, missing);
    call_native(place, Intrinsic::random_);
    f_.emit(Opcode::list_get, result, of.value.place, place, flag_of(element));
    const bool wraps = found.optional && !element.optional && !schema::is_entity(element.base);
    if (wraps) f_.emit(Opcode::gather, result, result, 1, static_cast<std::int32_t>(slot(found)));
    f_.jump(Opcode::jump, 0, 0, end);
    f_.bind(missing);
    if (sure)
        f_.emit(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(vm::Fault::missing_value));
    else if (schema::is_entity(found.base))
        f_.emit(Opcode::load_nobody, result);
    else
        f_.emit(Opcode::list_new, result, 0, 0, static_cast<std::int32_t>(slot(found)));
    f_.bind(end);
    give_back(of);
    return temporary(result, found);
}

Value Body::roll_call(const ast::Expression& e) {
    const int mark = f_.top();
    if (!arguments_fit(e, "roll", 1)) return {.type = poison};
    auto value = evaluate(*e.arguments[0].value, Type{.base = Base::dice});
    if (value.is_poison()) return value;
    if (value.type.base == Base::integer) return value;  // `roll(1d6 + bonus)` has been thrown already
    move_to(mark, value);
    if (value.type.base == Base::percent) return call_native(mark, Intrinsic::roll_percent_);
    if (value.type.base == Base::dice) return call_native(mark, Intrinsic::roll_);
    mismatch(value, Type{.base = Base::dice}, e.arguments[0].value->span);
    return {.type = poison};
}

Value Body::call_rows(const ast::Expression& e, Type expected) {
    const auto& word = e.left->word.text;
    if (auto value = aggregate(e, expected)) return *value;
    if (word == "exit") return exit_of_here(e);
    if (word == "clamp" || word == "min" || word == "max") return same_type_call(e, expected);
    if (word == "random") return random_call(e);
    if (word == "roll") return roll_call(e);
    const int mark = f_.top();
    const auto& rows = schema::vocabulary().intrinsics;
    auto candidates = names_of_kinds(c_, {Kind::fn_, Kind::formula_});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].form != schema::Form::function) continue;
        candidates.emplace_back(rows[i].word);
        if (rows[i].word != word) continue;
        if (!arguments_fit(e, word, rows[i].parameters.size())) return {.type = poison};
        for (std::size_t p = 0; p < e.arguments.size(); ++p)
            native_argument(*e.arguments[p].value, rows[i].parameters[p].type);
        return call_native(mark, static_cast<Intrinsic>(i));
    }
    report_missing(c_, Code::unknown_name, e.left->span, {"function", word}, word, candidates);
    for (const auto& argument : e.arguments) evaluate(*argument.value);
    f_.give_back(mark);
    return {.type = poison};
}

Value Body::call_method(const ast::Expression& e) {
    const int mark = f_.top();
    const auto& target = *e.left;
    const auto* found = find_full(c_, c_.written(target.span));
    if (found != nullptr && found->function != no_index) return call_function(*found, e);
    if (auto value = collection_method(e)) return *value;
    auto receiver = evaluate(*target.left);
    if (receiver.is_poison()) return receiver;
    require_present(receiver, *target.left);
    if (receiver.is_poison()) return receiver;
    if (has_parts(receiver.type)) return method_of_parts(e, move_to(mark, receiver));
    const auto intrinsic = intrinsic_of(schema::Form::method, target.word.text, receiver.type);
    if (!intrinsic) {
        unknown_member(receiver, target);
        return {.type = poison};
    }
    const auto& row = schema::vocabulary().row(*intrinsic);
    if (!arguments_fit(e, target.word.text, row.parameters.size() - 1)) return {.type = poison};
    move_to(mark, receiver);
    for (std::size_t i = 0; i < e.arguments.size(); ++i) {
        const int at = f_.top();
        const auto& wanted = row.parameters[i + 1].type;
        if (wanted.base == Base::template_of) {
            native_argument(*e.arguments[i].value, wanted);
            continue;
        }
        auto value = need(*e.arguments[i].value, wanted);
        const bool is_way = *intrinsic == Intrinsic::exit_ && value.is_constant &&
                            receiver.symbol != nullptr && !receiver.symbol->broken;
        if (is_way) {
            if (!may_have_exit(c_, *receiver.symbol, value.number)) return unknown_exit(receiver, e);
        }
        move_to(at, value);
    }
    return call_native(mark, *intrinsic);
}

Value Body::call(const ast::Expression& e, Type expected) {
    const int mark = f_.top();
    Value value;
    if (e.left->kind == ExpressionKind::member) {
        value = call_method(e);
    } else if (e.left->kind == ExpressionKind::name) {
        const auto* symbol = find(c_, file(), e.left->word.text);
        if (symbol != nullptr && symbol->function != no_index)
            value = call_function(*symbol, e);
        else if (symbol != nullptr && symbol->kind == Kind::record_)
            value = record_literal(*symbol, e);
        else
            value = call_rows(e, expected);
    } else {
        c_.report(Code::unexpected, e.span, {"a call"});
        return {.type = poison};
    }
    if (value.is_poison()) f_.give_back(mark);
    return value;
}

}  // namespace kiln::compiler
