#include "compiler/emit/members.h"

namespace kiln::compiler {

namespace {

void add_roles(Roles& roles, std::string_view owner) {
    for (const auto* row : schema::vocabulary().roles_of(owner)) {
        const bool is_self = row->name == "self";
        roles.all.push_back({is_self ? std::string() : std::string(row->name), row->type, nullptr});
    }
}

// `npc: marta` says whom; a plain type says nothing new.
const Symbol* named_in_type(Compilation& c, const ast::File& file, const ast::Parameter& parameter, Type wanted) {
    const auto& spelling = parameter.type.empty() ? parameter.name : parameter.type;
    if (const auto type = schema::parse_type(spelling.text)) {
        if (*type != wanted)
            c.report(Code::type_mismatch, spelling.span, {type_name(c, *type), type_name(c, wanted)});
        return nullptr;
    }
    if (wanted.base == Base::npc) return need(c, file, spelling, Kind::npc_);
    if (wanted.base == Base::item) return need(c, file, spelling, Kind::item_);
    resolve_type(c, file, spelling);
    return nullptr;
}

void rename(Compilation& c, const Layer& layer, Roles& roles, std::size_t from, std::string_view what,
            std::span<const ast::Parameter> names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (from + i >= roles.all.size()) {
            const auto most = roles.all.size() - from;
            c.report(Code::too_many_parameters, names[i].name.span,
                     {std::string(what), std::to_string(most) + (most == 1 ? " thing" : " things")});
            return;
        }
        auto& role = roles.all[from + i];
        role.name = names[i].name.text;
        if (!names[i].type.empty()) role.symbol = named_in_type(c, *layer.from->file, names[i], role.type);
    }
}

// `actor child: npc = mila`: there as long as the quest.
void add_actors(const Compilation& c, const Symbol& quest, Roles& roles) {
    for (const auto& layer : quest.layers) {
        for (const auto* member : layer.from->declaration->members) {
            if (member->kind != ast::MemberKind::state || member->owner.text != "actor") continue;
            const auto* value = member->values.empty() ? nullptr : member->values.front().value;
            const auto* made_from = value != nullptr ? find(c, *layer.from->file, value->word.text) : nullptr;
            const bool is_item = made_from != nullptr && made_from->kind == Kind::item_;
            roles.all.push_back(
                {member->word.text, Type{.base = is_item ? Base::item : Base::npc}, made_from});
        }
    }
}

}  // namespace

Roles roles_of(Compilation& c, const Layer& layer) {
    Roles roles;
    add_roles(roles, kind_name(layer.owner->kind));
    if (layer.owner->kind == Kind::dialogue_ && layer.from->kind == Kind::dialogue_)
        rename(c, layer, roles, 0, layer.from->name, layer.from->declaration->parameters);
    if (layer.owner->kind == Kind::quest_) add_actors(c, *layer.owner, roles);
    return roles;
}

Roles with_block(Compilation& c, const Layer& layer, Roles roles, schema::Block block,
                 std::span<const ast::Parameter> names) {
    const auto from = roles.all.size();
    const auto& row = schema::vocabulary().row(block);
    add_roles(roles, row.id);
    rename(c, layer, roles, from, row.second.empty() ? row.word : row.second, names);
    return roles;
}

void introduce(Body& body, const Roles& roles) {
    int place = 0;
    for (const auto& role : roles.all) {
        body.add_parameter(role.name, role.type, role.symbol);
        if (role.name.empty()) body.set_self(place);
        if (role.name == "who" || role.type.base == Base::player) body.set_actor(place);
        ++place;
    }
}

}  // namespace kiln::compiler
