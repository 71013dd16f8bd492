/// Southeast of the square: the inn, its attic, its cellar, and what is behind the cellar.
module kettle_cross

room cold_spoon {
  title: "The Cold Spoon"
  description: """
    The ceiling hangs full of spoons, hundreds of them, each on its own thread. They chime when the door
    opens. Benches stand around a fire that is mostly smoke[if vole in here], and a counter around Mistress
    Vole[end]. Stairs go up to the beds and down to the barrels.
    """
  flags: indoors, peaceful
  exit northwest -> square
  exit up -> spoon_attic
  exit down -> spoon_cellar
  detail "spoons", "spoon", "ceiling", "threads": """
    Horn, tin, wood, one of silver. Who leaves for good hangs up a spoon, so that there is always one to come
    back to. About a third of them have names.
    """
  detail "fire", "smoke": "It was laid by an optimist."
  detail "benches", "bench", "counter": "Worn to the shape of this village."
  detail "silver": "High up, out of reach. The name on it has been rubbed away by somebody with a long arm."
  spawn vole respawn 5m

  on enter(who) when who is player { echo "Overhead the spoons chime, softly, and settle." }

  on command "listen" by who {
    tell who "The spoons touch, three of them, far apart. Somebody, somewhere, has thought of this place."
  }
}

npc vole from villager {
  short: "Mistress Vole"
  long: "Mistress Vole stands behind the counter and knows what you had last time."
  description: "A face like a good cushion, with two sharp pins in it."
  keywords: "vole", "mistress", "innkeeper"
  gender: female

  player state has_hung_spoon: bool = false

  on talk_to(who, whom) when whom == self and who is player {
    say "A bed is two gold: RENT BED. The cellar is full of rats, and those are free."
    if not who.has_hung_spoon {
      say "And if you have a spoon on you, hang it up. HANG SPOON. Then you have been here."
    }
  }

  on command "rent bed", "rent a bed", "rent room", "rent a room" by who {
    charge 2 from who else {
      say "Two gold, dear. The bench is free, but it was made by my late husband."
      stop
    }
    say "Up the stairs. The one that does not creak."
    apply well_rested to who from self
    heal who for 50
  }

  on command "hang spoon", "hang up spoon", "hang ladle", "hang up ladle" by who {
    if who.has_hung_spoon { say "One each, dear. It is a ceiling, not a boast." ; stop }
    take ladle from who else {
      say "What with? There are ladles at the kettle, and a ladle is a spoon with ideas."
      stop
    }
    who.has_hung_spoon = true
    act who "[Who] [who climbs] on a bench and [who hangs] a ladle among the spoons."
    say "There. Now you have somewhere to come back to."
    reward who with 15
  }

  on say "spoons", "spoon" by who when who is player {
    say "Some come back for theirs. I have had a grandson come for one, and it fitted him."
  }
  on say "door", "key" by who when who is player { say "Bettany has the key. Had. It fell into something." }
}

effect well_rested {
  name: "well rested"
  tags: "blessing"
  duration: 15m
  stacking: refresh
  modify { vitality: 1 ; dexterity: 1 }
  on start(victim, source) { tell victim "You lie down for a moment, and it is a good, long moment." }
  on end(victim, reason) when reason == expired {
    tell victim "Somewhere behind your eyes, a yawn is made ready."
  }
}

room spoon_attic {
  title: "Under the Roof of the Cold Spoon"
  description: """
    Five beds, four of which creak. Rain has drawn a map of nowhere on the sloping ceiling. From the window
    you see the whole square, and the kettle from above: a dark eye with a bright rim[if is_night()], and a
    star in it[end].
    """
  flags: indoors, peaceful
  exit down -> cold_spoon
  detail "beds", "bed": "The blankets are patched with blankets. SLEEP, if you can, or READ WALL."
  detail "map", "rain", "ceiling": "There is an island, a long coast, and a monster. The monster is a nail."
  detail "window", "eye": "Soup, seen from above, looks back."
  detail "wall", "names": """
    Guests have written here, each below the other. HERE SLEPT A MAN WHO WAS NOT TIRED. -- BED 3 BITES. --
    TELL WICK HE IS FLAT ON THE THIRD. -- I CAME FOR ONE NIGHT (this one four times, in the same hand, with
    years.)
    """
  place quilt_cap

  on command "listen" by who {
    tell who "Down in the lane somebody whistles four notes. High, low, low, and one between."
  }
}

item quilt_cap {
  short: "a quilted nightcap"
  long: "A quilted nightcap hangs from a bedpost."
  description: "Somebody left it. It is thick enough to stop a small idea."
  keywords: "nightcap", "cap", "quilted"
  kind: armor
  slot: head
  armor: 1
  weight: 0.1kg
  value: 3
}

room spoon_cellar {
  title: "The Cellar of the Cold Spoon"
  description: """
    Barrels, and between the barrels rustling. The air is cold and sweet. In the west wall is a low iron door
    with a keyhole; it is warm to the hand, as nothing else is down here.
    """
  flags: indoors
  exit up -> cold_spoon
  exit west -> stoke_hole {
    door: closed, locked, unpickable
    name: "the low door"
    keywords: "door", "low", "iron"
    key: stoke_key
  }
  detail "keyhole": "A red line on the floor, as under a door. It flickers. It tires you to look at it."
  detail "barrels", "barrel": "Cider, cider, vinegar, cider, and one marked DO NOT. You could TAP BARREL."
  detail "wall": "It is the side where the kettle stands. You could fall asleep against it."
  spawn cellar_rat max 3 respawn 40s

  player state has_tapped: bool = false

  on command "tap barrel", "tap cider", "drink cider" by who {
    if who.has_tapped {
      tell who "Mistress Vole has put a mark on the barrel, at the height of your first cup."
      stop
    }
    who.has_tapped = true
    act who "[Who] [who taps] a barrel, [who chooses] wrong, and [who drinks] a cup of vinegar to the end."
    heal who for 1d4
    tell who "It is surprisingly good for you."
  }
}

npc cellar_rat {
  short: "a cellar rat"
  long: "A cellar rat sits on a barrel and cleans its whiskers for visitors."
  description: "Plump, with cider on its breath."
  keywords: "rat", "cellar"
  level: 1
  hp: 5
  damage: 1d2
  loot: rat_loot
  flags: sentinel
  on attack(victim, who) { emote "hiccups, and shows its teeth." }
}
