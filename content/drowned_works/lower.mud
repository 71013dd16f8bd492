/// The lower floor: the sump, the fire tunnel, and the one who is still firing.
module drowned_works

room sump with floods_at(1) {
  title: "The Sump"
  description: """
    What water is left has come here to be alone. It stands in a square basin, black to the rim, and every now
    and then it swallows. A ladder goes up; a tunnel, lined with brick, leads west, and its far end is not
    quite dark.
    """
  flags: indoors, dark
  exit up -> foremans_walk
  exit west -> fire_tunnel
  detail "ladder", "rungs": "Thirty rungs up. From down here they look like somebody's last word."
  detail "water", "basin": "You could FILL BUCKET here, and would rather not put in a hand."
  detail "tunnel", "end": "A glow like the one behind your eyelids."
  spawn sump_eel respawn 3m

  on command "fill bucket", "fill fire bucket", "dip bucket" by who { fill_bucket(who) }
}

fn fill_bucket(who: player) {
  for thing in who.items when thing is fire_bucket {
    if thing.is_full { tell who "It is full." ; stop }
    thing.is_full = true
    act who "[Who] [who dips] a bucket into the black water."
    stop
  }
  tell who "You have nothing to fill."
}

npc sump_eel {
  short: "the sump eel"
  long: "The sump eel lies around the basin, once and a half."
  description: """
    White, blind, thick as a thigh. It has eaten everything that ever fell in, and is still waiting for
    dinner.
    """
  keywords: "eel", "sump"
  level: 6
  hp: 44
  dexterity: 12
  damage: 1d7
  damage_type: cold
  flags: sentinel
  loot: sump_loot
}

loot sump_loot {
  always => gold(2d6 + 3)
  30% => swallowed_ring
}

item swallowed_ring {
  short: "a swallowed ring"
  long: "A ring lies here, the worse for where it has been."
  description:
      "Gold, thin. W & T, it says inside. He never came home, and she never gave it back; then it fell in."
  keywords: "ring", "swallowed"
  kind: armor
  slot: finger
  vitality: 1
  wits: 1
  weight: 5g
  value: 35
}

room fire_tunnel with floods_at(1) {
  title: "The Fire Tunnel"
  description: """
    It was built to carry heat, and carries it still. The bricks are red on the inside, row on row, every one
    of them, and they glow; your shadow stands around you in all directions and does not know which of it is
    meant.
    """
  flags: indoors
  exit east -> sump
  exit west -> great_door
  detail "bricks", "brick", "rows":
      "Hundreds. You pull at one. It is not that they are fixed; it is that they are holding on."
  detail "shadow": "It waves back, eventually."
  spawn steam max 2 respawn 2m
  spawn enamel_beetle max 2 respawn 2m

  on command "warm hands", "warm", "rest against bricks" by who cooldown 30s {
    act who "[Who] [who holds] [who.his] hands to the bricks, and the bricks hold back."
    heal who for 2d4
  }
}

room great_door with floods_at(1) {
  title: "Before the Great Door"
  description: """
    Iron, twice as high as it has to be, and cast all over with hands. There is no handle and no keyhole. In
    the middle, at the height of your ear, four brass mouths come out of the wall and are silent.
    [if self.exit(north) is open]It stands open. Beyond it is a red that you do not look into at once.[end]
    """
  flags: indoors
  exit east -> fire_tunnel
  exit north -> great_kiln {
    door: closed, locked, unpickable
    name: "the great door"
    keywords: "door", "great", "iron"
  }
  detail "mouths", "brass":
      "Pipes, from above. The door opens to those who know the call of the shift. The stokers whistled it."
  detail "hands": "All of them push."

  on command "whistle", "whistle notes", "whistle four notes" by who {
    act who "[Who] [who whistles] four notes at the door."
    tell who "The iron hums, politely. You are not a pipe."
  }
}

room great_kiln with floods_at(1) {
  title: "The Great Kiln"
  description: """
    You are inside it. The dome is as high as a church, and glazed by its own fires until it runs, red on red
    on red. In the middle burns a small flame, and nothing feeds it.
    [if not quench in here]Beside it stands an empty stool.[end]
    A low arch leads north.
    """
  flags: indoors
  exit south -> great_door {
    door: closed, locked, unpickable
    name: "the great door"
    keywords: "door", "great", "iron"
  }
  exit north -> cooling_room
  detail "flame", "fire", "ember": """
    The size of a hand. It has been under water for three hundred years and thought nothing of it. TAKE EMBER,
    with tongs.
    """
  detail "dome", "red":
      "You see yourself in it, and around you all the others who have stood here. They wave you away, or on."
  detail "stool": "A child's. He never got himself a bigger one."
  spawn quench respawn 15m

  player state has_ember: bool = false

  on command "take ember", "get ember", "take flame", "get flame", "take fire" by who {
    if quench in here {
      tell who "The master's eyes follow your hand, and glow a little. You take it back."
      stop
    }
    if who.carries(deep_ember) { tell who "You have one. It is the same one." ; stop }
    if not who.carries(long_tongs) {
      tell who "Your hand tells you something about itself that you did not know. Tongs; you need tongs."
      damage who for 2d4 as fire
      stop
    }
    act who "[Who] [who takes] a piece of the flame with long tongs. What is left is not smaller."
    give deep_ember to who else { spawn deep_ember at here }
    if not who.has_ember { who.has_ember = true ; reward who with 150 }
  }
}

item deep_ember {
  short: "a deep ember"
  long: "An ember lies here and burns, on nothing, for nobody."
  description: """
    Water never put it out. In a closed fist it would go on shining through the fingers, if there were
    fingers.
    """
  keywords: "ember", "deep", "fire"
  kind: light
  slot: held
  flags: no_sell, glowing
  weight: 0.1kg
}

room cooling_room with bears_hand(
    "A small hand, for a master's. You know the thumb; it is in the side of a cup.") {
  title: "The Cooling Room"
  description: """
    Shelves cut into the rock, for pots to come slowly back to the world on. All of them are bare but one. By
    the arch, at the height of a child, a hand is pressed into the brick.
    """
  flags: indoors
  exit south -> great_kiln
  detail "shelves", "shelf": """
    Bare, but for a row of seven dusty rings. Six cups were taken. From the seventh ring something was thrown.
    """
  detail "arch":
      "Low, for those who carry things in front of them with both hands, looking only at the thing."
  detail "rings", "ring": """
    The seventh is smaller, and crooked. I LIKE IT, somebody has written next to it in the dust, and somebody
    else: NO.
    """
  spawn clay_cat respawn 5m

  on command "listen" by who { tell who "Pots ticking as they cool, a shelf of them, a long time ago." }
}

npc clay_cat {
  short: "a clay cat"
  long: "A cat of unfired clay sits on a shelf, and has left prints all along it."
  description: "Somebody made it who had a cat. It purrs, in crumbs."
  keywords: "cat", "clay"
  hp: 5
  damage: 1d1
  flags: sentinel, peaceful
  on command "pet cat", "stroke cat", "pet clay cat" by who {
    act who "[Who] [who strokes] the clay cat, and it keeps the mark of [who.his] hand."
    heal who for 1d4
  }
}
