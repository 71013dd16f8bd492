/// Below the well: the lever, the spider, the locked grate, and what the old masters threw away.
module kettle_cross

room well_house {
  title: "The Well House"
  description: """
    A round room around a round hole.
    [if hatch_is_open]The iron hatch over the well stands open, and rungs go down into the dark.[else]An iron
    hatch covers the well.[end]
    A windlass with a long handle is bolted to the floor.
    """
  flags: indoors
  exit west -> potters_lane
  exit down -> cistern {
    door: closed, locked, unpickable
    name: "the iron hatch"
    keywords: "hatch", "iron"
  }
  detail "floor", "bolts": "Flagstones, wet in the joints. The bolts of the windlass go down a long way."
  detail "windlass", "handle", "winch": "Greased not long ago. You could TURN it."
  detail "well", "hole": "Nobody has drawn water here since the kettle learned to fill itself."
  detail "rungs": "Cold, wet, and closer together at the bottom."

  state hatch_is_open: bool = false

  on command "turn windlass", "turn handle", "turn winch", "pull handle", "use windlass" by who {
    if hatch_is_open { tell who "It will not turn any further." ; stop }
    hatch_is_open = true
    act who "[Who] [who throws] [who.his] weight on the windlass. [The exit(down)] groans open!"
    unlock exit(down)
    open exit(down)
    echo in cistern "Far above, iron groans, and a coin of light appears."
    on cancel { close exit(down) ; lock exit(down) ; hatch_is_open = false }
    wait 30s
    close exit(down)
    lock exit(down)
    hatch_is_open = false
    echo "The windlass spins back by itself, and the hatch falls shut with a bang."
    echo in cistern "The coin of light goes out with a bang."
  }
}

room cistern with bears_hand("A wet hand, then and now. It was counting something.") {
  title: "The Old Cistern"
  description: """
    Pillars stand knee-deep in black water and carry a roof you cannot see. Everything drips. In the east wall
    a grate closes a passage; rungs lead up to the well.
    [if spider in here]Between the pillars hang threads as thick as yarn.[end]
    """
  flags: indoors, dark
  exit up -> well_house {
    door: closed, locked, unpickable
    name: "the iron hatch"
    keywords: "hatch", "iron"
  }
  exit east -> drowned_passage {
    door: closed, locked
    name: "the rusty grate"
    keywords: "grate", "rusty"
    key: rust_key
  }
  detail "roof", "passage", "rungs": "Up there a sound goes round and round and cannot find the way down."
  detail "pillars", "pillar": "Each has a handprint at the height of a child."
  detail "water": "It is only knee-deep. You are almost sure."
  detail "threads", "web", "yarn": "Sticky, and humming faintly, as if somebody at the far end held it."
  detail "chain", "ring":
      "An iron ring in the wall, and a chain that goes up. PULL CHAIN would open the hatch from here."
  spawn spider respawn 3m
  spawn cistern_rat max 2 respawn 60s

  on command "pull chain", "pull ring" by who {
    if well_house.hatch_is_open { tell who "The hatch is open already." ; stop }
    act who "[Who] [who pulls] the chain. Above, the hatch swings up."
    unlock exit(up)
    open exit(up)
    wait 20s
    if not well_house.hatch_is_open { close exit(up) ; lock exit(up) }
  }

  before unlock(door) by who when door is exit(east) {
    if spider in here and who is player {
      prevent "As you reach for the grate, [the spider] drops in front of it. Not while it lives."
    }
  }
  after unlock(door) by who { echo "Something behind the grate stops squeaking, and listens." }
}

npc spider {
  short: "a pillar spider"
  long: "A pillar spider hangs between two pillars, larger than it has any right to be."
  description: "Eight eyes, and every one of them has seen you."
  keywords: "spider", "pillar"
  level: 2
  hp: 18
  dexterity: 11
  damage: 1d4
  damage_type: pierce
  flags: sentinel
  loot: spider_loot

  on attack(victim, who) { act self "[Self] [self rears] up and [self hisses] like a kettle." }
  on damage(victim, amount) when chance 25% {
    let enemy = self.fighting else { stop }
    apply spider_venom to enemy from self
  }
  on death(killer) { echo "The threads between the pillars go slack, one after another." }
}

loot spider_loot {
  always => silk_thread
  20% => gold(1d4)
}

item silk_thread {
  short: "a coil of spider silk"
  long: "A coil of spider silk glimmers here."
  description: "Light as breath. It could hold a horse."
  keywords: "silk", "coil", "thread"
  weight: 20g
  value: 6
}

