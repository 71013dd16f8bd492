/// A small world to begin with: a lane, a cottage, a garden behind a gate.
module NAME

zone NAME {
  title: "The Cottage"
  description: "A cottage at the end of a lane, and whoever lives in it."
  entrances: lane
  start: lane
}

room lane {
  title: "The End of the Lane"
  description: """
    The lane ends where the wheels of carts have turned around for a hundred years. North of it stands a
    cottage with smoke above the chimney.
    [if gate_is_open]East of it a gate stands open.[else]East of it is a gate in a high wall.[end]
    """
  exit north -> kitchen
  exit east -> garden { door: closed, locked ; name: "the garden gate" ; keywords: "gate" ; key: gate_key }
  detail "gate", "wall":
      "Oak and iron. The keyhole is large enough to look through, and green on the other side."
  detail "cottage", "smoke", "chimney": "It smells of wood and of something sweet."

  state gate_is_open: bool = false

  after open(door) by who when door is exit(east) { gate_is_open = true }
  after close(door) by who when door is exit(east) { gate_is_open = false }
}

room kitchen {
  title: "The Kitchen"
  description: """
    A low room around a large stove. A kettle stands on it, [if kettle_is_hot]and sings.[else]and does not
    look back.[end]
    """
  flags: indoors
  exit south -> lane
  detail "kettle", "stove": "It wants to be on the fire. You could PUSH KETTLE."
  spawn rosa

  state kettle_is_hot: bool = false

  on command "push kettle", "move kettle" by who {
    if kettle_is_hot { tell who "It is hot already." ; stop }
    act who "[Who] [who pushes] the kettle over the fire."
    wait 10s
    kettle_is_hot = true
    echo "The kettle begins to sing."
    wait 1m
    kettle_is_hot = false
    echo "The kettle has boiled away, and is quiet."
  }
}

npc rosa {
  short: "Rosa"
  long: "Rosa sits at the window and shells peas."
  description: "Old, quick, and pleased to have somebody to look at."
  keywords: "rosa"
  gender: female
  carry gate_key

  state has_given: bool = false

  on enter(who) when who is player once per player {
    say "Come in, come in. If you want TEA, the kettle knows how."
  }

  on say "tea" by who when who is player {
    if not kitchen.kettle_is_hot { say "Then push the kettle, dear." ; stop }
    if has_given { say "There is enough for both of us." ; stop }
    give gate_key to who else { say "Your hands are full." ; stop }
    has_given = true
    say "That is a good guest. Here is the key of the garden. Mind the bees."
  }

  every 40s {
    choose {
      3 => emote "splits a pod with her thumb."
      1 => say "It will rain. Not today."
    }
  }
}

item gate_key {
  short: "an iron key"
  long: "An iron key lies here."
  description: "As long as your hand, and warm from Rosa's pocket."
  keywords: "key", "iron"
  kind: key
  weight: 0.2kg
}

room garden {
  title: "The Garden"
  description: "Beans, foxgloves, bees. The wall keeps the wind out and the evening in."
  exit west -> lane { door: closed, locked ; name: "the garden gate" ; keywords: "gate" ; key: gate_key }
  detail "bees", "bee": "They have work to do, and so have you."
  place pear
}

item pear {
  short: "a yellow pear"
  long: "A yellow pear lies in the grass."
  description: "It would not last until tomorrow."
  keywords: "pear", "yellow"
  kind: food
  heals: 1d4
  weight: 0.2kg
}
