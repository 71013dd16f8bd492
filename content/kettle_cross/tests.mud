/// Every puzzle of the zone, played.
module kettle_cross

test "the kettle feeds everybody, but not for ever" {
  player p at square
  player q at square
  p does "taste soup"
  expect p sees "You ladle soup from the kettle and burn your tongue a little."
  expect q sees "P ladles soup from the kettle and burns"
  p does "taste soup"
  p does "taste soup"
  expect p sees "Three bowls."
  p does "taste soup"
  expect p sees "You could not eat another spoonful today."
  q does "taste soup"
  expect q sees "You ladle soup"
}

test "the windlass opens the hatch for half a minute, even over a restart" {
  seed: 42
  player p at well_house
  player q at cistern
  expect well_house.exit(down) is locked
  p does "turn windlass"
  expect p sees "You throw your weight on the windlass. The iron hatch groans open!"
  expect q sees "a coin of light appears"
  expect well_house.exit(down) is open
  expect cistern.exit(up) is open
  advance 29s
  expect well_house.exit(down) is open
  restart server
  advance 2s
  expect q sees "The coin of light goes out with a bang."
  expect well_house.exit(down) is locked
  expect not well_house.hatch_is_open
  p does "turn windlass"
  p does "turn windlass"
  expect p sees "It will not turn any further."
  expect no faults
}

test "only the bell scares the pigeons off the key" {
  player p at bell_loft
  player q at bellhouse
  p does "get key from perch"
  expect p sees "A storm of wings and beaks"
  expect not p.carries(rust_key)
  q does "pull rope"
  expect q sees "You lean on the rope."
  advance 3s
  expect p sees "Every pigeon in the loft leaves at once."
  p does "get key from perch"
  expect p.carries(rust_key)
  advance 31s
  expect p sees "One by one the pigeons come back"
}

test "the grate wants its key, and the spider wants to be asked first" {
  seed: 7
  player p at cistern { level: 5 }
  give rust_key to p
  p does "unlock grate"
  expect p sees "drops in front of it. Not while it lives."
  expect cistern.exit(east) is locked
  destroy_spider()
  p does "unlock grate"
  expect p sees "stops squeaking, and listens"
  p does "open grate"
  expect cistern.exit(east) is open
  expect drowned_passage.exit(west) is open
  p does "east"
  expect p sees "The Drowned Passage"
  expect p sees "It smells of smoke here"
}

fn destroy_spider() { if spider { destroy spider } }

test "without the key the grate stays shut" {
  player p at cistern
  destroy_spider()
  p does "unlock grate"
  expect cistern.exit(east) is locked
  p does "east"
  expect p sees "closed"
  expect p.room is cistern
}

test "spider venom grows with each bite and fades" {
  player p at square { level: 5 }
  apply spider_venom to p
  expect p sees "You shudder as venom enters your blood."
  apply spider_venom to p
  apply spider_venom to p
  expect p.stacks_of(spider_venom) == 3
  expect p.total(strength) == 7
  advance 5s
  expect p.hp < p.max_hp
  advance 20s
  expect p sees "The burning in your veins fades."
  expect p.total(strength) == 10
}

test "five bites are the most a body can hold" {
  player p at square { level: 9 }
  for i in 1..8 { apply spider_venom to p }
  expect p.stacks_of(spider_venom) == 5
}

test "Oona sells bread for a coin, and once for nothing" {
  player p at bakehouse { gold: 1 }
  p does "say bread"
  expect p sees "Mind, it's hot."
  expect p.carries(loaf)
  expect p.gold == 0
  p does "say some bread, please"
  expect p sees "You paid once, so you may owe me once."
}

test "Oona pays for rat tails and gives other things back" {
  player p at bakehouse
  give rat_tail to p
  give ladle to p
  p does "give tail to oona"
  expect p sees "One less in the flour."
  expect p.gold == 2
  expect not p.carries(rat_tail)
  p does "give ladle to oona"
  expect p sees "what would I do with"
  expect p.carries(ladle)
}

test "Oona greets a new face once" {
  player p at square
  p does "east"
  advance 2s
  expect p sees "Mind the trays, love."
  p does "west"
  p does "east"
  advance 2s
  expect not p sees "Mind the trays, love."
}

