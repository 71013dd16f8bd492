// The situations of the design, as far as the kinds of today reach, with all that they name.
module goblin_caves

zone goblin_caves {
  title: "The Goblin Caves"
  levels: 5..12
  entrances: cave_mouth, guard_room
  start: cave_mouth
  reset: every 20m when empty
}

room cave_mouth { title: "A Cave Mouth" ; exit in -> guard_room { one_way: true } }
room bed_chamber { title: "A Bed Chamber" ; exit east -> guard_room }
room throne_hall {
  title: "The Throne Hall"
  exit south -> guard_room { door: gate, closed, locked, unpickable }
  exit down -> escape_tunnel { door: closed }
  spawn goblin_king
}
room escape_tunnel { title: "A Tunnel" ; exit up -> throne_hall { door: closed } }

// 1: a lever
room guard_room {
  title: "A Guardroom"
  description: """
    Dirt walls, nothing like the fine work of the dwarves.  A rusty
    [if lever_down]lever points at the floor[else]lever juts from the wall[end]
    beside the north gate.
    """
  sector: inside
  flags: indoors, dark
  exit north -> throne_hall { door: gate, closed, locked, unpickable; name: "iron gate"; keywords: "gate", "iron" }
  exit west  -> bed_chamber
  detail "lever", "rusty lever": "It is greasy with use."

  state lever_down: bool = false

  on command "pull lever", "push lever" by who {
    if lever_down { tell who "It will not move any further." ; stop }
    lever_down = true
    act who "[Who] [who hauls] on the lever.  [The exit(north)] grinds open!"
    open exit(north)
    echo in throne_hall "The iron gate to the south rattles open."
    wait 30s
    close exit(north)
    lever_down = false
    echo "With a clank the gate drops shut and the lever springs back."
  }
}

// 2: a door and its keeper
item iron_key { short: "an iron key" ; long: "A heavy iron key lies here." ; keywords: "key", "iron" ; kind: key ; weight: 0.2kg ; flags: no_sell }
npc gaoler { short: "the gaoler" }
room cell_1 { title: "A Cell" ; exit west -> gaol { door: closed, locked } }
room gaol {
  title: "The Gaol"
  description: "Straw, rats and one very solid door."
  exit east -> cell_1 { door: closed, locked ; name: "cell door" ; key: iron_key }
  exit up -> bed_chamber { one_way: true }
  spawn gaoler
  before unlock(door) by who when door is exit(east) {
    if gaoler in here and not gaoler.asleep {
      as gaoler say "Oi!  Paws off that lock, [who.name]."
      prevent "The gaoler slaps your hand away."
    }
  }
  after unlock(door) by who { raise alarm_risk(who, self) }
  on alarm_risk(who, place) when place is gaol { echo "Somewhere a bell thinks about [who.name]." }
}
event alarm_risk(who: creature, place: room)

// 3: poison
effect paralysis { name: "paralysis" ; duration: 2s }
effect spider_venom {
  name: "spider venom"
  tags: poison, harmful, dispellable
  duration: 30s
  stacking: intensify
  stacking_max: 5
  modify { strength: -1 * stacks; armor: -20% * stacks }
  on start(victim, source) { act victim "[Victim] [victim shudders] as venom enters [victim.his] blood." }
  every 3s {
    damage victim for 1d4 * stacks as poison from source
    if stacks >= 4 and chance 10% { apply paralysis to victim for 2s }
  }
  on end(victim, reason) when reason == expired { tell victim "The burning in your veins fades." }
}

// 4: loot
item agate { short: "an agate" }
item star_ruby { short: "a star ruby" }
item dagger_of_burp { short: "a dagger" }
item shield_of_burp { short: "a shield" }
item potion { short: "a potion" }
loot gems {
  pick 1 {
    95 => agate
    5  => star_ruby unique
  }
}
loot goblin_king_hoard {
  always => gold(4d20 + 30)
  25%    => table(gems)
  pick 2 distinct {
    50 => gold(2d6 + 3)
    30 => 1..2 of potion
    15 => table(gems)
    4  => choose_one(dagger_of_burp, shield_of_burp) when killer.level < 15
    1  => nothing
  }
}

