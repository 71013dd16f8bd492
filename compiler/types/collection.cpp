// Lists, sets, maps, records and ranges: written down, looked at and changed.

#include <algorithm>
#include <array>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;
using vm::Opcode;

namespace {

// What two elements of one list have in common.
Type common(const Type& one, const Type& other) {
    if (one.base == Base::variable || schema::converts(other, one)) return one;
    if (schema::converts(one, other)) return other;
    const bool both = schema::is_entity(one.base) && schema::is_entity(other.base);
    if (!both) return one;
    const auto is_creature = [](Base base) {
        return base == Base::npc || base == Base::player || base == Base::creature;
    };
    const bool creatures = is_creature(one.base) && is_creature(other.base);
    return Type{.base = creatures ? Base::creature : Base::entity};
}

}  // namespace

// ---- written down

Value Body::list_literal(const ast::Expression& e, const Type& expected) {
    const auto& elements = e.arguments;
    if (elements.size() == 1 && elements[0].value->kind == ExpressionKind::each)
        return list_of_each(*elements[0].value, expected);
    const bool keyed = std::any_of(elements.begin(), elements.end(), [](const auto& one) { return one.key; });
    if (keyed || expected.base == Base::map) return map_literal(e, expected);
    const bool is_set = expected.base == Base::set;
    auto element = is_set || expected.base == Base::list ? expected.parts[0] : Type{};
    if (element.base == Base::nothing && elements.empty()) {
        c_.report(Code::unknown_element, e.span);
        return {.type = poison};
    }
    // Texts without tags are strings among themselves, and texts beside one that has tags.
    const bool all_plain = std::all_of(elements.begin(), elements.end(), [](const auto& one) {
        return one.value->kind == ExpressionKind::string && plain_text(*one.value->text);
    });
    if (element.base == Base::nothing && all_plain) element = Type{.base = Base::string};
    const int list = f_.take();
    const auto made_at = f_.position();
    f_.emit(Opcode::list_new, list, 0, 0, 0);
    bool broken = false;
    for (const auto& one : elements) {
        const int at = f_.top();
        if (element.base == Base::nothing) {
            auto first = evaluate(*one.value);
            broken = broken || first.is_poison();
            element = with_optional(first.type, false);
            move_to(at, first);
        } else {
            auto value = evaluate(*one.value, element);
            if (schema::is_entity(element.base) && schema::is_entity(value.type.base) &&
                expected.base == Base::nothing)
                element = common(element, with_optional(value.type, false));
            value = convert(std::move(value), element, *one.value, at);
            broken = broken || value.is_poison();
            move_to(at, value);
        }
        if (is_set)
            f_.emit(Opcode::set_add, list, at, 0,
                    static_cast<std::int32_t>(slot(with_optional(expected, false))));
        else
            f_.emit(Opcode::list_push, list, at, 0, flag_of(element));
        f_.give_back(at);
    }
    if (broken) {
        f_.give_back(list);
        return {.type = poison};
    }
    const auto type = is_set ? with_optional(expected, false) : schema::list_of(element);
    f_.patch(made_at, static_cast<std::int32_t>(slot(type)));
    return temporary(list, type);
}

Value Body::map_literal(const ast::Expression& e, const Type& expected) {
    const bool known = expected.base == Base::map;
    auto key = known ? expected.parts[0] : Type{}, value = known ? expected.parts[1] : Type{};
    const int map = f_.take();
    const auto made_at = f_.position();
    f_.emit(Opcode::list_new, map, 0, 0, 0);
    std::vector<std::uint32_t> puts;
    bool broken = false;
    const auto part = [&](const ast::Expression& one, Type& type) {
        const int at = f_.top();
        const bool plain = type.base == Base::nothing && one.kind == ExpressionKind::string;
        auto made = need(one, plain ? Type{.base = Base::string} : type);
        if (type.base == Base::nothing) type = with_optional(made.type, false);
        broken = broken || made.is_poison();
        move_to(at, made);
    };
    for (const auto& one : e.arguments) {
        if (one.key == nullptr) {
            c_.report(Code::missing, one.value->span, {"the key: `[key: value]`"});
            broken = true;
            continue;
        }
        const int at = f_.top();
        part(*one.key, key);
        part(*one.value, value);
        puts.push_back(f_.position());
        f_.emit(Opcode::map_put, map, at, at + 1, 0);
        f_.give_back(at);
    }
    f_.give_back(map);
    if (broken) return {.type = poison};
    const Type type{.base = Base::map, .parts = {key, value}};
    f_.patch(made_at, static_cast<std::int32_t>(slot(type)));
    for (const auto put : puts) f_.patch(put, static_cast<std::int32_t>(slot(type)));
    return temporary(map, type);
}

