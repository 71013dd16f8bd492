/// North of the steps: hazels, bees, and a heap that must not catch fire.
module hobs_back

room coppice {
  title: "The Hazel Coppice"
  description: """
    Hazels, cut to the ground every seven years and none the wiser. Light comes down in coins. The cart track
    goes on north to where there is smoke; eastward there is a hum. The steps are south.
    """
  sector: forest
  exit south -> sheep_steps
  exit north -> charcoal_camp
  exit east -> bee_bank
  detail "hazels", "hazel", "nuts":
      "The nuts are not ripe, or somebody small was here before you. You could SHAKE HAZEL."
  detail "light", "coins":
      "You look down to see whether one is real. One is always real, they say, and never the one you take."
  detail "track", "ruts": "Old ruts, deep ones, with hazels as thick as your leg growing in them."
  spawn dormouse respawn 2m

  player state has_shaken: bool = false

  on command "shake hazel", "shake tree", "shake hazels" by who {
    act who "[Who] [who shakes] a hazel."
    if who.has_shaken { tell who "A leaf." ; stop }
    who.has_shaken = true
    echo "Nuts come down, and a dormouse that had been asleep in them."
    give hazelnuts to who else { spawn hazelnuts at here }
    spawn dormouse at here
  }
}

npc dormouse {
  short: "a dormouse"
  long: "A dormouse sleeps on a leaf, with its tail over its nose."
  description: "It would fit into an egg cup. It snores in time with the hill."
  keywords: "dormouse", "mouse"
  hp: 3
  damage: 1d1
  flags: sentinel, peaceful
}

item hazelnuts {
  short: "a handful of hazelnuts"
  long: "Some hazelnuts lie here."
  description: "Eight of them. One rattles, one is heavy, one has a door in it."
  keywords: "hazelnuts", "nuts", "handful"
  kind: food
  heals: 1d6 + 1
  weight: 0.1kg
  value: 1
}

room bee_bank {
  title: "The Bee Bank"
  description: """
    A bank in the sun, with nine straw hives on it, each under its own slate. The bees come and go without
    looking at you, busy with the heather. It is the custom here to tell them things.
    """
  sector: field
  exit west -> coppice
  detail "hives", "hive", "straw":
      "Names are scratched into the slates: MONDAY to SUNDAY, and two that say FEAST and FAST."
  detail "slates", "slate": "Held down by stones, and the stones by habit."
  detail "bees", "bee":
      "They want to know who has been born, who has died, and who has come. TELL BEES. You are news."
  spawn guard_bee max 2 respawn 2m

  player state has_told: bool = false

  on command "tell bees", "tell the bees", "talk to bees" by who {
    act who "[Who] [who bends] down to a hive and [who gives] the bees [who.his] name."
    if who.has_told { tell who "They know. But it was good of you to say so again." ; stop }
    who.has_told = true
    bind who
    wait 3s
    tell who "The hum goes from hive to hive, higher each time. Out of the last of them something drips."
    give honeycomb to who else { spawn honeycomb at here }
    reward who with 40
  }

  on command "listen" by who {
    tell who "They are passing something on. You believe that it is about your hat."
  }
}

npc guard_bee {
  short: "a guard bee"
  long: "A guard bee hangs in front of you and reads your face, from left to right."
  description: "A very small halberdier."
  keywords: "bee", "guard"
  level: 4
  hp: 8
  dexterity: 18
  damage: 1d4
  damage_type: poison
  flags: sentinel
}

item honeycomb {
  short: "a piece of honeycomb"
  long: "A piece of honeycomb lies here, and the ants have been told."
  description: "Heather honey, dark as a story."
  keywords: "honeycomb", "honey", "comb"
  kind: food
  heals: 4d4
  weight: 0.3kg
  value: 6
}