// 5 and 6: somebody who sells and talks, told with handlers
trait talks(greeting: text, price: money) {
  player state has_met: bool = false
  on say "bread", "rolls" by who when who is player {
    say greeting
    charge price from who else { say "No coin, no bread." ; stop }
    who.has_met = true
    give potion to who else { pay price to who }
  }
}
npc marta with talks("Morning.  [one of]Bread?[or]Mind the step.[or]You look hungry.[end]", 3) {
  short: "Marta the baker"
  gender: female
  on enter(who) when who is player and not who.has_met {
    say "Rats!  Big as [if who.level < 3]dogs[else]cats, to a hero like you[end]."
  }
}

// 7: a boss
npc goblin_guard { short: "a goblin guard" }
effect frenzy { name: "frenzy" }
npc goblin_king {
  short: "King Burp"
  level: 12
  hp: 400
  loot: goblin_king_hoard
  state has_called: bool = false
  on damage(victim, amount) when self.hp < self.max_hp * 70% and not has_called {
    has_called = true
    shout "GUARDS!"
    let guards = spawn 2 of goblin_guard at here
    for g in guards {
      let enemy = random(here.players) else { stop }
      as g attack enemy
    }
    apply frenzy to self
    act self "[Self] [self dives] behind the throne!"
    open throne_hall.exit(down)
    move self to escape_tunnel
  }
  every 12s when self is fighting {
    echo "[Self] draws a rattling breath..."
    wait 2s
    for p in here.players when not p.fighting == self { damage p for 4d8 as sonic }
  }
  on death(killer) { if killer is player { reward killer with 500 } }
}

// 8: somebody to bring home
npc mila { short: "Mila" }
world state mila_is_home: bool = false
fn bring_home(guide: player) {
  bind guide
  let child = spawn mila at guide.room
  bind child
  wait until guide in throne_hall timeout 20m else { as child say "It grew too dark for the road." ; stop }
  move child to throne_hall
  as child say "Thank you!  Papa!  Papa!"
  mila_is_home = true
  reward guide with 900
}

// 9: a command
formula hit_odds(a: creature, t: creature, range: int = 0) -> percent =
  clamp(55% + (a.dexterity - t.armor) * 2% - range * 10%, 5%, 95%)

fn nearest_foe(who: player) -> npc? {
  let place = who.room else { return none }
  for n in place.npcs when n is fighting { return n }
  return none
}

command shoot {
  help: "Fire at something here."
  position: standing
  lag: 2s
  cooldown: 4s
  run "shoot <target:npc in reach> [with <bow:item wielded>]" by who {
    let weapon = bow or who.weapon else { fail "You have nothing to shoot with." }
    let arrow = who.first(potion) else { fail "You are out of arrows." }
    destroy arrow
    if roll(hit_odds(who, target)) {
      act who, target {
        actor  "You shoot [the target] with [the weapon]."
        target "[Who] shoots you with [the weapon]!"
        others "[Who] shoots [the target]."
      }
      damage target for weapon.damage as pierce from who
    } else {
      act who "[Who] [who misses]."
    }
  }
  run "shoot <way:direction>" by who {
    let foe = nearest_foe(who) else { fail "Nothing stirs [way]." }
    act who "[Who] [who shoots] [way], at [foe]."
    bring_home(who)
  }
}

// 10: tests
test "the lever opens the gate for half a minute" {
  seed: 42
  player p at guard_room { level: 5 }
  player q at throne_hall
  p does "pull lever"
  expect p sees "You haul on the lever."
  expect guard_room.exit(north) is open
  advance 29s
  restart server
  advance 2s
  expect guard_room.exit(north) is closed
  expect not guard_room.lever_down
  expect not q sees "lever"
  p does "pull lever" ; p does "pull lever"
  expect no faults
}
test "hoard drop rates" {
  let drops = simulate 10000 of loot goblin_king_hoard with killer level 10
  expect drops.rate(star_ruby) between 0% and 3.7%
  expect drops.always(gold)
}
