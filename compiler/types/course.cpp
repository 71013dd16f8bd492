#include <algorithm>
#include <set>

#include "compiler/names/shapes_fit.h"
#include "compiler/types/body.h"

namespace kiln::compiler {

using ast::ExpressionKind;
using vm::Opcode;

namespace {

std::string role_name(Role role) {
    switch (role) {
        case Role::before: return "a `before` handler";
        case Role::condition: return "a condition";
        case Role::formula: return "a formula";
        case Role::text: return "a text";
        case Role::test: return "a test";
        case Role::cancel: return "an `on cancel` block";
        default: return "this";
    }
}

}  // namespace

void Body::leave_function() {
    if (context_.result.base == Base::nothing) {
        f_.emit(Opcode::ret_nothing);
        return;
    }
    const auto type = slot(context_.result);
    if (type == vm::SlotType::integer || type == vm::SlotType::entity) {
        const int place = f_.take();
        if (type == vm::SlotType::integer) f_.emit(Opcode::load_int, place);
        else f_.emit(Opcode::load_nobody, place);
        f_.emit(Opcode::ret, place);
    } else {
        f_.emit(Opcode::raise_fault, 0, 0, 0, static_cast<std::int32_t>(vm::Fault::missing_value));
    }
}

bool Body::course_statement(const ast::Statement& s, bool& ended) {
    const auto& word = s.word.text;
    if (word == "stop") {
        operands_fit(c_, s, 0, {});
        const bool answers = context_.result.base != Base::nothing;
        if (answers)
            c_.report(Code::missing_return, s.span, {context_.scope->name, type_name(c_, context_.result)});
        leave_function();
        ended = true;
    } else if (word == "break") {
        ended = break_statement(s);
    } else if (word == "wait") {
        wait_statement(s);
    } else if (word == "prevent") {
        if (context_.role != Role::before) c_.report(Code::cannot_prevent_here, s.span);
        end_with_message(s, Intrinsic::prevent_);
        ended = true;
    } else if (word == "fail") {
        if (context_.role != Role::command && context_.role != Role::on_command)
            c_.report(Code::fail_outside, s.span);
        end_with_message(s, Intrinsic::fail_);
        ended = true;
    } else if (word == "raise") {
        raise_statement(s);
    } else if (word == "bind") {
        bind_statement(s);
    } else if (word == "player" || word == "does" || word == "expect" || word == "advance" ||
               word == "restart" || word == "simulate") {
        if (context_.role == Role::test)
            c_.report(Code::unexpected, s.span, {"`" + word + "` inside of a block"});
        else c_.report(Code::not_in_test, s.span, {word});
    } else {
        return false;
    }
    return true;
}

void Body::end_with_message(const ast::Statement& s, Intrinsic intrinsic) {
    operands_fit(c_, s, 1, {});
    const int mark = f_.top();
    if (const auto* message = first_operand(s)) {
        argument(*message, Type{.base = Base::text});
    } else {
        f_.emit(Opcode::load_string, f_.take(), 0, 0, c_.program.string(""));
        text_of_string(mark);
    }
    f_.at(c_.place(s.span));
    call_native(mark, intrinsic);
    f_.give_back(mark);
    leave_function();
}

// ---- waiting

void Body::pause(std::int64_t milliseconds) {
    const int mark = f_.top();
    load_number(milliseconds);
    call_native(mark, Intrinsic::wait_);
    f_.give_back(mark);
}

void Body::wait_statement(const ast::Statement& s) {
    if (!context_.waits) {
        c_.report(Code::cannot_wait_here, s.span, {role_name(context_.role)});
        return;
    }
    if (operand(s, "until") != nullptr) {
        wait_until(s);
        return;
    }
    if (!operands_fit(c_, s, 1, {})) return;
    const int mark = f_.top();
    const auto* length = first_operand(s);
    if (length == nullptr) {
        c_.report(Code::missing_operand, s.word.span, {"wait", "a length of time"});
        return;
    }
    argument(*length, Type{.base = Base::duration});
    call_native(mark, Intrinsic::wait_);
    lose_all();
}

// Sampled once a second, until the condition holds or the time is over; then `else` runs.
void Body::wait_until(const ast::Statement& s) {
    constexpr std::int64_t sample = 1000;
    operands_fit(c_, s, 0, {"until", "timeout"});
    const auto* limit = operand(s, "timeout");
    const int left = f_.top();
    if (limit != nullptr) argument(*limit, Type{.base = Base::duration});
    lose_all();
    Label met, over, end;
    const auto head = f_.position();
    branch(*operand(s, "until"), true, met);
    if (limit != nullptr) {
        f_.jump_with(Opcode::jump_less_equal_int, left, 0, over);
        f_.emit(Opcode::add_int, left, left, 0, -static_cast<std::int32_t>(sample));
    }
    pause(sample);
    f_.loop(Opcode::loop, head);
    f_.bind(over);
    if (s.has_otherwise) {
        const auto before = save();
        const bool ended = scoped(s.otherwise);
        const auto after = save();
        variables_ = before.variables;
        facts_ = before.facts;
        meet(after, ended, false);
    }
    f_.bind(met);
}

void Body::bind_statement(const ast::Statement& s) {
    require_pure(s.span, "bind");
    operands_fit(c_, s, 1, {});
    const auto* what = first_operand(s);
    if (what == nullptr) {
        c_.report(Code::missing_operand, s.word.span, {"bind", "somebody or something"});
        return;
    }
    const int mark = f_.top();
    argument(*what, Type{.base = Base::entity});
    call_native(mark, Intrinsic::bind_);
    if (what->kind != ExpressionKind::name) return;
    if (auto* found = variable(what->word.text)) {
        found->is_bound = true;
        found->lost = false;
    }
}

void Body::bind_actor() {
    if (actor_ < 0) return;
    const int mark = f_.top();
    f_.emit(Opcode::move, f_.take(), actor_);
    call_native(mark, Intrinsic::bind_);
    f_.give_back(mark);
    for (auto& one : variables_) {
        if (one.place == actor_) one.is_bound = true;
    }
}

// ---- events of authors: two entities and a number, in the order of the declaration

void Body::raise_statement(const ast::Statement& s) {
    require_pure(s.span, "raise");
    operands_fit(c_, s, 1, {});
    const auto* raised = first_operand(s);
    const auto* named = raised != nullptr && raised->kind == ExpressionKind::call ? raised->left : raised;
    if (named == nullptr || (named->kind != ExpressionKind::name && named->kind != ExpressionKind::member)) {
        c_.report(Code::missing_operand, s.word.span, {"raise", "an event"});
        return;
    }
    auto word = named->word;
    if (named->kind == ExpressionKind::member) word = {c_.written(named->span), named->span};
    const auto* event = kiln::compiler::need(c_, file(), word, Kind::event_);
    if (event == nullptr || event->broken) return;
    static const ast::List<ast::Argument> nothing;
    const auto& arguments = raised->kind == ExpressionKind::call ? raised->arguments : nothing;
    if (arguments.size() != event->parameters.size()) {
        const auto wanted = event->parameters.size();
        c_.report(Code::wrong_argument_count, raised->span,
                  {event->name,
                   wanted == 0 ? "nothing" : std::to_string(wanted) + (wanted == 1 ? " value" : " values"),
                   std::to_string(arguments.size())});
        return;
    }
    const int mark = f_.top();
    f_.load_definition(f_.take(), event->index);
    int entities = 0;
    const ast::Expression* number = nullptr;
    Type type_of_number;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto type = event->parameters[i].type;
        if (schema::is_entity(type.base)) {
            if (++entities <= 2) argument(*arguments[i].value, type);
        } else {
            number = arguments[i].value;
            type_of_number = type;
        }
    }
    for (; entities < 2; ++entities) load_nobody();
    if (number != nullptr) argument(*number, type_of_number);
    else load_number(0);
    call_native(mark, Intrinsic::raise_);
}