// The usual value of a parameter or field, in the next register.
void Body::default_of(const Symbol& symbol, const FunctionParameter& parameter) {
    const int mark = f_.top();
    if (parameter.value == nullptr || ++depth_ > 32) {
        load_default(mark, parameter.type);
        return;
    }
    auto inner = context_;
    inner.scope = &symbol;
    inner.environment = nullptr;
    std::swap(context_, inner);
    std::vector<Variable> none;
    std::swap(variables_, none);
    move_to(mark, need(*parameter.value, parameter.type));
    std::swap(variables_, none);
    std::swap(context_, inner);
    --depth_;
}

// `card(suit: hearts, rank: 3)`
Value Body::record_literal(const Symbol& record, const ast::Expression& e) {
    const int mark = f_.top();
    if (record.broken) return {.type = poison};
    const auto& fields = record.parameters;
    std::vector<const ast::Expression*> values(fields.size(), nullptr);
    std::size_t next = 0;
    for (const auto& argument : e.arguments) {
        std::size_t at = next++;
        if (!argument.name.empty()) {
            at = static_cast<std::size_t>(std::find_if(fields.begin(), fields.end(), [&](const auto& field) {
                                              return field.name == argument.name.text;
                                          }) - fields.begin());
        }
        if (at < values.size() && values[at] == nullptr) {
            values[at] = argument.value;
            continue;
        }
        std::vector<std::string> names;
        for (const auto& field : fields) names.push_back(field.name);
        const auto span = argument.name.empty() ? argument.value->span : argument.name.span;
        auto& diagnostic =
            c_.report(Code::no_such_field, span, {record.name, std::string(c_.written(span))});
        diagnostic.advice = suggestion(closest(c_.written(span), names));
        return {.type = poison};
    }
    bool broken = false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const int at = f_.top();
        const bool may_miss = fields[i].value != nullptr || fields[i].type.optional;
        if (values[i] != nullptr) {
            auto value = need(*values[i], fields[i].type);
            broken = broken || value.is_poison();
            move_to(at, value);
        } else if (may_miss || fields[i].type.base == Base::list || fields[i].type.base == Base::set ||
                   fields[i].type.base == Base::map) {
            default_of(record, fields[i]);
        } else {
            c_.report(Code::field_missing, e.span, {record.name, fields[i].name});
            broken = true;
            f_.take();
        }
    }
    f_.give_back(mark);
    if (broken) return {.type = poison};
    f_.take();
    const Type type{.base = Base::record, .detail = record.enumeration};
    f_.emit(Opcode::gather, mark, mark, static_cast<int>(fields.size()),
            static_cast<std::int32_t>(slot(type)));
    return temporary(mark, type);
}

Value Body::range_literal(const ast::Expression& e) {
    const int mark = f_.top();
    argument(*e.left, number_type);
    argument(*e.right, number_type);
    const Type type{.base = Base::range};
    f_.emit(Opcode::gather, mark, mark, 2, static_cast<std::int32_t>(slot(type)));
    return temporary(mark, type);
}

// ---- looked at

// Element `place` (a register, counted from 0) of a list, in `result`.
Value Body::element_at(int result, int list, int place, const Type& type) {
    auto element = schema::element_of(type);
    f_.emit(Opcode::list_get, result, list, place, flag_of(element));
    if (schema::is_entity(element.base)) element.optional = true;
    return temporary(result, element);
}

// `list[2]`, counted from 1; `map[key]`, which may be missing.
Value Body::index_of(const ast::Expression& e) {
    const int result = f_.take();
    const auto of = borrow(*e.left);
    auto type = of.value.type;
    if (schema::is_boxed(type)) {
        auto value = of.value;
        require_present(value, *e.left);
        type = poison;
    }
    Value value{.type = poison};
    if (type.base == Base::list) {
        const int place = f_.top();
        argument(*e.right, number_type);
        f_.emit(Opcode::add_int, place, place, 0, -1);
        f_.at(c_.place(e.span));
        value = element_at(result, of.value.place, place, type);
    } else if (type.base == Base::map) {
        const int key = f_.top();
        argument(*e.right, type.parts[0]);
        const auto found = with_optional(type.parts[1], true);
        Label missing, end;
        f_.emit(Opcode::list_find, key, of.value.place, key, static_cast<std::int32_t>(slot(type)));
        f_.jump_with(Opcode::jump_less_int, key, 0, missing);
        f_.emit(Opcode::map_get, result, of.value.place, key, flag_of(type.parts[1]));
        const bool wraps = !type.parts[1].optional && !schema::is_entity(type.parts[1].base);
        if (wraps) f_.emit(Opcode::gather, result, result, 1, static_cast<std::int32_t>(slot(found)));
        f_.jump(Opcode::jump, 0, 0, end);
        f_.bind(missing);
        if (schema::is_entity(found.base))
            f_.emit(Opcode::load_nobody, result);
        else
            f_.emit(Opcode::list_new, result, 0, 0, static_cast<std::int32_t>(slot(found)));
        f_.bind(end);
        value = Value{.type = found, .place = result};
    } else if (type.base != Base::variable) {
        mismatch(of.value, schema::list_of(poison), e.left->span);
    }
    give_back(of);
    f_.give_back(value.is_poison() ? result : result + 1);
    value.path = path_of(e);
    return value;
}