/// Each bite counts; five are the most a body can hold.
effect spider_venom {
  name: "spider venom"
  tags: "poison", "harmful"
  duration: 20s
  stacking: intensify
  stacking_max: 5
  modify { strength: -1 * stacks }

  on start(victim, source) {
    act victim "[Victim] [victim shudders] as venom enters [victim.his] blood."
  }
  on reapply(victim, source) { tell victim "The burning grows worse." }
  every 4s { damage victim for 1 * stacks as poison from source }
  on end(victim, reason) when reason == expired { tell victim "The burning in your veins fades." }
}

npc cistern_rat {
  short: "a cistern rat"
  long: "A cistern rat paddles in circles, dreaming of cheese."
  description: "Sleek, wet, and fatter than is fair."
  keywords: "rat", "cistern"
  level: 1
  hp: 7
  damage: 1d3
  loot: rat_loot
  wander: 45s
}

loot rat_loot {
  always => rat_tail
  60% => gold(1d3)
}

item rat_tail {
  short: "a rat's tail"
  long: "A rat's tail lies here."
  description: "Somebody will want it. Somebody always does."
  keywords: "tail", "rat"
  kind: trash
  weight: 20g
}

room drowned_passage {
  title: "The Drowned Passage"
  description: """
    The passage slopes up out of the water. Broken pots lie in drifts along the walls, thousands of them, all
    grey. To the east there is light, or the rumour of it.
    """
  flags: indoors, dark
  exit west -> cistern {
    door: closed, locked
    name: "the rusty grate"
    keywords: "grate", "rusty"
    key: rust_key
  }
  exit east -> masters_dump
  detail "light", "water", "passage": "Eastward it is less dark, as far as one can say so of grey pots."
  detail "pots", "drifts", "shards": "Grey, grey, grey. Whoever made these wanted another colour."
  spawn cistern_rat max 2 respawn 90s

  on enter(who) when who is player once per player {
    tell who "It smells of smoke here, three hundred years old."
  }
  on leave(who) when who is player { tell who "A few shards slide after you, clinking." }

  on command "listen" by who {
    tell who "Squeaks, with pauses for an answer. Then a squeak that may be the answer."
  }
}

room masters_dump {
  title: "The Masters' Dump"
  description: """
    A shaft, open to the sky and as wide as a house, half filled with broken things. At its foot something has
    heaped shards into a throne.
    """
  flags: indoors
  exit west -> drowned_passage
  detail "things", "pots", "shards":
      "Grey, by the cartload. They fell a long way, and somebody has sorted them by size."
  detail "throne": "A good throne, for something with a tail. You could SIT ON THRONE, between reigns."
  detail "shaft", "sky": "A round of blue, far up. A bird crosses it in a blink."
  spawn rat_king respawn 10m

  player state has_reigned: bool = false

  on command "sit on throne", "sit throne", "sit down on throne" by who {
    if rat_king in here { tell who "It is taken, by somebody with a crown and a good many friends." ; stop }
    act who "[Who] [who sits] down on the throne of shards. They shift until they fit."
    if who.has_reigned { stop }
    who.has_reigned = true
    reward who with 15
    tell who "You look out over your kingdom. It could do with a broom, and you could do with cheese."
  }
}

npc rat_king {
  short: "Old Thimble"
  long: "Old Thimble, king of rats, sits on a throne of shards with a thimble for a crown."
  description: "He is the size of a dog and has the manners of a duke."
  keywords: "thimble", "king", "rat"
  gender: male
  level: 4
  hp: 28
  dexterity: 11
  armor: 1
  damage: 1d5
  flags: sentinel
  loot: thimble_hoard

  state has_called: bool = false

  on damage(victim, amount) when self.hp < self.max_hp / 2 and not has_called {
    has_called = true
    shout "TO ME! TO YOUR KING!"
    let helpers = spawn 2 of cistern_rat at here
    for one in helpers { as one emote "pours out of the shards, squeaking." }
  }
  every 8s when self is fighting {
    act self "[Self] [self whirls] [self.his] tail..."
    wait 2s
    for one in here.players {
      if one is fighting { damage one for 1d3 as blunt from self }
    }
  }
  on death(killer) { echo "A thimble rolls across the shards and stops at your feet. It is only a thimble." }
}

loot thimble_hoard {
  always => gold(3d6 + 6)
  always => red_shard
  pick 1 {
    70 => silk_thread
    25 => 1..2 of loaf
    5 => thimble_crown unique
  }
}

item red_shard {
  short: "a red shard"
  long: "A shard glows here, red as a coal."
  description: "A red that nobody can make any more. It is warm, and it is not the sun."
  keywords: "shard", "red"
  weight: 0.1kg
  value: 12
}

item thimble_crown {
  short: "the thimble crown"
  long: "A silver thimble lies here. It is a crown, if you are small."
  description: "Silver, dented on the left, where the thinking was done."
  keywords: "thimble", "crown"
  kind: armor
  slot: head
  armor: 1
  wits: 2
  weight: 10g
  value: 60
}