// ---- blocks with a life of their own

namespace {

struct Names {
    std::set<std::string> found;

    void expression(const ast::Expression* e) {
        if (e == nullptr) return;
        if (e->kind == ExpressionKind::name) found.insert(e->word.text);
        expression(e->left);
        expression(e->right);
        for (const auto& argument : e->arguments) expression(argument.value);
        if (e->statement != nullptr) statement(*e->statement);
        if (e->text != nullptr) text(*e->text);
    }
    void text(const ast::Text& t) {
        for (const auto& piece : t.pieces) expression(piece.expression);
    }
    void block(ast::Block statements) {
        for (const auto* one : statements) statement(*one);
    }
    void statement(const ast::Statement& s) {
        expression(s.left);
        expression(s.right);
        for (const auto& operand : s.operands) expression(operand.value);
        block(s.block);
        block(s.otherwise);
        for (const auto& branch : s.branches) {
            for (const auto& label : branch.labels) expression(label.value);
            block(branch.block);
        }
        for (const auto& [word, reading] : s.readings) text(*reading);
    }
};

}  // namespace

std::vector<const Variable*> Body::captured(ast::Block block) const {
    Names names;
    names.block(block);
    std::vector<const Variable*> result;
    for (std::size_t i = 0; i < variables_.size(); ++i) {
        const auto& one = variables_[i];
        const bool hidden =
            std::any_of(variables_.begin() + static_cast<std::ptrdiff_t>(i) + 1, variables_.end(),
                        [&](const Variable& later) { return later.name == one.name; });
        const bool used = names.found.contains(one.name) ||
                          (actor_ >= 0 && one.place == actor_ && names.found.contains("here"));
        if (!hidden && used && one.place != self_) result.push_back(&one);
    }
    return result;
}