// `whole.word`, where whole has parts.
Value Body::part_of(const ast::Expression& e, const Type& whole) {
    const int result = f_.take();
    const auto of = borrow(*e.left);
    if (of.value.is_poison()) {
        f_.give_back(result);
        return of.value;
    }
    auto value = of;
    if (schema::is_boxed(whole)) {
        require_present(value.value, *e.left);
        f_.give_back(result);
        return {.type = poison};
    }
    auto made = collection_property(of, e, result);
    if (!made.is_poison()) give_back(of);
    f_.give_back(made.is_poison() ? result : result + 1);
    return made;
}

Value Body::collection_property(const Borrowed& of, const ast::Expression& e, int result) {
    const auto& type = of.value.type;
    const int from = of.value.place;
    const auto& word = e.word.text;
    if (type.base == Base::record) {
        const auto& record = c_.world.records[type.detail];
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            if (record.fields[i].name != word) continue;
            const auto& field = record.fields[i].type;
            f_.emit(Opcode::record_get, result, from, static_cast<int>(i), flag_of(field));
            return {.type = field, .place = result};
        }
        std::vector<std::string> names;
        for (const auto& field : record.fields) names.push_back(field.name);
        auto& diagnostic =
            c_.report(Code::no_such_field, e.word.span, {spelled(c_, type), word});
        const auto found = closest(word, names);
        if (found) diagnostic.advice = suggestion(found);
        if (found) diagnostic.fix = Fix{e.word.span, *found};
        return {.type = poison};
    }
    const bool is_map = type.base == Base::map;
    if (type.base == Base::range) {
        if (word != "low" && word != "high") return unknown_member(of.value, e), Value{.type = poison};
        f_.emit(Opcode::record_get, result, from, word == "high" ? 1 : 0, 0);
        return {.type = number_type, .place = result};
    }
    if (word == "length" || word == "empty") {
        f_.emit(is_map ? Opcode::map_length : Opcode::list_length, result, from);
        if (word == "length") return {.type = number_type, .place = result};
        f_.emit(Opcode::logical_not, result, result);
        return {.type = Type{.base = Base::boolean}, .place = result};
    }
    if (is_map && (word == "keys" || word == "values")) {
        const auto made = schema::list_of(type.parts[word == "keys" ? 0 : 1]);
        f_.emit(Opcode::map_list, result, from, word == "keys" ? 0 : 1, static_cast<std::int32_t>(slot(made)));
        return {.type = made, .place = result};
    }
    const bool is_list = type.base == Base::list;
    if (!is_map && (word == "first" || word == "last")) {
        const auto element = schema::element_of(type);
        Label missing, end;
        const int place = f_.take();
        f_.emit(Opcode::list_length, place, from);
        f_.emit(Opcode::add_int, place, place, 0, -1);
        f_.jump_with(Opcode::jump_less_int, place, 0, missing);
        if (word == "first") f_.emit(Opcode::load_int, place);
        f_.emit(Opcode::list_get, result, from, place, flag_of(element));
        const auto found = with_optional(element, true);
        const bool wraps = !element.optional && !schema::is_entity(element.base);
        if (wraps) f_.emit(Opcode::gather, result, result, 1, static_cast<std::int32_t>(slot(found)));
        f_.jump(Opcode::jump, 0, 0, end);
        f_.bind(missing);
        if (schema::is_entity(found.base))
            f_.emit(Opcode::load_nobody, result);
        else
            f_.emit(Opcode::list_new, result, 0, 0, static_cast<std::int32_t>(slot(found)));
        f_.bind(end);
        return {.type = found, .place = result};
    }
    if (is_list && (word == "reversed" || word == "sorted")) {
        f_.emit(Opcode::share, result, from);
        if (word == "reversed")
            f_.emit(Opcode::list_reverse, result);
        else
            sort_list(nullptr, result, type);
        return {.type = type, .place = result};
    }
    unknown_member(of.value, e);
    return {.type = poison};
}

