/// The top of the hill: its chest, its ear, its ram.
module hobs_back

room snoring_ground with bears_hand("A large hand, and greedy: it is pressed in deeper than it had to be.") {
  title: "The Snoring Ground"
  description: """
    The top of the hill is bare turf, and it rises and falls like a chest.
    [if hobs_back.hill_is_awake]Just now it does neither. Something under you is awake, and thinking.[else]At
    every breath a little mist comes out of the rabbit holes.[end]
    Paths go down to the sheep, north to a knoll, west to a gap in the ridge, and south where the turf folds
    in on itself.
    """
  sector: hills
  exit down -> sheep_steps
  exit north -> knoll
  exit west -> wind_gap
  exit south -> hills_ear
  detail "turf", "chest", "ground":
      "You lie down on it, to try. You are lifted, and put down. You would not mind an hour of this."
  detail "mist", "holes", "rabbit": "It smells of hay, and of a cellar, and, from one of them, of rabbit."
  detail "slab": "A flat stone in the turf; a hand is sunk into it as into dough."
  detail "folds": "Like the folds behind an ear."
  spawn hare respawn 2m

  on command "listen" by who {
    if hobs_back.hill_is_awake { tell who "Silence, with somebody in it." ; stop }
    tell who "Inwards, a long wind. Outwards, a word, always the same, and never finished."
  }
}

npc hare {
  short: "a hare"
  long: "A hare sits bolt upright on the moving ground, like a sailor."
  description: "It has been told something about you and is trying to remember what."
  keywords: "hare"
  level: 4
  hp: 14
  dexterity: 18
  damage: 1d4
  wander: 70s
}

room hills_ear {
  title: "The Hill's Ear"
  description: """
    The turf folds inward to a hole as high as you, smooth and dark, that goes down in a spiral. It is very
    quiet here. It is the quiet of somebody listening. You could say something, if there was something that
    you wanted to say.
    """
  sector: hills
  exit north -> snoring_ground
  detail "hole", "spiral", "ear", "folds": "Wax, moss, and a wren's nest. A whisper would go a long way down."
  detail "nest", "wren":
      "Lined with wool. The wren sings into the ear every morning, and the hill has never complained."

  /// Whom the hill has given leave to take a little earth.
  player state has_asked: bool = false

  on say "please" by who when who is player {
    if hobs_back.hill_is_awake {
      echo "The word goes down, round and round. It is not answered. It is too soon."
      stop
    }
    wait 3s
    echo "Round and round it goes, down, and is gone. Then warm air comes up out of the hole, with hay in it."
    if not who { stop }
    if who.has_asked { stop }
    who.has_asked = true
    reward who with 60
    tell who "You think you may take a little."
  }

  on say "sorry" by who when who is player {
    if not hobs_back.hill_is_awake {
      echo "The hole hums. It has been said before, by nobody who took anything."
      stop
    }
    hobs_back.hill_is_awake = false
    wait 3s
    echo "A long breath comes out of the ground. After a while it goes in again."
  }

  on command "shout", "shout into ear", "yell" by who {
    act who "[Who] [who shouts] into the ear."
    if hobs_back.hill_is_awake { stop }
    hobs_back.hill_is_awake = true
    echo zone hobs_back "The hill stops snoring."
    after 60s {
      hobs_back.hill_is_awake = false
      echo zone hobs_back "With a sigh that bends the heather, the hill goes back to sleep."
    }
  }
}

room wind_gap {
  title: "The Wind Gap"
  description: """
    The ridge has a notch in it, and all the wind of the west goes through the notch with its elbows out. From
    here you see the mere, small and bright, and three black strokes in it. A path, of a kind, drops north to
    a quarry.
    """
  sector: hills
  exit east -> snoring_ground
  exit north -> quarry_lip
  detail "notch", "ridge", "wind":
      "It was made by a hill turning over. You could SHOUT NAME, and see who comes."
  detail "mere", "strokes":
      "Three chimneys in the water. From this one they look like something about to be added up."
  spawn kite respawn 3m
  place gap_glove

  on command "shout name", "shout my name", "call name", "shout" by who {
    act who "[Who] [who shouts] [who.his] name into the wind."
    wait 3s
    choose {
      2 => echo "It comes back with a different ending, as if it had married."
      2 => echo "It comes back in pieces, out of order, and laughing."
      1 => echo "Another name comes back, and from far off steps, hurrying. They stop just before the gap."
    }
  }
}

npc kite {
  short: "a kite"
  long: "A kite hangs in the gap without moving anything but its eyes."
  description: "Red-brown, fork-tailed, and held up by contempt."
  keywords: "kite", "bird"
  level: 5
  hp: 24
  dexterity: 16
  damage: 1d6
  damage_type: slash
  flags: sentinel
}

