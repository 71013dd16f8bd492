#include <algorithm>

#include "compiler/emit/members.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::PropertyRow;
using schema::PropertyType;
using schema::PropertyValue;

std::uint16_t property_index(const PropertyRow& row) {
    return static_cast<std::uint16_t>(&row - schema::vocabulary().properties.data());
}

const Said* said(const std::vector<Said>& properties, std::string_view owner, std::string_view name) {
    const auto* row = schema::vocabulary().property(owner, name);
    for (const auto& one : properties) {
        if (row != nullptr && one.value.property == property_index(*row)) return &one;
    }
    return nullptr;
}

namespace {

bool is_plain(const ast::Text& text) {
    return std::all_of(text.pieces.begin(), text.pieces.end(), [](const ast::TextPiece& piece) {
        using K = ast::TextPiece::Kind;
        return piece.kind == K::literal || piece.kind == K::style || piece.kind == K::end_style;
    });
}

const ast::Expression* first_value(std::span<const ast::Value> values) {
    return values.empty() ? nullptr : values.front().value;
}

// A plain text is one for all; a text with tags becomes a function of the roles.
std::optional<PropertyValue> text_property(Compilation& c, const PropertyPlace& place, PropertyValue made,
                                           const ast::Expression& value, const std::string& name) {
    const auto& layer = place.layer;
    const auto resolved = resolve_argument(*layer.from, layer.environment, value);
    if (resolved.value->kind != ExpressionKind::string || resolved.value->text == nullptr) {
        c.report(Code::type_mismatch, value.span, {"`" + std::string(c.written(value.span)) + "`", "a text"});
        return std::nullopt;
    }
    const Type text{.base = Base::text};
    Body body(c, Context{Role::text, layer.owner, resolved.from, resolved.environment, name, text, true, false});
    if (is_plain(*resolved.value->text)) {
        made.kind = PropertyValue::Kind::text;
        made.integer = body.constant_text(*resolved.value->text);
        return made;
    }
    introduce(body, place.roles);
    const auto function = c.program.new_function(c.numbered(name));
    body.return_text(*resolved.value->text);
    body.finish(function, value.span);
    made.kind = PropertyValue::Kind::code;
    made.integer = function;
    return made;
}

}  // namespace

void PropertyReader::unknown(const ast::Word& word) {
    c_.unsure = true;
    std::vector<std::string> names;
    for (const auto& row : schema::vocabulary().properties) {
        if (row.kind == place_.owner) names.emplace_back(row.name);
    }
    auto& diagnostic =
        c_.report(Code::unknown_property, word.span, {with_article(holder_name(place_.owner)), word.text});
    if (const auto block = schema::vocabulary().block(place_.owner, word.text); block != schema::Block::none) {
        diagnostic.advice = "`" + word.text + "` is a block: " + example_of(block);
        return;
    }
    const auto found = closest_of(word.text, names);
    if (!found) return;
    diagnostic.advice = suggestion(found->name);
    diagnostic.fix = Fix{word.span, found->name, found->alone, {}};
}

void PropertyReader::add(const ast::Member& member) {
    if (schema::vocabulary().property(place_.owner, member.word.text) == nullptr) return unknown(member.word);
    add(member.word.text, member.word, member.values, member.adds);
}

void PropertyReader::add(std::string_view property, const ast::Word& word,
                         std::span<const ast::Value> values, bool adds) {
    const auto* row = schema::vocabulary().property(place_.owner, property);
    if (std::find(seen_.begin(), seen_.end(), property) != seen_.end() && !adds) {
        c_.report(Code::duplicate_property, word.span, {std::string(property)});
        return;
    }
    seen_.emplace_back(property);
    if (values.empty()) {
        c_.report(Code::missing, word.span, {"the value of `" + std::string(property) + "`"});
        return;
    }
    if (adds && !row->type.is_list()) {
        c_.report(Code::cannot_add, word.span, {std::string(property)});
        return;
    }
    const auto* first = first_value(values);
    put(*row, read(*row, word, values), first != nullptr ? first->span : word.span, word.span,
        adds);
}

