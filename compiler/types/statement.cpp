#include <algorithm>

#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using ast::StatementKind;
using vm::Opcode;

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
            const bool asks =
                s.left->kind != ExpressionKind::call || s.left->left->kind == ExpressionKind::member;
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
    const auto head = f_.position();
    Label exit;
    const auto facts = branch(*s.left, false, exit);
    const auto before = save();
    assume(facts.yes);
    const bool ended = scoped(s.block);
    if (!ended) f_.emit(Opcode::loop, 0, 0, 0, static_cast<std::int32_t>(head));
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, ended, false);
    f_.bind(exit);
    assume(facts.no);
    return false;
}

bool Body::for_range(const ast::Statement& s) {
    const int counter = f_.top();
    argument(*s.left->left, Type{.base = Base::integer});
    const int end = f_.top();
    argument(*s.left->right, Type{.base = Base::integer});
    f_.emit(Opcode::add_int, end, end, 0, 1);
    enter_loop(s.block);
    Label exit, next;
    f_.jump(Opcode::jump_less_equal, end, counter, exit);
    const auto head = f_.position();
    const auto count = variables_.size();
    const auto before = save();
    const int shown = f_.take();  // the author's variable is a copy: changing it does not change the loop
    f_.emit(Opcode::move, shown, counter);
    variables_.push_back({s.word.text, Type{.base = Base::integer}, nullptr, shown, false, false});
    if (s.right != nullptr) assume(branch(*s.right, false, next).yes);
    const bool ended = scoped(s.block);
    f_.bind(next);
    f_.emit(Opcode::loop_range, counter, end, 0, static_cast<std::int32_t>(head));
    f_.bind(exit);
    variables_.resize(count);
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, ended, false);
    return false;
}

bool Body::for_statement(const ast::Statement& s) {
    if (s.left->kind == ExpressionKind::binary && s.left->word.text == "..") return for_range(s);
    const int list = f_.top();
    auto value = evaluate(*s.left);
    if (!value.is_poison() && value.type.base != Base::list) {
        c_.report(Code::type_mismatch, s.left->span, {type_name(c_, value.type), "a list"});
        value.type = poison;
    }
    move_to(list, value);
    const Type element =
        value.is_poison() ? poison : Type{.base = value.type.element, .detail = value.type.detail};
    const int length = f_.take(), index = f_.take(), item = f_.take();
    Label exit, next;
    f_.emit(Opcode::list_length, length, list);
    f_.emit(Opcode::load_int, index);
    f_.jump_with(Opcode::jump_less_equal_int, length, 0, exit);
    enter_loop(s.block);
    const auto head = f_.position();
    const auto before = save();
    const auto count = variables_.size();
    f_.emit(Opcode::list_get, item, list, index);
    variables_.push_back({s.word.text, element, nullptr, item, false, false});
    if (s.right != nullptr) assume(branch(*s.right, false, next).yes);
    const bool ended = scoped(s.block);
    f_.bind(next);
    f_.emit(Opcode::loop_range, index, length, 0, static_cast<std::int32_t>(head));
    f_.bind(exit);
    variables_.resize(std::min(count, variables_.size()));
    const auto after = save();
    variables_ = before.variables;
    facts_ = before.facts;
    meet(after, ended, false);
    return false;
}

