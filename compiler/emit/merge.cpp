#include <algorithm>

#include "compiler/emit/members.h"

namespace kiln::compiler {

namespace {

// Whether one module takes in another, however many steps away.
bool uses(const Compilation& c, std::string_view module, std::string_view other) {
    std::vector<std::string_view> seen{module};
    for (std::size_t i = 0; i < seen.size(); ++i) {
        for (const auto& file : c.world.files) {
            if (file.module.text != seen[i]) continue;
            for (const auto& use : file.uses) {
                if (use.text == other) return true;
                if (std::find(seen.begin(), seen.end(), use.text) == seen.end()) seen.push_back(use.text);
            }
        }
    }
    return false;
}

// Two modules that change one thing must agree on who comes last.
void check_order(Compilation& c, std::uint32_t before, std::uint32_t after, const std::string& what, Span first,
                 Span second) {
    if (before == after || before == no_index) return;
    const auto& one = c.world.symbols[before];
    const auto& two = c.world.symbols[after];
    if (!one.declaration->is_override || !two.declaration->is_override || one.module == two.module) return;
    if (uses(c, two.module, one.module)) return;
    auto& diagnostic = c.report(Code::two_overrides, second, {what, one.module, two.module});
    diagnostic.advice = "write `use " + one.module + "` in `" + two.module + "` if it shall come last";
    diagnostic.also.push_back({first, "the other one"});
}

void merge(Compilation& c, std::vector<Said>& into, const Said& more) {
    for (auto& known : into) {
        if (known.value.property != more.value.property) continue;
        if (!more.adds) {
            const auto& row = schema::vocabulary().properties[more.value.property];
            check_order(c, known.from, more.from, std::string(row.name), known.span, more.span);
            known = more;
            return;
        }
        auto& value = known.value;
        value.integers.insert(value.integers.end(), more.value.integers.begin(), more.value.integers.end());
        value.strings.insert(value.strings.end(), more.value.strings.begin(), more.value.strings.end());
        known.also.push_back(more.span);
        return;
    }
    into.push_back(more);
}

void merge(Compilation& c, std::vector<BlockNode>& into, const std::vector<BlockNode>& more);

void merge(Compilation& c, BlockNode& into, const BlockNode& more) {
    for (const auto& one : more.properties) merge(c, into.properties, one);
    merge(c, into.blocks, more.blocks);
    into.reactions.insert(into.reactions.end(), more.reactions.begin(), more.reactions.end());
    into.attempted.insert(into.attempted.end(), more.attempted.begin(), more.attempted.end());
    if (!more.target.text.empty()) into.target = more.target;
    if (more.body != no_index) into.body = more.body;
    into.span = more.span;
    into.head = more.head;
    into.from = more.from;
}

void merge(Compilation& c, std::vector<BlockNode>& into, const std::vector<BlockNode>& more) {
    // `override on fail { }` takes the place of all that were inherited, once.
    for (const auto& node : more) {
        if (!node.overrides || !schema::vocabulary().row(node.block).many) continue;
        std::erase_if(into, [&](const BlockNode& known) { return known.block == node.block; });
    }
    for (const auto& node : more) {
        const bool many = schema::vocabulary().row(node.block).many;
        const auto known = many ? into.end() : std::find_if(into.begin(), into.end(), [&](const BlockNode& other) {
            return other.block == node.block && other.key == node.key;
        });
        if (known == into.end()) {
            into.push_back(node);
        } else if (node.overrides) {
            check_order(c, known->from, node.from, holder_name(schema::vocabulary().row(node.block).id),
                        known->head, node.head);
            *known = node;
        } else {
            merge(c, *known, node);
        }
    }
}

void merge(Compilation& c, Members& into, const Members& more) {
    for (const auto& one : more.properties) merge(c, into.properties, one);
    merge(c, into.blocks, more.blocks);
    into.loot.insert(into.loot.end(), more.loot.begin(), more.loot.end());
}

// The place of a layer among its owner's own ones.
std::size_t number_of(const Layer& layer) {
    std::size_t number = 0;
    for (const auto& other : layer.owner->layers) {
        if (other.owner != layer.owner) continue;
        if (other.from == layer.from && other.environment == layer.environment) break;
        ++number;
    }
    return number;
}

}  // namespace

Members merged_members(Compilation& c, const Symbol& symbol) {
    auto own = std::make_shared<LayerMembers>();
    Members result;
    for (const auto& layer : symbol.layers) {
        if (layer.owner != &symbol) {
            merge(c, result, c.units[layer.owner->unit].layers->layers[number_of(layer)]);
            continue;
        }
        const bool readable = !layer.from->declaration->broken;
        own->layers.push_back(readable ? read_members(c, layer) : Members{});
        merge(c, result, own->layers.back());
    }
    c.layers = std::move(own);
    return result;
}

}  // namespace kiln::compiler
