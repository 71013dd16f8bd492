// What only shows between declarations, once all of them are there.

#include <algorithm>

#include "compiler/emit/members.h"

namespace kiln::compiler {

using schema::Definition;
using schema::PropertyValue;

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

void check_foreign_blocks(const std::vector<Unit>& units, const Finished& definitions, Reporter& reporter) {
    for (const auto& unit : units) {
        for (const auto& name : unit.foreign_blocks) {
            const auto& other = definitions[name.definition];
            if (find_block(other, name.sort, name.name)) continue;
            std::vector<std::string> known;
            for (const auto& block : other.blocks) {
                if (schema::vocabulary().blocks[block.block].id == name.sort) known.push_back(block.name);
            }
            reporter.report(Code::unknown_name, name.span, {name.sort + " of `" + other.name + "`", name.name})
                .advice = suggestion(closest(name.name, known));
        }
    }
}

}  // namespace

void check_together(const World& world, const std::vector<Unit>& units, Reporter& reporter) {
    const Finished definitions(world, units);
    check_start(world, definitions, reporter);
    check_keys(world, units, definitions, reporter);
    check_doors(world, definitions, reporter);
    check_foreign_blocks(units, definitions, reporter);
}

}  // namespace kiln::compiler
