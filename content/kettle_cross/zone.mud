/// Kettle Cross: a village that grew around a kettle. The first place anybody sees.
module kettle_cross

zone kettle_cross {
  title: "Kettle Cross"
  description: "A village at a crossroads, and the copper kettle it grew around."
  levels: 1..3
  entrances: square
  start: square
  reset: 10m

  /// Red tires. It has to be brought again.
  every 6h always {
    if red_bricks > 1 {
      red_bricks -= 1
      echo zone kettle_cross "Under the kettle something ticks, like a cooling plate. One more brick is grey."
    }
  }
}

/// True since the bell was last rung and until its echo has gone.
world state bell_is_ringing: bool = false

/// How many of the kettle's seven bricks still glow. Players lay new ones; the old ones tire.
world state red_bricks: int = 1

/// Lamps are lit from nine in the evening to six in the morning.
formula is_night() -> bool = hour() < 6 or hour() >= 21

/// Somebody rang the bell of Kettle Cross.
event bell_rung(who: creature)

/// Somebody wants to talk with somebody.
event talk_to(who: creature, whom: creature)

/// People who keep to themselves and say one of a few things now and then.
trait mutters(first: text, second: text) {
  every 90s {
    choose {
      2 => say first
      1 => say second
    }
  }
}

/// People with a home: they greet a face they have not seen before.
trait greets_newcomers(greeting: text) {
  on enter(who) when who is player once per player {
    wait 1s
    say greeting
  }
}

abstract npc villager {
  short: "a villager"
  description: "Someone who has lived here for ever, and looks it."
  gender: neutral
  level: 3
  hp: 30
  flags: sentinel, peaceful
}
