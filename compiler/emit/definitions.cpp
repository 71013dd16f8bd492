#include <algorithm>
#include <map>

#include "compiler/emit/emit.h"
#include "compiler/names/shapes_fit.h"

namespace kiln::compiler {

using ast::MemberKind;
using schema::Definition;
using schema::PropertyValue;

namespace {

constexpr Type direction_type{.base = Base::enumeration, .detail = 0};

std::vector<std::string_view> blocks_of(Kind kind) {
    switch (kind) {
        case Kind::room_: return {"exit", "detail", "spawn", "place"};
        case Kind::item_: return {"detail", "contains"};
        case Kind::npc_: return {"detail", "wear", "carry"};
        case Kind::effect_: return {"modify"};
        case Kind::loot_: return {"pick"};
        default: return {};
    }
}

// ---- exits

// Whatever direction a line names that was to be an exit: nobody misses it there.
void lose_exits(World& world, const Compilation& c, const Layer& layer, const ast::Member& member) {
    const auto lose = [&](std::string_view word) {
        if (const auto way = enumeration_value(c, 0, word)) world.broken_exits.insert({layer.owner->index, *way});
    };
    lose(member.word.text);
    for (const auto* label : member.labels) {
        if (label != nullptr) lose(label->word.text);
    }
    for (const auto& clause : member.clauses) lose(clause.word.text);
}

bool exit_fits(Compilation& c, const ast::Member& member) {
    if (member.labels.empty() || member.labels.front() == nullptr) {
        c.report(Code::missing, member.span, {"the direction of the exit"});
        return false;
    }
    if (!labels_fit(c, member, 1, true) || !has_no_clauses(c, member)) return false;
    if (!member.target.empty()) return true;
    c.report(Code::missing, member.span, {"`-> room`"});
    return false;
}

void add_exit(Compilation& c, const Layer& layer, const ast::Member& member, Definition& definition,
              std::vector<std::pair<int, Span>>& seen, World& world) {
    if (!exit_fits(c, member)) return lose_exits(world, c, layer, member);
    const auto way = constant_of(c, *layer.from, layer.environment, *member.labels.front(), direction_type);
    const auto* to = need(c, *layer.from->file, member.target, Kind::room_);
    if (!way || to == nullptr) {
        definition.exits.erase(
            std::remove_if(definition.exits.begin(), definition.exits.end(),
                           [&](const auto& exit) { return way && exit.direction == *way; }),
            definition.exits.end());
        if (way) world.broken_exits.insert({layer.owner->index, static_cast<int>(*way)});
        return;
    }
    for (const auto& [direction, span] : seen) {
        if (direction != *way) continue;
        c.report(Code::duplicate_exit, member.labels.front()->span,
                 {std::string(c.written(member.labels.front()->span))})
            .also.push_back({span, "the first one is here"});
        return;
    }
    seen.emplace_back(static_cast<int>(*way), member.labels.front()->span);
    auto place = std::find_if(definition.exits.begin(), definition.exits.end(),
                              [&](const auto& exit) { return exit.direction == *way; });
    if (place == definition.exits.end()) place = definition.exits.insert(place, schema::ExitDef{});
    place->direction = static_cast<std::uint8_t>(*way);
    place->to = to->index;
    place->properties.clear();
    world.exit_spans[{layer.owner->index, static_cast<int>(*way)}] = member.span;
}

void add_exits(World& world, Compilation& c, Symbol& symbol) {
    if (symbol.kind != Kind::room_ || symbol.has_exits) return;
    symbol.has_exits = true;
    auto& definition = world.heads[symbol.index];
    if (symbol.parent != nullptr) {
        add_exits(world, c, const_cast<Symbol&>(*symbol.parent));
        definition.exits = world.heads[symbol.parent->index].exits;
    }
    for (const auto& layer : symbol.layers) {
        if (layer.owner != &symbol) continue;
        std::vector<std::pair<int, Span>> seen;
        for (const auto* member : layer.from->declaration->members) {
            if (member->kind != MemberKind::block) continue;
            const auto known = blocks_of(Kind::room_);
            if (member->word.text == "exit")
                add_exit(c, layer, *member, definition, seen, world);
            else if (std::find(known.begin(), known.end(), member->word.text) == known.end())
                lose_exits(world, c, layer, *member);
        }
    }
}

void add_exit_properties(Compilation& c, const Layer& layer, const ast::Member& member,
                         Definition& definition) {
    if (member.labels.empty() || member.members.empty()) return;
    const auto way = enumeration_value(c, 0, member.labels.front()->word.text);
    if (!way) return;
    for (auto& exit : definition.exits) {
        if (exit.direction == *way) add_properties(c, layer, "exit", member.members, {}, exit.properties);
    }
}

// ---- details, changes

void add_detail(Compilation& c, const Layer& layer, const ast::Member& member, Definition& definition) {
    schema::DetailDef made;
    for (const auto* label : member.labels) {
        const auto words = label->text != nullptr ? plain_text(*label->text) : std::optional<std::string>();
        if (words)
            made.keywords.push_back(*words);
        else
            c.report(Code::type_mismatch, label->span,
                     {"`" + std::string(c.written(label->span)) + "`", "a word between quotes"});
    }
    if (member.values.empty() || member.values.front().value == nullptr) {
        c.report(Code::missing, member.span, {"the text of the detail"});
        return;
    }
    if (!value_fits(c, member)) return;
    const auto* row = schema::vocabulary().property("room", "description");
    const auto text = text_property(c, layer, property_index(*row), *member.values.front().value,
                                    layer.owner->full + ".detail");
    if (!text) return;
    made.text = *text;
    definition.details.push_back(std::move(made));
}

// `strength: -1 * stacks`: a function of the effect.
void add_change(Compilation& c, const Layer& layer, const ast::Member& member, Definition& definition) {
    if (member.kind != MemberKind::property) {
        c.report(Code::unknown_member_shape, member.span,
                 {"`modify`", std::string(c.written(member.span))});
        return;
    }
    static const auto stat = *schema::vocabulary().enumeration("stat");
    const auto number = enumeration_value(c, stat, member.word.text);
    if (!number) {
        const auto words = enumeration_words(c, stat);
        std::string list;
        for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
        c.report(Code::unknown_word, member.word.span, {member.word.text, list}).advice =
            suggestion(closest(member.word.text, words));
        return;
    }
    if (!value_fits(c, member) || member.values.front().value == nullptr) return;
    const auto& value = *member.values.front().value;
    // `-20% * stacks` is a share, everything else a number: the written percent tells.
    std::function<bool(const ast::Expression*)> has_percent = [&](const ast::Expression* e) {
        return e != nullptr &&
               (e->kind == ast::ExpressionKind::percent || has_percent(e->left) || has_percent(e->right));
    };
    schema::EffectChange change;
    change.stat = static_cast<std::uint16_t>(*number);
    change.percent = has_percent(&value);
    const auto name = layer.owner->full + ".modify." + member.word.text;
    const Type result{.base = change.percent ? Base::percent : Base::integer};
    Body body(c,
              Context{Role::formula, layer.owner, layer.from, layer.environment, name, result, true, false});
    body.add_parameter("", Type{.base = Base::effect});
    body.set_self(0);
    change.function = c.program.new_function(c.numbered(name));
    body.return_value(value);
    body.finish(change.function, member.span);
    definition.changes.push_back(change);
}

void add_block(Compilation& c, const Layer& layer, const ast::Member& member, Definition& definition) {
    const auto& word = member.word.text;
    if (word == "exit")
        add_exit_properties(c, layer, member, definition);
    else if (word == "detail")
        add_detail(c, layer, member, definition);
    else if (word == "modify" && labels_fit(c, member, 0) && has_no_clauses(c, member)) {
        for (const auto* change : member.members) add_change(c, layer, *change, definition);
    }
}

// ---- one definition

void check_required(Compilation& c, const Symbol& symbol, const Definition& definition) {
    if (definition.is_abstract || symbol.broken) return;
    const auto kind = kind_name(symbol.kind);
    for (const auto& row : schema::vocabulary().properties) {
        if (row.kind != kind || !row.required) continue;
        const auto index = property_index(row);
        const bool written = std::any_of(definition.properties.begin(), definition.properties.end(),
                                         [&](const PropertyValue& value) { return value.property == index; });
        if (!written && !c.has_member(symbol, row.name) && !c.unsure)
            c.report(Code::missing_property, symbol.declaration->name.span, {kind, std::string(row.name)});
    }
}

void check_shapes(Compilation& c, const Symbol& symbol) {
    for (const auto* member : symbol.declaration->members) {
        const bool handles =
            has_definition(symbol.kind) &&
            schema::vocabulary().kinds[static_cast<std::size_t>(symbol.kind)].table != schema::Table::none;
        const bool is_run = member->kind == MemberKind::function && member->word.text == "run" &&
                            symbol.kind == Kind::command_;
        const bool bad = (member->kind == MemberKind::handler && !handles && symbol.kind != Kind::trait_) ||
                         (member->kind == MemberKind::function && !is_run) ||
                         member->kind == MemberKind::transition ||
                         (member->kind == MemberKind::row && symbol.kind != Kind::loot_);
        if (!bad) continue;
        const auto what = member->kind == MemberKind::row          ? "=>"
                          : member->kind == MemberKind::transition ? "->"
                                                                   : member->word.text;
        c.report(Code::unknown_member_shape, member->span, {with_article(kind_name(symbol.kind)), what});
    }
}

void find_zone(Compilation& c, const Symbol& symbol, Definition& definition) {
    const auto* zone_row = schema::vocabulary().property("room", "zone");
    for (const auto& value : definition.properties) {
        if (value.property == property_index(*zone_row))
            definition.zone = static_cast<std::uint32_t>(value.integer);
    }
    if (definition.zone != no_index || definition.is_abstract || c.has_member(symbol, "zone")) return;
    const auto& zones = zones_of(c, symbol.module);
    if (zones.size() == 1)
        definition.zone = zones.front()->index;
    else if (!c.world.module_is_lost && !c.world.odd_modules.contains(symbol.module))
        report_missing(c, Code::no_zone, symbol.declaration->name.span, {}, "the zone of " + symbol.module, {});
}

}  // namespace

void emit_definition(Compilation& c, const Symbol& symbol) {
    auto definition = c.world.heads[symbol.index];
    if (symbol.parent != nullptr) {
        const auto& parent = c.definition_of(*symbol.parent);
        definition.properties = parent.properties;
        definition.details = parent.details;
        definition.spawns = parent.spawns;
        definition.changes = parent.changes;
        for (auto& exit : definition.exits) {
            for (const auto& above : parent.exits) {
                const bool same = above.direction == exit.direction && above.to == exit.to;
                if (same && exit.properties.empty()) exit.properties = above.properties;
            }
        }
    }
    if (symbol.kind != Kind::trait_ && !symbol.broken) check_shapes(c, symbol);
    for (const auto& layer : symbol.layers) {
        if (layer.owner != &symbol || symbol.kind == Kind::trait_ || layer.from->declaration->broken)
            continue;
        const auto& members = layer.from->declaration->members;
        add_properties(c, layer, kind_name(symbol.kind), members, blocks_of(symbol.kind),
                       definition.properties);
        const auto allowed = blocks_of(symbol.kind);
        for (const auto* member : members) {
            const bool known = std::find(allowed.begin(), allowed.end(), member->word.text) != allowed.end();
            if (known && (member->kind == MemberKind::block || member->kind == MemberKind::labelled))
                add_block(c, layer, *member, definition);
        }
        add_spawns(c, layer, members, no_index, definition.spawns);
        if (symbol.kind == Kind::loot_) add_loot(c, layer, members, no_index, definition.loot);
    }
    check_required(c, symbol, definition);
    if (symbol.kind == Kind::room_ && !symbol.broken) find_zone(c, symbol, definition);
    c.image.definitions.push_back(std::move(definition));
}

// ---- the world as a whole

namespace {

// A finished definition, by its number.
class Finished {
 public:
    Finished(const World& world, const std::vector<Unit>& units) {
        by_number_.resize(world.heads.size());
        for (const auto& symbol : world.symbols) {
            if (symbol.index != no_index)
                by_number_[symbol.index] = &units[symbol.unit].image.definitions.front();
        }
    }
    const Definition& operator[](std::uint32_t number) const { return *by_number_[number]; }
    std::size_t size() const { return by_number_.size(); }

