/// The road up, and those who live off it.
module hobs_back

room hill_road {
  title: "The Hill Road"
  description: """
    The road climbs between heather in long easy turns, as if it had been laid over a sleeper by somebody who
    did not want to wake him. The ground rises and falls under you, very slowly. You had thought it was your
    breath.
    [if kettle_cross.is_night()]At night it is deeper.[end]
    """
  sector: hills
  exit east -> kettle_cross.toll_gate
  exit west -> brothers_toll
  exit south -> cold_spring
  detail "heather": "Purple, humming with bees that all go the same way: up."
  detail "road", "turns":
      "Paved once. The stones have been moved apart a little, as a blanket is by breathing."
  detail "ground": "Up. You count to twenty. Down."
  spawn magpie respawn 2m

  on command "listen" by who {
    if hobs_back.hill_is_awake { tell who "Nothing. It is holding its breath, too." ; stop }
    tell who "From below, from everywhere, long and low: a snore."
  }
}

npc magpie {
  short: "a magpie"
  long: "A magpie hops along beside you and prices your buttons."
  description: "Black, white, and in the right light every colour there is."
  keywords: "magpie"
  level: 3
  hp: 12
  dexterity: 17
  damage: 1d3
  loot: magpie_loot
  wander: 80s
}

loot magpie_loot {
  30% => gold(2d4)
  20% => brass_button
}

item brass_button {
  short: "a brass button"
  long: "A brass button gleams here."
  description: "An anchor on it. Somewhere an alderman is one short."
  keywords: "button", "brass"
  weight: 10g
  value: 3
}

room cold_spring {
  title: "The Cold Spring"
  description: """
    A stone basin, and over it a stone face that has been spitting the same water for longer than it has been
    a face. The rim is white with frost, in any month. Steps go up to the road.
    """
  sector: hills
  exit north -> hill_road
  detail "face": "It has puffed cheeks and no eyes left. It looks as if it were blowing on its soup."
  detail "basin", "rim", "frost", "water":
      "So cold that it is blue. They say that it was once too hot to wash in. You could DRINK WATER."
  spawn hoarling respawn 3m

  player state has_drunk: bool = false

  on command "drink water", "drink", "drink from spring", "drink from basin" by who {
    act who "[Who] [who drinks] from the spring, and for a moment [who.his] teeth belong to somebody else."
    damage who for 1 as cold
    if not who.has_drunk {
      who.has_drunk = true
      reward who with 20
      tell who "Behind the cold there is a taste of smoke, far down. It has not quite gone out."
    }
  }
}

npc hoarling {
  short: "a hoarling"
  long: "A hoarling sits here, knees drawn up, and everything it touches goes white."
  description: "A child's shape, made by frost on a window. It wants to come in. It does not matter where."
  keywords: "hoarling"
  level: 4
  hp: 26
  dexterity: 11
  damage: 1d5
  damage_type: cold
  loot: hoarling_loot
  flags: sentinel
  on death(killer) { echo "The hoarling becomes a wet patch, in the shape of somebody sitting." }
}

loot hoarling_loot {
  50% => gold(1d6 + 1)
  25% => frost_pane
}

item frost_pane {
  short: "a pane of frost"
  long: "A pane of frost lies here and does not melt."
  description: "Ferns, feathers, a street with lamps. If you tilt it, somebody walks down the street."
  keywords: "pane", "frost"
  kind: armor
  slot: shield
  armor: 2
  weight: 0.5kg
  value: 15
}

