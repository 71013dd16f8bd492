/// The red: what Brannoch needs, what he makes of it, and where it belongs.
module kettle_cross
use sallow
use hobs_back
use drowned_works

/// What Brannoch has been brought, and whether he was told why.
player state knows_red: bool = false
player state brought_earth: bool = false
player state brought_ash: bool = false
player state brought_fire: bool = false

fn explain_red(brannoch: npc, who: player) {
  who.knows_red = true
  as brannoch say "My gran had a rhyme. Earth from a hill that was warm. Ash of a willow the sky has burnt."
  as brannoch say "And a fire that water never put out. Bring me those three, and I make no more grey."
  tell who "The hill is west of the gate, the willows are up the Sallow, and the Works lie under the lake."
}

/// A part of the glaze. Who does not know what it is for, gets it back.
fn take_part(brannoch: npc, who: player, thing: item) {
  if not who.knows_red {
    as brannoch say "Very nice. What is it for? You don't know, and I don't. Bring me something red first."
    give thing to who
    stop
  }
  if thing is red_earth {
    if who.brought_earth { as brannoch say "I have earth." ; give thing to who ; stop }
    who.brought_earth = true
    as brannoch say "It was GIVEN? You asked? That isn't in the rhyme. That ought to be in the rhyme."
  }
  if thing is sky_ash {
    if who.brought_ash { as brannoch say "I have ash." ; give thing to who ; stop }
    who.brought_ash = true
    as brannoch say "Look how fine. It keeps the print of my look. I must not look so gloomy."
  }
  if thing is deep_ember {
    if who.brought_fire {
      as brannoch say "I have fire. I have rather a lot of fire."
      give thing to who
      stop
    }
    who.brought_fire = true
    as brannoch say "Put it in the fire-hole. Gently. With... yes, with those."
  }
  destroy thing
  reward who with 60
  if has_all_parts(who) {
    as brannoch say "That's the three. STOKE KILN, as hot as she goes, and don't anybody breathe."
    stop
  }
  as brannoch say "Go on. Go on!"
}

fn has_all_parts(who: player) -> bool {
  if not who.brought_earth { return false }
  if not who.brought_ash { return false }
  return who.brought_fire
}

/// The firing: one brick, and it comes red.
fn fire_red(who: player) {
  who.brought_earth = false
  who.brought_ash = false
  who.brought_fire = false
  echo in kiln_yard "Brannoch shuts the door, and holds his breath, and so does the lane."
  bind who
  wait 10s
  echo in kiln_yard "The white in the spy-hole turns yellow. It turns orange. It turns."
  wait 5s
  if brannoch { as brannoch say "Red." }
  give red_brick to who else { spawn red_brick at kiln_yard }
  reward who with 150
  tell who "It is a brick, and you have never held anything like it. Show it to Bettany, at the kettle."
}

item red_brick {
  short: "a red brick"
  long: "A brick lies here and is red, as nothing has been for three hundred years."
  description: "Warm, and staying so. In the middle is the print of a hand, and it is open."
  keywords: "brick", "red"
  flags: no_sell
  weight: 2kg
}

item stoke_key {
  short: "the stoker's key"
  long: "A short black key lies here."
  description: "It has been in a soup for some time."
  keywords: "key", "stoker", "black"
  kind: key
  flags: no_sell
  weight: 0.1kg
}

fn give_stoke_key(bettany: npc, who: player) {
  if who.carries(stoke_key) {
    as bettany say "The low door, in the cellar of the Spoon. Go on. It has waited long enough."
    stop
  }
  as bettany emote "looks at the brick, and stops stirring. You believe that this has not happened before."
  as bettany say "There's a low door in the cellar of the Spoon. It goes under the kettle."
  give stoke_key to who else { spawn stoke_key at square }
}

/// The brick goes under the kettle, and the whole village hears it.
fn lay_brick(who: player) {
  act who "[Who] [who draws] a grey brick out of the ring and [who slides] a red one in."
  echo zone kettle_cross "The kettle settles, and for the first time that anybody can remember, it purrs."
  apply warm_through to who
  if who.has_laid { reward who with 100 } else { who.has_laid = true ; reward who with 400 ; pay 25 to who }
  if red_bricks < 7 { red_bricks += 1 }
  if red_bricks == 7 {
    echo zone kettle_cross "All seven are red. Somewhere upriver the water hears it, and knows where to stop."
  }
  tell who "You have kept it from going cold."
}

player state has_laid: bool = false

effect warm_through {
  name: "warm all through"
  tags: "blessing"
  duration: 1h
  stacking: refresh
  modify { vitality: 3 ; strength: 1 }
  on start(victim, source) { tell victim "You are warm, to the ends of your fingers and a little beyond." }
  on end(victim, reason) when reason == expired { tell victim "It has become an ordinary day again." }
}

room stoke_hole {
  title: "The Stoke Hole"
  description: """
    You can sit here, but not stand. Above you is the whole weight of the kettle, and under the kettle are
    seven bricks in a ring.
    [if red_bricks > 6]All of them glow, and the hole is red as the inside of an
    eyelid.[else if red_bricks > 1]Of these, [red_bricks] glow red. It is warm as in a bed.[else]One of them
    glows, and by its light you see the others.[end]
    """
  flags: indoors, peaceful
  exit east -> spoon_cellar {
    door: closed, locked, unpickable
    name: "the low door"
    keywords: "door", "low", "iron"
    key: stoke_key
  }
  detail "bricks", "brick", "ring": """
    Pressed into each is a hand: seven masters, seven hands. The grey ones are cold, and under the cold there
    is something that is not even that. You could LAY BRICK, if you had one.
    """
  detail "kettle": "From below it is a black sky, and it purrs."
  detail "hand", "hands": "The fingers are spread, as one spreads them to say: mine."

  on command "lay brick", "lay red brick", "replace brick", "put brick under kettle" by who {
    take red_brick from who else { tell who "You have no brick that would be of any use here." ; stop }
    lay_brick(who)
  }

  on command "listen" by who {
    tell who "One note, so low that you hear it with your teeth. It sounds like: thus far."
  }

  on bell_rung(who) {
    echo "Over your head the copper answers the bell. You feel it in every bone, one by one."
  }
}
