#include <algorithm>

#include "compiler/emit/members.h"

namespace kiln::compiler {

using schema::Block;
using schema::BlockDef;
using schema::Definition;
using schema::PropertyType;
using schema::PropertyValue;
using schema::SpawnDef;

namespace {

std::vector<PropertyValue> values_of(const std::vector<Said>& properties) {
    std::vector<PropertyValue> values;
    for (const auto& one : properties) values.push_back(one.value);
    return values;
}

std::int64_t integer_of(const BlockNode& node, std::string_view name, std::int64_t otherwise) {
    const auto* found = said(node.properties, schema::vocabulary().row(node.block).id, name);
    return found != nullptr ? found->value.integer : otherwise;
}

SpawnDef::Where where_of(Block block) {
    if (block == Block::wear_) return SpawnDef::Where::worn;
    if (block == Block::carry_) return SpawnDef::Where::carried;
    if (block == Block::contains_) return SpawnDef::Where::inside;
    return SpawnDef::Where::here;
}

bool is_spawn(Block block) {
    return block == Block::spawn_ || block == Block::place_ || block == Block::wear_ || block == Block::carry_ ||
           block == Block::contains_;
}

}  // namespace

void Lowering::run(const Members& members) {
    definition_.properties = values_of(members.properties);
    definition_.loot = members.loot;
    for (const auto& node : members.blocks) {
        check_required(node);
        if (node.block == Block::exit_)
            exit(node);
        else if (node.block == Block::modify_ && definition_.kind == Kind::effect_)
            changes(node);
        else if (is_spawn(node.block))
            spawn(node, no_index);
        else if (node.block == Block::detail_)
            detail(node);
        else
            block(node, no_index);
    }
    note_names(members.properties, no_index);
    for (const auto& name : names_) resolve(name);
}

void Lowering::check_required(const BlockNode& node) {
    if (definition_.is_abstract || c_.unsure) return;
    const auto& row = schema::vocabulary().row(node.block);
    for (const auto& property : schema::vocabulary().properties) {
        const bool is_name = property.type.shape == PropertyType::Shape::name;
        if (property.kind != row.id || !property.required || is_name) continue;
        if (said(node.properties, row.id, property.name) != nullptr) continue;
        const auto& tried = node.attempted;
        if (std::find(tried.begin(), tried.end(), property.name) == tried.end())
            c_.report(Code::missing_property, node.head, {holder_name(row.id), std::string(property.name)});
    }
}

void Lowering::exit(const BlockNode& node) {
    const auto way = integer_of(node, "way", -1);
    for (auto& exit : definition_.exits) {
        if (exit.direction != way) continue;
        for (const auto& one : node.properties) {
            if (schema::vocabulary().properties[one.value.property].name != "way")
                exit.properties.push_back(one.value);
        }
    }
}

void Lowering::detail(const BlockNode& node) {
    const auto* keywords = said(node.properties, "detail", "keywords");
    const auto* text = said(node.properties, "detail", "text");
    if (keywords != nullptr && text != nullptr)
        definition_.details.push_back({keywords->value.strings, text->value});
}

void Lowering::changes(const BlockNode& node) {
    for (const auto& change : node.blocks) {
        check_required(change);
        const auto* share = said(change.properties, "change", "share");
        const auto* by = share != nullptr ? share : said(change.properties, "change", "by");
        if (by == nullptr) continue;
        schema::EffectChange made;
        made.stat = static_cast<std::uint16_t>(integer_of(change, "stat", 0));
        made.percent = share != nullptr;
        made.function = static_cast<std::uint32_t>(by->value.integer);
        definition_.changes.push_back(made);
    }
}

void Lowering::spawn(const BlockNode& node, std::uint32_t parent) {
    SpawnDef made;
    const auto what = integer_of(node, "what", -1);
    if (what < 0) return;
    made.what = static_cast<std::uint32_t>(what);
    made.where = where_of(node.block);
    made.parent = parent;
    made.max = integer_of(node, "max", 1);
    made.respawn_ms = integer_of(node, "respawn", 0);
    if (made.max < 0 || made.max > 1000) {
        c_.report(Code::limit_exceeded, node.head, {std::to_string(made.max), "a spawn (1000)"});
        made.max = 1;
    }
    const auto row = static_cast<std::uint32_t>(definition_.spawns.size());
    definition_.spawns.push_back(made);
    for (const auto& inner : node.blocks) spawn(inner, row);
}

void Lowering::block(const BlockNode& node, std::uint32_t parent) {
    const auto& row = schema::vocabulary().row(node.block);
    const auto index = static_cast<std::uint32_t>(definition_.blocks.size());
    auto& made = definition_.blocks.emplace_back();
    const auto place = c_.place(node.head);
    made.block = static_cast<std::uint16_t>(node.block);
    made.parent = parent;
    made.name = node.name;
    made.properties = values_of(node.properties);
    made.body = node.body;
    made.file = place.file;
    made.line = place.line;
    for (const auto& reaction : node.reactions) {
        const auto number = static_cast<std::uint32_t>(made.reactions.size());
        made.reactions.push_back({reaction.handler, {}});
        if (!reaction.target.text.empty())
            names_.push_back({index, number, 0xffff, row.id, reaction.target, node.from});
    }
    if (!node.target.text.empty()) names_.push_back({index, no_index, 0xffff, row.target, node.target, node.from});
    note_names(node.properties, index);
    for (const auto& inner : node.blocks) {
        check_required(inner);
        block(inner, index);
    }
}

void Lowering::note_names(const std::vector<Said>& properties, std::uint32_t block) {
    for (const auto& one : properties) {
        const auto& type = schema::vocabulary().properties[one.value.property].type;
        if (type.shape != PropertyType::Shape::block) continue;
        names_.push_back({block, no_index, one.value.property, type.block,
                          {one.value.strings.front(), one.span}, one.from});
    }
}

// ---- names of blocks

std::optional<std::uint32_t> find_block(const Definition& definition, std::string_view sort,
                                        std::string_view name) {
    for (std::uint32_t i = 0; i < definition.blocks.size(); ++i) {
        const auto& block = definition.blocks[i];
        if (block.name == name && schema::vocabulary().blocks[block.block].id == sort) return i;
    }
    return std::nullopt;
}

// `-> small_talk.weather`: a node of another dialogue, which may not be there yet.
std::optional<BlockDef::Target> Lowering::foreign_target(const Name& name) {
    const auto dot = name.word.text.rfind('.');
    if (dot == std::string::npos) return std::nullopt;
    const ast::Word other{std::string_view(name.word.text).substr(0, dot), name.word.span};
    const auto* symbol = need(c_, *c_.world.symbols[name.from].file, other, definition_.kind);
    if (symbol != nullptr && !symbol->broken && name.block != no_index) {
        c_.foreign_blocks.push_back({name.block, name.reaction, symbol->index, std::string(name.sort),
                                     name.word.text.substr(dot + 1), name.word.span});
    }
    return BlockDef::Target{};
}

BlockDef::Target Lowering::target_of(const Name& name) {
    if (const auto foreign = foreign_target(name)) return *foreign;
    BlockDef::Target target;
    if (name.word.text == "end" && name.sort == "node") {
        target.kind = BlockDef::Target::Kind::end;
        return target;
    }
    if (const auto found = find_block(definition_, name.sort, name.word.text)) {
        target.kind = BlockDef::Target::Kind::block;
        target.block = *found;
        return target;
    }
    if (definition_.is_abstract) return target;
    std::vector<std::string> known;
    for (const auto& block : definition_.blocks) {
        if (schema::vocabulary().blocks[block.block].id == name.sort) known.push_back(block.name);
    }
    const auto found = closest(name.word.text, known);
    auto& diagnostic = c_.report(Code::unknown_name, name.word.span, {std::string(name.sort), name.word.text});
    diagnostic.advice = suggestion(found);
    if (found) diagnostic.fix = Fix{name.word.span, *found};
    return target;
}

void Lowering::resolve(const Name& name) {
    const auto target = target_of(name);
    auto* block = name.block == no_index ? nullptr : &definition_.blocks[name.block];
    if (name.property == 0xffff) {
        (name.reaction == no_index ? block->target : block->reactions[name.reaction].target) = target;
        return;
    }
    for (auto& value : block != nullptr ? block->properties : definition_.properties) {
        if (value.property != name.property) continue;
        value.kind = PropertyValue::Kind::integer;
        value.strings.clear();
        value.integer = target.kind == BlockDef::Target::Kind::block ? target.block : -1;
    }
}

}  // namespace kiln::compiler