bool Body::choose_statement(const ast::Statement& s) {
    const int drawn = f_.take();
    std::vector<std::int64_t> weights;
    std::int64_t total = 0;
    for (const auto& branch : s.branches) {
        std::int64_t weight = 1;
        if (!branch.labels.empty() && branch.labels.front().value != nullptr) {
            const auto& label = *branch.labels.front().value;
            const auto base = label.kind == ExpressionKind::percent ? Base::percent : Base::integer;
            weight = std::max<std::int64_t>(
                1, constant_of(c_, *context_.scope, context_.environment, label, Type{.base = base})
                       .value_or(1));
        }
        total += weight;
        weights.push_back(total);
    }
    if (s.branches.empty()) return false;
    f_.load_integer(drawn, total, c_.program);
    call_native(drawn, Intrinsic::choose_);
    const auto before = save();
    std::optional<Flow> after;
    Label end;
    for (std::size_t i = 0; i < s.branches.size(); ++i) {
        const bool is_last = i + 1 == s.branches.size();
        Label next;
        if (!is_last) {
            const int limit = f_.take();
            f_.load_integer(limit, weights[i], c_.program);
            f_.jump(Opcode::jump_less_equal, limit, drawn, next);
            f_.give_back(limit);
        }
        variables_ = before.variables;
        facts_ = before.facts;
        const bool ended = scoped(s.branches[i].block);
        if (!ended && !is_last) f_.jump(Opcode::jump, 0, 0, end);
        if (!ended && after) meet(*after, false, false);
        if (!ended) after = save();
        f_.bind(next);
    }
    f_.bind(end);
    if (after) meet(*after, false, true);
    return !after.has_value();
}

bool Body::match_statement(const ast::Statement& s) {
    const int subject = f_.top();
    auto value = evaluate(*s.left);
    move_to(subject, value);
    const auto before = save();
    std::optional<Flow> after;
    Label end;
    bool has_else = false;
    for (const auto& branch : s.branches) {
        Label next, found;
        variables_ = before.variables;
        facts_ = before.facts;
        for (const auto& label : branch.labels) {
            const int mark = f_.top();
            if (schema::is_entity(value.type.base)) {
                const auto* symbol = template_named(*label.value);
                if (symbol == nullptr || symbol->index == no_index) {
                    if (!value.is_poison())
                        evaluate(*label.value,
                                 Type{.base = Base::template_of,
                                      .element = value.type.base,
                                      .detail = static_cast<std::uint16_t>(
                                          value.type.base == Base::item ? Kind::item_ : Kind::npc_)});
                    continue;
                }
                f_.emit(Opcode::move, f_.take(), subject);
                f_.load_definition(f_.take(), symbol->index);
                jump_on(call_native(mark, Intrinsic::is_of_).place, true, found);
            } else {
                auto wanted = need(*label.value, value.type);
                f_.jump(Opcode::jump_equal, subject, in_register(wanted), found);
            }
            f_.give_back(mark);
        }
        if (!branch.labels.empty()) f_.jump(Opcode::jump, 0, 0, next);
        else has_else = true;
        f_.bind(found);
        const bool ended = scoped(branch.block);
        if (!ended) f_.jump(Opcode::jump, 0, 0, end);
        if (!ended && after) meet(*after, false, false);
        if (!ended) after = save();
        f_.bind(next);
    }
    if (!has_else) {
        if (after) meet(*after, false, true);
        meet(before, false, !after);
        after = save();
    }
    f_.bind(end);
    if (after) meet(*after, false, true);
    return !after.has_value();
}

bool Body::let_statement(const ast::Statement& s) {
    const int mark = f_.top();
    Type wanted;
    if (!s.type.empty()) wanted = resolve_type(c_, file(), s.type).value_or(poison);
    Value value;
    if (s.right == nullptr) value.type = poison;
    else if (wanted.base != Base::nothing) value = need(*s.right, wanted);
    else value = evaluate(*s.right, s.has_otherwise ? Type{.base = Base::entity, .optional = true} : Type{});
    if (value.type.base == Base::nothing) {
        c_.report(Code::no_value, s.right->span);
        value.type = poison;
    }
    value = move_to(mark, value);
    if (wanted.base != Base::nothing && !value.is_poison()) value.type = wanted;
    if (s.has_otherwise) {
        Label there;
        if (!value.is_poison() && !value.type.optional)
            c_.report(Code::cannot_fail, s.right->span, {std::string(c_.written(s.right->span))});
        if (schema::is_entity(value.type.base)) {
            const int flag = f_.take();
            f_.emit(Opcode::is_alive, flag, mark);
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
