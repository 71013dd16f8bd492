/// The first ten minutes, as a newcomer lives them, and the quests of the village.
module kettle_cross

test "the first ten minutes" {
  seed: 11
  player p at square
  advance 2s
  expect p sees "Bettany says, \"New? Eat first."
  p does "taste soup"
  expect p sees "burn your tongue a little"
  p does "read board"
  expect p sees "Oona at the bakehouse pays for rats' tails"
  p does "talk to bettany"
  expect p sees "GIVE LOAF TO DACE"
  expect p.carries(gate_loaf)
  p does "sw"
  p does "nod to scarecrow"
  advance 2s
  expect p sees "a coin drops at your feet"
  expect p.gold == 2
  p does "get gloves"
  p does "wear gloves"
  expect p.wears(garden_gloves)
  p does "west"
  p does "give loaf to dace"
  expect p sees "eats the loaf in four bites, cloth and all"
  p does "wear vest"
  expect p.wears(gate_vest)
  p does "east"
  p does "ne"
  p does "talk to bettany"
  expect p sees "He ate? All of it?"
  expect p.gold == 7
  p does "ne"
  expect p sees "the size of a cupboard"
  p does "list"
  expect p sees "Stout boots, 6."
  p does "buy boots"
  p does "wear boots"
  expect p.wears(stout_boots)
  p does "sw"
  p does "se"
  expect p sees "The Cold Spoon"
  p does "down"
  p does "consider rat"
  p does "kill rat"
  advance 40s
  expect p sees "The cellar rat is dead!"
  p does "get all from corpse"
  expect p.carries(rat_tail)
  p does "rest"
  advance 20s
  p does "stand"
  p does "up"
  p does "nw"
  p does "east"
  p does "give tail to oona"
  expect p sees "One less in the flour."
  p does "say bread, please"
  expect p.carries(loaf)
  p does "eat loaf"
  expect not p.carries(loaf)
  p does "score"
  expect p sees "level 2"
  expect no faults
}

test "who eats the corporal's loaf has to come back for another" {
  player p at square { gold: 1 }
  p does "talk to bettany"
  p does "talk to bettany"
  expect p sees "The loaf is for Dace."
  p does "eat loaf"
  expect not p.carries(gate_loaf)
  p does "talk to bettany"
  expect p sees "You ate it. Here is another."
  expect p.carries(gate_loaf)
  expect p.gold == 0
  p does "eat loaf"
  p does "talk to bettany"
  expect p sees "I bake you another chance"
  expect not p.carries(gate_loaf)
}

test "the errand pays once" {
  player p at square
  p does "talk to bettany"
  p does "sw"
  p does "west"
  p does "give loaf to dace"
  p does "east"
  p does "ne"
  p does "talk to bettany"
  expect p.gold == 5
  p does "talk to bettany"
  expect p.gold == 5
  expect not p.carries(gate_loaf)
}

test "Sill sells for coin, buys for less, and not everything" {
  player p at oddments { gold: 9 }
  p does "buy coat"
  expect p.carries(oilskin_coat)
  expect p.gold == 0
  p does "buy rope"
  expect p sees "That is 5 gold, and you know it."
  p does "buy moon"
  expect p sees "I had one once. It bit."
  p does "sell coat"
  expect p.gold == 3
  expect not p.carries(oilskin_coat)
  give rat_tail to p
  p does "sell tail"
  expect p sees "I have a floor full of those"
  expect p.carries(rat_tail)
}

test "a bed is two gold, and worth it" {
  player p at cold_spoon { gold: 3 ; hp: 5 }
  p does "rent bed"
  expect p.gold == 1
  expect p.hp == p.max_hp
  expect p.total(dexterity) == 11
  p does "rent bed"
  expect p sees "made by my late husband"
  advance 16m
  expect p.total(dexterity) == 10
}

test "a spoon on the ceiling is somewhere to come back to" {
  player p at cold_spoon
  p does "hang spoon"
  expect p sees "a spoon with ideas"
  give ladle to p
  p does "hang spoon"
  expect p sees "hang a ladle among the spoons"
  expect not p.carries(ladle)
  give ladle to p
  p does "hang spoon"
  expect p sees "One each, dear."
  expect p.carries(ladle)
}

test "the scarecrow pays for manners once" {
  player p at gardens
  p does "nod scarecrow"
  advance 2s
  p does "nod scarecrow"
  expect p sees "nods the turnip back at you"
  expect p.gold == 2
}

test "behind the stopper is a sigh, and a cup" {
  player p at wall_of_cracks
  p does "pull stopper"
  expect p.carries(cracked_cup)
  p does "pull stopper"
  expect p sees "what it had to tell"
  expect p.count(cracked_cup) == 1
}

test "a hand remembers you" {
  player p at wall_of_cracks
  p does "press hand"
  expect p sees "the potter's was crooked"
  expect p sees "That makes 1 of 7."
  p does "press hand"
  expect p sees "It knows you already."
  expect p.hands_found == 1
}

test "Wick tells whoever asks" {
  player p at whistlers_shed
  p does "talk to wick"
  expect p sees "High, low, low, middle."
  p does "listen"
  expect p sees "High, low, low, and one between."
}

test "night falls at nine, and the kettle glows" {
  player p at square
  p does "look"
  expect p sees "smells of onions"
  advance 27m
  p does "look"
  expect p sees "the windows look at it"
  advance 18m
  p does "look"
  expect p sees "smells of onions"
}

test "asking is saying it to somebody" {
  player p at bakehouse { gold: 1 }
  p does "ask oona about bread"
  expect p sees "Mind, it's hot."
  expect p.carries(loaf)
  p does "ask fish about bread"
  expect p sees "no fish here"
}

test "the journal keeps what one has taken on" {
  player p at square
  p does "journal"
  expect p sees "You have taken nothing on."
  p does "talk to bettany"
  p does "journal"
  expect p sees "A loaf for Corporal Dace"
  p does "sw"
  p does "west"
  p does "give loaf to dace"
  p does "journal"
  expect p sees "Tell Bettany."
  player q at kiln_yard
  give red_shard to q
  q does "give shard to brannoch"
  advance 3s
  q does "journal"
  expect q sees "Brannoch wants earth from a warm hill; ash of a burnt willow; a fire"
  give sallow.sky_ash to q
  q does "give ash to brannoch"
  q does "journal"
  expect q sees "earth from a warm hill; a fire that water never put out; and then he wants"
}

test "who walks on before the coin falls may nod again" {
  player p at gardens
  p does "nod to scarecrow"
  p does "west"
  advance 2s
  expect p.gold == 0
  p does "east"
  p does "nod to scarecrow"
  p does "nod to scarecrow"
  advance 2s
  expect p.gold == 2
}

test "people know about things" {
  player p at square
  p does "ask bettany about the bell"
  expect p sees "The kettle answers."
  player q at toll_gate
  q does "ask dace about that hill"
  expect q sees "I have had time."
}
