/// Words that work everywhere in Kettle Cross.
module kettle_cross

/// How full a purse sounds.
fn purse_word(who: creature) -> string {
  if who.gold >= 50 { return "heavy" }
  if who.gold >= 10 { return "cheerful" }
  if who.gold > 0 { return "lonely" }
  return "silent"
}

formula coin_odds(who: creature) -> percent = clamp(50% + (who.wits - 10) * 1%, 25%, 75%)

command jingle {
  help: "Shake your purse and listen."
  position: sitting
  run "jingle" by who {
    let word = purse_word(who)
    act who "[Who] [who shakes] [who.his] purse. It sounds [word]."
  }
}

command flip {
  help: "Flip a coin for luck: `flip`, or `flip for <somebody>` to let them have it."
  lag: 1s
  cooldown: 3s
  run "flip" by who {
    if who.gold <= 0 { fail "You have no coin to flip." }
    if roll(coin_odds(who)) {
      act who "[Who] [who flips] a coin. Heads!"
    } else {
      act who "[Who] [who flips] a coin. Tails."
    }
  }
  run "flip for <other:creature>" by who {
    charge 1 from who else { fail "You have no coin to flip." }
    pay 1 to other
    act who, other {
      actor "You flip a coin to [other]."
      target "[Who] flips you a coin."
      others "[Who] flips a coin to [other]."
    }
  }
}

command count {
  help: "Count what lies here."
  run "count" by who {
    let place = who.room else { fail "There is nothing to count." }
    let found = 0
    for thing in place.items { found += 1 }
    tell who "You count [found] thing[if found != 1]s[end] here."
  }
}

command talk {
  help: "Talk to somebody: `talk to bettany`. They may have something to say, or something to be done."
  position: sitting
  run "talk [to] <other:creature in room>" by who {
    if other == who { fail "You have heard it all before." }
    act who, other {
      actor "You turn to [other]."
      target "[Who] turns to you."
      others "[Who] turns to [other]."
    }
    raise talk_to(who, other)
  }
}

command ask {
  help: "Ask somebody about something: `ask oona about bread`."
  position: sitting
  run "ask <other:creature in room> about <topic:words>" by who {
    if other == who { fail "You do not know." }
    as who say "[topic]?"
  }
}

command listen {
  help: "Hold still and listen."
  position: resting
  run "listen" by who {
    choose {
      1 => tell who "You hear yourself listening."
      1 => tell who "Nothing that you did not know."
      1 => tell who "Somewhere, something drips."
    }
  }
}