void PropertyReader::set(const ast::Word& property) {
    schema::PropertyValue made;
    made.integer = 1;
    seen_.push_back(property.text);
    put(*schema::vocabulary().property(place_.owner, property.text), made, property.span, property.span, false);
}

void PropertyReader::put(const PropertyRow& row, Value value, Span span, Span head, bool adds) {
    if (!value) return;
    value->property = property_index(row);
    if (row.name == "key" && row.type.type.base == Base::template_of)
        c_.key_uses.push_back({span, static_cast<std::uint32_t>(value->integer)});
    said_.push_back({std::move(*value), span, head, place_.layer.from->unit, adds, {}});
}

PropertyReader::Value PropertyReader::read(const PropertyRow& row, const ast::Word& word,
                                           std::span<const ast::Value> values) {
    const auto& type = row.type;
    if (type.is_list()) return list(row, values);
    if (values.size() > 1) {
        const auto* second = values[1].value;
        c_.report(Code::unexpected, second != nullptr ? second->span : word.span, {"a second value"});
        return std::nullopt;
    }
    const auto& value = values.front();
    const auto* e = value.value;
    // `reset: every 20m when empty` says its value behind a word.
    const bool every = e == nullptr && type.type.base == Base::duration && !value.clauses.empty() &&
                       value.clauses.front().word.text == "every";
    if (every) e = value.clauses.front().value;
    extras(row, value, every);
    if (e == nullptr) {
        c_.report(Code::missing, word.span, {"the value of `" + word.text + "`"});
        return std::nullopt;
    }
    switch (type.shape) {
        case PropertyType::Shape::range: return range(row, *e);
        case PropertyType::Shape::code: return code(row, *e);
        case PropertyType::Shape::count: return count(row, *e);
        default: return read_one(row, *e);
    }
}

PropertyReader::Value PropertyReader::read_one(const PropertyRow& row, const ast::Expression& e) {
    PropertyValue made;
    made.property = property_index(row);
    const auto type = row.type.type;
    if (row.type.shape == PropertyType::Shape::block || row.type.shape == PropertyType::Shape::name) {
        if (e.kind != ExpressionKind::name) {
            c_.report(Code::type_mismatch, e.span, {"`" + std::string(c_.written(e.span)) + "`", "a name"});
            return std::nullopt;
        }
        made.kind = PropertyValue::Kind::strings;
        made.strings.push_back(e.word.text);
        return made;
    }
    if (type.base == Base::text)
        return text_property(c_, place_, std::move(made), e, place_.path + "." + std::string(row.name));
    if (type.base == Base::string) {
        const auto words = string(e);
        if (!words) return std::nullopt;
        made.kind = PropertyValue::Kind::strings;
        made.strings.push_back(*words);
        return made;
    }
    const bool is_call = type.base == Base::enumeration && e.kind == ExpressionKind::call &&
                         e.left->kind == ExpressionKind::name;
    if (is_call) arguments(row, e);
    const auto result = number(row, is_call ? *e.left : e);
    if (!result) return std::nullopt;
    made.integer = *result;
    return made;
}

std::optional<std::int64_t> PropertyReader::number(const PropertyRow& row, const ast::Expression& e) {
    const auto type = row.type.type;
    const auto& layer = place_.layer;
    const auto resolved = resolve_argument(*layer.from, layer.environment, e);
    if (row.type.is_clock && resolved.value->kind != ExpressionKind::clock) {
        c_.report(Code::type_mismatch, e.span,
                  {"`" + std::string(c_.written(e.span)) + "`", "a time of the day like 20:00"});
        return std::nullopt;
    }
    if (type.base != Base::template_of) return constant_of(c_, *layer.from, layer.environment, e, type);
    std::vector<Kind> kinds{static_cast<Kind>(type.detail)};
    if (row.type.also != Kind::none) kinds.push_back(row.type.also);
    const auto& value = *resolved.value;
    const bool is_name = value.kind == ExpressionKind::name || value.kind == ExpressionKind::member;
    if (!is_name) return constant_of(c_, *resolved.from, resolved.environment, value, type);
    const ast::Word word = value.kind == ExpressionKind::name
                               ? value.word
                               : ast::Word{c_.written(value.span), value.span};
    const auto* symbol = need(c_, *resolved.from->file, word, kinds);
    if (symbol == nullptr) return std::nullopt;
    if (row.name == "what" && symbol->declaration->is_abstract)
        c_.report(Code::abstract_spawned, e.span, {symbol->name});
    return symbol->index;
}

