/// Where the village stops: the gardens, the toll gate, and the wall of pots that failed.
module kettle_cross

room gardens {
  title: "The Kitchen Gardens"
  description: """
    Beans climb poles, onions stand in ranks, and a scarecrow in a good coat looks over it all[if is_night()],
    or did when it was light[end]. Everybody who passes nods to him. The square is northeast; the path goes on
    west, to the gate.
    """
  sector: field
  exit northeast -> square
  exit west -> toll_gate
  detail "beans", "poles": "They have reached the top and are looking around for more."
  detail "onions", "ranks": "Ten rows of twelve. Tomorrow there will be a hundred and nineteen."
  detail "scarecrow", "coat":
      "Straw, a turnip, and the bearing of a mayor. It would be rude not to NOD TO SCARECROW."
  detail "turnip": "It has been given a mouth, and the mouth has been given something to say, but not yet."
  place garden_gloves

  player state has_nodded: bool = false

  on command "nod to scarecrow", "nod scarecrow", "nod at scarecrow", "greet scarecrow",
      "bow to scarecrow" by who {
    act who "[Who] [who nods] to the scarecrow."
    if who.has_nodded { tell who "The wind, or good manners, nods the turnip back at you." ; stop }
    bind who
    wait 1s
    if who.has_nodded { stop }
    if not who in here { stop }
    who.has_nodded = true
    tell who "Something slides down inside the sleeve, and a coin drops at your feet. You pick it up."
    pay 2 to who
    reward who with 5
  }

  on command "listen" by who {
    tell who "Bees, and somebody behind the beans who stops humming when you listen."
  }

  every 75s {
    choose {
      2 => echo "A snail crosses the path. You wait, out of respect."
      1 => echo "The scarecrow's coat fills with wind, and for a moment he is somebody."
    }
  }
}

item garden_gloves {
  short: "a pair of garden gloves"
  long: "A pair of garden gloves is stuck on two bean poles, waving."
  description: "Leather at the palms, darned at every finger."
  keywords: "gloves", "pair", "garden"
  kind: armor
  slot: hands
  armor: 1
  weight: 0.2kg
  value: 3
}

room toll_gate {
  title: "The Toll Gate"
  description: """
    A pole, painted in stripes, could close the hill road if anybody lowered it. Beside it stands a hut with a
    window and a bench [if is_night()]in the dark[else]in the sun[end]. East are the gardens. West, the road
    climbs, and does not hurry.
    """
  sector: field
  exit east -> gardens
  exit west -> hobs_back.hill_road
  detail "pole", "stripes": "Red and white once. Now pink and grey. It is held up by a bird's nest."
  detail "hut", "window":
      "Inside: a chair, a stove, and a register of everybody who has passed since the bird came. It is empty."
  detail "nest", "bird": "Four eggs. The toll is suspended."
  detail "bench": "There is room for one more, if the one is small."
  detail "register": "The last entry reads: SELF, IN. Three weeks later: SELF, OUT, AND IN AGAIN."
  detail "road", "hill": "It goes up to a round green hill, which looks like somebody asleep under a blanket."
  spawn dace respawn 2m

  on leave(who, toward) when who is player and toward == west and who.level < 3 once per player {
    tell who "Behind you the corporal calls: \"It gets steep, up there! I would be level three first!\""
  }

  on command "lower pole", "lower the pole", "close gate" by who {
    act who "[Who] [who lowers] the pole, very slowly."
    if not dace in here { stop }
    bind who
    wait 2s
    if dace { as dace say "The bird! Mind the bird!" }
    echo "The pole goes up again. Four eggs have noticed nothing."
  }
}

