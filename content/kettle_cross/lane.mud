/// North of the square: clay, fire, and people who are unhappy with bowls.
module kettle_cross
use sallow
use hobs_back
use drowned_works

room potters_lane {
  title: "Potters' Lane"
  description: """
    Sheds lean over the lane from both sides as if to share a secret. Shards crunch underfoot: blue, green,
    and a red that nobody can make any more. The lane runs from the square in the south to a yard in the
    north; a low door in the east wall says WELL, and in the west one shed stands open.
    """
  sector: city
  exit south -> square
  exit north -> kiln_yard
  exit east -> well_house
  exit west -> whistlers_shed
  detail "shards", "shard": "The red ones are warm to the touch. It must be the sun."
  detail "sheds": "Shut, all but one. From that one comes somebody whistling the same four notes."
  detail "door", "well": "It says WELL in white letters, like the beginning of an opinion."
  spawn stray_cat

  on command "listen" by who { tell who "Four notes, from the west: high, low, low, and one between." }
}

npc stray_cat {
  short: "a stray cat"
  long: "A stray cat watches you as if you owed it something."
  description: "Grey, one ear, no illusions."
  keywords: "cat", "stray"
  level: 1
  hp: 8
  damage: 1d2
  wander: 60s

  on give(thing, who) {
    if thing is rat_tail {
      emote "takes the tail, bows very slightly, and is gone behind a shed."
      destroy thing
      apply nine_lives to who from self
      move self to potters_lane
      stop
    }
    emote "looks at [the thing], and then at [who], with pity."
  }

  on command "pet cat", "stroke cat" by who {
    if chance 30% {
      act who "[Who] [who reaches] for the cat and [who gets] a scratch for it."
      damage who for 1 as slash from self
    } else {
      act who "[Who] [who strokes] the cat, which allows it."
    }
  }
}

/// A cat's thanks: quick feet for a while.
effect nine_lives {
  name: "nine lives"
  tags: "blessing"
  duration: 5m
  stacking: extend
  modify { dexterity: 3 }
  on start(victim, source) { tell victim "You feel that you would land on your feet." }
  on end(victim, reason) when reason == expired {
    tell victim "You feel that you would land on your face again."
  }
}

room kiln_yard with bears_hand("Five fingers, all burnt at the tips. It had no patience.") {
  title: "The Kiln Yard"
  description: """
    A kiln like a beehive, twice your height, breathes heat into the yard. Boards with drying bowls stand all
    around it.
    [if kiln_is_hot]The spy-hole glows white.[else]The spy-hole glows a sleepy red.[end]
    """
  sector: city
  exit south -> potters_lane
  detail "kiln", "spy-hole", "hole": "You could STOKE it. There is wood enough."
  detail "bowls", "boards": "All alike, until you look twice."
  detail "wood", "woodpile": "Split willow, dry as a sermon."
  spawn brannoch respawn 5m

  state kiln_is_hot: bool = false
  player state has_stoked: bool = false

  on command "stoke kiln", "stoke fire", "stoke" by who {
    if kiln_is_hot { fail "Any more, and the bowls would run like honey." }
    kiln_is_hot = true
    act who "[Who] [who throws] willow into the fire-hole. The kiln roars."
    if not who.has_stoked { who.has_stoked = true ; reward who with 10 }
    if has_all_parts(who) and brannoch in here {
      fork { fire_red(who) }
    }
    on cancel { kiln_is_hot = false }
    wait 40s
    kiln_is_hot = false
    echo "The roar of the kiln sinks to a mutter."
  }

  on enter(who) when who is player and kiln_is_hot { tell who "The heat makes you blink." }
}

npc brannoch from villager with mutters("Red. It was red. Why will it not come red?",
    "Three hundred years of glaze, and I make grey.") {
  short: "Brannoch the potter"
  long: "Brannoch the potter turns a bowl in the light, unhappy with it."
  description: "Clay in his beard, clay in his ears, and a glaze of gloom over everything."
  keywords: "brannoch", "potter"
  gender: male

  on give(thing, who) {
    if thing is red_shard and who is player and who.knows_red {
      say "Another. I have them in a row, by temperature."
      destroy thing
      pay 5 to who
      stop
    }
    if thing is red_shard {
      say "Where did you... The cistern? The old masters threw it into the cistern!"
      destroy thing
      wait 2s
      if who and who in here {
        say "Take this. I made it on the one good day I had."
        give potters_charm to who else { spawn potters_charm at here }
        reward who with 60
        if who is player { explain_red(self, who) }
      }
      stop
    }
    if thing is red_earth or thing is sky_ash or thing is deep_ember {
      if who is player { take_part(self, who, thing) }
      stop
    }
    say "[The thing]. Hm. No. Grey."
    give thing to who
  }

  on talk_to(who, whom) when whom == self and who is player {
    if has_all_parts(who) {
      say "STOKE KILN! What are you waiting for? I have waited three hundred years."
      stop
    }
    if who.knows_red {
      say "Earth that was warm, ash of a burnt willow, fire that water never put out. Have you...? No."
      stop
    }
    say "Grey. Every one of them, grey. If I had one piece of the old red to look at. One shard."
  }

  on say "red", "glaze" {
    say "The old masters had a red that burned like a coal. Not one whole piece is left."
  }
}

item potters_charm {
  short: "a potter's charm"
  long: "A charm of fired clay lies here."
  description: "A thumb-sized kettle of clay with a loop to hang it by. Somebody smiled while making this."
  keywords: "charm", "clay"
  kind: armor
  slot: neck
  armor: 2
  vitality: 1
  weight: 50g
  value: 25
}

room whistlers_shed {
  title: "The Whistler's Shed"
  description: """
    Pots hang from the rafters by their necks, from thimble size to bathtub. Under them stands a bench with
    nothing on it but a felt hammer. There is no wheel here, no kiln, and no clay.
    """
  flags: indoors, peaceful
  exit east -> potters_lane
  detail "pots", "pot", "rafters":
      "Tuned, all of them. PLAY POTS, if you have an ear; or if you have none, and nobody minds."
  detail "hammer", "bench": "Felt on a hazel stick. The bench is worn where an elbow would be."
  spawn wick respawn 3m

  on command "play pots", "strike pots", "hit pots", "play pot" by who {
    act who "[Who] [who strikes] a pot, and another."
    choose {
      1 => echo "It sounds like a question."
      1 => echo "It sounds like rain on a roof that belongs to somebody else."
      1 => echo "Somewhere a dog objects."
    }
    if chance 25% and wick in here { as wick say "The third one is flat. It has always been flat." }
  }

  on command "listen" by who {
    tell who "High, low, low, and one between. Then he breathes in, and does it again."
  }
}

npc wick from villager {
  short: "Wick"
  long: "Wick stands with his eyes shut and taps a pot that hums back."
  description:
      "Thin as his name. He tunes pots; there is nobody else who does, and nobody who knows what for."
  keywords: "wick", "whistler"
  gender: male

  on talk_to(who, whom) when whom == self {
    say "I have it from my grandmother, and she from hers, who stoked at the Works."
    say "Four pipes they had there. If you played them right, the great door opened."
    say "High, low, low, middle. I whistle it so that somebody knows it."
  }

  on say "works", "door", "pipes", "notes" { say "High, low, low, middle. Do not whistle it near water." }

  every 80s { emote "whistles four notes, high, low, low, and one between." }

  on say "grandmother", "stoker" by who when who is player {
    say "She came home grey to the elbows, and whistling."
  }
}
