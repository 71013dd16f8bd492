// A room with a machine in it, a door with a key, and what lies about.
module old_mill
use std.doors
use std.weather

/// The mill by the river.
/// Nobody grinds here any more.
zone old_mill {
  title: "The Old Mill"
  levels: 1..4
  entrances: ford, grinding_floor         // where one comes in
  start: ford
  reset: every 20m when empty
}

room grinding_floor {
  title: "The Grinding Floor"
  description: """
    Two stones lie on each other like sleeping oxen.  A wooden
    [if wheel_turning]shaft turns with a groan[else]shaft stands still[end]
    above them.

    Flour dust [b]everywhere[/b].
    """
  sector: inside
  flags: indoors, dark
  exit north -> flour_loft { door: gate, closed, locked, unpickable; name: "trap door"; keywords: "trap", "door" }
  exit west  -> ford
  detail "shaft", "wooden shaft": "It is [if wheel_turning]moving[else]still[end]."

  /// Per room, saved.
  state wheel_turning: bool = false
  player state visits: int = 0
  temp noise: int = 0

  spawn npc mill_rat max 3 respawn 60s { wear rat_collar ; carry copper_key ; contains gem }
  place meal_chest {
    contains coin max 2
    locked: true
  }

  on command "turn wheel", "spin wheel [slowly]" by who {
    if wheel_turning { tell who "It turns already." ; stop }
    wheel_turning = true
    act who "[Who] [who leans] into the spokes.  [The exit(north)] creaks open!"
    open exit(north)
    echo in flour_loft "Light falls in from below."
    on cancel { close exit(north) ; wheel_turning = false }
    wait 30s                              // survives a restart
    close exit(north)
    wheel_turning = false
    echo "With a clank the door falls shut."
  }
}

item copper_key {
  short: "a copper key"
  long: "A copper key lies here."
  keywords: "key", "copper"
  kind: key
  weight: 0.2kg
  flags: no_sell
}

room toll_house {
  title: "The Toll House"
  description: "Straw and one very solid door."
  exit east -> cell {
    door: closed, locked
    name: "cell door"
    key: copper_key
  }
  before unlock(door) by who when door is exit(east) {
    if warden in here and not warden.asleep {
      as warden say "Paws off that lock, [who.name]."
      prevent "The warden slaps your hand away."
    }
  }
  after unlock(door) by who { raise toll_evaded(who, self) }
  on enter(who, from) when who is player chance 25% once per player {
    tell who "You came from [from.name]."
  }
}

event toll_evaded(who: player, place: room)
