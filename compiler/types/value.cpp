#include "compiler/types/body.h"

namespace kiln::compiler {

using vm::Opcode;

Body::Body(Compilation& compilation, Context context) : c_(compilation), context_(std::move(context)) {}

void Body::add_parameter(const std::string& name, Type type, const Symbol* symbol) {
    const int place = f_.take();
    parameters_.push_back(schema::slot_type(type));
    if (!name.empty()) variables_.push_back({name, type, symbol, place, false, false});
}

void Body::assume(const std::vector<Fact>& facts) { facts_.insert(facts_.end(), facts.begin(), facts.end()); }

void Body::finish(std::uint32_t function, Span span) {
    if (f_.is_too_large()) c_.report(Code::too_complex, span);
    if (context_.waits && context_.role == Role::function && c_.program.function(function).may_suspend)
        f_.set_suspends();
    f_.finish(function, parameters_, schema::slot_type(context_.result), c_.program);
}

// ---- values and registers

Value Body::constant(Type type, std::int64_t number) const {
    Value value;
    value.type = type;
    value.is_constant = true;
    value.number = number;
    return value;
}

Value Body::temporary(int mark, Type type) {
    f_.give_back(mark + 1);
    Value value;
    value.type = type;
    value.place = mark;
    return value;
}

Value Body::move_to(int mark, const Value& value) {
    auto result = value;
    if (value.place != mark || value.is_constant) {
        f_.give_back(mark);
        f_.take();
        const bool is_name = value.is_constant && value.type.base == Base::template_of;
        if (is_name) f_.load_definition(mark, static_cast<std::uint32_t>(value.number));
        else if (value.is_constant) f_.load_integer(mark, value.number, c_.program);
        else if (value.place >= 0) f_.emit(Opcode::move, mark, value.place);
        else f_.load_integer(mark, 0, c_.program);
    }
    f_.give_back(mark + 1);
    result.place = mark;
    result.is_constant = false;
    return result;
}

int Body::in_register(Value& value) {
    if (!value.is_constant && value.place >= 0) return value.place;
    value = move_to(f_.top(), value);
    return value.place;
}

Value Body::call_native(int mark, Intrinsic intrinsic, Type result) {
    const auto& row = schema::vocabulary().row(intrinsic);
    f_.give_back(mark + 1);
    f_.emit(Opcode::native, mark, 0, 0, c_.program.native(intrinsic));
    if (row.suspend) f_.set_suspends();
    return temporary(mark, result);
}

Value Body::call_native(int mark, Intrinsic intrinsic) {
    return call_native(mark, intrinsic, schema::vocabulary().row(intrinsic).result);
}

// ---- what is known

const Fact* Body::fact(std::string_view path) const {
    if (path.empty()) return nullptr;
    for (auto i = facts_.rbegin(); i != facts_.rend(); ++i) {
        if (i->path == path) return &*i;
    }
    return nullptr;
}

Variable* Body::variable(std::string_view name) {
    for (auto i = variables_.rbegin(); i != variables_.rend(); ++i) {
        if (i->name == name) return &*i;
    }
    return nullptr;
}

bool Body::is_local(std::string_view name) const {
    return const_cast<Body*>(this)->variable(name) != nullptr;
}

std::string Body::path_of(const ast::Expression& e) const {
    if (e.kind == ast::ExpressionKind::name) {
        if (is_local(e.word.text) || e.word.text == "self" || e.word.text == "here") return e.word.text;
        const auto* symbol = find(c_, file(), e.word.text);
        return symbol != nullptr ? "@" + symbol->full : e.word.text;
    }
    if (e.kind != ast::ExpressionKind::member || e.left == nullptr) return {};
    const auto left = path_of(*e.left);
    return left.empty() ? left : left + "." + e.word.text;
}

void Body::forget(std::string_view path) {
    std::erase_if(facts_, [&](const Fact& known) {
        return known.path == path || known.path.starts_with(std::string(path) + ".");
    });
}

void Body::require_present(Value& value, const ast::Expression& e) {
    if (!value.type.optional || value.is_poison()) return;
    const std::string written(c_.written(e.span));
    auto& diagnostic = c_.report(value.lost ? Code::may_be_gone : Code::may_be_absent, e.span, {written});
    diagnostic.advice =
        value.lost ? "ask again: `if " + written + " { ... }`, or write `bind " + written +
                         "` before the wait to give up when it goes"
                   : "ask first: `if " + written + " { ... }`, or `let x = " + written + " else { stop }`";
    value.type.optional = false;
}

void Body::require_pure(Span span, std::string_view what) {
    if (!context_.pure) return;
    const auto role = context_.role == Role::formula ? "a formula"
                      : context_.role == Role::text  ? "a text"
                                                     : "a condition";
    c_.report(Code::not_pure, span, {role, std::string(what)});
}

// ---- conversions

void Body::mismatch(const Value& value, Type wanted, Span span) {
    if (value.is_poison() || wanted.base == Base::variable) return;
    if (value.type.base == Base::nothing) {
        c_.report(Code::no_value, span);
        return;
    }
    const bool unit =
        value.is_constant && value.type.base == Base::integer &&
        (wanted.base == Base::duration || wanted.base == Base::weight || wanted.base == Base::percent);
    if (unit) {
        auto& diagnostic =
            c_.report(Code::unit_missing, span,
                      {wanted.base == Base::duration ? "length of time" : spelled(c_, wanted)});
        diagnostic.advice = std::string("write it like ") + (wanted.base == Base::duration ? "30s"
                                                             : wanted.base == Base::weight ? "0.5kg"
                                                                                           : "25%");
        return;
    }
    auto& diagnostic =
        c_.report(Code::type_mismatch, span, {type_name(c_, value.type), type_name(c_, wanted)});
    const bool person = value.type.base == Base::creature || value.type.base == Base::entity;
    if (person && (wanted.base == Base::player || wanted.base == Base::npc || wanted.base == Base::creature ||
                   wanted.base == Base::item)) {
        const std::string written(c_.written(span));
        diagnostic.advice =
            "ask first: `if " + written + " is " +
            (wanted.base == Base::creature ? "player" : spelled(c_, Type{.base = wanted.base})) + " { ... }`";
    }
}

Value Body::convert(Value value, Type wanted, const ast::Expression& e, int mark) {
    if (value.is_poison() || wanted.base == Base::variable || wanted.base == Base::nothing) return value;
    if (schema::is_entity(wanted.base) && !wanted.optional && schema::is_entity(value.type.base))
        require_present(value, e);
    if (value.type.base == Base::integer && value.is_constant && wanted.base == Base::money) {
        value.type.base = Base::money;
        return value;
    }
    if (value.type.base == Base::dice && wanted.base == Base::integer) return rolled(value, mark);
    const bool stringy = value.type.base == Base::string || value.type.base == Base::words;
    if (stringy && wanted.base == Base::text) {
        move_to(mark, value);
        return text_of_string(mark);
    }
    if (!schema::converts(value.type, wanted)) {
        mismatch(value, wanted, e.span);
        value.type = poison;
    }
    return value;
}

Value Body::need(const ast::Expression& e, Type wanted) {
    const int mark = f_.top();
    return convert(evaluate(e, wanted), wanted, e, mark);
}

void Body::argument(const ast::Expression& e, Type wanted) {
    const int mark = f_.top();
    move_to(mark, need(e, wanted));
}

}  // namespace kiln::compiler
