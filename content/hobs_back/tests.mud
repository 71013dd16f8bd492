/// The toll, the watch, the ram, the earth: won, and lost.
module hobs_back

fn send_away_the_ram() { if bellwether { destroy bellwether } }
fn melt_the_hoar() { if hoar { destroy hoar } }

test "three gold open the road once" {
  player p at brothers_toll { gold: 3 }
  p does "west"
  expect p sees "like a bad echo"
  expect p.room is brothers_toll
  p does "pay three"
  expect p sees "nobody says a word"
  expect p.gold == 0
  p does "west"
  expect p.room is sheep_steps
  p does "east"
  p does "west"
  expect p.room is brothers_toll
}

test "one gold, shared equally, opens it too" {
  player p at brothers_toll { gold: 2 }
  p does "pay one"
  expect p sees "How do you share ONE equally?"
  p does "west"
  expect p.room is sheep_steps
  p does "east"
  advance 41s
  expect p sees "fold their arms"
  p does "west"
  expect p.room is brothers_toll
}

test "without a coin the brothers count along" {
  player p at brothers_toll
  p does "pay three"
  expect p sees "count along"
  p does "west"
  expect p.room is brothers_toll
}

test "the clamp is watched to the end, over a restart" {
  seed: 9
  player p at charcoal_camp
  p does "watch clamp"
  expect p sees "is asleep before he reaches the ground"
  advance 19s
  p does "stop top"
  p does "stop left"
  p does "stop back"
  expect p sees "The blue turns white and yawns."
  advance 28s
  p does "stop top"
  p does "stop left"
  p does "stop back"
  restart server
  advance 28s
  p does "stop top"
  p does "stop left"
  p does "stop back"
  advance 28s
  p does "stop top"
  p does "stop left"
  p does "stop back"
  advance 28s
  p does "stop top"
  p does "stop left"
  p does "stop back"
  advance 28s
  p does "stop top"
  p does "stop left"
  p does "stop back"
  advance 11s
  expect p sees "You have kept the watch."
  expect p.carries(live_charcoal)
  expect p.gold == 10
  expect not charcoal_camp.clamp_is_watched
  expect no faults
}

test "a clamp that is not stopped twice burns through" {
  player p at charcoal_camp
  p does "watch clamp"
  advance 29s
  expect p sees "Not twice, that."
  advance 29s
  expect p sees "You have failed the watch."
  expect not p.carries(live_charcoal)
  expect not charcoal_camp.clamp_is_watched
  advance 3m
  expect not p sees "You have kept the watch."
  p does "watch clamp"
  expect charcoal_camp.clamp_is_watched
}

test "who walks away from the clamp has lost it" {
  player p at charcoal_camp
  player q at charcoal_camp
  p does "watch clamp"
  q does "watch clamp"
  expect q sees "Two who watch, talk."
  p does "south"
  expect q sees "goes up like a hat"
  expect not charcoal_camp.clamp_is_watched
}

test "the hill gives to whoever asks" {
  player p at hills_ear
  p does "say please"
  advance 4s
  expect p sees "You think you may take a little."
  melt_the_hoar()
  advance 1s
  p does "north"
  p does "west"
  give rope to p
  p does "north"
  p does "down"
  expect p.room is quarry_lip
  p does "tie rope"
  expect p sees "You tie a rope to the ring"
  p does "down"
  expect p.room is quarry_floor
  p does "north"
  p does "north"
  p does "east"
  p does "dig"
  expect p sees "a double handful of red earth"
  expect p.carries(red_earth)
  p does "dig"
  expect p sees "You asked for a little."
}

test "the hill throws out whoever does not" {
  player p at old_hearth { level: 5 }
  p does "dig"
  expect p sees "Not with that standing over it."
  melt_the_hoar()
  advance 1s
  p does "dig"
  expect p sees "You did not ask, and it noticed."
  expect p.room is quarry_floor
  expect p.hp < p.max_hp
  expect hobs_back.hill_is_awake
  player q at hills_ear
  q does "say please"
  expect q sees "It is too soon."
  q does "say sorry"
  advance 4s
  expect q sees "After a while it goes in again."
  expect not hobs_back.hill_is_awake
}

test "without a rope the quarry is only a view" {
  player p at quarry_lip
  p does "tie rope"
  expect p sees "You have no rope."
  p does "down"
  expect p.room is quarry_lip
  give rope to p
  p does "tie rope"
  advance 10m
  expect p sees "The knot thinks better of it."
  p does "down"
  expect p.room is quarry_lip
}

test "the Bellwether goes past whoever steps aside" {
  seed: 5
  player p at knoll { level: 20 }
  p does "sidestep"
  expect p sees "It is good practice."
  p does "kill bellwether"
  p does "sidestep"
  expect p sees "Wait until he paws."
  advance 3s
  p does "sidestep"
  advance 3s
  p does "sidestep"
  advance 3s
  p does "sidestep"
  advance 3s
  p does "sidestep"
  advance 3s
  p does "sidestep"
  advance 4s
  expect p sees "paws the ground"
  expect p sees "several hundredweight of ram go by"
  expect p sees "The stone rings like a bell."
  advance 16s
  expect p sees "goes through you like a door"
}

test "the ram's bell calls a drip, and pleases Ister" {
  player p at bothy
  give ram_bell to p
  p does "ring bell"
  expect p sees "It is answered, somewhere, by a drip."
  p does "give bell to ister"
  expect p.carries(ram_bell)
  expect p.carries(crook)
  p does "give bell to ister"
  expect p.count(crook) == 1
}

test "what the Bellwether leaves" {
  let drops = simulate 3000 of loot bellwether_loot with killer level 6
  expect drops.always(ram_bell)
  expect drops.rate(coiled_horn) between 8% and 12%
}

test "charcoal takes the armor off the Hoar" {
  seed: 2
  player p at old_hearth { level: 20 }
  p does "throw charcoal"
  expect p sees "You have no live charcoal"
  give live_charcoal to p
  give coiled_horn to p
  p does "wield horn"
  p does "throw charcoal"
  expect p sees "breaks on the white like a sunrise"
  expect not p.carries(live_charcoal)
  p does "kill hoar"
  advance 2m
  expect p sees "The Hoar turns round."
  expect p sees "no two agree"
}

test "the overseer lets go for something hot" {
  player p at still_chamber { level: 5 }
  p does "take mug"
  expect p sees "Something hot would be needed."
  expect not p.carries(overseers_mug)
  give live_charcoal to p
  p does "take mug"
  expect p.carries(overseers_mug)
  expect p.carries(live_charcoal)
  p does "take mug"
  expect p sees "It looks relieved."
}

test "the bees like news" {
  player p at bee_bank
  p does "tell bees"
  advance 4s
  expect p.carries(honeycomb)
  p does "tell the bees"
  expect p sees "They know."
  expect p.count(honeycomb) == 1
}

test "counting sheep does what it does" {
  player p at sheep_steps { hp: 5 }
  p does "count sheep"
  advance 10s
  expect p sees "You wake with your face in the grass"
  expect p.hp > 5
}
