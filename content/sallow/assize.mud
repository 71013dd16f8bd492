/// The court of frogs. It has never convicted anybody of telling the truth, for want of a case.
module sallow

room frog_steps {
  title: "The Tussock Steps"
  description: """
    Tufts of sedge lead across the water like a stair for somebody with a very wide stride. A newt in a collar
    sits on the first and looks you over. Down between the reeds, to the south, there is a hall of sorts;
    herons fish in the shallows to the west.
    """
  sector: field
  exit east -> lantern_mire
  exit south -> assize
  exit west -> heron_shallows
  detail "tufts", "sedge", "stair": "Each bears your weight and says so, wetly."
  detail "reeds", "hall": "A round clearing, and around it, row on row, eyes."
  detail "collar": "A clover leaf, starched."
  spawn newt respawn 2m

  on command "listen" by who {
    tell who "Someone is being told to speak up. Someone does, and is told to speak down."
  }
}

npc newt from marsh_dweller {
  short: "the clerk newt"
  long: "The clerk of the court, a newt, holds a list in both hands."
  description: "Orange below, where it does not show in court."
  keywords: "newt", "clerk"

  on talk_to(who, whom) when whom == self and who is player {
    if who.carries(frog_badge) { say "Good evening, colleague. Go right in. Or jump." ; stop }
    say "Name? Never mind. You are charged with having two legs, which fold the wrong way. South, please."
    say "If you would take advice: they have heard every lie there is. It is the other thing they never hear."
  }
}

room heron_shallows {
  title: "The Heron Shallows"
  description: """
    Ankle-deep water over sand, and not a breath on it.
    [if not heron in here]There is a place in it where somebody usually stands.[end]
    The water is so still that you walk on clouds.
    """
  sector: water
  exit east -> frog_steps
  detail "water", "clouds", "sand": "Small fish hang in your shadow and hope that it stays."
  detail "post": "It is a heron."
  spawn heron respawn 5m
  place grey_plume

  on command "wait", "wait for heron", "stand still", "stand on one leg" by who {
    act who "[Who] [who stands] on one leg and [who waits]."
    bind who
    wait 8s
    if not heron in here {
      tell who "There is nobody to compare yourself with. You put the foot down."
      stop
    }
    if heron { as heron emote "shifts to the other leg, without hurry. In its language that is applause." }
    if not who.has_waited { who.has_waited = true ; reward who with 30 }
  }

  player state has_waited: bool = false
}

npc heron from marsh_dweller {
  short: "a heron"
  long: "A heron stands in the shallows on one leg, and has been here since the second sentence of the world."
  description: "An eye on each side, and a spear between them."
  keywords: "heron"
  flags: sentinel, peaceful

  on talk_to(who, whom) when whom == self {
    say "I eat them. I have never lied to one. I never needed to."
    say "They call me to witness, and do not believe me. It is their right. It is also their mistake."
  }
}

item grey_plume {
  short: "a grey plume"
  long: "A grey plume floats here, dry side up."
  description: "Long as your arm, and weighing no more than a decision."
  keywords: "plume", "feather", "grey"
  kind: armor
  slot: head
  dexterity: 1
  wits: 1
  weight: 10g
  value: 15
}

room assize {
  title: "The Court of Frogs"
  description: """
    A round pool under reeds. Frogs sit around it on lily leaves, in rows, the small ones in front. On a stump
    in the middle, under a foxglove for a wig, sits Justice Gulp.
    [if court_is_sitting]Everybody looks at whoever is in the water. So do you.[else]The court is waiting for
    a case.[end]
    """
  sector: water
  exit north -> frog_steps
  detail "frogs", "rows", "leaves", "jury": "Twelve of them are the jury. The others have brought flies."
  detail "foxglove", "wig": "It has a bee in it. Nobody has told the Justice."
  detail "stump", "bench": "Carved around the edge: TRUTH IS WET."
  spawn gulp respawn 5m
  spawn juror max 4 respawn 2m

  state court_is_sitting: bool = false
  player state question: int = 0

  on enter(who) when who is player {
    if who.carries(frog_badge) {
      tell who "Twelve jurors bow to you, which in a frog is done by blinking."
      stop
    }
    who.question = 0
    bind who
    wait 1s
    if gulp and who in here { as gulp say "Accused! You may STAND TRIAL, or you may go home and be nobody." }
  }

  on leave(who) when who is player and who.question > 0 {
    who.question = 0
    court_is_sitting = false
    echo "\"Fled,\" says the Justice. \"As usual. Next.\""
  }

  on command "stand trial", "trial" by who {
    if not gulp in here { tell who "There is nobody on the stump." ; stop }
    if who.carries(frog_badge) { tell who "One does not try a frog for being here." ; stop }
    if who.has_effect(croaking) {
      tell who "You open your mouth and croak. Serve your sentence first."
      stop
    }
    who.question = 1
    court_is_sitting = true
    if gulp {
      as gulp say "They say you came here on two legs that fold the wrong way. Did you? SAY YES or SAY NO."
    }
  }

  on say "yes", "yea", "aye" by who when who is player and who.question > 0 { hear_answer(self, who, true) }
  on say "no", "nay" by who when who is player and who.question > 0 { hear_answer(self, who, false) }
}

