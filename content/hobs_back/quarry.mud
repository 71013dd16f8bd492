/// Where the masters dug, and what moved in when the warmth was gone.
module hobs_back

room quarry_lip {
  title: "The Lip of the Quarry"
  description: """
    The hill has been bitten. The bite is sheer and grey, and as deep as a church; at the bottom there are
    streaks of red. An iron ring is let into the rock.
    [if rope_is_tied]A rope hangs from it into the quarry.[else]Anybody with a rope would know what to do with
    it.[end]
    """
  sector: mountain
  exit south -> wind_gap
  exit down -> quarry_floor { hidden: true }
  detail "ring", "iron": "Worn bright on the lower side. Many ropes. You could TIE ROPE."
  detail "streaks", "red", "bite", "rock": "Like something seen through an eyelid."
  detail "rope":
      "[if rope_is_tied]It goes down, and stops swinging, and starts again.[else]There is none here.[end]"

  state rope_is_tied: bool = false

  on command "tie rope", "tie rope to ring", "fasten rope" by who {
    if rope_is_tied { tell who "There hangs one already." ; stop }
    take rope from who else { tell who "You have no rope. Sill sells one." ; stop }
    rope_is_tied = true
    reveal exit(down)
    act who "[Who] [who ties] a rope to the ring and [who kicks] the rest of it over the edge."
    after 10m {
      rope_is_tied = false
      hide exit(down)
      echo "The knot thinks better of it. The rope runs out through the ring, and after a while lands."
    }
  }
}

room quarry_floor {
  title: "The Floor of the Quarry"
  description: """
    Grey walls, grey scree, and a sky the size of a hat. Tracks for carts, long without carts, come out of a
    hole in the north wall and end in the air. It is colder than a hole in the ground has to be.
    """
  sector: mountain
  exit up -> quarry_lip
  exit north -> frost_gallery
  detail "walls", "scree": "Pick marks, thousands of them, all in a hurry."
  detail "tracks", "carts", "hole": "Oak rails. Over the hole, cut into the rock: OURS."
  detail "sky": "Somebody up there is a kite."
  spawn hoarling max 2 respawn 90s
  place miners_pick

  on command "climb rope", "climb", "climb up" by who { tell who "Hand over hand: just go UP." }
}

item miners_pick {
  short: "a miner's pick"
  long: "A pick sticks in the scree where somebody stopped in the middle of a stroke."
  description: "The handle is worn thin in two places. On the iron is a hand."
  keywords: "pick", "miner"
  kind: weapon
  slot: wielded
  damage: 1d9
  damage_type: pierce
  weight: 3kg
  value: 12
}

room frost_gallery {
  title: "The Frost Gallery"
  description: """
    The tunnel is furred with frost, floor, walls and roof, as if something had breathed in here once, and
    held it. Moths sit on it with folded wings, hundreds, white as the wall. The tunnel forks further on.
    """
  flags: indoors, dark
  exit south -> quarry_floor
  exit north -> gallery_fork
  detail "tunnel", "roof", "breath": "Rails go in, side by side, and come together where you cannot see them."
  detail "frost", "fur", "walls":
      "Write something in it. By the time you come back, it will have been corrected."
  detail "moths", "moth":
      "They open and shut their wings, all together, once in twenty heartbeats. In time with what?"
  spawn rime_moth max 3 respawn 90s

  on command "write name", "write in frost", "write" by who {
    act who "[Who] [who writes] [who.his] name in the frost."
    bind who
    wait 6s
    tell who "Under it, letter by letter, in no hand, appears: NOTED."
  }

  on command "listen" by who { tell who "Wings: open. Then nothing for twenty heartbeats. Then: shut." }
}

npc rime_moth {
  short: "a rime moth"
  long: "A rime moth as wide as two hands shivers on the wall."
  description: "Its wings are two panes of frost, and on each is an eye, and the eye is yours."
  keywords: "moth", "rime"
  level: 5
  hp: 24
  dexterity: 14
  damage: 1d5
  damage_type: cold
  loot: moth_loot

  on damage(victim, amount) when chance 20% {
    let enemy = self.fighting else { stop }
    apply rime to enemy from self
  }
}

