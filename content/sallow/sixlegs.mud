/// Sixlegs: a hamlet on stilts.
module sallow

room sixlegs {
  title: "Sixlegs"
  description: """
    Five houses stand in the shallows on six legs each, and a sixth on five, with a boat under the corner.
    Planks join their porches. Smoke comes from the northern one, and from the western hang nets like the
    beard of somebody very old: up a ladder is the loft. The river path goes on east and west, and the green
    is south.
    """
  sector: water
  exit east -> eel_weir
  exit west -> mill_race
  exit south -> goose_green
  exit north -> smokehouse
  exit up -> net_loft
  detail "ladder", "smoke": "Alder smoke. You will smell of it, and people will ask you how Nanna is."
  detail "houses", "house", "legs", "stilts":
      "When the water rises, they say, the houses stand on their toes. There are marks, high up."
  detail "marks": "A year beside each. The highest has no year, only a bell."
  detail "boat", "corner":
      "It has been holding up the Widow's kitchen for eleven years, and would like to go fishing."
  detail "nets", "planks", "porches": "All of it mended, and the mending mended."
  spawn stilt_child respawn 2m

  on command "listen" by who {
    tell who "Water under planks, like somebody turning pages and finding nothing."
  }
}

npc stilt_child from marsh_dweller {
  short: "a child on stilts"
  long: "A child on stilts walks around the outside of the houses, because it can."
  description: "It is looking down on you, and means to remember this."
  keywords: "child"

  on talk_to(who, whom) when whom == self {
    choose {
      1 => say "The lights only shine where you can't stand. Everybody knows that. Everybody my size."
      1 => say "I was the Alderman's page. You have to walk behind him and you may not honk first."
      1 => say "My great-great-gran saw the bell ring. She was in the tree. Don't ring it seven times."
    }
  }
}

room smokehouse {
  title: "Nanna Eel's Smokehouse"
  description: """
    Eels hang in the smoke in hundreds, gold and straight, as if they had been told something. In the middle
    of the smoke there is a chair[if nanna_eel in here], and in the chair Nanna Eel[end]. Your eyes run.
    Everybody's do; it counts as manners.
    """
  flags: indoors, peaceful
  exit south -> sixlegs
  detail "eels", "eel", "smoke":
      "Alder smoke, and a little pipe. LIST says what is ripe. She takes live ones, too: GIVE EEL."
  detail "chair": "Carved from one root. It has her shape, or she has its."
  spawn nanna_eel respawn 2m
}

npc nanna_eel from marsh_dweller {
  short: "Nanna Eel"
  long: "Nanna Eel turns eels by name."
  description: "Brown and straight and shining, from sixty years of standing in it."
  keywords: "nanna", "eel", "woman"
  gender: female

  on talk_to(who, whom) when whom == self {
    choose {
      1 => say "A fox will do anything for an eel, once. Twice, and it's a friend."
      1 => say "The Works? They paid my people in red cups, once. Kept the tea hot till spring, they say."
      1 => say "Waders, if you go to court. Nobody respects a wet sock."
    }
  }

  on command "list", "list eels", "list goods" by who {
    tell who "Nanna Eel counts off: a smoked eel, 3 gold. A basket hat, 7. Waders, 10. A spear, 14."
  }

  on command "buy <wish:words>" by who {
    if wish has "spear" { sell_over_counter(self, who, eel_spear, 14) ; stop }
    if wish has "waders" { sell_over_counter(self, who, waders, 10) ; stop }
    if wish has "hat" or wish has "basket" { sell_over_counter(self, who, basket_hat, 7) ; stop }
    if wish has "eel" { sell_over_counter(self, who, smoked_eel, 3) ; stop }
    say "If it isn't hanging here, I haven't killed it."
  }

  on command "sell <thing:item carried>" by who {
    if thing is live_eel {
      say "Live ones you GIVE me, and I give you a smoked one for it. That's the custom."
      stop
    }
    buy_over_counter(self, who, thing)
  }

  on give(thing, who) {
    if thing is live_eel {
      destroy thing
      emote "says a name, and knocks once on the table."
      give smoked_eel to who else { spawn smoked_eel at here }
      pay 1 to who
      if who is player and not who.has_fished { who.has_fished = true ; reward who with 25 }
      stop
    }
    say "That? In my smoke? It would talk."
    give thing to who
  }

  player state has_fished: bool = false

  on say "red", "cups", "works" by who when who is player {
    say "Kept the tea hot till spring. Then they went grey, one by one, the year the bell rang."
  }
  on say "fox" by who when who is player {
    say "She has four at home. I leave a tail out. Do not tell Teasel."
  }
}

