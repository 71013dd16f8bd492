#include "compiler/types/body.h"
#include "world/schema/checksum.h"

namespace kiln::compiler {

using schema::with_optional;
using vm::Opcode;

std::int64_t template_number(const Symbol& symbol) {
    return static_cast<std::int64_t>(schema::hash64(symbol.full));
}

bool is_none(const ast::Expression& e) {
    return e.kind == ast::ExpressionKind::none ||
           (e.kind == ast::ExpressionKind::name && e.word.text == "none");
}

Body::Body(Compilation& compilation, Context context) : c_(compilation), context_(std::move(context)) {}

void Body::add_parameter(const std::string& name, const Type& type, const Symbol* symbol) {
    const int place = f_.take();
    parameters_.push_back(slot(type));
    if (!name.empty()) variables_.push_back({name, type, symbol, place, false, false});
}

void Body::assume(const std::vector<Fact>& facts) { facts_.insert(facts_.end(), facts.begin(), facts.end()); }

void Body::finish(std::uint32_t function, Span span) {
    if (f_.is_too_large()) c_.report(Code::too_complex, span);
    if (context_.waits && context_.role == Role::function && c_.program.function(function).may_suspend)
        f_.set_suspends();
    f_.finish(function, parameters_, handed_on_ != vm::SlotType::nothing ? handed_on_ : slot(context_.result),
              c_.program);
}

// ---- values and registers

Value Body::constant(const Type& type, std::int64_t number) const {
    Value value;
    value.type = type;
    value.is_constant = true;
    value.number = number;
    return value;
}

Value Body::temporary(int mark, const Type& type) {
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
        if (is_name)
            f_.load_integer(mark, value.symbol != nullptr ? template_number(*value.symbol) : 0, c_.program);
        else if (value.is_constant)
            f_.load_integer(mark, value.number, c_.program);
        else if (value.place >= 0)
            f_.emit(has_parts(value.type) ? Opcode::share : Opcode::move, mark, value.place);
        else
            f_.load_integer(mark, 0, c_.program);
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

Value Body::call_native(int mark, Intrinsic intrinsic, const Type& result) {
    const auto& row = schema::vocabulary().row(intrinsic);
    f_.give_back(mark + 1);
    f_.emit(Opcode::native, mark, 0, 0, c_.program.native(intrinsic));
    if (row.suspend) f_.set_suspends();
    return temporary(mark, result);
}

// The same for rows with T in them, whose types are those of what stands there.
Value Body::call_native_of(int mark, Intrinsic intrinsic, const std::vector<Type>& parameters,
                           const Type& result) {
    std::vector<vm::SlotType> slots;
    for (const auto& type : parameters) slots.push_back(slot(type));
    f_.give_back(mark + 1);
    f_.emit(Opcode::native, mark, 0, 0, c_.program.native(intrinsic, std::move(slots), slot(result)));
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
    value.type.optional = false;
    if (!schema::is_entity(value.type.base)) {
        auto& diagnostic = c_.report(Code::may_be_missing, e.span, {written});
        diagnostic.advice = "ask first: `if " + written + " { ... }`, or say what counts instead: `" +
                            written + " or ...`";
        value = {.type = poison};
        return;
    }
    auto& diagnostic = c_.report(value.lost ? Code::may_be_gone : Code::may_be_absent, e.span, {written});
    diagnostic.advice =
        value.lost ? "ask again: `if " + written + " { ... }`, or write `bind " + written +
                         "` before the wait to give up when it goes"
                   : "ask first: `if " + written + " { ... }`, or `let x = " + written + " else { stop }`";
}

void Body::require_pure(Span span, std::string_view what) {
    if (!context_.pure) return;
    const auto role = context_.role == Role::formula ? "a formula"
                      : context_.role == Role::text  ? "a text"
                                                     : "a condition";
    c_.report(Code::not_pure, span, {role, std::string(what)});
}

// ---- conversions

void Body::mismatch(const Value& value, const Type& wanted, Span span) {
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

// An optional value is a list of at most one, unless it is an entity.
Value Body::boxed(int mark, const Value& value) {
    auto type = value.type;
    type.optional = true;
    move_to(mark, value);
    f_.emit(Opcode::gather, mark, mark, 1, static_cast<std::int32_t>(slot(type)));
    return temporary(mark, type);
}

Value Body::unboxed(int mark, const Value& value) {
    auto result = value;
    result.type.optional = false;
    auto boxed = value;
    const int from = in_register(boxed);
    f_.give_back(mark);
    f_.take();
    f_.emit(Opcode::list_first, mark, from, 0, flag_of(result.type));
    f_.give_back(mark + 1);
    result.place = mark;
    return result;
}

// What a fact says about a value that has just been loaded or named.
Value Body::as_known(Value value) {
    const auto* known = fact(value.path);
    if (known == nullptr) return value;
    if (known->symbol != nullptr) value.symbol = known->symbol;
    const bool is_boxed = value.type.optional && !schema::is_entity(value.type.base);
    if (is_boxed && !known->type.optional) return unboxed(f_.top(), value);
    value.type = known->type;
    return value;
}

Value Body::convert(Value value, const Type& wanted, const ast::Expression& e, int mark) {
    if (value.is_poison() || wanted.base == Base::variable || wanted.base == Base::nothing) return value;
    if (wanted.optional && !schema::is_entity(wanted.base)) {
        if (value.type.optional && schema::converts(value.type, wanted)) return value;
        value = convert(std::move(value), with_optional(wanted, false), e, mark);
        if (value.is_poison()) return value;
        value.type = with_optional(wanted, false);
        return boxed(mark, value);
    }
    const bool same_kind = schema::is_entity(wanted.base) && schema::is_entity(value.type.base);
    const bool is_boxed = value.type.optional && !schema::is_entity(value.type.base);
    if (!wanted.optional && (same_kind || is_boxed)) require_present(value, e);
    if (value.is_poison()) return value;
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

Value Body::need(const ast::Expression& e, const Type& wanted) {
    const int mark = f_.top();
    const bool may_miss = wanted.optional && !schema::is_entity(wanted.base);
    if (may_miss && is_none(e)) return no_value(mark, wanted);
    return convert(evaluate(e, may_miss ? with_optional(wanted, false) : wanted), wanted, e, mark);
}

// Nothing, where something of an optional type is meant.
Value Body::no_value(int mark, const Type& type) {
    f_.give_back(mark);
    f_.take();
    if (schema::is_entity(type.base))
        f_.emit(Opcode::load_nobody, mark);
    else
        f_.emit(Opcode::list_new, mark, 0, 0, static_cast<std::int32_t>(slot(type)));
    return temporary(mark, type);
}

void Body::argument(const ast::Expression& e, const Type& wanted) {
    const int mark = f_.top();
    move_to(mark, need(e, wanted));
}

// Natives take declarations by their number in the image; values carry a number made of the name.
void Body::native_argument(const ast::Expression& e, const Type& wanted) {
    if (wanted.base != Base::template_of) return argument(e, wanted);
    const int mark = f_.top();
    pass_template(mark, need(e, wanted));
}

void Body::pass_template(int mark, const Value& value) {
    if (value.is_constant) {
        f_.give_back(mark);
        f_.load_definition(f_.take(), static_cast<std::uint32_t>(value.number));
        return;
    }
    move_to(mark, value);
    if (!value.is_poison()) call_native(mark, Intrinsic::template_index_);
}

}  // namespace kiln::compiler
