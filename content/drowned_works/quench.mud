/// The last of the masters. There are two ways to end his shift.
module drowned_works

npc quench {
  short: "Master Quench"
  long: "Master Quench sits on a child's stool before the flame, red and shining from head to foot."
  description: """
    He has been glazed: skin, beard, apron, all of it red, all of it warm, and crazed like an old plate. When
    he moves it makes the sound of cups. His left thumb is thick. He is waiting for something to be good.
    """
  keywords: "quench", "master"
  gender: male
  level: 8
  hp: 105
  strength: 13
  dexterity: 10
  armor: 15
  damage: 1d8
  damage_type: fire
  flags: sentinel
  loot: quench_loot

  /// 1: whole. 2: crazed. 3: in pieces, nearly.
  state phase: int = 1
  state is_cracked: bool = false

  on talk_to(who, whom) when whom == self {
    say "Not now. It is nearly right. The next one will be good."
    say "They were all good, people said. They bought them. Nobody ever said: I like it."
  }

  /// What he has been waiting for.
  on give(thing, who) {
    if thing is cracked_cup {
      destroy thing
      act self "[Self] [self takes] the cup in both hands, and [self.his] thumb goes into the dent, and fits."
      bind who
      wait 3s
      say "I like it."
      wait 3s
      echo "The red goes out of him slowly, like evening. A boy sits on the stool. Then the stool."
      if who is player {
        reward who with 400
        tell who "You have brought Master Quench what he was waiting for."
      }
      spawn masters_apron at here
      raise shift_may_end(who)
      destroy self
      stop
    }
    say "[The thing]. Second quality. They will not notice."
    give thing to who
  }

  on attack(victim, who) { say "You will let the cold in!" }

  on command "throw bucket", "throw water", "throw water at quench", "empty bucket", "quench quench" by who {
    throw_water(self, who)
  }

  on damage(victim, amount) when self.hp < self.max_hp * 60% and phase == 1 {
    phase = 2
    say "Hands! I need hands!"
    let helpers = spawn 2 of slipman at here
    for one in helpers { as one emote "rises out of the floor of the kiln, already bowing." }
  }

  on damage(victim, amount) when self.hp < self.max_hp * 25% and phase == 2 {
    phase = 3
    act self "A line runs over [self] from brow to foot. Inside there is a fire, and a stool."
    say "No, no, no. It was nearly right!"
    apply white_heat to self
  }

  every 12s when self is fighting {
    act self "[Self] [self opens] the flame like a door."
    wait 3s
    for one in here.players when one is fighting {
      tell one "Heat walks over you, and looks back."
      if phase == 3 { damage one for 2d4 as fire from self } else { damage one for 1d6 as fire from self }
    }
  }

  on death(killer) {
    echo "The glaze breaks with the sound of every plate there ever was. Inside there is nobody."
    if killer { raise shift_may_end(killer) }
  }
}

/// Hot glaze bears everything but cold water.
fn throw_water(master: npc, who: player) {
  for thing in who.items when thing is fire_bucket {
    if not thing.is_full { tell who "The bucket is empty." ; stop }
    thing.is_full = false
    act who "[Who] [who throws] black water over [master]. There is a sound like a small, surprised bell."
    if not master.has_effect(crazed) {
      apply crazed to master from who
      damage master for 4d6 as cold from who
    } else {
      echo in great_kiln "It hisses. He is cracked already."
    }
    stop
  }
  tell who "You have no bucket."
}

/// Nobody fires any more.
event shift_may_end(who: creature)

on shift_may_end(who) {
  echo zone drowned_works "The counting stops. Somewhere above, a man with a slate looks up."
}

effect crazed {
  name: "crazed glaze"
  duration: 3m
  stacking: refresh
  modify { armor: -13 }
  on start(victim, source) {
    act victim "Cracks run over [victim], fine as hair, and steam comes out of them."
  }
}

effect white_heat {
  name: "white heat"
  stacking: refresh
  modify { strength: 4 ; armor: -2 }
}

loot quench_loot {
  always => gold(4d10 + 30)
  always => masters_apron
  15% => red_thimble unique
}

item masters_apron {
  short: "a master's apron"
  long: "A leather apron hangs over the stool."
  description: """
    Scorched, patched, and in the pocket a list: EARTH, ASH, FIRE. And below, underlined: ASK. It is crossed
    out.
    """
  keywords: "apron", "master"
  kind: armor
  slot: body
  armor: 5
  vitality: 1
  weight: 1.5kg
  value: 70
}

item red_thimble {
  short: "a red thimble"
  long: "A red thimble stands here, upside down, and keeps a drop of water warm."
  description: "The smallest thing they ever made, and the only one that was a present."
  keywords: "thimble", "red"
  kind: armor
  slot: finger
  strength: 1
  vitality: 2
  weight: 10g
  value: 90
}
