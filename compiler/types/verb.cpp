#include <algorithm>

#include "compiler/names/shapes_fit.h"
#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using vm::Opcode;

namespace {

bool is_automatic(const schema::Parameter& parameter) {
    return parameter.preposition.empty() && (parameter.name == "self" || parameter.name == "place");
}

// The operand of each parameter of a row; null for automatic and left-out ones. Nothing if the shapes differ.
std::optional<std::vector<const ast::Expression*>> matched(const schema::IntrinsicRow& row,
                                                           const ast::Statement& s) {
    std::vector<const ast::Expression*> result(row.parameters.size(), nullptr);
    for (const auto& operand : s.operands) {
        std::size_t at = 0;
        for (; at < result.size(); ++at) {
            const auto& parameter = row.parameters[at];
            const bool open = result[at] == nullptr && !is_automatic(parameter);
            if (open && parameter.preposition == operand.preposition.text) break;
        }
        if (at == result.size() || operand.value == nullptr) return std::nullopt;
        result[at] = operand.value;
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
        const auto& parameter = row.parameters[i];
        if (result[i] == nullptr && !parameter.omissible && !is_automatic(parameter)) return std::nullopt;
    }
    return result;
}

Candidates known_verbs() {
    Candidates words{{"stop", "wait", "prevent", "fail", "raise", "bind", "return", "spawn"}, {Kind::fn_}};
    for (const auto& row : schema::vocabulary().intrinsics) {
        if (row.form == schema::Form::verb) words.emplace_back(row.word);
    }
    return words;
}

}  // namespace

// Rows of one word differ in what stands at the same place: a declaration's name or a thing.
bool Body::types_fit(const schema::IntrinsicRow& row, const ast::Statement& s) {
    const auto operands = matched(row, s);
    if (!operands) return false;
    for (std::size_t i = 0; i < operands->size(); ++i) {
        const auto* operand = (*operands)[i];
        if (operand == nullptr) continue;
        const auto* symbol = template_named(*operand);
        const auto type = row.parameters[i].type;
        if (type.base == Base::template_of) {
            const auto known = symbol == nullptr ? known_path(*operand) : std::nullopt;
            const bool named = known && known->type.base == Base::template_of && known->type.detail == type.detail;
            if (!named && (symbol == nullptr || symbol->kind != static_cast<Kind>(type.detail))) return false;
        } else if (schema::is_entity(type.base)) {
            const auto known = symbol == nullptr ? known_path(*operand) : std::nullopt;
            if (symbol != nullptr && symbol->kind == Kind::item_) return false;
            if (known && known->type.base == Base::template_of) return false;
        }
    }
    return true;
}

std::optional<Intrinsic> Body::verb_row(const ast::Statement& s) {
    const auto& rows = schema::vocabulary().intrinsics;
    std::optional<Intrinsic> shaped, worded;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].form != schema::Form::verb || rows[i].word != s.word.text) continue;
        const auto intrinsic = static_cast<Intrinsic>(i);
        if (types_fit(rows[i], s)) return intrinsic;
        if (matched(rows[i], s) && !shaped) shaped = intrinsic;
        if (!worded) worded = intrinsic;
    }
    if (shaped) return shaped;
    if (worded) explain_misfit(schema::vocabulary().row(*worded), s);
    else unknown_verb(s);
    return std::nullopt;
}

void Body::unknown_verb(const ast::Statement& s) {
    report_missing(c_, Code::unknown_verb, s.word.span, {s.word.text}, s.word.text, known_verbs());
}

