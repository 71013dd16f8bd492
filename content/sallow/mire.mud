/// The mire: lights above it, mud below it, and an island with a goose on it.
module sallow

room lantern_mire {
  title: "The Lantern Mire"
  description: """
    The path ends at a post. Beyond it lies black water with tufts of grass in it, and which of them are
    ground is not for you to say.
    [if sallow.lights_are_out]It is dark out there, and thousands of frogs sing.[else]Lights dance over it,
    blue and friendly, and there is not a sound.[end]
    North is the aisle. Something like an island lies south; westward the tufts form steps.
    """
  sector: field
  exit north -> willow_aisle
  exit south -> goose_island
  exit west -> frog_steps
  detail "lights", "light", "lanterns":
      "They bow, they beckon, they light up a tuft, and the next, and the next. How kind of them."
  detail "post": "Cut into it, by many knives: WHEN IT SINGS. And below, by one: NOT WHEN IT SHINES."
  detail "tufts", "grass", "steps", "water": "Some of them have roots. Some have only been thinking about it."
  detail "island": "A hump with an alder on it. From there comes, now and then, a honk of command."
  detail "frogs": "You do not see one of them."
  spawn mire_light max 2 respawn 2m

  before leave(who, toward) when not sallow.lights_are_out and who is player and toward != north {
    raise led_astray(who)
    prevent "A light dances ahead of you from tuft to tuft. Six good steps, and the seventh goes through."
  }
  on led_astray(who) { if who in here { move who to deep_mire } }

  every 25s always {
    sallow.lights_are_out = not sallow.lights_are_out
    if sallow.lights_are_out {
      echo "The lights go out, one after another, and a frog begins. Then all of them."
      echo in goose_island "Out on the water the lights go out, and the frogs begin."
    } else {
      echo "As if a hand had been raised, the frogs fall silent. The lights come back."
      echo in goose_island "The frogs break off in the middle of a note. Between you and the post, lights."
    }
  }

  on command "listen" by who {
    if sallow.lights_are_out {
      tell who "Frogs, thousands of them, and each is sitting on something firm."
      stop
    }
    tell who "Nothing at all. Not one frog has anything to sit on."
  }
}

npc mire_light {
  short: "a mire light"
  long: "A mire light bobs at the height of a lantern, in the hand of nobody."
  description: "A cold blue flame the size of a pear. It is so glad to see you."
  keywords: "light", "flame"
  level: 4
  hp: 20
  dexterity: 16
  damage: 1d4
  damage_type: cold
  flags: sentinel
  loot: light_loot
  on death(killer) {
    echo "The flame goes out with the sound of a kiss. It smells of struck matches and of cellars."
  }
}

loot light_loot {
  50% => cold_wick
}

item cold_wick {
  short: "a cold wick"
  long: "A wick lies here and burns blue, giving no warmth."
  description: "What is left of a mire light. You can read by it, but you will not like what you read."
  keywords: "wick", "cold"
  kind: light
  slot: held
  weight: 5g
  value: 14
}

room deep_mire {
  title: "In the Mire"
  description: """
    You stand to the hips in cold black porridge, and standing is saying too much. Around you the lights have
    formed a ring, like people around an accident. Pulling makes it worse. The only way out would be to stop
    standing up.
    """
  sector: water
  exit north -> lantern_mire
  detail "tufts", "post": "The post is over there, as far away as yesterday."
  detail "lights", "ring": "They are no longer friendly. They are interested."
  detail "porridge", "mire", "mud":
      "It holds you gently, everywhere. You could STRUGGLE, like everybody. Or LIE FLAT, like nobody."

  before leave(who) when who is player { prevent "You pull one leg out, and the other goes twice as deep." }

  on enter(who) when who is player {
    bind who
    wait 6s
    if not who in here { stop }
    tell who "You are in to the belt. Something brushes your ankle, and thinks about it."
    damage who for 2 as cold
    wait 8s
    if not who in here { stop }
    tell who "You are in to the armpits. The lights bend down to hear you better."
    damage who for 3 as cold
    wait 10s
    if not who in here { stop }
    pull_out(who)
  }

  on command "struggle", "swim", "climb out", "climb" by who {
    act who "[Who] [who struggles], and [who sinks]."
    damage who for 1d4 as cold
  }

  on command "lie flat", "lie still", "float", "stop standing", "lie" by who {
    act who "[Who] [who lies] down flat on the mire, arms out, like a man on thin ice."
    bind who
    wait 2s
    tell who "It bears. By inches you swim across the mud to the post, and the lights go off, offended."
    move who to lantern_mire
    if not who.has_swum { who.has_swum = true ; reward who with 30 }
  }

  player state has_swum: bool = false
}

/// The mire gives back what nobody would miss, to where it will be found.
fn pull_out(who: creature) {
  move who to eel_weir
  tell who "You go under. Then a pole has you by the collar, and a voice says: \"Another one.\""
  charge 2 from who else { stop }
  tell who "The mire has kept two of your coins."
}

room goose_island {
  title: "The Alderman's Island"
  description: """
    A hump of dry ground with an alder on it, and under the alder a nest of swept leaves.
    [if alderman in here]It is in office.[else]It has been left in good order.[end]
    """
  sector: field
  exit north -> lantern_mire
  detail "alder", "tree": "Its lowest branch has been worn smooth by a neck laid over it, in thought."
  detail "nest", "leaves": "Swept twice a day. In it lies a button, polished."
  detail "button": "Brass, with an anchor. It is a badge of office, and you leave it."
  spawn alderman respawn 1m

  before leave(who, toward) when not sallow.lights_are_out and who is player {
    prevent "The lights stand between you and the post. From here you see that there is no ground under them."
  }
  on command "listen" by who {
    if sallow.lights_are_out { tell who "Frogs. Now would be the time." ; stop }
    tell who "Silence, and blue light. Now would not be the time."
  }
}

/// A goose of standing. He follows bread, and whoever gave it.
npc alderman {
  short: "the Alderman"
  long: "The Alderman is here: a gander, white, large, and in the chair."
  description: """
    He has a chest like a bolster and an eye like a bailiff. He would come along, if he were asked with bread.
    """
  keywords: "alderman", "goose", "gander"
  gender: male
  level: 5
  hp: 40
  flags: sentinel, peaceful

  state leader: player?

  on give(thing, who) {
    if thing is loaf or thing is road_bun {
      destroy thing
      emote "eats the bread as one signs a paper, and falls in behind [who]."
      if who is player { leader = who }
      stop
    }
    emote "regards [the thing]. It is not bread. It is given back."
    give thing to who
  }

  on talk_to(who, whom) when whom == self { emote "hears you out, and says: \"Honk.\" It is a ruling." }

  on leave(who, toward) when who is player {
    let guide = leader else { stop }
    if guide != who { stop }
    if fox in here { emote "stays where he is. He does not turn his back on a fox." ; stop }
    wait 1s
    if not guide { stop }
    follow_guide(self, guide)
  }
}

/// One step after somebody; who is too far ahead has lost his goose.
fn follow_guide(bird: npc, guide: player) {
  let goal = guide.room else { stop }
  let place = bird.room else { stop }
  if goal == place { stop }
  for way in place.exits when way.to == goal {
    as bird go way.direction
    stop
  }
  as bird emote "looks for you to the left, to the right, and sits down."
}

/// The fox has dined.
event goose_lost(bird: creature)

on goose_lost(bird) {
  if alderman {
    let guide = alderman.leader
    if guide {
      tell guide "You hear it wherever you are: one last, official honk. You have lost the Alderman."
    }
  }
  destroy bird
}
