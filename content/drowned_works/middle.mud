/// The middle floor: colours, clay, and four pipes.
module drowned_works

room glaze_room with floods_at(2) {
  title: "The Glaze Room"
  description: """
    Vats stand open along both walls, as big as ponds. In each is a grey skin, and if you break it, a colour
    that you have not seen since you were a child and it rained. The stair goes up; there are doors east and
    west.
    """
  flags: indoors
  exit up -> packing_hall
  exit east -> colour_store
  exit west -> foremans_walk
  detail "stair", "doors", "lamps":
      "Everything has been wiped to the height of a man, and above that it is another century."
  detail "vats", "vat", "skin", "colour":
      "You STIR VAT with one finger. There is a blue in it like being forgiven. The next one is green."
  detail "walls": "Splashed as high as the lamps. Somebody danced here, once, with a brush."
  spawn slipman max 2 respawn 2m

  on command "stir vat", "stir", "stir vats" by who {
    choose {
      1 => act who "[Who] [who stirs] a vat, and [who.his] finger comes out as blue as distance."
      1 => act who "[Who] [who stirs] a vat, and [who.his] finger comes out as green as Tuesday's bread."
      1 => act who "[Who] [who stirs] the last vat. It is quite empty, and [who.his] finger comes out warm."
    }
  }
}

room colour_store with floods_at(2) {
  title: "The Colour Store"
  description: """
    Drawers from floor to roof, each with a smear of its colour on the front. One row has been pulled out and
    broken up, all of it red. A stool lies on its side, and on the floor are chalk outlines of feet that ran.
    """
  flags: indoors
  exit west -> glaze_room
  detail "drawers", "drawer", "row": """
    EARTH, says the first broken one. ASH, the second. The third was never labelled; inside it is scorched.
    """
  detail "stool", "feet", "outlines": """
    Small feet, an apprentice's. They go from the drawers to the wall, and there is no door in the wall. You
    could STAND IN FEET.
    """
  detail "wall": "A scratched line, in letters that slope: I HAVE GONE TO RING IT. FORGIVE ME OR DO NOT. W."
  spawn enamel_beetle max 2 respawn 2m
  place apprentices_smock

  player state has_run: bool = false

  on command "stand in feet", "step into outlines", "stand in outlines", "follow feet" by who {
    act who "[Who] [who puts] [who.his] feet into the outlines on the floor."
    if who.has_run { tell who "They are much too small. You had not noticed, the first time." ; stop }
    who.has_run = true
    bind who
    wait 2s
    tell who "Your heart begins to run. You see a tower, and steps, every few of them missing, and a rope."
    reward who with 30
  }
}

item apprentices_smock {
  short: "an apprentice's smock"
  long: "A smock hangs from a drawer."
  description: "Stiff with every colour there is but one. The name inside has been washed to a W."
  keywords: "smock", "apprentice"
  kind: armor
  slot: body
  armor: 3
  wits: 2
  weight: 0.7kg
  value: 30
}

room foremans_walk with floods_at(2) {
  title: "The Foreman's Walk"
  description: """
    An iron bridge over a hall of dead kilns. From up here one man could see four hundred work. The doors
    stand east and north and south; a ladder goes down into the dark.
    [if drowned_works.water == 1]A few rungs down, the dark is wet.[end]
    """
  flags: indoors
  exit east -> glaze_room
  exit north -> pipe_hall
  exit south -> clay_cellar
  exit down -> sump
  detail "kilns", "hall", "kiln":
      "Forty of them, with their doors open, like a choir that has come to the end of the page."
  detail "bridge", "iron": "It rings under you, and somewhere below it somebody begins to work faster."
  detail "ladder", "rungs", "dark": "Thirty rungs. The bottom ones are only a taste of iron."
  spawn stoker respawn 5m
  place fire_bucket

  on command "listen" by who {
    tell who "Shovels. One; then another; then four hundred. If you hold your breath, they hold theirs."
  }
}

npc stoker from night_shift {
  short: "a stoker"
  long: "A stoker shovels nothing into a kiln, with great skill."
  keywords: "stoker"
  on talk_to(who, whom) when whom == self {
    if shift_is_over {
      say "My wife'll have kept the soup warm. She's good at that. She said she'd never let it go cold."
      stop
    }
    say "He's glazed, the master. Himself, I mean. A blade slides off it. One thing hot glaze can't bear."
    say "Same as any hot pot. You'll have done it at home. Once."
  }
}