 private:
    std::vector<const Definition*> by_number_;
};

bool is_written(const Symbol& symbol, std::string_view word) {
    return std::any_of(symbol.layers.begin(), symbol.layers.end(), [&](const Layer& layer) {
        const auto& members = layer.from->declaration->members;
        return std::any_of(members.begin(), members.end(),
                           [&](const ast::Member* member) { return member->word.text == word; });
    });
}

void check_start(const World& world, const Finished& definitions, Reporter& reporter) {
    const auto* row = schema::vocabulary().property("zone", "start");
    const Symbol* first = nullptr;
    const Symbol* first_zone = nullptr;
    const bool sure = world.odd_modules.empty() && !world.module_is_lost;
    for (const auto& symbol : world.symbols) {
        if (symbol.kind != Kind::zone_) continue;
        if (first_zone == nullptr) first_zone = &symbol;
        for (const auto& value : definitions[symbol.index].properties) {
            if (value.property != property_index(*row)) continue;
            if (first != nullptr) {
                reporter.report(Code::two_starts, symbol.declaration->name.span)
                    .also.push_back({first->declaration->name.span, "the other one"});
            }
            first = &symbol;
        }
        if (symbol.broken || is_written(symbol, "start")) first = first == nullptr ? &symbol : first;
    }
    if (first == nullptr && sure && world.options.require_rules)
        reporter.report(Code::no_start, first_zone != nullptr ? first_zone->declaration->name.span : Span{});
}

void check_keys(const World& world, const std::vector<Unit>& units, const Finished& definitions,
                Reporter& reporter) {
    const auto* row = schema::vocabulary().property("item", "kind");
    const auto& kinds = schema::vocabulary().enumerations[row->type.type.detail].values;
    const auto key = std::find(kinds.begin(), kinds.end(), "key") - kinds.begin();
    for (const auto& unit : units) {
        for (const auto& [span, index] : unit.key_uses) {
            const auto& definition = definitions[index];
            const bool is_key = std::any_of(
                definition.properties.begin(), definition.properties.end(), [&](const PropertyValue& value) {
                    return value.property == property_index(*row) && value.integer == key;
                });
            const auto short_name = definition.name.substr(definition.name.rfind('.') + 1);
            const auto* symbol = world.by_full_name.find(definition.name)->second;
            if (!is_key && !symbol->broken) reporter.report(Code::wrong_key, span, {short_name});
        }
    }
}

// Two sides of one door may leave things to each other, but not contradict.
void check_doors(const World& world, const Finished& definitions, Reporter& reporter) {
    const auto door = property_index(*schema::vocabulary().property("exit", "door"));
    const auto side = [&](const schema::ExitDef& exit) -> const PropertyValue* {
        for (const auto& value : exit.properties) {
            if (value.property == door) return &value;
        }
        return nullptr;
    };
    for (std::uint32_t i = 0; i < definitions.size(); ++i) {
        for (const auto& exit : definitions[i].exits) {
            const auto* here = side(exit);
            if (here == nullptr || exit.to < i || exit.to == no_index) continue;
            for (const auto& back : definitions[exit.to].exits) {
                if (back.to != i || back.direction != schema::opposite_direction(exit.direction)) continue;
                const auto* there = side(back);
                if (there == nullptr) continue;
                auto a = here->integers, b = there->integers;
                std::sort(a.begin(), a.end());
                std::sort(b.begin(), b.end());
                if (a == b) continue;
                const auto span_of = [&](std::uint32_t room, int direction) {
                    const auto found = world.exit_spans.find({room, direction});
                    return found != world.exit_spans.end() ? found->second : Span{};
                };
                reporter.report(Code::door_unlike, span_of(i, exit.direction))
                    .also.push_back({span_of(exit.to, back.direction), "the other side"});
            }
        }
    }
}

}  // namespace

void declare_exits(World& world, Compilation& c) {
    for (auto& symbol : world.symbols) add_exits(world, c, symbol);
}

void check_together(const World& world, const std::vector<Unit>& units, Reporter& reporter) {
    const Finished definitions(world, units);
    check_start(world, definitions, reporter);
    check_keys(world, units, definitions, reporter);
    check_doors(world, definitions, reporter);
}

}  // namespace kiln::compiler