/// The truth is yes, yes, no. It has never been polite.
fn hear_answer(court: room, who: player, yes: bool) {
  if who.question == 1 {
    if not yes { convict(court, who, "I see two legs, and I see how they fold.") ; stop }
    who.question = 2
    ask(court,
        "Hm. The heron says it saw you on the steps. It eats us. Is it to be believed? SAY YES or SAY NO.")
    stop
  }
  if who.question == 2 {
    if not yes {
      convict(court, who, "It has eaten my brother, and said so to my face. It does not lie.")
      stop
    }
    who.question = 3
    ask(court, "Hm, hm. One thing more, for the record. Am I a handsome frog? SAY YES or SAY NO.")
    stop
  }
  if yes {
    convict(court, who, "I have sat on this stump for forty years, and I know what I look like.")
    stop
  }
  acquit(court, who)
}

fn ask(court: room, question: text) {
  echo in court "A ripple goes through the rows. Somebody drops a fly."
  if gulp { as gulp say question }
}

fn convict(court: room, who: player, reason: text) {
  who.question = 0
  assize.court_is_sitting = false
  if gulp { as gulp say reason }
  charge 3 from who else {
    if gulp { as gulp say "Guilty of court manners. Has it any gold? No? Then let it croak." }
    apply croaking to who
    stop
  }
  if gulp { as gulp say "Guilty of court manners. Three gold, for flies. Next!" }
}

fn acquit(court: room, who: player) {
  who.question = 0
  assize.court_is_sitting = false
  echo in court "No frog breathes. A bee comes out of the foxglove, sees what is going on, and goes back in."
  if gulp {
    as gulp say "I am a toad. Forty years I have sat here, and nobody has said so."
    as gulp say "Truth is wet. What tells it is a frog, whatever its legs do. Clerk! A badge!"
  }
  give frog_badge to who else { spawn frog_badge at court }
  reward who with 120
  tell who "You are a frog by courtesy. On the Sallow that opens doors, and ferries."
}

npc gulp from marsh_dweller {
  short: "Justice Gulp"
  long: "Justice Gulp sits on the stump and spreads."
  description:
      "Brown, warty, broad as a loaf, and quite obviously not a frog. It would be impolite to say so."
  keywords: "gulp", "justice", "judge", "toad"
  on talk_to(who, whom) when whom == self {
    say "I cannot be talked to. I can be addressed: STAND TRIAL."
  }
}

npc juror from marsh_dweller {
  short: "a frog of the jury"
  long: "A frog of the jury sits on its leaf and follows every word, half a second late."
  description: "Green, moist, sworn in."
  keywords: "frog", "juror", "jury"
  every 70s {
    choose {
      2 => emote "says \"Hear, hear,\" though nobody has spoken."
      1 => emote "is overruled by a fly, and appeals."
    }
  }
}

item frog_badge {
  short: "a badge of courtesy"
  long: "A small green badge lies here."
  description: "A disc of slate with a frog on it, sitting very straight. On the back: ADMIT ONE LARGE."
  keywords: "badge", "courtesy", "frog"
  kind: armor
  slot: neck
  armor: 1
  wits: 1
  flags: no_sell
  weight: 20g
}

/// The sentence for lying to a court of frogs.
effect croaking {
  name: "a sentence of croaking"
  tags: "harmful"
  duration: 90s
  stacking: refresh
  on start(victim, source) {
    act victim "[Victim] [victim opens] [victim.his] mouth to object, and [victim croaks]."
  }
  every 20s { act victim "[Victim] [victim croaks]. It comes from the heart." }
  on end(victim, reason) when reason == expired {
    tell victim "The croak goes out of you. You say a word, to see. It is a word."
  }
}
