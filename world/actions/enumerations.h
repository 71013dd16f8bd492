#pragma once
// Values of the enumerations that the engine itself acts on, by name; a test compares them with
// enumerations.def.

#include <cstdint>

namespace kiln::world {

enum class Position : std::int64_t { standing, sitting, resting, asleep };
enum class ItemKind : std::int64_t {
    thing, weapon, armor, container, food, drink, light, key, note, furniture, corpse, coins, trash,
};
enum class WearSlot : std::int64_t {
    none, head, neck, body, back, arms, hands, finger, waist, legs, feet, shield, held, wielded,
};
enum class RoomFlag : std::int64_t { indoors, dark, peaceful, no_mob, no_recall };
enum class ItemFlag : std::int64_t { fixed, no_drop, no_sell, two_handed, glowing, hidden };
enum class NpcFlag : std::int64_t { sentinel, aggressive, peaceful, unique };
enum class EndReason : std::int64_t { expired, removed, died, left };
enum class DoorWord : std::int64_t { open, closed, locked, unpickable, gate };
enum class Stacking : std::int64_t { refresh, extend, independent, highest, intensify };
enum class Stat : std::int64_t { strength, dexterity, vitality, wits, armor, max_hp };

constexpr int direction_count = 12;

}  // namespace kiln::world
