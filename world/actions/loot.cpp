#include <algorithm>
#include <set>

#include "world/actions/asking.h"
#include "world/actions/inner.h"

namespace kiln::world {

namespace {

using schema::LootRow;
using OnDrop = std::function<void(std::uint32_t item, std::int64_t count)>;

constexpr int deepest_table = 8;
constexpr std::int64_t most_of_one = 100;
constexpr std::uint32_t most_picks = 100;

class Roll {
   public:
      Roll(Engine& engine, Handle killer, const OnDrop& on_drop)
          : engine_(engine), killer_(killer), on_drop_(on_drop) {}

      void table(std::uint32_t index, int depth) {
          if (index >= engine_.image().definitions.size() || depth > deepest_table) return;
          const auto& rows = engine_.definition(index).loot;
          for (std::uint32_t row = 0; row < rows.size(); ++row) {
              if (rows[row].parent != schema::no_index || !is_possible(rows[row])) continue;
              if (rows[row].kind == LootRow::Kind::pick) {
                  pick(rows, row, depth);
              } else if (rows[row].always || engine_.draw(10'000) < rows[row].weight) {
                  give(rows[row], depth);
              }
          }
    }

   private:
    bool is_possible(const LootRow& row) {
        if (row.unique && row.kind == LootRow::Kind::item && is_taken(row.target)) return false;
        if (row.condition == schema::no_index) return true;
        const Slot arguments[1] = {killer_.to_slot()};
        return engine_.evaluate(row.condition, arguments).value_or(0) != 0;
    }

    bool is_taken(std::uint32_t item) const {
        return dropped_.contains(item) || unique_exists(engine_, item);
    }

    // Conditions are asked once; a row without putting back is out after it was drawn.
    void pick(const std::vector<LootRow>& rows, std::uint32_t parent, int depth) {
        std::vector<std::uint32_t> candidates;
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            if (rows[row].parent == parent && rows[row].weight > 0 && is_possible(rows[row]))
                candidates.push_back(row);
        }
        for (std::uint32_t i = 0; i < std::min(rows[parent].picks, most_picks) && !candidates.empty(); ++i) {
            const std::size_t chosen = draw_weighted(rows, candidates);
            const LootRow& row = rows[candidates[chosen]];
            give(row, depth);
            if (rows[parent].distinct || row.unique)
                candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
    }

    std::size_t draw_weighted(const std::vector<LootRow>& rows,
                              const std::vector<std::uint32_t>& candidates) {
        std::uint64_t total = 0;
        for (const auto row : candidates) total += rows[row].weight;
        std::uint64_t drawn = engine_.draw(total);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (drawn < rows[candidates[i]].weight) return i;
            drawn -= rows[candidates[i]].weight;
        }
        return candidates.size() - 1;
    }

    void drop(std::uint32_t item, std::int64_t count, bool unique) {
        if (item == schema::no_index || count <= 0) return;
        dropped_.insert(item);
        on_drop_(item, unique ? 1 : std::min(count, most_of_one));
    }

    void give(const LootRow& row, int depth) {
        switch (row.kind) {
            case LootRow::Kind::item: drop(row.target, between(row.low, row.high), row.unique); break;
            case LootRow::Kind::gold: {
                const std::int64_t gold = roll_dice(engine_, vm::Dice::from_slot(row.dice));
                if (gold > 0) on_drop_(schema::no_index, gold);
                break;
            }
            case LootRow::Kind::table: table(row.target, depth + 1); break;
            case LootRow::Kind::choose_one:
                if (!row.options.empty()) drop(row.options[engine_.draw(row.options.size())], 1, false);
                break;
            default: break;
        }
    }

    std::int64_t between(std::int64_t low, std::int64_t high) {
        if (high <= low) return low;
        return low + static_cast<std::int64_t>(engine_.draw(static_cast<std::uint64_t>(high - low) + 1));
    }

    Engine& engine_;
    Handle killer_;
    const OnDrop& on_drop_;
    std::set<std::uint32_t> dropped_;    // in this roll: they are not made yet, but count for `unique`
};

}  // namespace

bool unique_exists(const Engine& engine, std::uint32_t definition) {
    return !engine.store.instances(engine.template_name(definition)).empty();
}

void roll_loot(Engine& engine, std::uint32_t loot, Handle killer, const OnDrop& on_drop) {
    Roll(engine, killer, on_drop).table(loot, 0);
}

}  // namespace kiln::world
