// Where a value is kept, and changing a part of it: `grid[y][x] = 3`, `self.scores[who].wins += 1`.
//
// A part is read out of the whole, changed, and written back into it, from the inside outwards. What lies in
// a variable is changed where it is; what lies in a state is taken out of it and put back.

#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using schema::is_boxed;
using schema::with_optional;
using vm::Opcode;

namespace {

std::optional<int> field_number(const schema::RecordDef& record, std::string_view name) {
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        if (record.fields[i].name == name) return static_cast<int>(i);
    }
    return std::nullopt;
}

}  // namespace

const State* Body::named_state(std::string_view name) const {
    const auto* state = own_state(name);
    if (state != nullptr && state->is_of_players) state = nullptr;
    if (state != nullptr && state->table == schema::Table::creature && context_.owner->kind != Kind::npc_)
        state = nullptr;
    if (state == nullptr) state = shared_state(name, schema::Table::zone);
    if (state == nullptr) state = shared_state(name, schema::Table::world);
    return state;
}

// What is known about a path without asking the world: its type, and what it was made from.
std::optional<Value> Body::known_path(const ast::Expression& e) {
    Value value;
    value.path = path_of(e);
    if (e.kind == ExpressionKind::name) {
        if (const auto* local = variable(e.word.text)) {
            value.type = local->type;
            value.symbol = local->symbol;
        } else if (e.word.text == "self") {
            if (self_ < 0 || context_.owner == nullptr) return std::nullopt;
            value = self_value(e.span);
        } else if (const auto* state = named_state(e.word.text)) {
            value.type = state->known ? state->type : poison;
        } else if (const auto* symbol = template_named(e);
                   symbol != nullptr && (symbol->kind == Kind::room_ || symbol->kind == Kind::zone_ ||
                                         symbol->kind == Kind::npc_)) {
            value.type = {.base = symbol->kind == Kind::room_   ? Base::room
                                  : symbol->kind == Kind::zone_ ? Base::zone
                                                                : Base::npc,
                          .optional = symbol->kind == Kind::npc_};
            value.symbol = symbol;
            value.path = "@" + symbol->full;
        } else {
            return std::nullopt;
        }
    } else if (e.kind == ExpressionKind::member) {
        const auto left = known_path(*e.left);
        if (!left) return std::nullopt;
        if (left->type.base == Base::record) {
            const auto& record = c_.world.records[left->type.detail];
            const auto number = field_number(record, e.word.text);
            if (!number) return std::nullopt;
            value.type = record.fields[static_cast<std::size_t>(*number)].type;
        } else if (const auto* state = state_of(*left, e.word.text)) {
            value.type = state->known ? state->type : poison;
        } else {
            return std::nullopt;
        }
    } else if (e.kind == ExpressionKind::index) {
        const auto left = known_path(*e.left);
        if (!left || left->type.parts.empty()) return std::nullopt;
        value.type = left->type.parts.back();
        if (left->type.base == Base::map) value.type.optional = true;
    } else {
        return std::nullopt;
    }
    if (const auto* known = fact(value.path)) {
        value.type = known->type;
        if (known->symbol != nullptr) value.symbol = known->symbol;
    }
    return value;
}

// ---- looking at a state where it is

// If `e` is a state: its holder, in the next register.
std::optional<Stored> Body::stored(const ast::Expression& e) {
    const int mark = f_.top();
    if (e.kind == ExpressionKind::name) {
        if (is_local(e.word.text) || e.word.text == "self" || e.word.text == "here") return std::nullopt;
        const auto* state = named_state(e.word.text);
        if (state == nullptr || !state->known || !load_state_holder(*state, e.span)) return std::nullopt;
        return Stored{mark, field_of(*state), state->type};
    }
    if (e.kind != ExpressionKind::member) return std::nullopt;
    const auto left = known_path(*e.left);
    if (!left || !schema::is_entity(left->type.base)) return std::nullopt;
    const auto* state = state_of(*left, e.word.text);
    if (state == nullptr || !state->known) return std::nullopt;
    auto holder = evaluate(*e.left);
    if (holder.is_poison()) return std::nullopt;
    require_present(holder, *e.left);
    move_to(mark, holder);
    return Stored{mark, field_of(*state), state->type};
}

