/// A bell, a rope, and somebody who sleeps above both.
module kettle_cross

room bellhouse {
  title: "The Bellhouse"
  description: """
    A square tower with nothing in it but a rope that comes out of the dark and ends at the height of your
    nose. Wooden steps climb the wall. Every few of them is missing.
    """
  flags: indoors
  exit east -> square
  exit up -> bell_loft
  detail "rope": "Thick as your wrist and polished by hands. It wants to be pulled."
  detail "steps", "stairs": "They hold if you do not ask them twice."

  on command "pull rope", "ring bell" by who {
    if bell_is_ringing { tell who "The bell is still swinging. Let it." ; stop }
    bell_is_ringing = true
    act who "[Who] [who leans] on the rope. Far above, something huge turns over."
    wait 2s
    echo zone kettle_cross "BONG. The bell of Kettle Cross speaks, and the windows listen."
    if who { raise bell_rung(who) }
    wait 20s
    bell_is_ringing = false
    echo "The rope hangs still again."
  }
}

room bell_loft {
  title: "The Bell Loft"
  description: """
    The bell fills the loft like a thought too big for a head. Between its lip and the wall there is room for
    pigeons and, with care, for you.
    [if perch in here]A perch of old planks sticks out above the drop.[end]
    """
  flags: indoors
  exit down -> bellhouse
  detail "bell": "Around its lip runs a line of letters: I CALL THE WATER, AND THE WATER COMES."
  detail "letters", "line": "I CALL THE WATER, AND THE WATER COMES. It rhymes in no language you know."
  detail "pigeons", "pigeon": "They were here first and mean to be here last."
  place perch { contains rust_key }

  state pigeons_are_out: bool = false

  on bell_rung(who) {
    if pigeons_are_out { stop }
    pigeons_are_out = true
    echo "The bell heaves past your ear. Every pigeon in the loft leaves at once."
    for one in here.players {
      tell one "The sound goes through you and comes out on the other side."
      damage one for 2 as sonic
    }
    after 30s {
      pigeons_are_out = false
      echo "One by one the pigeons come back, complaining."
    }
  }

  /// The pigeons guard their shiny thing while they are at home.
  before get(item) by who when item is rust_key {
    if not pigeons_are_out {
      prevent "A storm of wings and beaks drives your hand back from [the item]. What scares a pigeon?"
    }
  }

  on command "listen" by who { tell who "A bell that does not ring is the loudest thing you know." }
}

item perch {
  short: "a perch"
  long: "A perch of old planks holds what pigeons think worth having."
  description: "Straw, feathers, and a gleam."
  keywords: "perch", "planks", "nest"
  kind: container
  capacity: 5
  flags: fixed
  weight: 20kg
}

item rust_key {
  short: "a rust-red key"
  long: "A rust-red key lies here."
  description: "Long as your hand. The bow is shaped like a drop of water."
  keywords: "key", "rust", "red"
  kind: key
  weight: 0.2kg
}