npc dace from villager {
  short: "Corporal Dace"
  long: "Corporal Dace guards the gate from the bench, with his feet on a drum."
  description: "A long man folded onto a short bench. His helmet is full of strawberries."
  keywords: "dace", "corporal"
  gender: male

  on talk_to(who, whom) when whom == self and who is player {
    if who.errand == 1 and who.carries(gate_loaf) {
      say "Is that... That is not for me? GIVE it here, before I faint."
      stop
    }
    choose {
      1 => say "Nothing has come down that road in a month. I am winning."
      1 => say "There are three brothers up there who take a toll. It puts an honest man to shame."
      1 => say "Up the road is the hill. If it snores, walk softly; if it stops, run."
    }
  }

  before give(thing, who, to) when thing is gate_loaf and who is player {
    if who.errand != 1 {
      prevent "The corporal looks at the loaf, and at you. \"Somebody put you up to this?\""
    }
  }

  on give(thing, who) {
    if who is player and thing is gate_loaf {
      destroy thing
      who.errand = 2
      emote "eats the loaf in four bites, cloth and all."
      say "Tell Bettany that it was very good, and that I remember now what I had forgotten."
      give gate_vest to who else { spawn gate_vest at here }
      reward who with 40
      tell who "Back to Bettany, then: east, and northeast."
      stop
    }
    if thing is loaf or thing is road_bun {
      destroy thing
      say "My second breakfast. I knew it would come."
      pay 1 to who
      stop
    }
    say "I may not accept gifts. Is it food? No? Then I may not accept gifts."
    give thing to who
  }

  on say "hill", "snore" by who when who is player { say "It breathes. I have timed it. I have had time." }
  on say "toll", "bird", "brothers" by who when who is player {
    say "No toll while she sits. It is in the regulations; I wrote it in."
  }
}

item gate_vest {
  short: "a quilted vest"
  long: "A quilted vest lies here."
  description: "Stuffed with wool and old summonses. TOLL, says the back."
  keywords: "vest", "quilted"
  kind: armor
  slot: body
  armor: 2
  weight: 1kg
  value: 5
}

room wall_of_cracks with bears_hand("Your hand fits, but for one finger: the potter's was crooked.") {
  title: "The Wall of Cracks"
  description: """
    Here stand the pots that failed. They are built into a wall, mouths outward, row on row, and under each is
    a line that says why. When there is wind, the wall hums. The square is southeast.
    """
  sector: city
  exit southeast -> square
  detail "pots", "mouths", "rows", "wall":
      "Hundreds. READ LINES, if you have the heart. One low pot has a stopper."
  detail "lines", "line", "reasons": """
    TOO PROUD. -- TOO THIN. -- WE WERE TALKING. -- HELD WATER BUT LET OUT MILK. -- PERFECT; DROPPED. -- IT WAS
    A TUESDAY. -- RED, NEARLY. And a small one, low down, with a child's letters: I LIKE IT.
    """
  detail "stopper", "low": "Cork, and loose. You could PULL STOPPER."
  spawn sparrow max 2 respawn 2m

  player state has_pulled: bool = false

  on command "pull stopper", "open pot", "pull cork" by who {
    if who.has_pulled { tell who "The pot has told you what it had to tell." ; stop }
    who.has_pulled = true
    act who "[Who] [who pulls] the stopper from a pot, and three hundred years of sigh come out."
    tell who "Behind the sigh lies a cup, grey, with a crack. It is light in the hand and oddly good to hold."
    give cracked_cup to who else { spawn cracked_cup at here }
  }

  on command "listen" by who { tell who "The wall hums. Every pot has its own note, and the crack in it." }
}

item cracked_cup {
  short: "a cracked cup"
  long: "A cracked cup stands here."
  description: "A thumb has been pressed into the side while the clay was soft. I LIKE IT, says the foot."
  keywords: "cup", "cracked"
  weight: 0.2kg
  value: 2
}

npc sparrow {
  short: "a sparrow"
  long: "A sparrow lives in one of the pots and disputes the rest."
  description: "All chest."
  keywords: "sparrow"
  hp: 3
  damage: 1d1
  flags: sentinel, peaceful
}