room brothers_toll {
  title: "The Brothers' Toll"
  description: """
    A plank lies across two barrels, and that closes the road, for the time being.
    [if they_quarrel]Behind it three brothers are sharing equally, on the ground.[else]A board says:
    TOLL.[end]
    The road goes on to the west. You could be back at the village before they have agreed on the time.
    """
  sector: hills
  exit east -> hill_road
  exit west -> sheep_steps
  detail "plank", "barrels":
      "The plank wobbles. Each of the brothers has sawn a piece off his end, to make it even."
  detail "board", "sign": """
    TOLL. Then, in three hands: TWO GOLD. FOUR GOLD. WHATEVER HE SAYS, ONE LESS. And at the bottom, where all
    three could agree: TO BE SHARED EQUALLY. You could PAY THREE, or, if you were unkind, PAY ONE.
    """
  spawn osk respawn 2m
  spawn esk respawn 2m
  spawn usk respawn 2m

  state they_quarrel: bool = false
  player state may_pass: bool = false

  before leave(who, toward) when who is player and toward == west {
    if not who.may_pass and not they_quarrel {
      if osk in here or esk in here or usk in here {
        prevent "Three brothers say \"Toll!\", one after another, like a bad echo."
      }
    }
  }
  on leave(who, toward) when who is player and toward == west { who.may_pass = false }

  on command "pay three", "pay toll", "pay 3", "pay three gold", "pay 3 gold" by who {
    if they_quarrel { tell who "Nobody has a hand free to take it." ; stop }
    charge 3 from who else {
      tell who "You have not got three. They watch you count, and count along."
      stop
    }
    who.may_pass = true
    act who "[Who] [who puts] three coins on the plank. Three hands take one each, and nobody says a word."
  }

  on command "pay one", "pay 1", "pay one gold", "pay 1 gold" by who {
    if they_quarrel { tell who "It has worked already." ; stop }
    charge 1 from who else { tell who "You have not even got one." ; stop }
    they_quarrel = true
    act who "[Who] [who puts] one coin on the plank, in the middle."
    if osk { as osk say "Mine. I'm the eldest." }
    if esk { as esk say "By an hour! Shared equally, it says." }
    if usk { as usk say "How do you share ONE equally?" }
    if not who.has_divided { who.has_divided = true ; reward who with 50 }
    echo "They begin to find out. The road is free."
    wait 40s
    they_quarrel = false
    echo "The coin rolls down the hill. Three brothers get up, dust each other off, and fold their arms."
  }

  player state has_divided: bool = false
}

abstract npc toll_brother {
  short: "a brother"
  description: "A large man with a small hat. There are three of him."
  gender: male
  level: 5
  hp: 34
  damage: 1d6
  flags: sentinel
  loot: brother_loot
  on attack(victim, who) { say "Toll! TOLL!" }
}

loot brother_loot {
  always => gold(1d4 + 1)
  15% => small_hat
}

item small_hat {
  short: "a small hat"
  long: "A small hat lies here, proud of itself."
  description: "It has never covered a head, only topped one."
  keywords: "hat", "small"
  kind: armor
  slot: head
  armor: 1
  strength: 1
  weight: 0.1kg
  value: 9
}

npc osk from toll_brother {
  short: "Osk"
  long: "Osk stands behind the plank and is the eldest."
  keywords: "osk", "brother"
  on talk_to(who, whom) when whom == self {
    say "Our father had the toll, and his father. Don't ask them. Ask me."
  }
}

npc esk from toll_brother {
  short: "Esk"
  long: "Esk stands behind the plank and is the cleverest."
  keywords: "esk", "brother"
  on talk_to(who, whom) when whom == self {
    say "Three of us, so three gold. Not two. Not one, whatever you do not one."
  }
}

npc usk from toll_brother {
  short: "Usk"
  long: "Usk stands behind the plank and is the other one."
  keywords: "usk", "brother"
  on talk_to(who, whom) when whom == self { say "What they said. Unless they said different things." }
}

room sheep_steps {
  title: "The Sheep Steps"
  description: """
    Ten thousand sheep have gone round this hill for a thousand years and left it in steps, each as wide as a
    sheep. A flock stands about on them like notes on a stave. The toll is east, a bothy smokes to the south,
    and the hilltop is up; a cart track goes north among hazels.
    """
  sector: hills
  exit east -> brothers_toll
  exit south -> bothy
  exit north -> coppice
  exit up -> snoring_ground
  detail "steps": "You count forty. Then one of them turns out to be a sheep."
  detail "flock", "notes", "stave": "If somebody could read it, it would be a lullaby. You could COUNT SHEEP."
  spawn sheep max 4 respawn 2m

  on command "count sheep", "count the sheep" by who {
    act who "[Who] [who counts] sheep."
    bind who
    wait 4s
    tell who "One, two, three, four, five, four..."
    wait 5s
    tell who "You wake with your face in the grass, feeling better than you have a right to."
    heal who for 3d4
  }
}

