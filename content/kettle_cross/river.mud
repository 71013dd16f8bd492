/// South of the square: reeds, a ferry, and the other side.
module kettle_cross
use drowned_works

room reed_path {
  title: "The Reed Path"
  description: """
    Planks lead through reeds taller than a rider. They bend under you and breathe out between steps. North
    are the roofs of Kettle Cross, south the sound of water.
    """
  sector: field
  exit north -> square
  exit south -> landing
  detail "roofs", "river", "water":
      "You hear it, and smell it, and at every step a little of it comes up between the planks."
  detail "reeds", "reed": "They whisper, but only about the weather."
  detail "planks": "Somebody has carved a frog into each."
  place walking_stick

  on leave(who, toward) when who is player and chance 20% {
    echo "The planks sigh after [who.name] has gone."
  }

  on command "listen" by who {
    tell who "Rain on Thursday, say the reeds. Or: reign on, thirsty. They mumble."
  }
}

item walking_stick {
  short: "a walking stick"
  long: "A walking stick leans against a reed, which is braver than it looks."
  description: "Ash, with a knob carved like a frog."
  keywords: "stick", "walking"
  kind: weapon
  slot: wielded
  damage: 1d5
  damage_type: blunt
  weight: 1kg
  value: 3
}

room landing {
  title: "The Ferry Landing"
  description: """
    The river is broad here and in no hurry. A rope as thick as your arm crosses it, and a raft hangs on the
    rope. A towpath leads west along the water.
    [if not tam in here]The raft is on the far side.[end]
    [if is_night()]A lamp burns on it, for the moths.[end]
    """
  sector: field
  exit north -> reed_path
  exit west -> sallow.towpath
  detail "towpath", "path": "A horse could walk there, if there were a horse."
  detail "raft", "rope", "ferry": "One gold to cross, says a board. GIVE 1 COIN, or ask Tam to CROSS."
  detail "board": "ONE GOLD. FROGS FREE."
  detail "river", "water":
      "Brown, slow, and older than the kettle. Flat stones lie about: you could SKIP STONE."
  spawn tam respawn 2m

  on command "skip stone", "skip a stone" by who {
    let bounces = 0
    while bounces < 9 and chance 70% { bounces += 1 }
    if bounces == 0 { act who "[Who] [who throws] a stone. Plop." ; stop }
    act who "[Who] [who skips] a stone across the water: [bounces] time[if bounces > 1]s[end]."
  }
}

room far_bank {
  title: "The Far Bank"
  description: """
    Nothing grows here but one stone, set upright by somebody with time. Behind it a hut hides under willows.
    [if stone_is_awake]The carved mouth on the stone stands open.[end]
    """
  sector: field
  exit in -> hermitage { hidden: true }
  exit north -> landing { one_way: true }
  detail "stone": "A face without eyes, and a mouth. Below it: WHAT CALLS THE WATER?"
  detail "face", "mouth": "It looks as if it had stopped in the middle of a word. You could SAY something."
  detail "hut", "willows": "You cannot find the door, however often you walk around it."

  state stone_is_awake: bool = false

  on say "bell" by who when who is player {
    if stone_is_awake { tell who "The stone hums, as if to say: I heard you." ; stop }
    stone_is_awake = true
    echo "The stone says, very slowly: \"THE. BELL.\" And behind you, there is a door."
    reveal exit(in)
    wait 60s
    stone_is_awake = false
    hide exit(in)
    echo "The mouth of the stone closes. You would swear there was a door."
  }

  on command "listen" by who {
    tell who "The stone hums at the edge of a word. The hut breathes. The river does all the talking."
  }
}