item gap_glove {
  short: "a sheepskin mitten"
  long: "A sheepskin mitten is jammed between two stones, and waves in the wind."
  description: "The left. The right must have gone on with its owner, at speed."
  keywords: "mitten", "glove", "sheepskin"
  kind: armor
  slot: hands
  armor: 2
  vitality: 1
  weight: 0.2kg
  value: 8
}

room knoll {
  title: "The Bellwether's Knoll"
  description: """
    A hump of rock with one stone standing on it, chipped at the height of a horn. The grass around it is
    trodden flat in straight lines that all lead to the stone and stop.
    """
  sector: hills
  exit south -> snoring_ground
  detail "bell": "Small, bronze, and between two horns. You would have to ask them."
  detail "stone", "chips":
      "Every chip is the end of a straight line. Between you and a ram it would be a good thing to have."
  detail "lines", "grass", "rock":
      "He only ever goes straight. You see where others went: to the side, the ones who went anywhere."
  spawn bellwether respawn 10m

  on command "listen" by who { tell who "A small bell that is not rung, on a neck that is not moved." }
}

/// He charges in straight lines; who steps aside lets the stone do the work.
npc bellwether {
  short: "the Bellwether"
  long: "The Bellwether stands on the rock, grey as the hill, and looks at you along his nose."
  description:
      "His horns go round twice. Between them hangs a small bell, and it has never once tinkled by accident."
  keywords: "bellwether", "ram"
  gender: male
  level: 7
  hp: 64
  strength: 12
  dexterity: 9
  armor: 3
  damage: 1d6
  damage_type: blunt
  flags: sentinel
  loot: bellwether_loot

  state is_pawing: bool = false
  state is_stubborn: bool = false
  player state stepped_aside: bool = false

  on attack(victim, who) {
    emote "lowers his head until you can read the rings on his horns. There are a great many."
  }

  on command "sidestep", "step aside", "dodge", "jump aside" by who {
    if who.fighting != self { tell who "You step aside. It is good practice." ; stop }
    if not is_pawing { tell who "Not yet. Wait until he paws." ; stop }
    who.stepped_aside = true
    act who "[Who] [who shifts] [who.his] weight to one foot."
  }

  on damage(victim, amount) when self.hp < self.max_hp / 3 and not is_stubborn {
    is_stubborn = true
    act self "[Self] [self shakes] [self.his] head, and the bell rings. All over the hill sheep look up."
    apply stubbornness to self
  }

  every 12s when self is fighting {
    is_pawing = true
    for one in here.players { one.stepped_aside = false }
    act self "[Self] [self paws] the ground, and [self puts] [self.his] whole mind to it."
    wait 4s
    is_pawing = false
    let missed = false
    for one in here.players when one.fighting == self {
      if one.stepped_aside {
        missed = true
        act one "[One] [one steps] aside, and several hundredweight of ram go by."
      } else {
        act one "[Self] [self goes] through [one] like a door."
        damage one for 2d6 as blunt from self
      }
    }
    if missed {
      echo "The stone rings like a bell. So, for a moment, does the Bellwether."
      damage self for 5d4
    }
  }

  on death(killer) { echo "A small bell rolls over the rock and rings, and rings, and lies still." }
}

effect stubbornness {
  name: "stubbornness"
  stacking: refresh
  modify { armor: 4 ; strength: 2 }
}

loot bellwether_loot {
  always => ram_bell
  always => gold(2d6 + 6)
  30% => lock_of_wool
  10% => coiled_horn unique
}

item ram_bell {
  short: "a ram's bell"
  long: "A small bell lies here on its side."
  description:
      "Bronze, with a line around the lip: I CALL A LITTLE WATER. You could RING BELL. Perhaps not indoors."
  keywords: "bell", "ram"
  flags: no_sell
  weight: 0.3kg

  on command "ring bell", "ring small bell", "ring little bell", "ring ram's bell" by who {
    act who "[Who] [who rings] a small bell. It is answered, somewhere, by a drip."
    raise little_bell_rung(who)
  }
}

/// A little bell that calls a little water.
event little_bell_rung(who: creature)

item coiled_horn {
  short: "a coiled horn"
  long: "A ram's horn lies here, coiled twice around nothing."
  description: "Heavy as an argument. Blown, it would move a flock; swung, a door."
  keywords: "horn", "coiled"
  kind: weapon
  slot: wielded
  damage: 2d5
  damage_type: blunt
  strength: 1
  weight: 3kg
  value: 60
}