void Body::explain_misfit(const schema::IntrinsicRow& row, const ast::Statement& s) {
    const std::string word(row.word);
    std::vector<bool> used(row.parameters.size(), false);
    for (const auto& operand : s.operands) {
        std::size_t at = 0;
        for (; at < used.size(); ++at) {
            if (!used[at] && !is_automatic(row.parameters[at]) &&
                row.parameters[at].preposition == operand.preposition.text)
                break;
        }
        if (at < used.size() && operand.value == nullptr) {
            report_no_value(c_, operand.preposition);
            return;
        }
        if (at < used.size()) {
            used[at] = true;
            continue;
        }
        const auto& extra = operand.preposition;
        const auto span = extra.empty() && operand.value != nullptr ? operand.value->span : extra.span;
        std::vector<std::string> prepositions;
        for (const auto& parameter : row.parameters) prepositions.push_back(parameter.preposition);
        auto& diagnostic = c_.report(Code::unknown_operand, span,
                                     {word, extra.empty() ? std::string(c_.written(span)) : extra.text});
        if (!extra.empty()) diagnostic.advice = suggestion(closest(extra.text, prepositions));
        return;
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        const auto& parameter = row.parameters[i];
        if (used[i] || parameter.omissible || is_automatic(parameter)) continue;
        const auto needed = (parameter.preposition.empty() ? "" : "`" + parameter.preposition + "` and ") +
                            type_name(c_, parameter.type);
        c_.report(Code::missing_operand, s.word.span, {word, needed});
        return;
    }
}

void Body::check_spawned(const ast::Expression& e) {
    const auto* symbol = template_named(e);
    if (symbol != nullptr && symbol->declaration->is_abstract)
        c_.report(Code::abstract_spawned, e.span, {symbol->name});
}

void Body::verb_arguments(const schema::IntrinsicRow& row, const ast::Statement& s) {
    const auto operands = *matched(row, s);
    for (std::size_t i = 0; i < operands.size(); ++i) {
        const auto& parameter = row.parameters[i];
        auto type = parameter.type;
        if (parameter.omissible && schema::is_entity(type.base))
            type.optional = true;  // what may be left out may be nobody
        if (operands[i] != nullptr) {
            if (type.base == Base::template_of && type.element != Base::effect) check_spawned(*operands[i]);
            native_argument(*operands[i], type);
        } else if (is_automatic(parameter) && parameter.name == "self") {
            const int mark = f_.top();
            load_self(s.span);
            f_.give_back(mark + 1);
            Value self;
            self.type = acting_ >= 0                ? acting_type_
                        : context_.owner != nullptr ? self_value(s.span).type
                                                    : poison;
            if (self_ >= 0 || acting_ >= 0) {
                if (!schema::converts(self.type, type)) mismatch(self, type, s.word.span);
            }
        } else if (is_automatic(parameter)) {
            const int mark = f_.top();
            load_here(s.span);
            f_.give_back(mark + 1);
        } else if (schema::is_entity(type.base)) {
            // What is made without a place is made here, if there is a here.
            const bool has_here = (self_ >= 0 && context_.owner != nullptr) || actor_ >= 0 || acting_ >= 0;
            const int mark = f_.top();
            if (parameter.preposition == "at" && has_here) load_here(s.span);
            else load_nobody();
            f_.give_back(mark + 1);
        } else {
            load_number(0);
        }
    }
}

// `spawn 2 of goblin at here`: a list of what was made.
Value Body::spawn_many(const ast::Statement& s) {
    const int mark = f_.top();
    const auto& quantity = *s.operands.front().value;
    const auto* symbol = template_named(*quantity.right);
    const auto known = symbol == nullptr ? known_path(*quantity.right) : std::nullopt;
    const bool is_item = symbol != nullptr ? symbol->kind == Kind::item_
                                           : known && static_cast<Kind>(known->type.detail) == Kind::item_;
    argument(*quantity.left, Type{.base = Base::integer});
    check_spawned(*quantity.right);
    const auto kind = is_item ? Kind::item_ : Kind::npc_;
    const auto base = is_item ? Base::item : Base::npc;
    native_argument(*quantity.right, Type{Base::template_of, false, base, static_cast<std::uint16_t>(kind)});
    const ast::Expression* where = nullptr;
    if (operands_fit(c_, s, 1, {"at"}) && s.operands.size() > 1) where = s.operands[1].value;
    if (where != nullptr) argument(*where, Type{.base = Base::entity});
    else load_here(s.span);
    f_.give_back(mark + 3);
    auto value = call_native(mark, is_item ? Intrinsic::spawn_items_ : Intrinsic::spawn_npcs_);
    value.type = schema::list_of(Type{.base = base});
    return value;
}

