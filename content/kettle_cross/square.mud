/// The middle of the village.
module kettle_cross

room square {
  title: "The Square of Kettle Cross"
  description: """
    Four roads meet here, and where they meet stands the kettle: a copper pot as tall as two people, black
    with age below and bright as a coin above. It has simmered for three hundred years.
    [if bell_is_ringing]The air still hums with the bell.[else]Steam drifts across the cobbles and smells of
    onions.[end]
    The bakehouse stands to the east, a lane leads north between potters' sheds, the bellhouse is west, and a
    path goes south to the river.
    """
  sector: city
  exit east -> bakehouse
  exit north -> potters_lane
  exit west -> bellhouse
  exit south -> reed_path
  detail "kettle", "pot", "copper": """
    Its rim is worn smooth by generations of ladles. Somebody has scratched a line into the copper: NEVER LET
    IT GO COLD.
    """
  detail "steam", "cobbles": "It makes patterns, if you look long enough. You should not look so long."
  detail "line", "scratches", "writing": "NEVER LET IT GO COLD. The letters are as long as your hand."
  detail "ladle", "ladles": "A dozen of them hang from hooks, free for anyone. You could TASTE SOUP."
  place ladle

  player state bowls: int = 0

  on command "taste soup", "eat soup", "drink soup", "ladle soup" by who {
    if who.bowls >= 3 {
      tell who "You could not eat another spoonful today."
      stop
    }
    who.bowls += 1
    act who "[Who] [who ladles] soup from the kettle and [who burns] [who.his] tongue a little."
    heal who for 2d4
    if who.bowls == 3 { tell who "Three bowls. Your belly is as round as the kettle." }
  }

  every 60s {
    choose {
      3 => echo "The kettle rumbles, low and contented."
      2 => echo "A gust turns the steam, and for a moment the whole square is white."
      1 => {
        echo "A lid the size of a cartwheel lifts on top of the kettle..."
        wait 2s
        echo "...and settles again with a sigh."
      }
    }
  }

  on bell_rung(who) { echo "In answer to the bell, the kettle hums one long note." }
}

item ladle {
  short: "a copper ladle"
  long: "A copper ladle hangs from a hook."
  description: "Worn thin, and much loved. It would do in a fight, once."
  keywords: "ladle", "copper"
  kind: weapon
  slot: wielded
  damage: 1d4
  damage_type: blunt
  weight: 0.8kg
  value: 2
}

room bakehouse {
  title: "Oona's Bakehouse"
  description: """
    It is warm enough to make you stupid. Loaves cool on every flat thing there is, and on some that are not
    flat. The oven takes up the whole back wall[if oona in here], and Oona takes up the rest[end].
    """
  flags: indoors, peaceful
  exit west -> square
  detail "oven": "A brick mouth with a red throat. It has been hot for as long as the kettle."
  detail "loaves", "loaf", "bread": "They are for sale to those who ask. Try to SAY BREAD."
  spawn oona respawn 5m
}

npc oona from villager with greets_newcomers("Mind the trays, love. And if you want bread, say so.") {
  short: "Oona the baker"
  long: "Oona the baker is shaping rolls without looking at them."
  description: "Flour to the elbows, and forearms like a smith. She misses nothing."
  keywords: "oona", "baker"
  gender: female

  state loaves: int = 6
  player state has_paid: bool = false

  on say "bread", "loaf", "bun" by who when who is player {
    if loaves <= 0 {
      say "Sold out, love. Come back when the next tray is done."
      stop
    }
    charge 1 from who else {
      if who.has_paid { say "No coin? You paid once, so you may owe me once." ; stop }
      say "A loaf is one gold. The rats in the old cistern carry more than that, I am told."
      stop
    }
    who.has_paid = true
    loaves -= 1
    give loaf to who else { say "Your arms are full, love." ; pay 1 to who ; loaves += 1 ; stop }
    act self "[Self] [self hands] [who] a loaf, still hot."
  }

  on give(thing, who) {
    if thing is rat_tail {
      say "One less in the flour. Bless you."
      destroy thing
      pay 2 to who
      reward who with 15
      stop
    }
    say "That is kind, but what would I do with [the thing]?"
    give thing to who
  }

  every 5m always { if loaves < 6 { loaves += 1 } }
}

item loaf {
  short: "a loaf of bread"
  long: "A loaf of bread lies here, still warm."
  description: "Crust like bark, crumb like cloud."
  keywords: "loaf", "bread"
  kind: food
  heals: 2d4 + 2
  weight: 0.6kg
  value: 1
}

room potters_lane {
  title: "Potters' Lane"
  description: """
    Sheds lean over the lane from both sides as if to share a secret. Shards crunch underfoot: blue, green,
    and a red that nobody can make any more. The lane runs from the square in the south to a yard in the
    north; a low door in the east wall says WELL.
    """
  sector: city
  exit south -> square
  exit north -> kiln_yard
  exit east -> well_house
  detail "shards", "shard": "The red ones are warm to the touch. It must be the sun."
  detail "sheds": "Shut, all of them. From one comes somebody whistling the same four notes."
  spawn stray_cat
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

room kiln_yard {
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

  on command "stoke kiln", "stoke fire", "stoke" by who {
    if kiln_is_hot { fail "Any more, and the bowls would run like honey." }
    kiln_is_hot = true
    act who "[Who] [who throws] willow into the fire-hole. The kiln roars."
    reward who with 5
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
    if thing is red_shard {
      say "Where did you... The cistern? The old masters threw it into the cistern!"
      destroy thing
      wait 2s
      if who and who in here {
        say "Take this. I made it on the one good day I had."
        give potters_charm to who else { spawn potters_charm at here }
        reward who with 60
      }
      stop
    }
    say "[The thing]. Hm. No. Grey."
    give thing to who
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