item smoked_eel {
  short: "a smoked eel"
  long: "A smoked eel lies here, gold as a chain of office."
  description: "Stiff, oily, and smelling of every autumn you remember."
  keywords: "eel", "smoked"
  kind: food
  heals: 3d4 + 2
  weight: 0.4kg
  value: 2
}

item waders {
  short: "a pair of waders"
  long: "A pair of waders stands here without anybody."
  description: "Tarred to the hip. You hear yourself walk, and so does everybody."
  keywords: "waders", "pair"
  kind: armor
  slot: legs
  armor: 3
  weight: 3kg
  value: 10
}

item basket_hat {
  short: "a basket hat"
  long: "A basket lies here upside down. It is a hat."
  description: "Woven so close that it holds water, which is the opposite of its duty."
  keywords: "hat", "basket"
  kind: armor
  slot: head
  armor: 2
  weight: 0.3kg
  value: 7
}

item eel_spear {
  short: "an eel spear"
  long: "An eel spear leans here, all tines."
  description: "Five flat tines, so that one of them is right."
  keywords: "spear", "tines"
  kind: weapon
  slot: wielded
  damage: 1d8
  damage_type: pierce
  weight: 1.5kg
  value: 14
}

room net_loft {
  title: "The Net Loft"
  description: """
    Nets, floor to roof, brown and grey and one of them blue. You move through them as through somebody's
    sleep. On the wall under the skylight hangs a chart of the mire, drawn on the back of a sail.
    """
  flags: indoors, peaceful
  exit down -> sixlegs
  detail "nets", "net", "sleep": "Each has a tag with a name. The blue one has a tag, and the tag is blank."
  detail "blue", "tag": "Silk, and mostly hole: the sister of a net you may have seen across the river."
  detail "chart", "sail", "wall": """
    The mire, tuft by tuft, and no two years alike; the old tufts have been rubbed out and drawn again, a
    hundred times. Over it, in tar: DO NOT LEARN THIS. LISTEN.
    """
  detail "skylight": "A square of weather."
  spawn fenn respawn 5m
  place net_needle

  on command "touch net", "touch blue net", "feel net" by who {
    act who "[Who] [who touches] the blue net."
    tell who "Your fingers come away wet. It has been hanging here, dry, since before there were houses."
  }
}

npc fenn from marsh_dweller with mutters("Over, under, and a knot for luck.",
    "She mended with silk. It held water. Water!") {
  short: "Old Fenn"
  long: "Old Fenn sits in a hammock of net and mends what he sits in."
  description: "He has never fallen through. He puts it down to working fast."
  keywords: "fenn", "man"
  gender: male

  on talk_to(who, whom) when whom == self {
    say "There's a woman over the river has been mending one net since my grandfather's time."
    say "If she gets it whole, she says, she'll catch what she let go. I never asked what. You don't, do you?"
  }
}

item net_needle {
  short: "a net needle"
  long: "A net needle of bone sticks in a beam."
  description: "Flat, forked, warm from a hand. It would go between two ribs as between two knots."
  keywords: "needle", "net"
  kind: weapon
  slot: wielded
  damage: 1d4 + 1
  damage_type: pierce
  weight: 50g
  value: 6
}