// `list.index_of(x)`, `list.slice(2..4)`, and those that take something out.
std::optional<Value> Body::collection_method(const ast::Expression& e) {
    const auto& target = *e.left;
    const auto known = known_path(*target.left);
    if (!known) return std::nullopt;
    if (const auto& type = known->type; type.base == Base::list || type.base == Base::set) {
        if (auto value = taken(e, type)) return value;
    }
    return std::nullopt;
}

Value Body::method_of_parts(const ast::Expression& e, const Value& of) {
    const int mark = of.place;
    const auto& word = e.left->word;
    if (word.text == "index_of" && of.type.base == Base::list) {
        if (!arguments_fit(e, word.text, 1)) return {.type = poison};
        const int what = f_.top();
        argument(*e.arguments[0].value, with_optional(of.type.parts[0], false));
        f_.emit(Opcode::list_find, mark, mark, what, static_cast<std::int32_t>(slot(of.type)));
        f_.emit(Opcode::add_int, mark, mark, 0, 1);
        return temporary(mark, number_type);
    }
    if (word.text == "slice" && of.type.base == Base::list) {
        if (!arguments_fit(e, word.text, 1)) return {.type = poison};
        const auto& range = *e.arguments[0].value;
        if (range.kind != ExpressionKind::binary || range.word.text != "..") {
            c_.report(Code::type_mismatch, range.span, {"this", "a stretch such as `2..4`"});
            return {.type = poison};
        }
        const int from = f_.top();
        argument(*range.left, number_type);
        argument(*range.right, number_type);
        f_.emit(Opcode::add_int, from, from, 0, -1);
        f_.emit(Opcode::list_slice, mark, mark, from);
        return temporary(mark, of.type);
    }
    unknown_member(of, *e.left);
    return {.type = poison};
}

// `deck.take_first()`: what is taken leaves the list.
std::optional<Value> Body::taken(const ast::Expression& e, const Type& list) {
    constexpr std::array words{"take_first", "take_last", "take_at", "take_random"};
    const auto& word = e.left->word.text;
    if (std::find(words.begin(), words.end(), word) == words.end()) return std::nullopt;
    const bool by_number = word == "take_at";
    if (!arguments_fit(e, word, by_number ? 1 : 0)) return Value{.type = poison};
    auto place = place_of(*e.left->left);
    if (!place) {
        c_.report(Code::not_changeable, e.left->left->span, {std::string(c_.written(e.left->left->span))});
        return Value{.type = poison};
    }
    const auto element = schema::element_of(list);
    const auto found = by_number && !schema::is_entity(element.base) ? element : with_optional(element, true);
    const int result = f_.take();
    evaluate_steps(*place);
    const int number = f_.top();
    if (by_number) argument(*e.arguments[0].value, number_type);
    const bool sound = change(*place, false, [&](int reg) {
        Label missing, end;
        const int at = f_.take();
        if (by_number) {
            f_.emit(Opcode::add_int, at, number, 0, -1);
        } else {
            f_.emit(Opcode::list_length, at, reg);
            f_.emit(Opcode::add_int, at, at, 0, -1);
            f_.jump_with(Opcode::jump_less_int, at, 0, missing);
            if (word == "take_first") f_.emit(Opcode::load_int, at);
            if (word == "take_random") {
                f_.emit(Opcode::move, f_.take(), at);
                f_.emit(Opcode::load_int, at);
                call_native(at, Intrinsic::random_);
            }
        }
        f_.emit(Opcode::list_get, result, reg, at, flag_of(element));
        f_.emit(Opcode::list_remove, reg, at);
        const bool wraps = found.optional && !element.optional && !schema::is_entity(element.base);
        if (wraps) f_.emit(Opcode::gather, result, result, 1, static_cast<std::int32_t>(slot(found)));
        f_.jump(Opcode::jump, 0, 0, end);
        f_.bind(missing);
        if (!by_number) {
            if (schema::is_entity(found.base))
                f_.emit(Opcode::load_nobody, result);
            else
                f_.emit(Opcode::list_new, result, 0, 0, static_cast<std::int32_t>(slot(found)));
        }
        f_.bind(end);
    });
    if (!sound) return Value{.type = poison};
    return temporary(result, found);
}

}  // namespace kiln::compiler
