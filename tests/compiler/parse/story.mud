module story

npc hanna from villager with talks(hanna_talk), shopkeeper(mill_counter) {
  short: "Hanna the miller"
  keywords: "hanna", "miller"
  gender: female
  on say "bread", "flour" by who when who is player { say "Fresh this morning, [who.name]." }
}

shop mill_counter {
  keeper: hanna
  open: 06:00..20:00
  markup: 110%
  pays: 40% of value
  stock {
    loaf      { price: 3; quantity: 10; restock: 2 every 10m }
    nut_cake  { price: 12; quantity: 3; restock: 1 every 1h; only_if: buyer.level >= 5 }
  }
  messages {
    closed: "[Keeper] points at the shutters."
    sold: "[Who] [who buys] [an item] for [price]."
  }
}

dialogue hanna_talk(npc: hanna, player) {
  start greet

  node greet {
    if quest mice is done -> thanks
    npc "Morning, [player.name].  [one of]Bread?[or]Mind the step.[end] [one of]Hm.[or]So.[at random]"
    choice "What is wrong with the cellar?" when quest mice is available -> trouble
    choice "I need a room. (5 gold)" when player.gold >= 5 { take gold(5) from player; apply rest to player for 1h } -> room
    choice "Tell me about yourself." once -> story
    choice "Goodbye." -> end
  }
  node trouble {
    npc "Mice!  Big as [if player.level < 3]dogs[else if player.level < 9]cats[else]mice to you[end]."
    choice "I will deal with them." { start quest mice for player } -> end
    choice "Not my problem." { player.disposition(npc) -= 5 } -> greet
  }
  node story { npc "Twenty years at this wheel." #hanna_wheel ; return }
  node thanks { npc "Bless you, [player.name]!" -> end }
}

npc ogre_king from ogre with loot(ogre_hoard) {
  hp: 400
  attacks: slash 3d6 + 4
  phase court   until hp below 70%
  phase rage    until hp below 25%
  phase cornered

  on enter phase rage {
    shout "GUARDS!"
    let guards = spawn 2 of ogre_guard at here
    for g in guards { as g attack random(here.players) }
  }
  every 12s in phase rage while fighting {
    choose {
      3 => echo "[Self] draws a rattling breath..."
      2 => { wait 2s ; echo "[Self] stamps." }
      1 => stop
      say "Out!"
    }
    for p in here.players when not p.flying { damage p for 4d8 as sonic save reflex half }
    match here.sector {
      case inside, city { echo "The beams shake." }
      else { echo "Birds rise." }
    }
    fork { wait 1s }
    after 5m { echo "Silence." }
    wait until hp above 50% timeout 30s
    wait for alarm(self) timeout 3s
    give ogre_tooth to self else { fail "Too heavy." }
    cure self of marsh_fever
    counts[self] = counts[self] + 1
    x.y(1).z -= 2
  }
  on death(killer) { achievement king_slayer for killer.group }
}

quest way_home {
  title: "The Way Home"
  repeat: every 1d
  actor child: npc = lost_child

  stage walking {
    goal: "Take the child to the mill."
    on start { spawn child at ford ; as child follow player }
    on enter(who) in mill_yard when who is child -> arrived
    on death(who) when who is child { fail "The child is dead." }
    if child.distance(player) > 3 for 60s { fail "You left it behind." }
    timeout 20m { fail "It grew too dark for the road." }
  }
  stage arrived {
    as child say "Thank you!  Papa!"
    wait 2s
    complete
  }
  reward { exp: 900; gold: 2d10 + 25; reputation: change(millers, +50); one_of: charm, straw_doll }
  on fail { player.reputation(millers) -= 20 }
}

help mice {
  keywords: "mice", "mouse"
  text: """raw
    Mice
      are small.

    [[So] they say.
    """
}

test "the wheel opens the door for half a minute" {
  seed: 42
  player p at grinding_floor { level: 5; name: "Anna" }
  player q at flour_loft
  p does "turn wheel [slowly]"
  expect p sees "You lean into the spokes."
  expect not q sees "You lean"
  expect grinding_floor.exit(north) is open
  advance 29s
  restart server
  expect not grinding_floor.wheel_turning
  p does "spin wheel" ; p does "turn wheel"
  expect no faults
}

test "what ogres leave" {
  let drops = simulate 10000 of loot ogre_hoard with killer level 10
  expect drops.rate(star_ruby) between 2.5% and 3.7%
  expect drops.always(ogre_tooth)
}