// Something of several parts, to be looked at only. A state goes back to where it was.
Borrowed Body::borrow(const ast::Expression& e) {
    const auto known = known_path(e);
    const bool whole = known && !known->is_poison() && has_parts(known->type) && !is_boxed(known->type);
    if (whole) {
        if (auto from = stored(e); from && !is_boxed(from->type)) {
            const int place = f_.take();
            f_.at(c_.place(e.span));
            f_.emit(Opcode::take_blob, place, from->holder, 0, from->field);
            auto value = temporary(place, from->type);
            return {value, from};
        }
    }
    auto value = evaluate(e);
    if (!value.is_poison()) in_register(value);
    return {value, std::nullopt};
}

void Body::give_back(const Borrowed& borrowed) {
    if (borrowed.from)
        f_.emit(Opcode::return_blob, borrowed.from->holder, borrowed.value.place, 0, borrowed.from->field);
}

// ---- the way to a part

std::optional<Place> Body::place_of(const ast::Expression& e) {
    const bool is_part = e.kind == ExpressionKind::index || e.kind == ExpressionKind::member;
    const auto left = is_part ? known_path(*e.left) : std::nullopt;
    const bool of_value = left && (e.kind == ExpressionKind::index || left->type.base == Base::record);
    if (!of_value) {
        const auto known = known_path(e);
        const bool kept = known && (e.kind == ExpressionKind::name || e.kind == ExpressionKind::member) &&
                          e.word.text != "self";
        if (!kept) return std::nullopt;
        Place place;
        place.root = &e;
        const auto* local = e.kind == ExpressionKind::name ? variable(e.word.text) : nullptr;
        const auto* state = local != nullptr                  ? nullptr
                            : e.kind == ExpressionKind::name ? named_state(e.word.text)
                                                             : state_of(*known_path(*e.left), e.word.text);
        place.type = local != nullptr ? local->type : state != nullptr ? state->type : poison;
        if (is_boxed(place.type) && !known->type.optional) place.type = with_optional(place.type, true);
        return place;
    }
    auto place = place_of(*e.left);
    if (!place) return std::nullopt;
    auto whole = left->type;
    if (is_boxed(whole)) {
        Value value = *left;
        require_present(value, *e.left);
        return std::nullopt;
    }
    Step step;
    step.index = e.right;
    if (e.kind == ExpressionKind::member) {
        const auto& record = c_.world.records[whole.detail];
        const auto number = field_number(record, e.word.text);
        if (!number) return std::nullopt;
        step.kind = Step::Kind::field;
        step.number = *number;
        step.type = record.fields[static_cast<std::size_t>(*number)].type;
    } else if (whole.base == Base::list || whole.base == Base::map) {
        step.kind = whole.base == Base::list ? Step::Kind::element : Step::Kind::entry;
        step.type = whole.parts.back();
    } else {
        return std::nullopt;
    }
    place->steps.push_back(std::move(step));
    return place;
}

// Places in lists and keys of maps are asked before anything is taken out.
void Body::evaluate_steps(Place& place) {
    auto whole = with_optional(place.type, false);
    for (auto& step : place.steps) {
        if (step.kind != Step::Kind::field) {
            step.place = f_.top();
            argument(*step.index, step.kind == Step::Kind::element ? Type{.base = Base::integer}
                                                                   : whole.parts.front());
            if (step.kind == Step::Kind::element) f_.emit(Opcode::add_int, step.place, step.place, 0, -1);
        }
        whole = with_optional(step.type, false);
    }
}

// A value that nobody wrote: 0, nobody, empty, or what the record says.
void Body::load_default(int to, const Type& type) {
    f_.give_back(to);
    if (type.base == Base::record && !type.optional) {
        const auto& record = *c_.world.record_symbols[type.detail];
        for (const auto& parameter : record.parameters) default_of(record, parameter);
        f_.give_back(to);
        f_.take();
        f_.emit(Opcode::gather, to, to, static_cast<int>(record.parameters.size()),
                static_cast<std::int32_t>(slot(type)));
        return;
    }
    f_.take();
    const auto kind = slot(type);
    if (type.base == Base::range && !type.optional) {
        f_.emit(Opcode::load_int, to);
        f_.emit(Opcode::load_int, f_.take());
        f_.emit(Opcode::gather, to, to, 2, static_cast<std::int32_t>(kind));
    } else if (vm::is_composite(kind)) {
        f_.emit(Opcode::list_new, to, 0, 0, static_cast<std::int32_t>(kind));
    } else if (kind == vm::SlotType::string) {
        f_.emit(Opcode::load_string, to, 0, 0, c_.program.string(""));
    } else if (kind == vm::SlotType::entity) {
        f_.emit(Opcode::load_nobody, to);
    } else if (kind == vm::SlotType::text) {
        text_of_nothing(to);
    } else {
        f_.emit(Opcode::load_int, to);
    }
    f_.give_back(to + 1);
}