loot moth_loot {
  40% => moth_dust
  40% => gold(1d6)
}

item moth_dust {
  short: "a pinch of moth dust"
  long: "A little white dust glitters here."
  description: "Eaten, it tastes of going to bed in winter. It mends, but it does not comfort."
  keywords: "dust", "pinch", "moth"
  kind: food
  heals: 3d6
  weight: 5g
  value: 8
}

/// Frost on the skin. It makes slow.
effect rime {
  name: "rime"
  tags: "cold", "harmful"
  duration: 20s
  stacking: intensify
  stacking_max: 3
  modify { dexterity: -2 * stacks }
  on start(victim, source) { act victim "Frost runs over [victim] like writing." }
  on end(victim, reason) when reason == expired { tell victim "The frost lets go of you, and drips." }
}

room gallery_fork {
  title: "The Fork"
  description: """
    The tunnel divides around a pillar of rock that was left standing because somebody was afraid of the roof.
    Westward it is white and still. Eastward there is a red shine on the walls, like a door left open to a
    room with a fire.
    """
  flags: indoors, dark
  exit south -> frost_gallery
  exit west -> still_chamber
  exit east -> old_hearth
  detail "tunnel", "tunnels":
      "West, nobody has walked for a long time. East, somebody has, today, and many times, and barefoot."
  detail "pillar", "roof", "rock":
      "It holds. Chalk marks count something on it, in fives. The last five is a three."
  detail "shine", "walls": "It gives light. It ought to give something else as well, and does not."
  spawn rime_moth max 2 respawn 90s

  on command "knock", "knock on pillar", "knock pillar" by who {
    act who "[Who] [who knocks] on the pillar, twice."
    bind who
    wait 4s
    tell who "From inside the rock somebody knocks three times, and you have lost."
  }
}

room still_chamber {
  title: "The Still Chamber"
  description: """
    Here they ate. A bench, a table, seven mugs, a loaf: all of it white, and hard, and whole. Somebody sits
    at the head of the table with his hand around a mug, and has sat there for three hundred years.
    """
  flags: indoors, dark
  exit east -> gallery_fork
  detail "loaf", "bench", "table": "You could knock in a nail with the loaf."
  detail "mugs", "mug":
      "Seven. Six are grey. The one in his hand must have been red. You could TAKE MUG, if he lets go."
  detail "somebody", "man", "overseer", "hand":
      "A big man in a good coat, under a finger of clear ice. He looks as if he had just been interrupted."
  spawn hoarling max 2 respawn 2m

  player state has_taken: bool = false

  on command "take mug", "get mug", "pull mug", "take red mug" by who {
    if who.has_taken { tell who "His hand is empty. It looks relieved." ; stop }
    if not who.carries(live_charcoal) {
      tell who "It is frozen into the hand, and the hand into the afternoon. Something hot would be needed."
      damage who for 2 as cold
      stop
    }
    who.has_taken = true
    act who "[Who] [who holds] a pot of charcoal under the hand. One finger opens; then the rest."
    give overseers_mug to who else { spawn overseers_mug at here }
    reward who with 60
    tell who "\"Thank you,\" says nobody. It is only the ice."
  }
}

item overseers_mug {
  short: "the overseer's mug"
  long: "A mug stands here, grey, with a red rim."
  description:
      "All the red it has left has gone to the rim. What you drink from it is lukewarm, as out of kindness."
  keywords: "mug", "overseer"
  kind: armor
  slot: held
  vitality: 2
  weight: 0.3kg
  value: 30
}

