// What states begin with: values known while compiling, as they are kept.

#include <algorithm>

#include "compiler/types/body.h"
#include "world/schema/bytes.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::with_optional;

namespace {

void put_integer(std::string& to, std::int64_t value) {
    schema::put_number(to, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

class BlobMaker {
   public:
    explicit BlobMaker(Compilation& c) : c_(c) {}

    std::string whole(const Symbol& from, const ast::Expression* e, const Type& type) {
        if (type.base == Base::string && !type.optional) return e != nullptr ? words(*e) : std::string();
        const auto bytes = part(from, e, type);
        const bool is_empty = type.base != Base::record && type.base != Base::range && bytes == std::string(1, '\0');
        return is_empty ? std::string() : bytes;
    }

   private:
    std::string words(const ast::Expression& e) {
        const auto plain = e.kind == ExpressionKind::string ? plain_text(*e.text) : std::nullopt;
        if (!plain) c_.report(Code::text_not_static, e.span);
        return plain.value_or("");
    }

    std::string wrong(const ast::Expression& e, const Type& type, bool known = false) {
        c_.report(Code::type_mismatch, e.span,
                  {known ? "this" : "something that is only known in the game", type_name(c_, type)});
        return {};
    }

    std::string part(const Symbol& from, const ast::Expression* e, const Type& type) {
        if (++depth_ > 32) return --depth_, std::string();
        auto bytes = part_of(from, e, type);
        --depth_;
        return bytes;
    }

    std::string part_of(const Symbol& from, const ast::Expression* e, const Type& type) {
        std::string bytes;
        if (schema::is_boxed(type)) {
            const bool there = e != nullptr && !is_none(*e);
            schema::put_number(bytes, there ? 1 : 0);
            return there ? bytes + part(from, e, with_optional(type, false)) : bytes;
        }
        switch (type.base) {
            case Base::record: return record(from, e, type);
            case Base::list:
            case Base::set:
            case Base::map: return elements(from, e, type);
            case Base::range: return range(from, e);
            case Base::string:
            case Base::words:
                schema::put_bytes(bytes, e != nullptr ? words(*e) : std::string());
                return bytes;
            default: break;
        }
        if (schema::is_entity(type.base)) {
            if (e != nullptr && !is_none(*e)) return wrong(*e, type);
            return std::string(2, '\0');
        }
        put_integer(bytes, e != nullptr ? number(from, *e, type) : 0);
        return bytes;
    }

   public:
    // A declaration is a number made of its name; everything else is what it says.
    std::int64_t number(const Symbol& from, const ast::Expression& e, const Type& type) {
        const auto value = constant_of(c_, from, nullptr, e, type);
        if (type.base != Base::template_of || !value) return value.value_or(0);
        const auto* symbol = find(c_, *from.file, e.word.text, Wanted::any);
        return symbol != nullptr ? template_number(*symbol) : 0;
    }

   private:
    std::string range(const Symbol& from, const ast::Expression* e) {
        std::string bytes;
        const bool is_range = e != nullptr && e->kind == ExpressionKind::binary && e->word.text == "..";
        if (e != nullptr && !is_range) return wrong(*e, Type{.base = Base::range});
        for (const auto* end : {is_range ? e->left : nullptr, is_range ? e->right : nullptr})
            put_integer(bytes, end != nullptr ? number(from, *end, Type{.base = Base::integer}) : 0);
        return bytes;
    }

    std::string elements(const Symbol& from, const ast::Expression* e, const Type& type) {
        std::string bytes, content;
        std::vector<std::string> keys;
        if (e != nullptr && e->kind != ExpressionKind::list) return wrong(*e, type);
        const auto count = e != nullptr ? e->arguments.size() : 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = e->arguments[i];
            if ((one.key != nullptr) != (type.base == Base::map)) return wrong(*one.value, type, true);
            const auto* first = one.key != nullptr ? one.key : one.value;
            auto key = part(from, first, type.parts[0]);
            if (type.base != Base::list && std::find(keys.begin(), keys.end(), key) != keys.end()) {
                c_.report(Code::duplicate_name, first->span, {std::string(c_.written(first->span))});
                return {};
            }
            content += key;
            if (one.key != nullptr) content += part(from, one.value, type.parts[1]);
            keys.push_back(std::move(key));
        }
        schema::put_number(bytes, keys.size());
        return bytes + content;
    }

    std::string record(const Symbol& from, const ast::Expression* e, const Type& type) {
        const auto& symbol = *c_.world.record_symbols[type.detail];
        const auto& fields = symbol.parameters;
        std::vector<const ast::Expression*> values(fields.size(), nullptr);
        const bool is_call = e != nullptr && e->kind == ExpressionKind::call &&
                             e->left->kind == ExpressionKind::name &&
                             find(c_, *from.file, e->left->word.text) == &symbol;
        if (e != nullptr && !is_call) return wrong(*e, type);
        std::size_t next = 0;
        for (std::size_t i = 0; is_call && i < e->arguments.size(); ++i) {
            const auto& argument = e->arguments[i];
            auto at = next++;
            for (std::size_t f = 0; f < fields.size(); ++f) {
                if (fields[f].name == argument.name.text) at = f;
            }
            const bool known = argument.name.empty() || (at < fields.size() && fields[at].name == argument.name.text);
            if (!known || at >= values.size()) {
                c_.report(Code::no_such_field, argument.value->span,
                          {symbol.name, argument.name.empty() ? std::string(c_.written(argument.value->span))
                                                              : argument.name.text});
                return {};
            }
            values[at] = argument.value;
        }
        std::string bytes;
        for (std::size_t f = 0; f < fields.size(); ++f) {
            const bool given = values[f] != nullptr;
            bytes += part(given ? from : symbol, given ? values[f] : fields[f].value, fields[f].type);
        }
        return bytes;
    }

    Compilation& c_;
    int depth_ = 0;
};

}  // namespace

// Declared beside the states that begin with it.
void state_default(Compilation& c, const Symbol& from, const ast::Expression* value, schema::StateDef& state);
void state_default(Compilation& c, const Symbol& from, const ast::Expression* value, schema::StateDef& state) {
    const auto& type = state.type;
    const bool kept_as_bytes = schema::is_boxed(type) || schema::is_composite(type.base) ||
                               type.base == Base::string || type.base == Base::words;
    if (kept_as_bytes) {
        state.blob = BlobMaker(c).whole(from, value, type);
    } else if (value != nullptr) {
        state.value = schema::is_entity(type.base) ? constant_of(c, from, nullptr, *value, type).value_or(0)
                                                   : BlobMaker(c).number(from, *value, type);
    }
}

}  // namespace kiln::compiler