npc tam from villager {
  short: "Tam the ferryman"
  long: "Tam the ferryman sits on the raft with his feet in the water, half asleep."
  description: "A straw hat with a man under it."
  keywords: "tam", "ferryman"
  gender: male

  on say "cross", "ferry", "over" by who when who is player {
    if who.carries(sallow.frog_badge) {
      say "A frog! Thirty years that board has hung there. Get on, get on."
    } else {
      charge 1 from who else { say "One gold. Frogs free. You are no frog." ; stop }
      say "Hold on to your hat."
    }
    bind who
    act who "[Who] [who steps] onto the raft, and the rope begins to sing."
    wait 3s
    move who to far_bank
    tell who "The raft bumps against the far bank. \"Back is free,\" says Tam. \"Nobody stays.\""
  }

  on say "hermit", "hut" by who when who is player {
    say "I took her over, once. My grandfather says that HE took her over, once."
  }
  on say "frogs", "frog" by who when who is player {
    say "They have a court, up in the mire. Anybody they let off rides free. Nobody they let off, so far."
  }
}

room hermitage {
  title: "A Hut of Willow"
  description: """
    The hut is woven, not built, and lets the light in everywhere.[if is_night()] At night it lets it out
    again.[end]
    """
  flags: indoors, peaceful
  exit out -> far_bank
  detail "net", "hut", "floor": "Silk, grey with age, and so fine that the holes are the best part of it."
  detail "doorpost", "post", "print", "hand":
      "A small hand, an apprentice's, pressed into the doorpost. You could PRESS HAND."
  detail "light", "willow": "It moves as if the hut were breathing."
  spawn hermit respawn 5m

  player state has_pressed_eighth: bool = false

  on command "press hand", "press print", "touch hand", "touch print" by who {
    if who.has_pressed_eighth { tell who "It has not moved. Neither has she." ; stop }
    if who.hands_found < 7 {
      tell who "Your hand stops by itself, a finger's breadth from the print. Not yet."
      stop
    }
    who.has_pressed_eighth = true
    tell who "You lay your hand into it, and the print is yours: you are running, and you are cold."
    reward who with 200
    bind who
    wait 3s
    if not hermit in here { stop }
    if hermit {
      as hermit say "I rang it. Seven times, once for each. I thought that it would come as far as the wheel."
      as hermit say "It came as far as the soup. Since then I mend. Here: I have got as far as the hem."
    }
    give hem_of_the_net to who else { spawn hem_of_the_net at here }
  }
}

item hem_of_the_net {
  short: "the hem of the net"
  long: "A strip of silk net lies here and is not wet."
  description: """
    Three hundred years of knots, and every one of them is an apology. Over your shoulders it weighs nothing.
    """
  keywords: "hem", "net", "strip"
  kind: armor
  slot: back
  armor: 3
  wits: 2
  weight: 50g
  value: 50
}

npc hermit from villager with greets_newcomers("Ah. It let you in. It has poor taste.") {
  short: "the hermit"
  long: "The hermit sits on the floor, mending a net that is mostly hole."
  description: "Older than anybody you know, and less tired."
  keywords: "hermit"
  gender: female

  player state has_blessing: bool = false

  on talk_to(who, whom) when whom == self {
    say "If I ever close it, I shall fish for one sound. I let it go, once, and it is still on its way."
  }

  on give(thing, who) {
    if thing is apprentices_smock {
      destroy thing
      act self "[Self] [self holds] the smock up against [self.himself]. It is for a child."
      wait 2s
      say "I wondered where I had left that."
      if who and who in here { reward who with 120 }
      stop
    }
    if thing is not silk_thread {
      say "I mend with silk, and silk only."
      give thing to who
      stop
    }
    destroy thing
    act self "[Self] [self draws] the silk through the net, once, and the hole is gone."
    if not who.has_blessing {
      who.has_blessing = true
      reward who with 80
    }
    apply still_water to who for 10m from self
  }
}

effect still_water {
  name: "still water"
  tags: "blessing"
  stacking: refresh
  modify { vitality: 2 ; armor: 2 }
  on start(victim, source) { tell victim "You feel as calm as a pond." }
  on end(victim, reason) when reason == expired { tell victim "The pond in you ripples, and is gone." }
}