test "the red shard makes Brannoch happy" {
  player p at kiln_yard
  give red_shard to p
  p does "give shard to brannoch"
  expect p sees "The old masters threw it into the cistern!"
  advance 3s
  expect p sees "the one good day I had"
  expect p.carries(potters_charm)
  p does "wear charm"
  expect p.wears(potters_charm)
  expect p.total(vitality) == 11
}

test "the kiln can be stoked once at a time" {
  player p at kiln_yard
  p does "stoke kiln"
  expect p sees "The kiln roars."
  p does "stoke"
  expect p sees "the bowls would run like honey"
  advance 41s
  p does "stoke kiln"
  expect p sees "The kiln roars."
}

test "the ferry takes a coin, and the stone takes an answer" {
  player p at landing { gold: 1 }
  p does "say please take me across, I want to cross"
  expect p sees "Hold on to your hat."
  advance 4s
  expect p sees "The Far Bank"
  expect p.room is far_bank
  p does "in"
  expect p.room is far_bank
  p does "say the bell"
  expect p sees "And behind you, there is a door."
  p does "in"
  expect p.room is hermitage
}

test "the stone forgets after a minute" {
  player p at far_bank
  p does "say bell"
  advance 61s
  expect p sees "You would swear there was a door."
  p does "in"
  expect p.room is far_bank
}

test "no coin, no ferry" {
  player p at landing
  p does "say cross"
  expect p sees "You are no frog."
  advance 5s
  expect p.room is landing
}

test "silk buys stillness" {
  player p at hermitage
  give silk_thread to p
  p does "give silk to hermit"
  expect p sees "the hole is gone"
  expect p.has_effect(still_water)
  expect p.total(vitality) == 12
}

test "Old Thimble calls for help once and leaves a hoard" {
  seed: 3
  player p at masters_dump { level: 20 }
  wound_the_king(p)
  expect p sees "TO ME! TO YOUR KING!"
  finish_the_king(p)
  expect p sees "It is only a thimble."
  expect p.xp > 0
}

fn wound_the_king(who: creature) { if rat_king { damage rat_king for 20 from who } }
fn finish_the_king(who: creature) { if rat_king { damage rat_king for 100 from who } }

test "what the king leaves" {
  let drops = simulate 5000 of loot thimble_hoard with killer level 4
  expect drops.always(red_shard)
  expect drops.rate(silk_thread) between 66% and 74%
  expect drops.rate(thimble_crown) between 3.5% and 6.5%
}

test "what spiders leave" {
  let drops = simulate 4000 of loot spider_loot with killer level 1
  expect drops.always(silk_thread)
  expect drops.rate(gold) between 17% and 23%
}

test "a rat can be killed, and gives its tail" {
  seed: 5
  player p at drowned_passage { level: 10 }
  give walking_stick to p
  p does "wield stick"
  p does "kill rat"
  advance 60s
  expect p sees "The cistern rat is dead!"
  expect p.xp >= 20
}

test "who falls wakes up at home with all they had" {
  player p at cistern { hp: 1 ; gold: 3 }
  give ladle to p
  damage p for 50
  advance 1s
  expect p sees "You die"
  expect p.room is square
  expect p.hp > 0
  expect p.carries(ladle)
  expect p.gold == 3
}

test "players do not fight each other" {
  player p at square
  player q at square
  p does "kill q"
  advance 5s
  expect q.hp == q.max_hp
  expect not p is fighting
}

test "a purse sounds as full as it is" {
  player p at square { gold: 12 }
  p does "jingle"
  expect p sees "It sounds cheerful."
}

test "a flipped coin changes hands" {
  player p at square { gold: 1 }
  player q at square
  p does "flip for q"
  expect p sees "You flip a coin to Q."
  expect q sees "P flips you a coin."
  expect p.gold == 0
  expect q.gold == 1
  advance 5s
  p does "flip"
  expect p sees "You have no coin to flip."
}

test "a throne is free between two reigns" {
  player p at masters_dump { level: 20 }
  p does "sit on throne"
  expect p sees "by somebody with a crown"
  finish_the_king(p)
  advance 1s
  p does "sit on throne"
  expect p sees "It could do with a broom"
}
