#include "compiler/parse/builder.h"

namespace kiln::compiler::parsing {

using ast::Declaration;

ast::Declaration* Builder::chunk(Mud::ChunkContext* context) {
    if (context->declaration_ != nullptr) return declaration(context->declaration_);
    return lone_member(context->item_);
}

ast::Declaration* Builder::declaration(Mud::DeclarationContext* context) {
    if (context->keyword != nullptr) {
        const bool module = source_of(context->keyword).type == TokenType::module;
        auto name = path(context->name);
        if (!module)
            file_.uses.push_back(std::move(name));
        else if (file_.module.empty())
            file_.module = std::move(name);
        else
            reject(span(source_of(context->keyword)), "a second `module`", "a file belongs to one module");
        return nullptr;
    }
    auto* made = file_.new_declaration();
    made->span = span(context);
    made->doc = doc_before(context);
    bool retired = false;
    for (const auto* modifier : context->modifiers) {
        const auto spelled = word(modifier);
        if (spelled.text == "abstract") made->is_abstract = true;
        if (spelled.text == "override") made->is_override = true;
        retired = retired || spelled.text == "retired";
    }
    if (auto* formula = context->formula_) {
        made->kind = word(formula->keyword);
        made->name = word(formula->name);
        made->parameters = parameters(formula->accepts);
        made->result = type(formula->result);
        made->value = expression(formula->value);
    } else if (auto* constant = context->constant_) {
        made->kind = word(constant->keyword);
        made->name = word(constant->name);
        made->result = type(constant->result);
        made->value = expression(constant->value);
    } else if (auto* enumeration = context->enumeration_) {
        made->kind = word(enumeration->keyword);
        made->name = word(enumeration->name);
        for (const auto* value : enumeration->values) {
            auto* member = file_.new_member();
            member->word = word(value);
            member->span = member->word.span;
            made->members.push_back(member);
        }
    } else if (auto* layout = context->layout_) {
        made->kind = word(layout->keyword);
        made->name = word(layout->name);
        for (auto* field : layout->fields) made->parameters.push_back(parameter(field));
    } else {
        general(context->general_, made);
        const bool bodiless = made->kind.text == "event" || retired;
        if (context->general_->body == nullptr && !bodiless && !problem)
            problem = Problem{.code = Code::missing,
                              .begin = made->span.end,
                              .end = made->span.end + 1,
                              .arguments = {"a block `{ ... }`"}};
    }
    return made;
}

void Builder::general(Mud::GeneralContext* context, Declaration* made) {
    made->kind = word(context->kind);
    if (context->title != nullptr) {
        const auto title = word(context->title);
        made->name.span = title.span;
        const bool closed = title.text.size() > 1 && title.text.back() == '"';
        const auto inner = title.text.view().substr(1, title.text.size() - (closed ? 2 : 1));
        std::string words;
        for (std::size_t i = 0; i < inner.size(); ++i) {
            if (inner[i] == '\\' && i + 1 < inner.size()) ++i;
            words += inner[i];
        }
        made->name.text = file_.arena->keep(words);
    } else {
        made->name = path(context->name);
    }
    made->parameters = parameters(context->accepts);
    made->parent = path(context->parent);
    for (auto* trait : context->traits) made->traits.push_back({path(trait->name), arguments(trait->values)});
    made->renamed_from = path(context->former);
    made->retired_to = path(context->heir);
    const bool test = made->kind.text == "test";
    members(context->body, test ? Place::mixed : Place::members, made->members, test ? &made->body : nullptr);
}

// Members at file level: functions, handlers for the whole world, world state.
ast::Declaration* Builder::lone_member(Mud::ItemContext* context) {
    if (context->function_ == nullptr && context->handler_ == nullptr && context->state_ == nullptr) {
        const auto first = span(source_of(context->start));
        const auto spelled = std::string(text_.substr(first.begin, first.end - first.begin));
        reject(first, "`" + spelled + "`",
               "a declaration begins with its kind and its name: `room cellar { ... }`");
        return nullptr;
    }
    auto* made = file_.new_declaration();
    made->span = span(context);
    if (auto* function = context->function_) {
        made->kind = word(function->keyword);
        made->name = word(function->name);
        made->parameters = parameters(function->accepts);
        made->result = type(function->result);
        made->body = statements(function->body);
        made->doc = doc_before(context);
        return made;
    }
    auto* member = this->member(context, Place::members);
    if (member == nullptr) return nullptr;
    made->kind = context->state_ != nullptr ? word(context->state_->keyword) : member->word;
    made->doc = member->doc;
    made->members.push_back(member);
    return made;
}

}  // namespace kiln::compiler::parsing