void Body::read_step(int to, int from, const Step& step, const Type& of) {
    const int flag = flag_of(step.type);
    f_.give_back(to);
    f_.take();
    if (step.kind == Step::Kind::field) {
        f_.emit(Opcode::record_get, to, from, step.number, flag);
    } else if (step.kind == Step::Kind::element) {
        f_.emit(Opcode::list_get, to, from, step.place, flag);
    } else {
        Label missing, end;
        const int at = f_.take();
        f_.emit(Opcode::list_find, at, from, step.place, static_cast<std::int32_t>(slot(of)));
        f_.jump_with(Opcode::jump_less_int, at, 0, missing);
        f_.emit(Opcode::map_get, to, from, at, flag);
        f_.jump(Opcode::jump, 0, 0, end);
        f_.bind(missing);
        load_default(to, step.type);
        f_.bind(end);
    }
    f_.give_back(to + 1);
}

void Body::write_step(int to, int value, const Step& step, const Type& of) {
    const int flag = flag_of(step.type);
    if (step.kind == Step::Kind::field) {
        f_.emit(Opcode::record_set, to, value, step.number, flag);
    } else if (step.kind == Step::Kind::element) {
        f_.emit(Opcode::list_set, to, step.place, value, flag);
    } else {
        f_.emit(Opcode::map_put, to, step.place, value, static_cast<std::int32_t>(slot(of)));
    }
}

// Takes the whole, leads to the part, lets `apply` change it in its register, and writes everything back.
// If it is replaced it is not read before. False if the root cannot be changed; that has been said.
bool Body::change(Place& place, bool replaces, const Change& apply) {
    const auto* local = place.root->kind == ExpressionKind::name ? variable(place.root->word.text) : nullptr;
    std::optional<Stored> home;
    int whole = -1;
    if (local != nullptr) {
        whole = local->place;
    } else {
        require_pure(place.root->span, c_.written(place.root->span));
        home = stored(*place.root);
        if (!home) return false;
        whole = f_.take();
        f_.at(c_.place(place.root->span));
        const bool known_new = replaces && place.steps.empty();
        if (!known_new) f_.emit(Opcode::take_blob, whole, home->holder, 0, home->field);
    }
    const int outer = whole;
    const bool boxed_root = is_boxed(place.type);
    if (boxed_root) {
        whole = f_.take();
        const auto inner = with_optional(place.type, false);
        f_.emit(Opcode::list_first, whole, outer, 0, flag_of(inner));
    }
    // ---- inwards
    std::vector<int> parts{whole};
    std::vector<Type> types{with_optional(place.type, false)};
    for (std::size_t i = 0; i < place.steps.size(); ++i) {
        const auto& step = place.steps[i];
        const int to = f_.top();
        const bool is_last = i + 1 == place.steps.size();
        if (is_last && replaces) {
            f_.take();
        } else {
            read_step(to, parts.back(), step, types.back());
            const bool opens = !is_last && is_boxed(step.type);
            if (opens) f_.emit(Opcode::list_first, to, to, 0, flag_of(with_optional(step.type, false)));
        }
        parts.push_back(to);
        types.push_back(with_optional(step.type, false));
    }
    apply(parts.back());
    // ---- outwards
    for (std::size_t i = place.steps.size(); i > 0; --i) {
        const auto& step = place.steps[i - 1];
        const bool closes = i < place.steps.size() && is_boxed(step.type);
        if (closes) f_.emit(Opcode::gather, parts[i], parts[i], 1, static_cast<std::int32_t>(slot(step.type)));
        write_step(parts[i - 1], parts[i], step, types[i - 1]);
    }
    if (boxed_root)
        f_.emit(Opcode::gather, outer, whole, 1, static_cast<std::int32_t>(slot(place.type)));
    if (home) f_.emit(Opcode::put_blob, home->holder, outer, 0, home->field);
    const auto path = path_of(*place.root);
    std::erase_if(facts_, [&](const Fact& known) { return known.path.starts_with(path + "."); });
    return true;
}

}  // namespace kiln::compiler
