/// The mill on the race, and whose goose it is.
module sallow

room mill {
  title: "The Mill"
  description: """
    Everything shakes, a little and for ever: the floor, the flour in the air, your teeth. Stones as wide as a
    room go round behind a rail. A ladder goes up to the sacks.
    """
  flags: indoors, peaceful
  exit south -> mill_race
  exit up -> sack_loft
  detail "ladder", "floor", "teeth": "It shakes up through your heels. Your teeth are keeping time."
  detail "stones", "stone", "rail":
      "They do not touch. Between them is the thickness of a thought; that is where the flour happens."
  detail "flour", "air":
      "You could write in it. Somebody has: COME BACK, and a drawing of something with a neck."
  detail "apple": "It has been polished for somebody else."
  spawn teasel respawn 2m
  spawn harrow respawn 5m

  /// Home.
  on enter(who) when who is alderman {
    if not alderman { stop }
    let guide = alderman.leader
    alderman.leader = none
    echo "The Alderman walks past everybody and lays his neck over Teasel's knees. Nobody says anything."
    if guide { come_home(guide) }
    after 90s {
      if alderman and alderman in mill {
        echo in mill "The Alderman remembers his duties, and leaves for his island by the window."
        move alderman to goose_island
      }
    }
  }
}

fn come_home(guide: player) {
  if teasel { as teasel say "You walked him past the fox? And the lights? And he let you?" }
  if guide.has_led_home {
    if teasel {
      as teasel say "He'll be off again by evening. It's the office. Take an apple; I've got a tree."
    }
    give apple to guide else { tell guide "Your hands are full." }
    reward guide with 40
    stop
  }
  guide.has_led_home = true
  pay 12 to guide
  give apple to guide else { spawn apple at mill }
  give white_quill to guide else { spawn white_quill at mill }
  reward guide with 180
  tell guide "You have seen the Alderman home."
}

npc teasel from marsh_dweller {
  short: "Teasel"
  long: "Teasel sits on the rail with an apple that she does not eat, and looks out of the door, south."
  description:
      "Ten or eleven, with flour in her plaits. She has a whistle on a string, and is not blowing it."
  keywords: "teasel", "girl"
  gender: female

  player state has_led_home: bool = false
  player state knows_of_goose: bool = false

  on talk_to(who, whom) when whom == self and who is player {
    if alderman in mill { say "Shh. He is resting from government." ; stop }
    if who.has_led_home { say "He has gone again. He always takes the same way. You know it now." ; stop }
    who.knows_of_goose = true
    say "The Alderman has gone off to his island, and there is a fox. He won't come for me: I cried."
    say "Take bread. GIVE it to him, and he'll follow you; he goes where you go, if you don't run ahead."
    say "He only crosses the mire when the frogs sing. And the fox... I don't know. She has cubs."
  }

  on say "fox", "cubs" by who when who is player {
    say "She takes eel. I heard her take eel. She thanked it."
  }
  on say "lights", "mire", "frogs" by who when who is player {
    say "Walk when they sing. When it's quiet and pretty, you stand still."
  }
  on say "alderman", "goose" by who when who is player { say "He isn't mine. I'm his." }
}

npc harrow from marsh_dweller {
  short: "Harrow the miller"
  long: "Harrow the miller listens to the stones with his hand."
  description: "White from head to foot, and deaf as the stones, which he says are good company."
  keywords: "harrow", "miller"
  gender: male

  on talk_to(who, whom) when whom == self { say "WHAT?" }
  on say "flour", "wheel", "stones" {
    say "THE WHEEL? THE WHEEL IS FINE. IT'S THE WATER. IT COMES LATER EVERY YEAR."
  }
}

item apple {
  short: "a polished apple"
  long: "An apple lies here and shines."
  description: "You can see your face in it, and your face looks hungry."
  keywords: "apple"
  kind: food
  heals: 1d6
  weight: 0.2kg
  value: 1
}

item white_quill {
  short: "a white quill"
  long: "A white quill lies here, signed by nature."
  description: "A wing feather of the Alderman's, given freely. There cannot be many."
  keywords: "quill", "white", "feather"
  kind: armor
  slot: head
  armor: 1
  dexterity: 1
  vitality: 1
  weight: 5g
  value: 20
}

room sack_loft {
  title: "The Sack Loft"
  description: """
    Sacks to the rafters, and between sacks and rafters a barn owl, or the face of one. A hoist hangs out of a
    hatch over the race. Through the hatch you see the whole of the Sallow: willows like smoke, and smoke like
    willows.
    """
  flags: indoors
  exit down -> mill
  detail "sacks", "sack": "Rye, barley, rye. One of them has been slept in."
  detail "owl", "face", "rafters": """
    A heart with two holes in it. It turns all the way round, to see whether you are still there from behind.
    """
  detail "hoist", "hatch", "rope":
      "Rope, hook, wheel. You could RIDE HOIST down to the race. It would be quick."
  spawn flour_mouse max 3 respawn 60s

  on command "ride hoist", "ride the hoist", "use hoist", "grab rope" by who {
    act who "[Who] [who takes] hold of the hoist and [who steps] out of the hatch."
    bind who
    wait 1s
    tell who "It is quick."
    move who to mill_race
    damage who for 1
  }
}

npc flour_mouse {
  short: "a flour mouse"
  long: "A flour mouse leaves white footprints on white flour."
  description: "It is the ghost of a mouse, as far as it knows."
  keywords: "mouse", "flour"
  level: 1
  hp: 4
  damage: 1d1
  wander: 90s
}
