#include <algorithm>

#include "compiler/emit/emit.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using ast::MemberKind;
using schema::PropertyValue;

std::uint16_t property_index(const schema::PropertyRow& row) {
    return static_cast<std::uint16_t>(&row - schema::vocabulary().properties.data());
}

namespace {

bool is_plain(const ast::Text& text) {
    return std::all_of(text.pieces.begin(), text.pieces.end(), [](const ast::TextPiece& piece) {
        using K = ast::TextPiece::Kind;
        return piece.kind == K::literal || piece.kind == K::style || piece.kind == K::end_style;
    });
}

}  // namespace

// A plain text is one for all; a text with tags becomes a function of (self, who).
std::optional<PropertyValue> text_property(Compilation& c, const Layer& layer, std::uint16_t row,
                                           const ast::Expression& value, const std::string& name) {
    const auto resolved = resolve_argument(*layer.from, layer.environment, value);
    PropertyValue made;
    made.property = row;
    if (resolved.value->kind != ExpressionKind::string || resolved.value->text == nullptr) {
        c.report(Code::type_mismatch, value.span, {"`" + std::string(c.written(value.span)) + "`", "a text"});
        return std::nullopt;
    }
    Context context{
        Role::text, layer.owner, resolved.from, resolved.environment, name, Type{.base = Base::text},
        true,       false};
    Body body(c, context);
    if (is_plain(*resolved.value->text)) {
        made.kind = PropertyValue::Kind::text;
        made.integer = body.constant_text(*resolved.value->text);
        return made;
    }
    const bool is_social = layer.owner->kind == Kind::social_;
    body.add_parameter(is_social ? "target" : "", Type{.base = is_social ? Base::creature : Base::entity});
    if (!is_social) body.set_self(0);
    body.add_parameter("who", Type{.base = Base::creature});
    if (is_social) body.set_actor(1);
    const auto function = c.program.new_function(c.numbered(name));
    body.return_text(*resolved.value->text);
    body.finish(function, value.span);
    made.kind = PropertyValue::Kind::code;
    made.integer = function;
    return made;
}

namespace {

class Properties {
   public:
    Properties(Compilation& c, const Layer& layer, std::string_view kind, std::vector<PropertyValue>& values)
        : c_(c), layer_(layer), kind_(kind), values_(values) {}

    void add(const ast::Member& member) {
        const auto* row = schema::vocabulary().property(kind_, member.word.text);
        if (row == nullptr) {
            unknown(member);
            return;
        }
        const auto index = property_index(*row);
        if (std::find(seen_.begin(), seen_.end(), member.word.text) != seen_.end() && !member.adds) {
            c_.report(Code::duplicate_property, member.word.span, {member.word.text});
            return;
        }
        seen_.push_back(member.word.text);
        if (member.values.empty()) {
            c_.report(Code::missing, member.span, {"the value of `" + member.word.text + "`"});
            return;
        }
        const auto value = read(*row, index, member);
        if (value) put(*value, member.adds);
    }

   private:
    void unknown(const ast::Member& member) {
        c_.unsure = true;
        std::vector<std::string> names;
        for (const auto& row : schema::vocabulary().properties) {
            if (row.kind == kind_) names.emplace_back(row.name);
        }
        auto& diagnostic =
            c_.report(Code::unknown_property, member.word.span, {with_article(kind_), member.word.text});
        const auto found = closest_of(member.word.text, names);
        if (!found) return;
        diagnostic.advice = suggestion(found->name);
        diagnostic.fix = Fix{member.word.span, found->name, found->alone, {}};
    }

    void put(PropertyValue value, bool adds) {
        for (auto& known : values_) {
            if (known.property != value.property) continue;
            if (!adds) {
                known = std::move(value);
                return;
            }
            known.integers.insert(known.integers.end(), value.integers.begin(), value.integers.end());
            known.strings.insert(known.strings.end(), value.strings.begin(), value.strings.end());
            return;
        }
        values_.push_back(std::move(value));
    }

    std::optional<std::int64_t> number(const ast::Expression& e, Type type) {
        const auto result = constant_of(c_, *layer_.from, layer_.environment, e, type);
        if (result && type.base == Base::template_of)
            check_template(e, type, static_cast<std::uint32_t>(*result));
        return result;
    }

    // Keys must be of kind key; said here, where the author can see both.
    void check_template(const ast::Expression& e, Type type, std::uint32_t index) {
        if (seen_.back() != "key" || static_cast<Kind>(type.detail) != Kind::item_) return;
        c_.key_uses.push_back({e.span, index});
    }

    void extra(const ast::Value& value) {
        for (const auto& clause : value.clauses) {
            c_.report(Code::unknown_operand, clause.span, {seen_.back(), clause.word.text});
        }
    }

    // Behind `every 20m` there is only this to say.
    void when_empty(const ast::Value& value) {
        for (std::size_t i = 1; i < value.clauses.size(); ++i) {
            const auto& clause = value.clauses[i];
            if (clause.word.text != "when" || clause.value == nullptr || i > 1) {
                c_.report(Code::unknown_operand, clause.span, {seen_.back(), clause.word.text});
            } else if (clause.value->kind != ExpressionKind::name || clause.value->word.text != "empty") {
                c_.report(Code::unknown_word, clause.value->span,
                          {std::string(c_.written(clause.value->span)), "empty"});
            }
        }
    }