// `2 of flour`; `flour` is one of it.
PropertyReader::Value PropertyReader::count(const PropertyRow& row, const ast::Expression& e) {
    PropertyValue made;
    made.high = 1;
    const bool is_quantity = e.kind == ExpressionKind::quantity;
    if (is_quantity) {
        const auto many =
            constant_of(c_, *place_.layer.from, place_.layer.environment, *e.left, Type{.base = Base::integer});
        if (!many) return std::nullopt;
        if (*many < 1 || *many > 1000) {
            c_.report(Code::limit_exceeded, e.left->span, {std::to_string(*many), "one line (1 to 1000)"});
            return std::nullopt;
        }
        made.high = *many;
    }
    const auto what = number(row, is_quantity ? *e.right : e);
    if (!what) return std::nullopt;
    made.integer = *what;
    return made;
}

// Known while compiling: numbers, words of true and false, constants, and what is computed from these.
bool PropertyReader::is_constant(const ast::Expression& e) const {
    const auto resolved = resolve_argument(*place_.layer.from, place_.layer.environment, e);
    const auto& value = *resolved.value;
    switch (value.kind) {
        case ExpressionKind::integer:
        case ExpressionKind::percent:
        case ExpressionKind::duration:
        case ExpressionKind::weight:
        case ExpressionKind::clock:
        case ExpressionKind::boolean: return true;
        case ExpressionKind::unary: return value.word.text == "-" && is_constant(*value.left);
        case ExpressionKind::binary: {
            const auto& op = value.word.text;
            const bool computes = op == "+" || op == "-" || op == "*" || op == "/";
            return computes && is_constant(*value.left) && is_constant(*value.right);
        }
        case ExpressionKind::name: {
            const auto* symbol = find(c_, *resolved.from->file, value.word.text);
            return symbol != nullptr && symbol->kind == Kind::const_;
        }
        default: return false;
    }
}

PropertyReader::Value PropertyReader::code(const PropertyRow& row, const ast::Expression& e) {
    PropertyValue made;
    const auto type = row.type.type;
    const auto& layer = place_.layer;
    if (is_constant(e) && !place_.always_code) {
        const auto value = constant_of(c_, *layer.from, layer.environment, e, type);
        if (!value) return std::nullopt;
        made.integer = *value;
        return made;
    }
    const auto name = c_.numbered(place_.path + "." + std::string(row.name));
    const bool is_condition = type.base == Base::boolean;
    Body body(c_, Context{is_condition ? Role::condition : Role::formula, layer.owner, layer.from,
                          layer.environment, name, type, true, false});
    introduce(body, place_.roles);
    const auto function = c_.program.new_function(name);
    if (is_condition) body.return_condition(e);
    else body.return_value(e);
    body.finish(function, e.span);
    made.kind = PropertyValue::Kind::code;
    made.integer = function;
    return made;
}

PropertyReader::Value PropertyReader::range(const PropertyRow& row, const ast::Expression& e) {
    PropertyValue made;
    made.kind = PropertyValue::Kind::range;
    const bool is_range = e.kind == ExpressionKind::binary && e.word.text == "..";
    const auto low = number(row, is_range ? *e.left : e);
    const auto high = is_range ? number(row, *e.right) : low;
    if (!low || !high) return std::nullopt;
    made.integer = *low;
    made.high = *high;
    return made;
}