/// Full or empty; a full one is bad news for hot glaze.
item fire_bucket {
  short: "a fire bucket"
  long: "A leather fire bucket hangs from the rail."
  description: """
    [if is_full]Full of black water, as cold as the day it fell.[else]Empty. FILL BUCKET where there is
    water.[end]
    """
  keywords: "bucket", "fire"
  weight: 1kg
  value: 5

  state is_full: bool = false
}

room clay_cellar with floods_at(2) {
  title: "The Clay Cellar"
  description: """
    Clay stands here in walls, cut with a wire, each block with the print of the hand that set it down.
    Between the blocks is a second wheel, smaller than the one upstairs, and clean, because something keeps
    wiping it.
    """
  flags: indoors
  exit north -> foremans_walk
  detail "clay", "blocks", "walls", "block":
      "One of the blocks has an ear. You look again; it has turned away."
  detail "wheel", "second": "SECOND WHEEL. HALF TO DRY. You could TURN WHEEL, if nobody minded."
  spawn slipman max 2 respawn 5m

  on command "turn wheel", "turn second wheel", "use wheel" by who {
    if is_minded(self) {
      tell who "Something cold and wet lays its hand on yours, on the wheel. It minds."
      stop
    }
    if drowned_works.water < 1 { tell who "It is dry below. It cannot be drier." ; stop }
    act who "[Who] [who turns] the second wheel. It makes a sound like a very long straw."
    lower_water(0)
  }
}

fn is_minded(place: room) -> bool {
  for one in place.npcs when one is slipman { return true }
  return false
}

room pipe_hall with floods_at(2) {
  title: "The Hall of Pipes"
  description: """
    Four brass pipes come out of the floor, each ending in a mouth: a high one, a middle one, a low one, and
    one that is plugged with clay. Cords hang from them. It is the only thing down here that has been
    polished.
    """
  flags: indoors
  exit south -> foremans_walk
  detail "pipes", "pipe", "mouths", "brass":
      "They go down to the great door, and it listens. PLAY HIGH, PLAY MIDDLE, PLAY LOW."
  detail "cords", "cord": "A red one, a grey one, a blue one; and a black one that nobody holds."
  detail "plug", "clay":
      "The fourth pipe. A thumb has pushed the clay in, hard. Whatever it said, somebody had heard enough."
  spawn steam respawn 3m

  /// How many of the four notes have been right.
  state right_notes: int = 0

  on command "play high", "pull red cord" by who { play_note(who, 1) }
  on command "play middle", "pull grey cord" by who { play_note(who, 2) }
  on command "play low", "pull blue cord" by who { play_note(who, 3) }

  on command "listen" by who {
    tell who "Under the floor something very large holds quite still, so as not to miss it."
  }
}

/// The door knows four notes: high, low, low, and the one between.
fn play_note(who: player, note: int) {
  if note == 1 { act who "[Who] [who pulls] a cord, and a pipe cries out, high." }
  if note == 2 { act who "[Who] [who pulls] a cord, and a pipe speaks, neither high nor low." }
  if note == 3 { act who "[Who] [who pulls] a cord, and a pipe groans, low." }
  let wanted = 3
  if pipe_hall.right_notes == 0 { wanted = 1 }
  if pipe_hall.right_notes == 3 { wanted = 2 }
  if note != wanted {
    pipe_hall.right_notes = 0
    if note == 1 { pipe_hall.right_notes = 1 }
    echo in pipe_hall "The pipes cough, all together, and blow soot at you."
    damage who for 1
    stop
  }
  pipe_hall.right_notes += 1
  if pipe_hall.right_notes < 4 { stop }
  pipe_hall.right_notes = 0
  echo in pipe_hall "The four notes hang in the air like washing. Far down, a bolt as long as a tree moves."
  unlock great_door.exit(north)
  open great_door.exit(north)
  echo in great_door "With a groan that you feel in your fillings, the great door opens."
  after 5m {
    close great_door.exit(north)
    lock great_door.exit(north)
    echo in great_door "The great door shuts. It has not been hurried."
  }
}
