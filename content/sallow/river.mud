/// Along the water, from the landing up to the lake.
module sallow

room towpath {
  title: "The Towpath"
  description: """
    A path for horses that pull barges, from the time when there were barges. The river slides along beside it
    and keeps pace with you whichever way you go. A milestone leans in the nettles.
    """
  sector: field
  exit east -> kettle_cross.landing
  exit west -> eel_weir
  detail "milestone", "stone":
      "KETTLE CROSS 0. SIXLEGS 1. THE WORKS, and then a number that somebody has chiselled away."
  detail "nettles": "They lean towards you, hoping."
  detail "river", "water": "Brown and broad. Now and then something turns over in it, and goes back to sleep."
  detail "path": "Hoof by hoof, horses that are long gone have dug it knee-deep."
  spawn gnats max 2 respawn 60s

  on command "listen" by who {
    tell who "Upstream, a mill wheel. Downstream, a ferryman who snores. Under you, the river, thinking."
  }

  every 70s {
    choose {
      2 => echo "A kingfisher goes by like a thrown jewel."
      1 => echo "On the far side a willow lets go of a branch it has held for years. Splash."
    }
  }
}

npc gnats {
  short: "a cloud of gnats"
  long: "A cloud of gnats hangs in the air at the height of your face."
  description: "One gnat is nothing. This is a great many nothings, and they are hungry."
  keywords: "gnats", "cloud", "gnat"
  gender: plural
  level: 2
  hp: 9
  dexterity: 13
  damage: 1d2
  damage_type: pierce
  wander: 70s
}

room eel_weir {
  title: "The Eel Weir"
  description: """
    A fence of stakes crosses the shallows in a long V, and at the point of the V hang wicker traps. Water
    goes through. Eels, by and large, do not. Paths lead along the river, and south into the willows.
    """
  sector: field
  exit east -> towpath
  exit west -> sixlegs
  exit south -> osier_beds
  detail "traps", "trap", "wicker": "Long baskets with a throat that only opens inward. You could LIFT TRAP."
  detail "stakes", "fence": "Every stake is carved with a tally. The eels are losing, but slowly."
  detail "water", "shallows": "Something long writes its name in it, and rubs it out."
  spawn weir_pike respawn 3m

  state traps_are_full: bool = true

  on command "lift trap", "lift a trap", "empty trap", "check trap" by who {
    if not traps_are_full { tell who "The traps hang empty. Eels take their time." ; stop }
    if weir_pike in here {
      act who "[Who] [who reaches] for a trap. So does something with a great many teeth."
      damage who for 1d4 as pierce
      if weir_pike { as weir_pike attack who }
      stop
    }
    traps_are_full = false
    act who "[Who] [who lifts] a trap. It is heavy, and the heaviness moves."
    give live_eel to who else { spawn live_eel at here }
    after 90s { traps_are_full = true }
  }
}

npc weir_pike {
  short: "a pike"
  long: "A pike hangs in the shallows, pretending to be a stake."
  description: "Most of it is mouth. The rest is for bringing the mouth."
  keywords: "pike", "fish"
  level: 3
  hp: 22
  dexterity: 12
  damage: 1d5
  damage_type: pierce
  flags: sentinel
  loot: pike_loot
}

loot pike_loot {
  60% => pike_jaw
  40% => gold(1d4)
}

item pike_jaw {
  short: "a pike's jaw"
  long: "A pike's jaw lies here, still grinning."
  description: "Two rows of teeth on a handle of bone. It combs hair, cuts reed, and ends arguments."
  keywords: "jaw", "pike"
  kind: weapon
  slot: wielded
  damage: 1d7
  damage_type: slash
  weight: 0.4kg
  value: 10
}

item live_eel {
  short: "a live eel"
  long: "A live eel is on its way back to the river."
  description: "It goes around your wrist, and looks for the end of you."
  keywords: "eel", "live"
  weight: 0.8kg
  value: 3
}

room mill_race with bears_hand("Cold iron, and a hand that meant to own the river.") {
  title: "The Mill Race"
  description: """
    The river is made to hurry here, between two walls, and does not forgive it. A wheel three times your
    height turns in the race and throws water at the sky. The mill stands to the north.
    """
  sector: field
  exit east -> sixlegs
  exit north -> mill
  exit west -> mere_shore
  detail "wheel": """
    Oak and iron. On one paddle somebody has painted a face, which comes up, sees you, and goes down again.
    """
  detail "face", "paddle": "It has been up and down so often that only the astonishment is left."
  detail "race", "walls", "water":
      "White, loud and cold. A sluice board lies across it; the Works had the laying of it, once."
  detail "sluice", "board": "Stamped into the iron: a hand, and under it the word OURS."

  on command "listen" by who {
    tell who "The wheel says the same thing at every turn. It is not a complaint."
  }
  on bell_rung(who) {
    echo "The water in the race stands still for as long as a bell can be heard. Then it falls on."
  }
}

room mere_shore {
  title: "The Shore of the Mere"
  description: """
    The road goes straight down the bank and into the lake, as if the lake had not been mentioned to it. Far
    out, three chimneys stand up to their necks in the water. [if kettle_cross.is_night()]In the water next to
    each of them hangs a red light, and there is no light above. [end]To the west a drain of brick comes out
    of the bank.
    """
  sector: field
  exit east -> mill_race
  exit west -> drowned_works.drain_mouth
  detail "road": """
    Good paving, with ruts. Carts came this way, heavy ones. A few steps out it is green, then black, then
    gone.
    """
  detail "chimneys", "chimney": "On still days they smoke. People here do not look on still days."
  detail "lake", "mere", "water":
      "So clear that you see the road go on down there, between walls, and a gate."
  detail "gate", "ruts": "Deep down, where the road ends: two towers, and between them something closed."
  detail "drain", "bricks", "bank":
      "As high as a door, and dry enough to walk in, for those who want to know."
  place red_pebble

  on command "listen" by who {
    tell who "From the chimneys, over the water, somebody calling out numbers. Or a bittern."
  }
  on command "shout", "call" by who {
    act who "[Who] [who calls] across the water."
    wait 3s
    echo "After a while the chimneys give it back, one, two, three, each a little lower."
  }
}

item red_pebble {
  short: "a red pebble"
  long: "Among the grey pebbles of the shore lies a red one."
  description: "Glass, rather, worn round. It is lukewarm, like something that was held until just now."
  keywords: "pebble", "red"
  weight: 50g
  value: 4
}