void Body::fork_statement(const ast::Statement& s) {
    require_pure(s.span, s.kind == ast::StatementKind::fork ? "fork" : "after");
    auto taken = captured(s.block);
    const bool only_entities = std::all_of(
        taken.begin(), taken.end(), [](const Variable* one) { return schema::is_entity(one->type.base); });
    if (taken.size() > 2 || !only_entities) {
        auto& diagnostic = c_.report(
            Code::limit_exceeded, s.span,
            {"what this block uses from outside", "a block of its own (`self` and two things or creatures)"});
        for (const auto* one : taken) {
            if (!schema::is_entity(one->type.base))
                diagnostic.label = "`" + one->name + "` is " + type_name(c_, one->type);
        }
        diagnostic.advice = "keep the rest in `state`";
        return;
    }
    auto context = context_;
    context.name = c_.numbered(context_.name + ".block");
    context.role = Role::handler;
    context.result = {};
    context.waits = true;
    context.pure = false;
    Body body(c_, context);
    body.add_parameter("", Type{.base = Base::entity});
    if (self_ >= 0) body.set_self(0);
    for (std::size_t i = 0; i < 2; ++i) {
        if (i >= taken.size()) {
            body.add_parameter("", Type{.base = Base::entity});
            continue;
        }
        body.add_parameter(taken[i]->name, taken[i]->type, taken[i]->symbol);
        if (actor_ >= 0 && taken[i]->place == actor_) body.set_actor(static_cast<int>(i) + 1);
    }
    if (s.kind == ast::StatementKind::after) body.lose_all();
    const auto function = c_.program.new_function(context.name);
    body.block(s.block);
    body.finish(function, s.span);

    const int mark = f_.top();
    f_.load_function(f_.take(), function);
    if (s.kind == ast::StatementKind::after) argument(*s.left, Type{.base = Base::duration});
    else load_number(0);
    for (std::size_t i = 0; i < 2; ++i) {
        if (i < taken.size()) f_.emit(Opcode::move, f_.take(), taken[i]->place);
        else load_nobody();
    }
    call_native(mark, Intrinsic::fork_);
}

void Body::on_cancel_statement(const ast::Statement& s) {
    auto context = context_;
    context.name = c_.numbered(context_.name + ".cancel");
    context.role = Role::cancel;
    context.result = {};
    context.waits = false;
    context.pure = false;
    Body body(c_, context);
    body.add_parameter("", Type{.base = Base::entity});
    if (self_ >= 0) body.set_self(0);
    const auto function = c_.program.new_function(context.name);
    body.block(s.block);
    body.finish(function, s.span);
    const int mark = f_.top();
    f_.load_function(f_.take(), function);
    call_native(mark, Intrinsic::on_cancel_);
}

}  // namespace kiln::compiler
