/// The rules of the game: what the engine asks. Change them here; nothing of this is built in.
module std.rules

/// A blow lands more often the quicker one is.
formula hit_chance(attacker: creature, target: creature) -> percent =
    clamp(65% + (attacker.total(dexterity) - target.total(dexterity)) * 2%, 10%, 95%)

/// What is left of a blow after strength and armor; never less than one.
formula blow_damage(attacker: creature, target: creature, base: int) -> int =
    max(1, base + (attacker.total(strength) - 10) / 2 - target.protection / 3)

formula combat_round(who: creature) -> duration = 2s

formula kill_xp(killer: creature, victim: creature) -> int = victim.level * 20

/// 0, 100, 300, 600, 1000 ...
formula xp_for_level(level: int) -> int = level * (level - 1) * 50

formula level_max_hp(who: creature, level: int) -> int = 20 + (level - 1) * 6 + who.vitality - 10

formula regeneration(who: creature) -> int = max(1, who.max_hp / 12)

formula flee_chance(who: creature) -> percent = clamp(60% + (who.total(dexterity) - 10) * 2%, 20%, 95%)

formula carry_limit(who: creature) -> weight = who.total(strength) * 3kg
