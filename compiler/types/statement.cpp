#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using ast::StatementKind;
using schema::with_optional;
using vm::Opcode;

const ast::Expression* operand(const ast::Statement& s, std::string_view preposition) {
    for (const auto& one : s.operands) {
        if (one.preposition.text == preposition) return one.value;
    }
    return nullptr;
}

const ast::Expression* first_operand(const ast::Statement& s) {
    return s.operands.empty() || !s.operands.front().preposition.empty() ? nullptr : s.operands.front().value;
}

// ---- what is known after the flow came together

void Body::meet(const Flow& other, bool other_ended, bool this_ended) {
    if (other_ended) return;
    if (this_ended) {
        variables_ = other.variables;
        facts_ = other.facts;
        return;
    }
    for (std::size_t i = 0; i < variables_.size() && i < other.variables.size(); ++i) {
        variables_[i].lost = variables_[i].lost || other.variables[i].lost;
        variables_[i].is_bound = variables_[i].is_bound && other.variables[i].is_bound;
    }
    std::erase_if(facts_, [&](const Fact& known) {
        return std::none_of(other.facts.begin(), other.facts.end(), [&](const Fact& one) {
            return one.path == known.path && one.type == known.type;
        });
    });
}

// After a wait only self, what is bound and places are sure to be there. What somebody is does not change,
// though.
void Body::lose_all() {
    std::vector<std::string> kept;
    for (auto& variable : variables_) {
        const auto base = variable.type.base;
        const bool stays = !schema::is_entity(base) || base == Base::room || base == Base::zone ||
                           base == Base::exit || variable.is_bound;
        if (!stays) variable.lost = true;
        kept.push_back(variable.name);
    }
    std::erase_if(facts_, [&](const Fact& known) {
        return std::find(kept.begin(), kept.end(), known.path) == kept.end();
    });
    for (auto& known : facts_) {
        const auto* about = variable(known.path);
        if (about != nullptr && about->lost) known.type.optional = true;
    }
}

void Body::enter_loop(ast::Block body) {
    if (may_suspend(c_, file(), body)) lose_all();
}

bool Body::scoped(ast::Block statements) {
    const auto count = variables_.size();
    const int mark = f_.top();
    const bool ended = block(statements);
    variables_.resize(std::min(count, variables_.size()));
    f_.give_back(mark);
    return ended;
}

bool Body::block(ast::Block statements) {
    bool ended = false;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (ended) {
            c_.report(Code::unreachable, statements[i]->span);
            return true;
        }
        ended = statement(*statements[i]);
    }
    return ended;
}

// Functions of authors may be called for what they do; what the engine answers is asked for.
bool Body::calls_author(const ast::Expression& e) const {
    const auto* symbol = e.left->kind == ExpressionKind::name ? find(c_, file(), e.left->word.text) : nullptr;
    if (symbol == nullptr) symbol = find_full(c_, c_.written(e.left->span));
    return symbol != nullptr && symbol->function != no_index;
}

bool Body::statement(const ast::Statement& s) {
    const int mark = f_.top();
    f_.at(c_.place(s.span));
    bool ended = false;
    switch (s.kind) {
        case StatementKind::let: return let_statement(s);
        case StatementKind::verb: ended = verb_statement(s); break;
        case StatementKind::act_block: ended = act_block(s); break;
        case StatementKind::assign: ended = assign_statement(s); break;
        case StatementKind::if_: ended = if_statement(s); break;
        case StatementKind::for_: ended = for_statement(s); break;
        case StatementKind::while_: ended = while_statement(s); break;
        case StatementKind::choose: ended = choose_statement(s); break;
        case StatementKind::match: ended = match_statement(s); break;
        case StatementKind::return_: ended = return_statement(s); break;
        case StatementKind::block: ended = scoped(s.block); break;
        case StatementKind::fork:
        case StatementKind::after: fork_statement(s); break;
        case StatementKind::as: ended = as_statement(s); break;
        case StatementKind::on_cancel: on_cancel_statement(s); break;
        case StatementKind::expression: {
            const auto value = evaluate(*s.left);
            const bool asks = s.left->kind != ExpressionKind::call || !calls_author(*s.left);
            if (asks && !value.is_poison() && value.type.base != Base::nothing)
                c_.report(Code::unused_value, s.span);
            break;
        }
        case StatementKind::choice:
        case StatementKind::go:
            c_.report(Code::unexpected, s.span,
                      {"`" + (s.word.empty() ? std::string("->") : s.word.text) + "`"});
            break;
    }
    f_.give_back(mark);
    return ended;
}