room charcoal_camp {
  title: "The Charcoal Camp"
  description: """
    A round heap of turf as tall as a cottage smokes through its own skin: the clamp, in which wood is turning
    into charcoal and must not be told how.
    [if clamp_is_watched]Its smoke is white, for now.[else]Two logs stand before it, close together.[end]
    A hut of poles leans on itself. The coppice is south.
    """
  sector: forest
  exit south -> coppice
  detail "log", "logs": "Two, side by side, each with a hollow in it."
  detail "clamp", "heap", "turf":
      "White smoke is well. Blue smoke is a hole, and a hole is a fire: STOP TOP, STOP LEFT or STOP BACK."
  detail "hut", "poles": "Two beds, and nobody has lain in either for a week."
  detail "smoke": "White, thick and sleepy. You catch yourself nodding."
  spawn marl respawn 2m
  spawn ludd respawn 2m

  state watcher: player?
  state clamp_is_watched: bool = false
  /// Where the clamp leaks: 0 nowhere, 1 at the top, 2 on the left, 3 at the back.
  state leak: int = 0
  state misses: int = 0

  on command "watch clamp", "watch the clamp", "keep watch", "watch heap" by who {
    if clamp_is_watched { tell who "It is being watched. Two who watch, talk." ; stop }
    if not marl in here { tell who "There is nobody here to be relieved." ; stop }
    watcher = who
    clamp_is_watched = true
    misses = 0
    leak = 0
    if marl {
      as marl say "You will? Three minutes. White is well. Blue is a hole: STOP it where it is, quick."
    }
    if ludd { as ludd emote "is asleep before he reaches the ground." }
    bind who
    on cancel { end_watch() }
    for round in 1..6 {
      wait 18s
      if not clamp_is_watched { stop }
      leak = random(1, 3)
      if leak == 1 { echo "Blue smoke licks out of the top of the clamp." }
      if leak == 2 { echo "Blue smoke licks out of the clamp on the left." }
      if leak == 3 { echo "Blue smoke licks out of the clamp at the back." }
      wait 10s
      if not clamp_is_watched { stop }
      if leak != 0 {
        leak = 0
        misses += 1
        if misses >= 2 { burn_through(who) ; stop }
        echo "A flame as long as an arm. Marl, asleep, throws a clod at it, and hits. Not twice, that."
      }
    }
    finish_watch(who)
  }

  on command "stop top", "stop hole at top", "close top" by who { stop_leak(who, 1) }
  on command "stop left", "stop hole on left", "close left" by who { stop_leak(who, 2) }
  on command "stop back", "stop hole at back", "close back" by who { stop_leak(who, 3) }

  on leave(who) when clamp_is_watched and who is player {
    let guard = watcher else { stop }
    if guard == who { burn_through(guard) }
  }
}

fn stop_leak(who: player, spot: int) {
  if charcoal_camp.leak == 0 {
    tell who "You pat the turf there. It smokes white, and feels patronized."
    stop
  }
  if charcoal_camp.leak != spot {
    tell who "Not there! The blue is somewhere else."
    stop
  }
  charcoal_camp.leak = 0
  act who "[Who] [who slaps] wet turf on the hole. The blue turns white and yawns."
}

fn end_watch() {
  charcoal_camp.clamp_is_watched = false
  charcoal_camp.watcher = none
  charcoal_camp.leak = 0
}

fn burn_through(who: player) {
  end_watch()
  echo in charcoal_camp "The clamp draws one deep breath and goes up like a hat. A week of wood."
  if marl { as marl say "Well. It was a good one. We will say that it was good." }
  tell who "You have failed the watch."
}

fn finish_watch(who: player) {
  end_watch()
  if marl { as marl say "Three minutes I slept. I had a dream, with a beginning and an end." }
  if ludd { as ludd say "Take a pot of it. It stays alight for days, if you leave it alone." }
  give live_charcoal to who else { spawn live_charcoal at charcoal_camp }
  if who.has_watched { reward who with 60 ; stop }
  who.has_watched = true
  pay 10 to who
  reward who with 220
  tell who "You have kept the watch."
}

npc marl from hill_dweller {
  short: "Marl"
  long: "Marl sits in front of the clamp and stares at it, so that it cannot do anything."
  description: "Black to the eyes, and the eyes red. When he blinks, you lose sight of him."
  keywords: "marl", "burner"
  gender: male

  player state has_watched: bool = false

  on talk_to(who, whom) when whom == self and who is player {
    say "Four nights. One of us looks at it and the other looks at the one. If nobody looks, it knows."
    say "Would you WATCH CLAMP, three minutes? I'd pay ten gold to dream something."
  }

  on say "charcoal", "coal", "clamp" by who when who is player {
    say "Wood that was not let burn. It never forgives you. That is what makes it hot."
  }
  on say "hoar", "cold", "frost" by who when who is player {
    say "A pot of this in its face, and it remembers what it is. It is only cold."
  }
}

npc ludd from hill_dweller {
  short: "Ludd"
  long: "Ludd holds Marl's sleeve, so that neither of them falls over."
  description: "He is the tall one, or the one on the higher log."
  keywords: "ludd", "burner"
  gender: male

  on talk_to(who, whom) when whom == self {
    say "They bought all we had, at the Works, in the old days. It went in. It never came out as smoke."
  }
}

/// Thrown at something cold, it is worth a good deal.
item live_charcoal {
  short: "a pot of live charcoal"
  long: "A lidded pot stands here and ticks."
  description: "Clay, with a lid. Lift it, and something orange opens one eye. You could THROW CHARCOAL."
  keywords: "charcoal", "pot", "coal"
  weight: 1kg
  value: 8
}