npc sheep {
  short: "a sheep"
  long: "A sheep chews, and waits for the other shoe to drop."
  description: "Two yellow eyes with a slot in each, as if for coins."
  keywords: "sheep"
  level: 3
  hp: 18
  damage: 1d3
  damage_type: blunt
  loot: sheep_loot
  wander: 3m
}

loot sheep_loot { 60% => lock_of_wool }

item lock_of_wool {
  short: "a lock of wool"
  long: "A lock of wool has caught on something here."
  description: "Grey, greasy, and still curled around the idea of a sheep."
  keywords: "wool", "lock"
  weight: 50g
  value: 2
}

room bothy {
  title: "Ister's Bothy"
  description: """
    Four walls of turf, one of them hill. It is warm from a fire, and from a dog that lies in front of the
    fire and gets most of it. Cheeses stand along the hill side, where it used to be warmest.
    """
  flags: indoors, peaceful
  exit north -> sheep_steps
  detail "cheeses", "cheese": """
    One of them has been turned over every day for a year. It has opinions now. Talk to Ister, if you are
    hungry.
    """
  detail "wall", "hill", "turf":
      "You lay a hand on it: cool, and slowly moving. \"My gran dried socks on that,\" says somebody."
  detail "fire": "Heather roots. It smells like the idea of tea."
  detail "crook": "A ram's horn on an ash pole."
  spawn ister respawn 2m
  spawn bobbin respawn 2m
}

npc ister from hill_dweller {
  short: "Ister"
  long: "Ister the shepherd knits a sheep back into shape."
  description: """
    A brown face with white lines where she squints. She knits without looking, and what she knits is grey.
    """
  keywords: "ister", "shepherd"
  gender: female

  player state has_eaten: bool = false
  player state has_crook: bool = false

  on talk_to(who, whom) when whom == self and who is player {
    if not who.has_eaten {
      who.has_eaten = true
      say "Eat something. You have come up a hill."
      give hill_cheese to who else { say "Or put something down first." ; who.has_eaten = false }
    }
    say "The hill was warm, once. Then came men with carts, and when they had gone it was only a hill."
    say "There's red earth where they dug, in the quarry. Ask before you take: there's an Ear, past the top."
    say "It knows one word. SAY PLEASE."
    say "And mind the Bellwether. When he paws, you SIDESTEP. He can't turn. He has a stone for that."
  }

  on give(thing, who) {
    if thing is lock_of_wool {
      destroy thing
      pay 2 to who
      emote "knits it in."
      stop
    }
    if thing is ram_bell and who is player {
      say "So he's down. He was a lamb by that fire. No, keep it; it calls things. And take the crook."
      give thing to who
      if not who.has_crook {
        who.has_crook = true
        give crook to who else { spawn crook at here }
        reward who with 100
      }
      stop
    }
    say "I have one."
    give thing to who
  }

  on say "hill", "warm" by who when who is player { say "You can hear how it misses it. On the in-breath." }
  on say "ram", "bellwether", "bell" by who when who is player {
    say "He went up there when the wall went cold. Somebody put that bell on him. It was not me."
  }
  on say "please", "ear" by who when who is player {
    say "I say it every morning. I never want anything. It is so that the hill knows the word."
  }
}

npc bobbin from hill_dweller {
  short: "Bobbin"
  long: "Bobbin lies in front of the fire and keeps one eye on you and one on the sheep in his dream."
  description: "A dog of several colours, none of them finished."
  keywords: "bobbin", "dog"
  gender: male

  on command "pet dog", "pet bobbin", "stroke dog", "stroke bobbin" by who {
    act who "[Who] [who strokes] Bobbin, who moves over by the width of a hand. It is a great honour."
    heal who for 1
  }
}

item hill_cheese {
  short: "a hill cheese"
  long: "A small round cheese lies here."
  description: "Hard, yellow, and stamped with the print of a sheep's lip."
  keywords: "cheese", "hill"
  kind: food
  heals: 3d4
  weight: 0.5kg
  value: 3
}

item crook {
  short: "a shepherd's crook"
  long: "A shepherd's crook leans here and waits for a leg."
  description: "Ash and horn. It catches what runs, and stops what comes."
  keywords: "crook", "shepherd"
  kind: weapon
  slot: wielded
  damage: 1d8 + 1
  damage_type: blunt
  dexterity: 1
  weight: 1.5kg
  value: 25
}