    std::optional<std::string> string(const ast::Expression& e) {
        const auto resolved = resolve_argument(*layer_.from, layer_.environment, e);
        if (resolved.value->kind == ExpressionKind::name)
            return resolved.value->word.text;  // tags: poison, harmful
        if (resolved.value->kind == ExpressionKind::string && resolved.value->text != nullptr) {
            if (auto words = plain_text(*resolved.value->text)) return words;
            c_.report(Code::text_not_static, e.span);
            return std::nullopt;
        }
        c_.report(Code::type_mismatch, e.span,
                  {"`" + std::string(c_.written(e.span)) + "`", "a word between quotes"});
        return std::nullopt;
    }

    std::optional<PropertyValue> read(const schema::PropertyRow& row, std::uint16_t index,
                                      const ast::Member& member) {
        PropertyValue made;
        made.property = index;
        const auto type = row.type.type;
        if (row.type.shape == schema::PropertyType::Shape::list) return list(made, type, member);
        if (member.values.size() > 1) {
            c_.report(Code::unexpected,
                      member.values[1].value != nullptr ? member.values[1].value->span : member.span,
                      {"a second value"});
            return std::nullopt;
        }
        const auto& value = member.values.front();
        const ast::Expression* e = value.value;
        // `reset: every 20m when empty` says its value behind a word.
        if (e == nullptr && type.base == Base::duration && !value.clauses.empty() &&
            value.clauses.front().word.text == "every") {
            e = value.clauses.front().value;
            when_empty(value);
        } else {
            extra(value);
        }
        if (e == nullptr) {
            c_.report(Code::missing, member.span, {"the value of `" + member.word.text + "`"});
            return std::nullopt;
        }
        if (row.type.shape == schema::PropertyType::Shape::range) return range(made, *e);
        if (type.base == Base::text)
            return text_property(c_, layer_, index, *e, layer_.owner->full + "." + member.word.text);
        if (type.base == Base::string) {
            const auto words = string(*e);
            if (!words) return std::nullopt;
            made.kind = PropertyValue::Kind::strings;
            made.strings.push_back(*words);
            return made;
        }
        const auto result = number(*e, type);
        if (!result) return std::nullopt;
        made.integer = *result;
        return made;
    }

    std::optional<PropertyValue> range(PropertyValue made, const ast::Expression& e) {
        made.kind = PropertyValue::Kind::range;
        const bool is_range = e.kind == ExpressionKind::binary && e.word.text == "..";
        const auto low = number(is_range ? *e.left : e, Type{.base = Base::integer});
        const auto high = is_range ? number(*e.right, Type{.base = Base::integer}) : low;
        if (!low || !high) return std::nullopt;
        made.integer = *low;
        made.high = *high;
        return made;
    }

    std::optional<PropertyValue> list(PropertyValue made, Type type, const ast::Member& member) {
        const bool words = type.base == Base::string;
        made.kind = words ? PropertyValue::Kind::strings : PropertyValue::Kind::integers;
        for (const auto& value : member.values) {
            extra(value);
            if (value.value == nullptr) continue;
            const auto one = [&](const ast::Expression& e) {
                if (words) {
                    if (const auto word = string(e)) made.strings.push_back(*word);
                } else if (const auto found = number(e, type)) {
                    made.integers.push_back(*found);
                }
            };
            if (value.value->kind != ExpressionKind::list) {
                one(*value.value);
                continue;
            }
            for (const auto& argument : value.value->arguments) one(*argument.value);
        }
        return made;
    }

    Compilation& c_;
    const Layer& layer_;
    std::string_view kind_;
    std::vector<PropertyValue>& values_;
    std::vector<std::string> seen_;
};

void unknown_block(Compilation& c, std::string_view kind, const std::vector<std::string_view>& others,
                   const ast::Member& member) {
    const auto& word = member.word;
    c.unsure = true;
    // `flags dark`: a property without its colon.
    if (schema::vocabulary().property(kind, word.text) != nullptr && member.kind == MemberKind::block &&
        !member.has_body && member.target.empty()) {
        c.report(Code::missing, {word.span.file, word.span.end, word.span.end + 1}, {"`:`"}).fix =
            Fix{{word.span.file, word.span.end, word.span.end}, ":", true, {}};
        return;
    }
    auto& diagnostic = c.report(Code::unknown_member_shape, word.span, {with_article(kind), word.text});
    const auto found = closest_of(word.text, {others.begin(), others.end()});
    if (!found) return;
    diagnostic.advice = suggestion(found->name);
    diagnostic.fix = Fix{word.span, found->name, found->alone, {}};
}

}  // namespace

void add_properties(Compilation& c, const Layer& layer, std::string_view kind,
                    const ast::List<ast::Member*>& members, const std::vector<std::string_view>& others,
                    std::vector<PropertyValue>& values) {
    Properties properties(c, layer, kind, values);
    for (const auto* member : members) {
        const auto& word = member->word.text;
        const bool elsewhere = std::find(others.begin(), others.end(), word) != others.end();
        if (member->kind == MemberKind::property) {
            properties.add(*member);
        } else if (!elsewhere &&
                   (member->kind == MemberKind::block || member->kind == MemberKind::labelled)) {
            unknown_block(c, kind, others, *member);
        }
    }
}

}  // namespace kiln::compiler