room old_hearth {
  title: "The Old Hearth"
  description: """
    They dug until they came to where the warmth was, and then they dug that. What is left is a round hall,
    red from floor to roof, and as cold as a key.
    [if hoar in here]In the middle of it stands what came in when the warmth went out.[else]There is nothing
    here but red earth, and room.[end]
    """
  flags: indoors, dark
  exit west -> gallery_fork
  detail "ribs", "warmth": "You count them. Twelve on each side. You stop counting."
  detail "earth", "red", "floor", "hall":
      "Red earth, dry and fine. You could DIG. It would be right to have asked."
  detail "roof": "Ribs. You decide that they are only shaped like that."
  spawn hoar respawn 10m

  player state has_dug: bool = false

  on command "dig", "dig earth", "dig red earth", "take earth", "get earth" by who {
    if hoar in here { tell who "Not with that standing over it." ; stop }
    if not who.has_asked { take_unasked(who) ; stop }
    if who.carries(red_earth) { tell who "You asked for a little." ; stop }
    act who "[Who] [who digs] a double handful of red earth, and [who smooths] the place over."
    give red_earth to who else { spawn red_earth at here }
    if not who.has_dug { who.has_dug = true ; reward who with 120 }
    echo "Far below you the snore changes, for one breath, to something like a hum."
  }
}

/// The hill has been robbed once. It knows the feeling.
fn take_unasked(who: player) {
  hobs_back.hill_is_awake = true
  act who "[Who] [who digs]. The snoring stops."
  echo in old_hearth "The hall closes, as a hand does that has been tickled, and opens again."
  damage who for 3d4 as blunt
  move who to quarry_floor
  tell who "You roll out of the gallery with a few carts' worth of scree. You did not ask, and it noticed."
}

item red_earth {
  short: "a bag of red earth"
  long: "A little red earth lies here."
  description: "Dry, fine, and given. It is not warm; but it is the kind of cold that remembers."
  keywords: "earth", "red", "bag"
  flags: no_sell
  weight: 1kg
}

/// What came in when the warmth went out. It does not like company, and least of all charcoal's.
npc hoar {
  short: "the Hoar"
  long: "The Hoar stands here: tall, white, and without a front."
  description: """
    You walk around it to find its face, and it is always the back. Frost grows from it along the floor, to
    you.
    """
  keywords: "hoar"
  level: 7
  hp: 62
  strength: 11
  armor: 9
  damage: 1d6
  damage_type: cold
  flags: sentinel
  loot: hoar_loot

  state has_turned: bool = false

  on command "throw charcoal", "throw coal", "throw pot", "throw charcoal at hoar" by who {
    take live_charcoal from who else { tell who "You have no live charcoal to throw." ; stop }
    act who "[Who] [who hurls] a pot of charcoal at [self]. It breaks on the white like a sunrise."
    apply thaw to self from who
    damage self for 4d6 as fire from who
  }

  on damage(victim, amount) when self.hp < self.max_hp / 2 and not has_turned {
    has_turned = true
    act self "[Self] [self turns] round. So that is why it never did."
    for one in here.players { apply rime to one from self }
    let helpers = spawn 2 of hoarling at here
    for one in helpers { as one emote "comes out of the wall, knees first." }
  }

  every 10s when self is fighting {
    echo "The Hoar breathes in. Every flake in the hall slides towards it."
    wait 3s
    for one in here.players when one is fighting {
      tell one "It breathes out. You are, for a moment, a drawing of yourself."
      damage one for 1d6 as cold from self
    }
  }

  on death(killer) {
    echo "The Hoar goes to pieces, and every piece is a snowflake, and no two agree. They melt."
  }
}

effect thaw {
  name: "a thaw"
  duration: 60s
  stacking: refresh
  modify { armor: -9 }
  on start(victim, source) { act victim "[Victim] [victim drips], and [victim looks] thinner." }
}

loot hoar_loot {
  always => gold(3d6 + 10)
  always => frost_pane
  20% => white_mantle
}

item white_mantle {
  short: "a white mantle"
  long: "A white mantle lies here, and the floor under it is frosted."
  description: "It was the back of something. It keeps out cold, which is only fair."
  keywords: "mantle", "white"
  kind: armor
  slot: back
  armor: 3
  vitality: 1
  weight: 1kg
  value: 45
}
