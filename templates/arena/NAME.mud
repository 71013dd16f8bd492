/// A ring of sand, and what comes out of its gates.
module NAME

zone NAME {
  title: "The Ring"
  description: "A small arena, for those who want to try out how fights go."
  entrances: gate
  start: gate
}

room gate {
  title: "The Fighters' Gate"
  description: "Benches, a rack, and a low door to the south through which sand has been carried for years."
  flags: indoors, peaceful
  exit south -> ring
  detail "rack": "There is always one more sword in it."
  detail "benches", "bench": "Names are cut into them. Some of them twice."
  place short_sword
}

item short_sword {
  short: "a short sword"
  long: "A short sword leans in the rack."
  description: "Notched, and sharp between the notches."
  keywords: "sword", "short"
  kind: weapon
  slot: wielded
  damage: 1d6 + 1
  damage_type: slash
  weight: 1.5kg
  value: 10
}

room ring {
  title: "The Ring"
  description: """
    Sand, raked in circles, and a wall too high to climb.
    [if viper in here]In the middle something has drawn a circle of its own.[end]
    """
  exit north -> gate
  detail "sand": "It has been raked so that nobody sees what was on it."
  spawn viper respawn 2m
}

npc viper {
  short: "a sand viper"
  long: "A sand viper lies in a coil, and counts your feet."
  description: "The colour of sand, except for the eyes."
  keywords: "viper", "snake"
  level: 1
  hp: 12
  damage: 1d3
  damage_type: pierce
  flags: sentinel
  loot: viper_loot

  on damage(victim, amount) when chance 30% {
    let enemy = self.fighting else { stop }
    apply viper_venom to enemy from self
  }
  on death(killer) { echo "The coil comes undone." }
}

/// Each bite makes it worse; three are the most.
effect viper_venom {
  name: "viper venom"
  tags: "poison", "harmful"
  duration: 15s
  stacking: intensify
  stacking_max: 3

  on start(victim, source) { act victim "[Victim] [victim winces]: venom." }
  every 5s { damage victim for 1 * stacks as poison from source }
  on end(victim, reason) when reason == expired { tell victim "The burning is gone." }
}

loot viper_loot {
  always => viper_skin
  50% => gold(1d6)
}

item viper_skin {
  short: "a viper's skin"
  long: "A viper's skin lies here, still in its coil."
  description: "Dry, light, and worth something to somebody."
  keywords: "skin"
  weight: 50g
  value: 4
}