Value Body::verb(const ast::Statement& s, bool as_value) {
    const int mark = f_.top();
    const bool many = s.word.text == "spawn" && !s.operands.empty() && s.operands.front().value != nullptr &&
                      s.operands.front().value->kind == ExpressionKind::quantity;
    if (many) return spawn_many(s);
    const auto intrinsic = verb_row(s);
    if (!intrinsic) return {.type = poison};
    const auto& row = schema::vocabulary().row(*intrinsic);
    if (row.write) require_pure(s.span, row.word);
    verb_arguments(row, s);
    f_.at(c_.place(s.span));
    auto value = call_native(mark, *intrinsic);
    if (as_value && (*intrinsic == Intrinsic::spawn_item_ || *intrinsic == Intrinsic::spawn_npc_)) {
        value.symbol = template_named(*s.operands.front().value);
    }
    return value;
}

bool Body::verb_statement(const ast::Statement& s) {
    bool ended = false;
    if (!has_no_block(c_, s)) return false;
    if (course_statement(s, ended)) return ended;
    if (collection_statement(s)) return false;
    const auto& rows = schema::vocabulary().intrinsics;
    const bool can_fail = std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row.form == schema::Form::verb && row.word == s.word.text && row.fails;
    });
    auto value = verb(s, false);
    if (!s.has_otherwise) return false;
    if (!can_fail || value.type.base != Base::boolean) {
        if (!value.is_poison()) c_.report(Code::cannot_fail, s.span, {s.word.text});
        return false;
    }
    Label done;
    jump_on(value.place, true, done);
    f_.give_back(value.place);
    const auto before = save();
    const bool else_ended = scoped(s.otherwise);
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, else_ended, false);
    f_.bind(done);
    return false;
}

// `as gaoler say "Oi!"`: the verb's self is somebody else.
bool Body::as_statement(const ast::Statement& s) {
    const int place = f_.top();
    auto who = evaluate(*s.left);
    if (!who.is_poison()) {
        require_present(who, *s.left);
        if (!schema::is_entity(who.type.base)) mismatch(who, Type{.base = Base::creature}, s.left->span);
    }
    move_to(place, who);
    const int before = acting_;
    const auto before_type = acting_type_;
    acting_ = place;
    acting_type_ = who.type;
    const bool ended = scoped(s.block);
    acting_ = before;
    acting_type_ = before_type;
    return ended;
}

// Three readings of one deed. One that is missing says what the nearest other says.
bool Body::act_block(const ast::Statement& s) {
    require_pure(s.span, "act");
    operands_fit(c_, s, 2, {});
    const int mark = f_.top();
    const ast::Text* actor = nullptr;
    const ast::Text* target = nullptr;
    const ast::Text* others = nullptr;
    for (const auto& [word, text] : s.readings) {
        if (word.text == "actor") actor = text;
        else if (word.text == "target") target = text;
        else if (word.text == "others") others = text;
        else
            c_.report(Code::unknown_word, word.span, {word.text, "actor, target, others"}).advice =
                suggestion(closest(word.text, {"actor", "target", "others"}));
    }
    if (others == nullptr) others = actor != nullptr ? actor : target;
    if (actor == nullptr) actor = others;
    if (target == nullptr) target = others;
    if (others == nullptr || s.operands.empty() || s.operands.front().value == nullptr) {
        c_.report(Code::missing_operand, s.word.span,
                  {"act", others == nullptr ? "a reading" : "somebody who acts"});
        return false;
    }
    argument(*s.operands[0].value, Type{.base = Base::creature});
    if (s.operands.size() > 1 && s.operands[1].value != nullptr)
        argument(*s.operands[1].value, Type{.base = Base::creature, .optional = true});
    else load_nobody();
    for (const auto* reading : {actor, target, others}) {
        const int at = f_.top();
        move_to(at, text(*reading));
    }
    call_native(mark, Intrinsic::act_parts_);
    return false;
}

}  // namespace kiln::compiler
