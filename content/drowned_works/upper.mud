/// The upper floor, which is dry, more or less.
module drowned_works

room drain_mouth {
  title: "The Mouth of the Drain"
  description: """
    A brick pipe as high as a door runs out of the bank into the mere. You can walk in it, if you do not mind
    what you walk on. A warm draught comes from inside, and with it, very faint, a voice that counts.
    """
  flags: indoors
  exit east -> sallow.mere_shore
  exit west -> packing_hall
  detail "pipe", "bricks", "brick":
      "Good work, each brick stamped with a hand. Some of the hands are red, and have no moss on them."
  detail "voice", "draught":
      "Four hundred and six. Four hundred and seven. Four hundred and... It begins again."
  detail "marks", "mark", "wall": """
    Three lines on the wall. The highest says FULL, the middle one HALF, the lowest DRY.
    [if drowned_works.water == 2]It stands at FULL.[else if drowned_works.water == 1]It stands at
    HALF.[else]It stands at DRY.[end]
    """
  spawn enamel_beetle respawn 2m

  on command "listen" by who {
    tell who "Four hundred and eight. A pause. A small, tired sound, as of chalk being rubbed out."
  }
}

npc enamel_beetle {
  short: "an enamel beetle"
  long: "An enamel beetle walks down the wall with its wing cases shining blue and white."
  description: "There is a landscape on its back, with a windmill. It would look well on a saucer. It bites."
  keywords: "beetle", "enamel"
  level: 5
  hp: 26
  armor: 4
  damage: 1d6
  damage_type: pierce
  loot: beetle_loot
}

loot beetle_loot {
  35% => beetle_case
  50% => gold(1d6 + 2)
}

item beetle_case {
  short: "an enamel wing case"
  long: "A wing case lies here, blue on white."
  description: "A windmill, a cow, a very small man who waves. It will turn a blade, or hold a biscuit."
  keywords: "case", "wing", "enamel"
  kind: armor
  slot: shield
  armor: 3
  weight: 0.4kg
  value: 18
}

room packing_hall {
  title: "The Packing Hall"
  description: """
    Crates stand in rows under lamps that somebody keeps filled. They are packed, addressed and three hundred
    years late. The hall opens to the north and south and west, and a broad stair goes down.
    [if drowned_works.water == 2]At the third step it is water.[else]It is wet, and shines.[end]
    """
  flags: indoors
  exit east -> drain_mouth
  exit north -> wheel_house
  exit south -> counting_house
  exit west -> drying_loft
  exit down -> glaze_room
  detail "crates", "crate": """
    KETTLE CROSS, says one. SIXLEGS. HOB'S BACK, WITH COMPLIMENTS. You could OPEN CRATE; it is nailed like a
    secret.
    """
  detail "lamps", "lamp": "Fish oil, and a wick of something that does not burn down."
  detail "stair", "steps", "water": "Black water, and under it a light that moves about on an errand."
  spawn packer respawn 5m
  spawn enamel_beetle max 2 respawn 2m

  player state has_opened: bool = false

  on command "open crate", "open crates", "break crate", "pry crate" by who {
    if who.has_opened { tell who "The packer has sat down on the rest of them." ; stop }
    if not who.carries(hobs_back.miners_pick) and not who.carries(billhook) {
      tell who "Nailed every inch. You would need something to pry with: a pick, a hook."
      stop
    }
    who.has_opened = true
    act who "[Who] [who pries] a lid off. There is straw, and straw, and straw."
    tell who "At the bottom, one saucer, grey, and a bill. You keep the saucer."
    give grey_saucer to who else { spawn grey_saucer at here }
    reward who with 40
  }
}

item grey_saucer {
  short: "a grey saucer"
  long: "A saucer lies here, grey as a Monday."
  description: "Once it was red. On the back, in pencil: SECOND QUALITY, THEY WILL NOT NOTICE."
  keywords: "saucer", "grey"
  weight: 0.2kg
  value: 10
}