bool Body::if_statement(const ast::Statement& s) {
    Label otherwise, end;
    for (const auto& operand : s.operands)
        c_.report(Code::unknown_operand, operand.preposition.span, {"if", operand.preposition.text});
    const auto facts = branch(*s.left, false, otherwise);
    const auto before = save();
    assume(facts.yes);
    const bool first_ended = scoped(s.block);
    const auto after_first = save();
    variables_ = before.variables;
    facts_ = before.facts;
    bool second_ended = false;
    if (s.has_otherwise && !first_ended) f_.jump(Opcode::jump, 0, 0, end);
    f_.bind(otherwise);
    assume(facts.no);
    if (s.has_otherwise) second_ended = scoped(s.otherwise);
    f_.bind(end);
    meet(after_first, first_ended, second_ended);
    return first_ended && second_ended;
}

bool Body::while_statement(const ast::Statement& s) {
    enter_loop(s.block);
    loops_.emplace_back();
    const auto head = f_.position();
    Label exit;
    const auto facts = branch(*s.left, false, exit);
    const auto before = save();
    assume(facts.yes);
    const bool ended = scoped(s.block);
    if (!ended) f_.loop(Opcode::loop, head);
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, ended, false);
    f_.bind(exit);
    assume(facts.no);
    end_loop();
    return false;
}

bool Body::let_statement(const ast::Statement& s) {
    const int mark = f_.top();
    Type wanted;
    if (!s.type.empty()) wanted = resolve_type(c_, file(), s.type).value_or(poison);
    Value value;
    if (s.right == nullptr)
        value.type = poison;
    else if (wanted.base != Base::nothing)
        value = need(*s.right, with_optional(wanted, wanted.optional || s.has_otherwise));
    else
        value = evaluate(*s.right, {});
    if (value.type.base == Base::nothing) {
        c_.report(Code::no_value, s.right->span);
        value.type = poison;
    }
    value = move_to(mark, value);
    if (wanted.base != Base::nothing && !value.is_poison())
        value.type = with_optional(wanted, wanted.optional || s.has_otherwise);
    if (s.has_otherwise) {
        Label there;
        if (!value.is_poison() && !value.type.optional)
            c_.report(Code::cannot_fail, s.right->span, {std::string(c_.written(s.right->span))});
        if (value.type.optional) {
            const bool is_box = schema::is_boxed(value.type);
            const int flag = f_.take();
            f_.emit(is_box ? Opcode::list_length : Opcode::is_alive, flag, mark);
            f_.give_back(flag);
            jump_on(flag, true, there);
        }
        const auto before = save();
        const bool ended = scoped(s.otherwise);
        if (!ended && !value.is_poison()) {
            c_.report(Code::may_be_absent, s.span, {s.word.text}).advice =
                "end the `else` with `stop`, `fail` or `return`";
        }
        variables_ = before.variables;
        facts_ = before.facts;
        f_.bind(there);
        if (schema::is_boxed(value.type)) value = unboxed(mark, value);
        value.type.optional = false;
    }
    forget(s.word.text);
    variables_.push_back(
        {s.word.text, value.type, value.symbol, mark, value.lost && value.type.optional, false});
    f_.give_back(mark + 1);
    return false;
}

bool Body::return_statement(const ast::Statement& s) {
    if (s.left == nullptr) {
        if (context_.result.base != Base::nothing)
            c_.report(Code::missing_return, s.span, {context_.scope->name, type_name(c_, context_.result)});
        f_.emit(Opcode::ret_nothing);
        return true;
    }
    if (context_.result.base == Base::nothing) {
        evaluate(*s.left);
        c_.report(Code::unused_value, s.left->span);
        return true;
    }
    return_value(*s.left);
    return true;
}

void Body::return_value(const ast::Expression& value) {
    auto result = need(value, context_.result);
    const int place = in_register(result);
    f_.emit(Opcode::ret, place);
}

Facts Body::return_condition(const ast::Expression& condition) {
    Label no;
    const auto facts = branch(condition, false, no);
    const int place = f_.take();
    f_.emit(Opcode::load_int, place, 0, 0, 1);
    f_.emit(Opcode::ret, place);
    f_.bind(no);
    f_.emit(Opcode::load_int, place);
    f_.emit(Opcode::ret, place);
    f_.give_back(place);
    return facts;
}

}  // namespace kiln::compiler
