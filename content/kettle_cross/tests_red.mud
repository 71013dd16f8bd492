/// The red, from the shard to the brick; the hands, and the eighth.
module kettle_cross
use sallow
use hobs_back
use drowned_works

test "earth, ash and fire, a hot kiln, and a brick that belongs somewhere" {
  player p at kiln_yard
  give red_shard to p
  p does "give shard to brannoch"
  advance 3s
  expect p sees "Earth from a hill that was warm."
  give red_earth to p
  give sky_ash to p
  give deep_ember to p
  p does "give earth to brannoch"
  expect p sees "That isn't in the rhyme."
  p does "stoke kiln"
  advance 41s
  expect not p.carries(red_brick)
  p does "give ash to brannoch"
  expect p sees "I must not look so gloomy."
  p does "give ember to brannoch"
  expect p sees "STOKE KILN, as hot as she goes"
  p does "stoke kiln"
  advance 16s
  expect p sees "Brannoch the potter says, \"Red.\""
  expect p.carries(red_brick)
  expect not p.brought_fire
  player q at square
  give red_brick to q
  q does "talk to bettany"
  expect q sees "stops stirring"
  expect q.carries(stoke_key)
  q does "se"
  q does "down"
  q does "west"
  expect q.room is spoon_cellar
  q does "unlock door"
  q does "open door"
  q does "west"
  expect q.room is stoke_hole
  expect red_bricks == 1
  q does "lay brick"
  expect q sees "it purrs"
  expect red_bricks == 2
  expect q.has_effect(warm_through)
  expect q.gold == 25
  expect p sees "it purrs"
  q does "lay brick"
  expect q sees "You have no brick"
  expect no faults
}

test "a part is worth nothing to one who does not know why" {
  player p at kiln_yard
  give sky_ash to p
  p does "give ash to brannoch"
  expect p sees "What is it for?"
  expect p.carries(sky_ash)
  expect not p.brought_ash
}

test "what has been brought once is not taken twice" {
  player p at kiln_yard
  give red_shard to p
  p does "give shard to brannoch"
  advance 3s
  give sky_ash to p
  give sky_ash to p
  p does "give ash to brannoch"
  p does "give ash to brannoch"
  expect p sees "I have ash."
  expect p.carries(sky_ash)
}

test "without the key the low door stays shut" {
  player p at spoon_cellar
  p does "unlock door"
  p does "open door"
  p does "west"
  expect p.room is spoon_cellar
}

test "bricks tire, but the last one never" {
  player p at square
  lay_bricks_for(p)
  expect red_bricks == 3
  advance 12h
  expect red_bricks == 1
}

fn lay_bricks_for(who: player) {
  lay_brick(who)
  lay_brick(who)
}

test "seven hands, and then an eighth" {
  player p at wall_of_cracks
  p does "press hand"
  player q at hermitage
  q does "press hand"
  expect q sees "Not yet."
  find_hands(q)
  q does "press hand"
  expect q sees "the print is yours"
  advance 5s
  expect q sees "The hermit says, \"I rang it."
  expect q.carries(hem_of_the_net)
  q does "press hand"
  expect q sees "It has not moved."
  expect q.count(hem_of_the_net) == 1
}

fn find_hands(who: player) { who.hands_found = 7 }

test "a smock comes home" {
  player p at hermitage
  give apprentices_smock to p
  p does "give smock to hermit"
  advance 3s
  expect p sees "I wondered where I had left that."
  expect p.xp == 120
}

test "the second shard is only a shard" {
  player p at kiln_yard
  give red_shard to p
  give red_shard to p
  p does "give shard to brannoch"
  advance 3s
  expect p.xp == 60
  p does "give shard to brannoch"
  advance 3s
  expect p sees "in a row, by temperature"
  expect p.xp == 60
  expect p.gold == 5
  expect p.count(potters_charm) == 1
}