npc packer from night_shift {
  short: "a packer"
  long: "A packer writes an address on a crate, licks the label, and finds that he has no tongue."
  keywords: "packer"
  on talk_to(who, whom) when whom == self {
    if shift_is_over { say "I'm off. Have you seen my coat? I had a coat." ; stop }
    say "Can't stop. It's all to go out before the bell. Nobody's rung it. Foreman can't say when."
  }
}

room wheel_house {
  title: "The Wheel House"
  description: """
    A wheel of iron stands upright in the middle of the floor, as high as your chest, with a needle over it
    that points to a word. The words are FULL, HALF and DRY, and the paint of the last is quite fresh; it has
    not been needed much.
    """
  flags: indoors
  exit south -> packing_hall
  detail "wheel", "iron":
      "It lets the water down from FULL to HALF: so much you read on the rim. You could TURN WHEEL."
  detail "needle", "words", "word":
      "[if drowned_works.water == 2]FULL.[else if drowned_works.water == 1]HALF.[else]DRY.[end]"
  detail "rim": """
    FIRST WHEEL. FULL TO HALF. THE SECOND IS WHERE THE CLAY IS. And scratched: WHO FILLS IT? SHE DOES, WITH
    THE BELL.
    """
  spawn steam max 2 respawn 2m

  on command "turn wheel", "turn iron wheel", "use wheel" by who {
    if drowned_works.water < 2 {
      tell who "It has no more to give. The second wheel is where the clay is."
      stop
    }
    act who "[Who] [who hangs] on the wheel. It gives, tooth by tooth, and then all at once."
    lower_water(1)
  }
}

npc steam {
  short: "a wandering steam"
  long: "A steam wanders about at head height, looking for its kettle."
  description: "White, warm, and without a place to be. It cannot help what it does to skin."
  keywords: "steam"
  level: 6
  hp: 22
  dexterity: 15
  damage: 1d6
  damage_type: fire
  flags: sentinel
  on death(killer) { echo "It lies down on the wall in drops." }
}

room counting_house {
  title: "The Counting House"
  description: """
    Ledgers to the ceiling, and a desk, and on the desk a slate. Over the desk hangs a bell with a brown cord:
    the bell for the end of the shift.
    [if shift_is_over]The slate is wiped. On it stands, in a good hand: ALL HOME.[else]Chalk dust turns in the
    light of a lamp.[end]
    """
  flags: indoors, peaceful
  exit north -> packing_hall
  detail "desk", "lamp":
      "Ink, dried to a stone. A sandwich, likewise. The lamp burns as if it had been told to."
  detail "ledgers", "ledger": """
    Pot by pot: RED, RED, RED. In the column on the right, in another ink: HILL, and a number that goes down.
    """
  detail "slate":
      "Four hundred and eight strokes, then a smear where there must be one more. He never gets to it."
  detail "bell", "cord":
      "RING SHIFT BELL, you could. The foreman would if he might. He may not, while the master fires."
  spawn tally respawn 5m

  player state has_sent_home: bool = false

  on command "ring shift bell", "ring bell", "pull cord" by who {
    if shift_is_over { tell who "It has been rung. Listen, how quiet." ; stop }
    if quench {
      tell who "Your hand goes through the cord. While the master fires, nobody goes home."
      stop
    }
    shift_is_over = true
    act who "[Who] [who pulls] the cord, and the small bell says: enough."
    echo zone drowned_works "A small bell rings. All over the Works, tools are put down."
    wait 4s
    echo "They come past the door, one behind the other, in their coats. The last turns down the lamp."
    if who and not who.has_sent_home {
      who.has_sent_home = true
      reward who with 250
      tell who "The foreman makes one more stroke, and looks at you. He had never counted himself."
    }
    after 10m { shift_is_over = false }
  }
}

