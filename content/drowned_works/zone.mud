/// The Drowned Works: where seven masters made a red that stays warm, until the water came.
module drowned_works
use kettle_cross

zone drowned_works {
  title: "The Drowned Works"
  description: "Three floors of kilns, lofts and ledgers under a lake. The night shift has not been told."
  levels: 5..8
  entrances: drain_mouth
  reset: 15m

  /// 2: the middle floor and the lower floor are under water. 1: the lower one. 0: none.
  zone state water: int = 2
}

/// The water in the Works has come up.
event water_rose(place: zone)

/// Lets the water fall by one floor.
fn lower_water(to: int) {
  drowned_works.water = to
  echo zone drowned_works "Deep in the walls something opens its throat, and the water goes down."
}

/// Lets the water rise to a height; who stands in its way is taken along.
fn raise_water(to: int) {
  if drowned_works.water >= to { stop }
  drowned_works.water = to
  echo zone drowned_works "A shudder goes through the walls, and the water comes up."
  raise water_rose(drowned_works)
}

/// The bell calls the water, and it comes. The little one calls a little.
on bell_rung(who) { raise_water(2) }
on little_bell_rung(who) { raise_water(min(2, drowned_works.water + 1)) }

/// A room that is under water when it stands so high.
trait floods_at(height: int) {
  before enter(who) when who is player and drowned_works.water >= height {
    prevent "There the water begins, black and without a ripple. Steps go on in it, down, and then not."
  }
  on water_rose(place) when drowned_works.water >= height {
    for one in here.players {
      tell one "The water comes in like somebody who lives here. It takes you under one arm, and up, and out."
      damage one for 2d4 as cold
      move one to drain_mouth
    }
  }
}

/// People who went on with their shift.
abstract npc night_shift {
  short: "one of the night shift"
  description:
      "You can see the wall through him. He can see the wall through you, and is too polite to say so."
  gender: male
  level: 5
  hp: 50
  flags: sentinel, peaceful
}

world state shift_is_over: bool = false
