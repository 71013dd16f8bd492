module rules

effect marsh_fever {
  name: "marsh fever"
  tags: sickness, harmful
  duration: 30s
  stacking: intensify(max: 5, on_reapply: refresh)
  modify { strength: -1 * stacks; armor: 10%; wits: +2 }

  on start(victim, source) {
    act victim "[Victim] [victim shivers|shiver] as [victim.his] brow burns."
  }
  every 3s always {
    damage victim for 1d4 * stacks as poison from source
    if stacks >= 4 and chance 10% { apply faint to victim for 2s }
  }
  on end(victim, reason) when reason == expired {
    tell victim "The heat leaves you."
  }
}

loot pebbles {
  pick 1 {
    70 => agate
    25 => garnet
    5  => star_ruby unique                // at most one in the world
  }
}

loot ogre_hoard {
  always => gold(4d20 + 30)
  always => ogre_tooth
  25%    => table(pebbles)
  pick 2 distinct {
    50 => gold(2d6+3)
    30 => 1..2 of healing_potion
    4  => choose_one(club, great_club) when killer.level < 15
    1  => ogre_belt bind on_pickup
  }
}

enum weather { clear, rain
  storm
  snow, fog }

const toll = 5
const long_wait: duration = 1h
world state storms: int = 0

on enter(who) {
  if storms > 3 { tell who "It rains." }
}

every 10m in phase night while observed cooldown 1h per player {
  storms += 1
}

formula hit_chance(a: creature, t: creature, range: int = 0) -> percent =
  clamp(55% + (a.dexterity - t.agility) * 2% - range * 10%, 5%, 95%)

fn nearest_foe(who: player, known: list<npc?>) -> npc? {
  for n in who.room.npcs when n.hostile_to(who) { return n }
  return none
}

abstract npc beast {
  keywords += "beast", "animal"
  override on death(killer) { drop pebbles at here for killer }
}

override npc beast_king from beast renamed from old_king with talks(marsh_talk), hoard(ogre_hoard, level: 3) {
  hp: 2_000
  damage: 2d6 + 4
  fn roar(times: int) -> bool {
    let i = 0
    while i < times and i is not 5 { i += 1 }
    return not (i == 0 or i > -3)
  }
}

retired item old_coin -> rules.new_coin

command fire {
  help: "Fire at something here or one room away."
  position: standing
  lag: 2s

  run "fire <target:npc> [with <bow:item wielded>]", "loose at <target:npc>" by who {
    let weapon = bow or who.wielded(launcher) else { fail "You have nothing to shoot with." }
    let arrow = who.first(kind: ammo, fits: weapon) else {
      fail "You are out of arrows."
    }
    destroy arrow
    if roll(hit_chance(who, target, who.distance(target))) {
      act who, target {
        actor  "You shoot [the target] with [an arrow]."
        target "[Who] shoots you with [the arrow]!"
        others "[Who] shoots [the target]."
      }
      damage target for weapon.damage + arrow.bonus as pierce from who
    } else if who is player {
      act who "[Who] [who misses]."
    } else { stop }
  }
  run "fire <dir:direction>" by who {
    let target = nearest_foe(who, [rat, wolf]) else { fail "Nothing stirs [dir]." }
    perform fire(target) by who
  }
}