npc tally from night_shift {
  short: "Tally"
  long: "Tally, foreman of the night shift, counts strokes on a slate."
  description: "A careful man, or his outline. He has chalk behind both ears."
  keywords: "tally", "foreman"
  on talk_to(who, whom) when whom == self {
    if shift_is_over {
      say "All home. All but the master, and he was one of us, once. A potter's boy with a thick thumb."
      stop
    }
    say "Four hundred and nine on the shift, and I get four hundred and eight. Can't go home one short."
    say "The master? Below, behind the great door. He is still firing. He says the next one will be good."
    say "He has let go of one thing in his life. A cup, when he was a boy. Somebody had said no to it."
  }

  on say "master", "quench" by who when who is player {
    say "Below, behind the great door. Four pipes; my girl used to whistle it."
  }
  on say "cup" by who when who is player {
    say "They say he made it when he was five. They say a master saw it, and said one word."
  }
  on say "red" by who when who is player {
    say "Four hundred and eight of us, and not one ever asked what was in it. So one gets to be four hundred."
  }
}

room drying_loft {
  title: "The Drying Loft"
  description: """
    Racks, and on the racks bowls, in the thousands, raw and grey and soft as the day they were thrown. It is
    the damp. They will never dry now. Some of them have begun to lean together and whisper. The loft goes on
    west to a flue.
    """
  flags: indoors
  exit east -> packing_hall
  exit west -> flue_head
  detail "bowls", "racks", "bowl": "Press a finger into one, and it closes around the finger, trustingly."
  spawn slipman max 2 respawn 2m

  on command "listen" by who { tell who "A wet little sound from a thousand rims. It may be: when?" }
}

npc slipman {
  short: "a slipman"
  long: "A slipman stands here, poured rather than made, and drips back into itself."
  description: "Clay thinned with lake water, in the shape of somebody who used to stir it."
  keywords: "slipman", "slip", "clay"
  level: 5
  hp: 28
  dexterity: 8
  strength: 12
  damage: 1d6
  damage_type: blunt
  loot: slip_loot
  on death(killer) {
    echo "It sits down, and goes on sitting down, until it is a puddle with two thumbprints in it."
  }
}

loot slip_loot {
  40% => gold(1d6 + 2)
  20% => lump_of_clay
}

item lump_of_clay {
  short: "a lump of clay"
  long: "A lump of clay sits here and hopes."
  description: "It has your fingerprints already."
  keywords: "clay", "lump"
  weight: 1kg
  value: 3
}

room flue_head {
  title: "The Head of the Flue"
  description: """
    You stand in a round shaft, on a ring of brick. A slot of sky is far above. On the other side is a ledge
    with something long on it.
    [if drowned_works.water == 2]Between you and it is water, still and black, and just as high as your
    ring.[else] Between you and it is the shaft, and you cannot see how deep; water drips down it and does not
    arrive.[end]
    """
  flags: indoors
  exit east -> drying_loft
  exit west -> flue_ledge
  detail "shaft", "sky", "slot": "A heron looks in at the top, and goes away."
  detail "ledge", "something":
      "A hand's breadth of brick, and on it tongs, longer than you. At high water it would be a short swim."
  detail "water", "drip", "ring": "Soot floats on it in the shape of a hand, or you have seen too many hands."

  before leave(who, toward) when who is player and toward == west and drowned_works.water < 2 {
    prevent "There is nothing there to stand on, and nothing to swim in. At high water: six strokes."
  }
}

room flue_ledge {
  title: "The Ledge"
  description: """
    A ledge in a chimney, in a lake. You drip.
    [if drowned_works.water < 2]The water has gone from under you. A chain of rungs goes around to the ring,
    for sweeps, and for you.[else]The water laps at it and leaves a line of soot.[end]
    """
  flags: indoors
  exit east -> flue_head
  detail "rungs", "chain", "soot": "Iron, and only good in one direction, like advice: from here to there."
  place long_tongs
}

item long_tongs {
  short: "a pair of long tongs"
  long: "A pair of tongs lies along the ledge, longer than you."
  description:
      "For drawing a pot out of a fire, or a fire out of a pot. The grips are worn by two thumbs, one thick."
  keywords: "tongs", "pair", "long"
  kind: weapon
  slot: wielded
  damage: 1d8
  damage_type: blunt
  weight: 3kg
  value: 15
}
