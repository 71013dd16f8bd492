#include <algorithm>

#include "compiler/parse/builder.h"
#include "compiler/parse/parse.h"

namespace kiln::compiler::parsing {

using Kind = ast::StatementKind;
using ast::Statement;

ast::Statement* Builder::start(Kind kind, const antlr4::ParserRuleContext* context) {
    auto* made = file_.new_statement();
    made->kind = kind;
    made->span = span(context);
    return made;
}

ast::List<ast::Statement*> Builder::statements(Mud::BlockContext* context) {
    ast::List<Statement*> made;
    if (context == nullptr) return made;
    made.reserve(context->items.size());
    for (auto* item : context->items)
        if (auto* one = statement(item)) made.push_back(one);
    return made;
}

ast::Statement* Builder::statement(Mud::ItemContext* item) {
    if (auto* found = item->sentence_) return sentence(found);
    if (auto* found = item->condition_) return condition(found);
    if (auto* found = item->change_) return change(found);
    if (auto* found = item->invocation_) return invocation(found);
    if (auto* found = item->binding_) return binding(found);
    if (auto* found = item->loop_) return loop(found);
    if (auto* found = item->handler_) return handler_statement(found);
    if (auto* found = item->selection_) return selection(found);
    if (auto* found = item->go_) return go(found, found->target);
    if (auto* found = item->giving_) {
        auto* made = start(Kind::return_, found);
        if (found->right != nullptr) made->left = source(found->right);
        return made;
    }
    if (auto* found = item->repetition_) {
        auto* made = start(Kind::while_, found);
        made->left = expression(found->test);
        made->block = statements(found->body);
        return made;
    }
    if (auto* found = item->impersonation_) {
        auto* made = start(Kind::as, found);
        made->left = chain(name(found->name), found->steps);
        if (auto* inner = statement(found->does)) made->block.push_back(inner);
        return made;
    }
    if (auto* found = item->block_) {
        auto* made = start(Kind::block, found);
        made->block = statements(found);
        return made;
    }
    const auto place = span(source_of(item->start));
    if (item->row_ != nullptr) {
        reject(place, "a value", "a statement begins with what is to be done");
    } else {
        const auto first = text_.substr(place.begin, place.end - place.begin);
        reject(place,
               item->property_ != nullptr || item->labelled_ != nullptr
                   ? "the property `" + std::string(first) + "`"
                   : "`" + std::string(first) + "`",
               "this place holds statements");
    }
    return nullptr;
}

ast::Statement* Builder::change(Mud::ChangeContext* context) {
    auto* made = start(Kind::assign, context);
    made->word = word(context->op);
    made->left = chain(name(context->name), context->steps);
    made->right = source(context->right);
    if (!context->more.empty()) reject(span(context->more.front()), "a second value", "");
    made->has_otherwise = context->otherwise != nullptr;
    made->otherwise = statements(context->otherwise);
    return made;
}

ast::Statement* Builder::invocation(Mud::InvocationContext* context) {
    auto* made = start(Kind::expression, context);
    made->left = chain(name(context->name), context->steps);
    made->has_otherwise = context->otherwise != nullptr;
    made->otherwise = statements(context->otherwise);
    return made;
}

// `on cancel { }` and `after 5m { }` look like handlers.
ast::Statement* Builder::handler_statement(Mud::HandlerContext* context) {
    const auto first = word(context->keyword);
    const auto event = word(context->event);
    auto* body = context->body;
    const bool plain = context->clauses.empty() && context->target == nullptr &&
                       context->modifier == nullptr && context->accepts == nullptr && body != nullptr;
    if (plain && first.text == "on" && event.text == "cancel" && context->labels.empty()) {
        auto* made = start(Kind::on_cancel, context);
        made->block = statements(body);
        return made;
    }
    if (plain && first.text == "after" &&
        (event.empty() ? context->labels.size() == 1 : context->labels.empty())) {
        auto* made = start(Kind::after, context);
        made->left = event.empty() ? expression(context->labels.front()) : name(context->event);
        made->block = statements(body);
        return made;
    }
    reject(first.span, "`" + first.text + "`", "handlers stand directly in a declaration");
    return nullptr;
}

std::vector<Mud::PhraseContext*> Builder::phrases_of(const std::vector<Mud::PartContext*>& parts) {
    std::vector<Mud::PhraseContext*> phrases;
    phrases.reserve(parts.size());
    for (auto* part : parts)
        if (part->words != nullptr) phrases.push_back(part->words);
    return phrases;
}

void Builder::operands(const std::vector<Mud::PhraseContext*>& phrases, ast::List<ast::Operand>& out) {
    for (auto* phrase : phrases) {
        if (phrase->key != nullptr) {
            out.push_back({word(phrase->key), nullptr});
        } else if (phrase->tag != nullptr) {
            if (!out.empty() && out.back().value != nullptr && out.back().value->text != nullptr)
                out.back().value->text->tag = word(phrase->tag);
            else
                reject(span(phrase), "`" + word(phrase->tag).text + "`", "a tag stands behind a text");
        } else if (!out.empty() && !out.back().preposition.empty() && out.back().value == nullptr) {
            plain_ = out.back().preposition.text == "does" || out.back().preposition.text == "sees";
            out.back().value = expression(phrase->value);
            plain_ = false;
        } else {
            out.push_back({{}, expression(phrase->value)});
        }
    }
}

ast::Statement* Builder::sentence(Mud::SentenceContext* context) {
    auto* made = start(Kind::verb, context);
    made->word = word(context->verb);
    operands(phrases_of(context->parts), made->operands);
    made->target = path(context->target);
    settle_test_verb(made);
    sentence_body(context, made);
    made->has_otherwise = context->otherwise != nullptr;
    made->otherwise = statements(context->otherwise);
    return made;
}

void Builder::sentence_body(Mud::SentenceContext* context, Statement* made) {
    const auto& verb = made->word.text;
    auto* body = context->body;
    if (verb == "choice") made->kind = Kind::choice;
    if (body == nullptr) return;
    made->has_body = true;
    if (verb == "choose" && made->operands.empty()) {
        made->kind = Kind::choose;
        choose_branches(body, made);
    } else if (verb == "act") {
        made->kind = Kind::act_block;
        readings(body, made);
    } else if (verb == "fork" && made->operands.empty()) {
        made->kind = Kind::fork;
        made->block = statements(body);
    } else {
        members(body, Place::mixed, made->members, &made->block);
    }
}

// `p does "x"` is written subject first; `between a and b` and `not p sees` look like conditions.
void Builder::settle_test_verb(Statement* made) {
    auto& all = made->operands;
    if (all.size() == 1 && all[0].preposition.text == "does") {
        auto* subject = make(ast::ExpressionKind::name, made->word.span);
        subject->word = made->word;
        made->word = all[0].preposition;
        all = {{{}, subject}, {{}, all[0].value}};
        return;
    }
    if (made->word.text != "expect") return;
    for (std::size_t i = 1; i < all.size(); ++i) {
        auto* value = all[i].value;
        if (all[i].preposition.text == "sees" && all[0].value != nullptr &&
            all[0].value->kind == ast::ExpressionKind::unary && all[0].value->word.text == "not") {
            made->negated = true;
            all[0].value = all[0].value->left;
        }
        if (all[i].preposition.text == "between" && value != nullptr &&
            value->kind == ast::ExpressionKind::binary && value->word.text == "and") {
            all[i].value = value->left;
            all.insert(all.begin() + i + 1, {value->word, value->right});
            ++i;
        }
    }
}

void Builder::choose_branches(Mud::BlockContext* context, Statement* made) {
    for (auto* item : context->items) {
        ast::Branch branch;
        branch.span = span(item);
        auto* row = item->row_;
        auto* does = item;
        if (row != nullptr) {
            if (row->does == nullptr) {
                reject(branch.span, "a value", "each line of `choose` is `weight => statement`");
                continue;
            }
            branch.labels.push_back({{}, expression(row->weight)});
            does = row->does;
        }
        if (auto* block = does->block_)
            branch.block = statements(block);
        else if (auto* one = statement(does))
            branch.block.push_back(one);
        made->branches.push_back(std::move(branch));
    }
}

void Builder::readings(Mud::BlockContext* context, Statement* made) {
    for (auto* item : context->items) {
        auto* line = item->sentence_;
        ast::List<ast::Operand> said;
        if (line != nullptr && line->body == nullptr && line->target == nullptr)
            operands(phrases_of(line->parts), said);
        if (said.size() == 1 && said[0].value != nullptr && said[0].value->text != nullptr)
            made->readings.push_back({word(line->verb), said[0].value->text});
        else
            reject(span(source_of(item->start)), "this line",
                   "each line of the block is a reader and a text: `actor \"You ...\"`");
    }
}

ast::Statement* Builder::branch(Mud::BranchContext* context) {
    auto* made = start(Kind::if_, context);
    made->left = expression(context->test);
    for (auto* clause : context->clauses) {
        const auto key = word(clause->key);
        if (key.text != "for") reject(key.span, "`" + key.text + "`", "");
        made->operands.push_back({key, clause->value == nullptr ? nullptr : expression(clause->value)});
    }
    if (context->body != nullptr)
        made->block = statements(context->body);
    else
        made->block.push_back(go(context->target, context->target));
    return made;
}

ast::Statement* Builder::condition(Mud::ConditionContext* context) {
    auto* made = branch(context->first);
    made->span = span(context);
    if (context->tails.size() > static_cast<std::size_t>(max_nesting)) {
        too_deep(made->span);
        return made;
    }
    auto* last = made;
    bool closed = false;
    for (auto* tail : context->tails) {
        if (closed) reject(span(tail), "a second `else`", "");
        last->has_otherwise = true;
        if (tail->chosen == nullptr) {
            last->otherwise = statements(tail->body);
            closed = true;
        } else {
            auto* inner = branch(tail->chosen);
            last->otherwise = {inner};
            last = inner;
        }
    }
    return made;
}

ast::Statement* Builder::loop(Mud::LoopContext* context) {
    auto* made = start(Kind::for_, context);
    made->word = word(context->name);
    made->second = word(context->second);
    made->left = expression(context->source_);
    for (auto* clause : context->clauses) {
        const auto key = word(clause->key);
        if (key.text != "when" || clause->value == nullptr || made->right != nullptr)
            reject(key.span, "`" + key.text + "`", "");
        else
            made->right = expression(clause->value);
    }
    made->block = statements(context->body);
    return made;
}

ast::Statement* Builder::binding(Mud::BindingContext* context) {
    auto* made = start(Kind::let, context);
    made->word = word(context->name);
    made->type = type(context->result);
    made->right = source(context->right);
    made->has_otherwise = context->otherwise != nullptr;
    made->otherwise = statements(context->otherwise);
    return made;
}

ast::Statement* Builder::selection(Mud::SelectionContext* context) {
    auto* made = start(Kind::match, context);
    made->left = expression(context->subject);
    for (auto* choice : context->cases) {
        ast::Branch branch;
        branch.span = span(choice);
        for (auto* label : choice->labels) branch.labels.push_back({{}, expression(label)});
        branch.block = statements(choice->body);
        made->branches.push_back(std::move(branch));
    }
    return made;
}

ast::Statement* Builder::go(const antlr4::ParserRuleContext* context, const Mud::PathContext* target) {
    auto* made = start(Kind::go, context);
    made->word = path(target);
    return made;
}

}  // namespace kiln::compiler::parsing