PropertyReader::Value PropertyReader::list(const PropertyRow& row, std::span<const ast::Value> values) {
    PropertyValue made;
    const bool words = row.type.type.base == Base::string;
    made.kind = words ? PropertyValue::Kind::strings : PropertyValue::Kind::integers;
    const auto one = [&](const ast::Expression& e) {
        if (words) {
            if (auto word = string(e)) made.strings.push_back(std::move(*word));
        } else if (row.type.shape == PropertyType::Shape::counts) {
            if (const auto found = count(row, e))
                made.integers.insert(made.integers.end(), {found->integer, found->high});
        } else if (const auto found = number(row, e)) {
            made.integers.push_back(*found);
        }
    };
    for (const auto& value : values) {
        extras(row, value, false);
        if (value.value == nullptr) continue;
        if (value.value->kind != ExpressionKind::list) {
            one(*value.value);
            continue;
        }
        for (const auto& argument : value.value->arguments) one(*argument.value);
    }
    return made;
}

// `restock: 2 every 10m`: a property called restock_every.
void PropertyReader::extras(const PropertyRow& row, const ast::Value& value, bool first_is_value) {
    for (std::size_t i = first_is_value ? 1 : 0; i < value.clauses.size(); ++i) {
        const auto& clause = value.clauses[i];
        const auto name = std::string(row.name) + "_" + clause.word.text;
        const auto* further = schema::vocabulary().property(place_.owner, name);
        if (further == nullptr) {
            const auto shown = clause.word.empty() ? std::string(c_.written(clause.span)) : clause.word.text;
            c_.report(Code::unknown_operand, clause.span, {std::string(row.name), shown});
        } else {
            const ast::Value one{clause.value, {}};
            add(name, clause.word, {&one, clause.value == nullptr ? std::size_t{0} : 1});
        }
    }
}

// `stacking: intensify(max: 5)`: a property called stacking_max.
void PropertyReader::arguments(const PropertyRow& row, const ast::Expression& call) {
    for (const auto& argument : call.arguments) {
        const auto name = std::string(row.name) + "_" + argument.name.text;
        if (argument.name.empty() || schema::vocabulary().property(place_.owner, name) == nullptr) {
            const auto place = argument.name.empty() ? argument.value->span : argument.name.span;
            c_.report(Code::unknown_operand, place, {call.left->word.text, std::string(c_.written(place))});
        } else {
            const ast::Value one{argument.value, {}};
            add(name, argument.name, {&one, 1});
        }
    }
}

std::optional<std::string> PropertyReader::string(const ast::Expression& e) {
    const auto resolved = resolve_argument(*place_.layer.from, place_.layer.environment, e);
    if (resolved.value->kind == ExpressionKind::name)
        return resolved.value->word.text;                                // tags: poison, harmful
    if (resolved.value->kind == ExpressionKind::string && resolved.value->text != nullptr) {
        if (auto words = plain_text(*resolved.value->text)) return words;
        c_.report(Code::text_not_static, e.span);
        return std::nullopt;
    }
    c_.report(Code::type_mismatch, e.span,
              {"`" + std::string(c_.written(e.span)) + "`", "a word between quotes"});
    return std::nullopt;
}

std::vector<PropertyValue> read_properties(Compilation& c, const Layer& layer, std::string_view owner,
                                           const ast::List<ast::Member*>& members) {
    std::vector<Said> all;
    const Roles nobody;
    const PropertyPlace place{layer, nobody, owner, layer.owner->full};
    PropertyReader reader(c, place, all);
    for (const auto* member : members) {
        if (member->kind == ast::MemberKind::property) reader.add(*member);
        else c.report(Code::unknown_member_shape, member->span, {with_article(owner), member->word.text});
    }
    std::vector<PropertyValue> values;
    for (auto& one : all) values.push_back(std::move(one.value));
    return values;
}

}  // namespace kiln::compiler
