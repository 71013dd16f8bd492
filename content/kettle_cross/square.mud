/// The middle of the village.
module kettle_cross

room square {
  title: "The Square of Kettle Cross"
  description: """
    Four roads meet here, and where they meet stands the kettle: a copper pot as tall as two people, black
    with age below and bright as a coin above. It has simmered for three hundred years.
    [if bell_is_ringing]The air still hums with the bell.[else if is_night()]It is night; the kettle glows a
    little at the foot, and the windows look at it.[else]Steam drifts across the cobbles and smells of
    onions.[end]

    The bakehouse is east, the potters' lane north, the bellhouse west; a path goes south to the river. A shop
    (northeast), an inn (southeast), the gardens (southwest) and an old wall (northwest) fill the corners.
    """
  sector: city
  exit east -> bakehouse
  exit north -> potters_lane
  exit west -> bellhouse
  exit south -> reed_path
  exit northeast -> oddments
  exit southeast -> cold_spoon
  exit southwest -> gardens
  exit northwest -> wall_of_cracks
  detail "board", "sign", "notice", "notices": """
    WELCOME. The soup is free. The rest is not dear.

    Oona at the bakehouse pays for rats' tails, no questions. Rats: under the inn, and under the well.

    Bettany wants an errand run. TALK TO BETTANY.

    The hill road is open. The hill is not responsible.

    What you have taken on and forgotten: JOURNAL.
    """
  detail "bricks", "brick", "glow": """
    The kettle stands on seven bricks, as broad as bread boards.
    [if red_bricks > 6]All seven glow red.[else if red_bricks > 1][red_bricks] of them glow red; the rest are
    grey.[else]Six are grey. One is still red, and you would not call it bright.[end]
    """
  detail "kettle", "pot", "copper": """
    Its rim is worn smooth by generations of ladles. Somebody has scratched a line into the copper: NEVER LET
    IT GO COLD.
    """
  detail "steam", "cobbles": "It makes patterns, if you look long enough. You should not look so long."
  detail "line", "scratches", "writing": "NEVER LET IT GO COLD. The letters are as long as your hand."
  detail "ladle", "ladles": "A dozen of them hang from hooks, free for anyone. You could TASTE SOUP."
  spawn bettany respawn 2m
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

npc bettany from villager {
  short: "Bettany"
  long: "Bettany walks around the kettle and stirs it with an oar."
  description: "Small, broad, and steamed pink. The oar is twice as long as she is and does as it is told."
  keywords: "bettany", "keeper", "crock"
  gender: female

  player state has_met: bool = false
  player state errand: int = 0

  on login(who) when not who.has_met {
    who.has_met = true
    wait 1s
    if who and who in here {
      say "New? Eat first. TASTE SOUP. Then READ BOARD, and then you may TALK TO BETTANY, which is me."
    }
  }
  on enter(who) when who is player and not who.has_met {
    who.has_met = true
    wait 1s
    if who and who in here { say "New? Eat first. TASTE SOUP. Then TALK TO BETTANY, which is me." }
  }

  on talk_to(who, whom) when whom == self and who is player {
    if who.carries(red_brick) { give_stoke_key(self, who) ; stop }
    if who.errand == 0 { begin_errand(self, who) ; stop }
    if who.errand == 1 { remind_of_errand(self, who) ; stop }
    if who.errand == 2 { end_errand(self, who) ; stop }
    choose {
      1 => say "Longer every winter, this takes to boil. I count."
      1 => say "If you meet a rat down there, Oona pays for the tail."
      1 => say "It answers the bell, you know. One note. Ask yourself whom it is telling."
    }
  }

  every 2m {
    choose {
      2 => emote "tastes, thinks, and throws in an onion, whole."
      1 => emote "lays a hand on the copper, low down, and keeps it there longer than one could."
    }
  }

  on say "kettle", "soup" by who when who is player {
    say "It was never cold yet. My mother stirred it, and hers. One learns to walk in circles."
  }
  on say "bricks", "brick" by who when who is player {
    say "Seven, and they were red. Now they are red-ish. I do not look under there more than I must."
  }
  on say "bell" by who when who is player {
    say "The bell calls. The kettle answers. It says: so far, and no further. That is how I hear it."
  }
}

fn begin_errand(bettany: npc, who: player) {
  give gate_loaf to who else { as bettany say "Put something down first. You have two hands." ; stop }
  who.errand = 1
  as bettany say "Corporal Dace at the toll gate forgets to eat. Southwest, then west."
  as bettany say "GIVE LOAF TO DACE. Do not eat it."
}

fn remind_of_errand(bettany: npc, who: player) {
  if who.carries(gate_loaf) {
    as bettany say "The loaf is for Dace. Southwest through the gardens, then west."
    stop
  }
  charge 1 from who else {
    as bettany say "You ate it. I can see the crumbs. Bring me one gold, and I bake you another chance."
    stop
  }
  give gate_loaf to who else { pay 1 to who ; as bettany say "Put something down first." ; stop }
  as bettany say "You ate it. Here is another. This one has your name on it, and it says NO."
}

fn end_errand(bettany: npc, who: player) {
  who.errand = 3
  as bettany say "He ate? All of it? Then you have done more before noon than he does in a week."
  pay 5 to who
  reward who with 30
  as bettany say "There is a shop northeast, and there are rats below the inn. Boots first, then rats."
}

item gate_loaf {
  short: "the corporal's loaf"
  long: "A small loaf in a cloth lies here."
  description:
      "Still warm, wrapped in a cloth with a D in the corner. It smells as if it were yours. It is not."
  keywords: "loaf", "corporal", "bread"
  kind: food
  heals: 1d4
  weight: 0.5kg
  flags: no_sell
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
    say "Mind, it's hot."
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

  on say "rats", "rat", "tail" by who when who is player {
    say "I pay two gold the tail. There is a king of them, they say, at the end of the drowned passage."
  }
  on say "kettle" by who when who is player { say "It used to hum of an evening. I'd set the dough by it." }
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
