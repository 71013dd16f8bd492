#include <algorithm>
#include <iterator>

#include "compiler/parse/builder.h"

namespace kiln::compiler::parsing {

using ast::Member;
using Kind = ast::MemberKind;

namespace {

// Blocks in whose braces something is done: `at 20:00 { ... }`, `node greet { ... }`.
bool holds_statements(std::string_view word) {
    struct Row {
        std::string_view written, holds;
    };
    static constexpr Row rows[] = {
#define KILN_BLOCK(id, owners, written, label, value, target, holds, meaning) {written, holds},
#include "world/schema/blocks.def"
#undef KILN_BLOCK
    };
    return std::any_of(std::begin(rows), std::end(rows), [&](const Row& row) {
        return row.written == word && (row.holds.contains("sentences") || row.holds.contains("body") ||
                                       row.holds.contains("steps"));
    });
}

}  // namespace

ast::Member* Builder::start_member(Kind kind, const antlr4::ParserRuleContext* context) {
    auto* made = file_.new_member();
    made->kind = kind;
    made->span = span(context);
    made->doc = doc_before(context);
    return made;
}

// Where statements may stand too (tests, stages, bodies of unknown verbs), they go to `bodies` if there is
// one, else they are wrapped into members.
void Builder::members(Mud::BlockContext* context, Place place, ast::List<Member*>& out,
                      ast::List<ast::Statement*>* bodies) {
    if (context == nullptr) return;
    for (auto* item : context->items) {
        auto* made = member(item, place);
        if (made == nullptr) continue;
        if (bodies != nullptr && made->kind == Kind::statement)
            bodies->push_back(made->body.front());
        else
            out.push_back(made);
    }
}

ast::Member* Builder::member(Mud::ItemContext* item, Place place) {
    if (item->property_ != nullptr) return property(item->property_);
    if (item->labelled_ != nullptr) return labelled(item->labelled_);
    if (item->state_ != nullptr) return state(item->state_);
    if (item->function_ != nullptr) return function(item->function_);
    if (item->row_ != nullptr && item->row_->yield != nullptr) return row(item->row_);
    if (item->handler_ != nullptr && word(item->handler_->event).text != "cancel")
        return handler(item->handler_);
    if (item->change_ != nullptr && place == Place::members) return addition(item->change_);
    if (item->sentence_ != nullptr && place == Place::members) return block_member(item->sentence_);
    if (item->go_ != nullptr && place == Place::members) {
        auto* made = start_member(Kind::transition, item);
        made->target = path(item->go_->target);
        return made;
    }
    if (place == Place::mixed) {
        auto* inner = statement(item);
        if (inner == nullptr) return nullptr;
        auto* made = start_member(Kind::statement, item);
        made->body.push_back(inner);
        return made;
    }
    const auto first = span(source_of(item->start));
    reject(first, "`" + std::string(text_.substr(first.begin, first.end - first.begin)) + "`",
           "what happens goes into a handler: `on enter(who) { ... }`");
    return nullptr;
}

ast::Member* Builder::property(Mud::PropertyContext* context) {
    auto* made = start_member(Kind::property, context);
    made->word = word(context->name);
    for (auto* value : context->values) made->values.push_back(setting(value));
    return made;
}

ast::Member* Builder::labelled(Mud::LabelledContext* context) {
    auto* made = start_member(Kind::labelled, context);
    made->word = word(context->name);
    for (auto* label : context->labels) made->labels.push_back(expression(label));
    for (auto* value : context->values) made->values.push_back(setting(value));
    return made;
}

ast::Member* Builder::addition(Mud::ChangeContext* context) {
    const auto op = word(context->op);
    auto* made = start_member(Kind::property, context);
    made->word = word(context->name);
    made->adds = true;
    if (op.text != "+=" || !context->steps.empty()) {
        reject(op.span, "`" + op.text + "`",
               "properties are written `name: value`, or `name += value` to add to a list");
        if (op.text == "=" && context->steps.empty() && problem && problem->begin == op.span.begin)
            problem->repair = Problem::Repair{made->word.span.end, op.span.end, ":", true};
        return made;
    }
    made->values.push_back({source(context->right), {}});
    for (auto* value : context->more) made->values.push_back(setting(value));
    if (context->otherwise != nullptr) reject(span(context->otherwise), "`else`", "");
    return made;
}

ast::Value Builder::setting(Mud::SettingContext* context) {
    ast::Value made;
    ast::List<ast::Operand> parts;
    operands(context->parts, parts);
    for (auto& part : parts) {
        if (part.preposition.empty() && made.value == nullptr && made.clauses.empty()) {
            made.value = part.value;
            continue;
        }
        ast::Clause clause;
        clause.word = part.preposition;
        clause.value = part.value;
        clause.span = part.preposition.empty() ? part.value->span : part.preposition.span;
        if (part.value != nullptr) clause.span.end = part.value->span.end;
        made.clauses.push_back(std::move(clause));
    }
    fold(made.clauses);
    return made;
}

ast::Member* Builder::row(Mud::RowContext* context) {
    auto* made = start_member(Kind::row, context);
    made->labels.push_back(expression(context->weight));
    made->values.push_back(setting(context->yield));
    return made;
}

ast::Member* Builder::state(Mud::StateContext* context) {
    auto* made = start_member(Kind::state, context);
    made->word = word(context->name);
    made->owner = word(context->owner);
    if (const auto keyword = word(context->keyword); keyword.text != "state") made->owner = keyword;
    made->type = type(context->result);
    if (context->initial != nullptr) made->values.push_back({expression(context->initial), {}});
    return made;
}

ast::List<ast::Clause> Builder::clauses(const std::vector<Mud::ClauseContext*>& contexts) {
    ast::List<ast::Clause> made;
    made.reserve(contexts.size());
    for (auto* context : contexts) {
        ast::Clause clause;
        clause.word = word(context->key);
        clause.value = context->value == nullptr ? nullptr : expression(context->value);
        clause.span = span(context);
        made.push_back(std::move(clause));
    }
    fold(made);
    return made;
}

// `in phase rage` and `once per player` are one clause each.
void Builder::fold(ast::List<ast::Clause>& clauses) {
    for (std::size_t i = 1; i < clauses.size();) {
        auto& before = clauses[i - 1];
        auto& clause = clauses[i];
        if (before.word.text == "in" && before.value == nullptr && clause.word.text == "phase") {
            before.more.push_back(clause.word);
            before.value = clause.value;
        } else if (clause.word.text == "per" && clause.value != nullptr &&
                   clause.value->kind == ast::ExpressionKind::name) {
            before.more.push_back(clause.word);
            before.more.push_back(clause.value->word);
        } else {
            ++i;
            continue;
        }
        before.span.end = clause.span.end;
        clauses.erase(clauses.begin() + i);
    }
}

ast::List<ast::Parameter> Builder::parameters(Mud::ParametersContext* context) {
    ast::List<ast::Parameter> made;
    if (context == nullptr) return made;
    for (auto* item : context->items) made.push_back(parameter(item));
    return made;
}

ast::Parameter Builder::parameter(Mud::ParameterContext* context) {
    ast::Parameter made;
    made.name = word(context->name);
    made.type = type(context->result);
    if (context->initial != nullptr) made.value = expression(context->initial);
    return made;
}

ast::Member* Builder::handler(Mud::HandlerContext* context) {
    const auto first = word(context->keyword);
    const bool runs = first.text == "run";
    auto* made = start_member(runs ? Kind::function : Kind::handler, context);
    made->word = first;
    made->overrides = context->modifier != nullptr;
    made->event = word(context->event);
    if (first.text == "every") made->event = first;
    made->parameters = parameters(context->accepts);
    plain_ = true;
    for (auto* label : context->labels) made->labels.push_back(expression(label));
    plain_ = false;
    made->clauses = clauses(context->clauses);
    made->has_body = context->body != nullptr;
    made->body = statements(context->body);
    made->target = path(context->target);
    if (made->has_body || !made->target.empty() || problem) return made;
    problem = Problem{.code = Code::missing,
                      .begin = made->span.end,
                      .end = made->span.end + 1,
                      .arguments = {"a block `{ ... }`"}};
    return made;
}

ast::Member* Builder::function(Mud::FunctionContext* context) {
    auto* made = start_member(Kind::function, context);
    made->word = word(context->name);
    made->parameters = parameters(context->accepts);
    made->type = type(context->result);
    made->has_body = true;
    made->body = statements(context->body);
    return made;
}

ast::Member* Builder::block_member(Mud::SentenceContext* context) {
    auto* made = start_member(Kind::block, context);
    made->word = word(context->verb);
    ast::List<ast::Operand> parts;
    operands(phrases_of(context->parts), parts);
    for (auto& part : parts) {
        if (part.preposition.empty()) {
            made->labels.push_back(part.value);
            continue;
        }
        ast::Clause clause;
        clause.word = part.preposition;
        clause.value = part.value;
        clause.span = part.preposition.span;
        if (part.value != nullptr) clause.span.end = part.value->span.end;
        made->clauses.push_back(std::move(clause));
    }
    fold(made->clauses);
    made->target = path(context->target);
    made->has_body = context->body != nullptr;
    members(context->body, holds_statements(made->word.text) ? Place::mixed : Place::members, made->members,
            nullptr);
    if (context->otherwise != nullptr) reject(span(context->otherwise), "`else`", "");
    return made;
}

}  // namespace kiln::compiler::parsing
