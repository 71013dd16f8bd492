#include <algorithm>
#include <array>

#include "world/actions/asking.h"

namespace kiln::world {

namespace {

constexpr std::array<Field, 6> base_fields = {Field::creature_strength, Field::creature_dexterity,
                                              Field::creature_vitality, Field::creature_wits,
                                              Field::creature_armor,    Field::creature_max_hp};
constexpr std::array<std::string_view, 6> item_properties = {"strength", "dexterity", "vitality",
                                                             "wits",     "armor",     ""};
constexpr std::int64_t largest_stat = 1'000'000'000;

struct Changes {
    std::int64_t added = 0, percent = 0;
};

void add_effect(Engine& engine, Handle effect, int stat, Changes& changes) {
    const std::uint32_t index = engine.definition_of(effect);
    if (index == schema::no_index) return;
    for (const auto& change : engine.definition(index).changes) {
        if (change.stat != stat) continue;
        const Slot arguments[1] = {effect.to_slot()};
        const auto value = engine.evaluate(change.function, arguments);
        if (!value) continue;
        std::int64_t& sum = change.percent ? changes.percent : changes.added;
        sum = std::clamp(sum + std::clamp(*value, -largest_stat, largest_stat), -largest_stat, largest_stat);
    }
}

}  // namespace

std::int64_t total_stat(Engine& engine, Handle who, int stat) {
    const auto row = static_cast<std::size_t>(stat);
    if (stat < 0 || row >= base_fields.size()) return 0;
    std::int64_t base = std::clamp(engine.store.read(base_fields[row], who), -largest_stat, largest_stat);
    if (!item_properties[row].empty()) {
        for (const Handle item : worn_by(engine, who)) {
            base +=
                std::clamp(integer_property(engine, item, item_properties[row]), -largest_stat, largest_stat);
        }
    }
    Changes changes;
    for (const Handle effect : effects_of(engine, who)) add_effect(engine, effect, stat, changes);
    const std::int64_t total = base + changes.added + base * changes.percent / 10'000;
    return std::clamp(total, stat == static_cast<int>(Stat::max_hp) ? std::int64_t{1} : std::int64_t{0},
                      largest_stat);
}

std::int64_t roll_dice(Engine& engine, vm::Dice dice) {
    std::int64_t sum = dice.bonus;
    for (int i = 0; i < dice.count && dice.sides > 0; ++i) {
        sum += 1 + static_cast<std::int64_t>(engine.draw(static_cast<std::uint64_t>(dice.sides)));
    }
    return std::max<std::int64_t>(sum, 0);
}

}  // namespace kiln::world
