/// Water, pipes, tongs, and the two ways to end a shift.
module drowned_works

fn dry_the_works() { lower_water(0) }
fn send_slipmen_away() { for one in clay_cellar.npcs { destroy one } }
fn drain_the_ledge() { lower_water(1) }
fn strike_quench(amount: int, who: creature) { if quench { damage quench for amount from who } }
fn dismiss_quench() { if quench { destroy quench } }

test "two wheels let the water down, the bell fetches it back" {
  player p at wheel_house { level: 5 }
  player q at kettle_cross.bellhouse
  expect drowned_works.water == 2
  p does "south"
  p does "down"
  expect p sees "There the water begins"
  expect p.room is packing_hall
  p does "north"
  p does "turn wheel"
  expect p sees "the water goes down"
  expect drowned_works.water == 1
  p does "turn wheel"
  expect p sees "The second wheel is where the clay is."
  p does "south"
  p does "down"
  expect p.room is glaze_room
  p does "west"
  p does "down"
  expect p.room is foremans_walk
  p does "south"
  p does "turn wheel"
  expect p sees "It minds."
  send_slipmen_away()
  advance 1s
  p does "turn wheel"
  expect drowned_works.water == 0
  p does "north"
  p does "down"
  expect p.room is sump
  q does "ring bell"
  advance 3s
  expect p sees "It takes you under one arm"
  expect p.room is drain_mouth
  expect drowned_works.water == 2
  expect p.hp < p.max_hp
  expect no faults
}

test "a little bell fetches a little water" {
  player p at packing_hall
  give hobs_back.ram_bell to p
  dry_the_works()
  p does "ring bell"
  advance 1s
  expect drowned_works.water == 1
  p does "ring bell"
  p does "ring bell"
  advance 1s
  expect drowned_works.water == 2
}

test "the tongs are six strokes away, when there is water to swim in" {
  player p at flue_head
  drain_the_ledge()
  p does "west"
  expect p sees "nothing to swim in"
  expect p.room is flue_head
  give hobs_back.ram_bell to p
  p does "ring bell"
  advance 1s
  p does "west"
  expect p.room is flue_ledge
  p does "get tongs"
  expect p.carries(long_tongs)
}

test "the door knows four notes" {
  player p at pipe_hall
  player q at great_door
  dry_the_works()
  p does "play high"
  p does "play low"
  p does "play low"
  expect great_door.exit(north) is locked
  p does "play middle"
  expect p sees "a bolt as long as a tree moves"
  expect q sees "the great door opens"
  expect great_door.exit(north) is open
  expect great_kiln.exit(south) is open
  restart server
  advance 5m
  expect q sees "It has not been hurried."
  expect great_door.exit(north) is locked
}

test "a wrong note is answered with soot" {
  player p at pipe_hall { level: 5 }
  dry_the_works()
  p does "play high"
  p does "play middle"
  expect p sees "blow soot at you"
  p does "play low"
  p does "play low"
  p does "play middle"
  expect great_door.exit(north) is locked
  expect p.hp < p.max_hp
}

test "Master Quench lets go, if he is brought what he threw away" {
  player p at great_kiln { level: 5 }
  player q at counting_house
  q does "ring shift bell"
  expect q sees "nobody goes home"
  give kettle_cross.red_shard to p
  p does "give shard to quench"
  expect p sees "Second quality."
  expect p.carries(kettle_cross.red_shard)
  give kettle_cross.cracked_cup to p
  p does "give cup to quench"
  advance 7s
  expect p sees "Master Quench says, \"I like it.\""
  expect p sees "what he was waiting for"
  expect p.xp >= 400
  expect q sees "a man with a slate looks up"
  advance 1s
  q does "ring shift bell"
  advance 5s
  expect q sees "He had never counted himself."
  expect q.xp == 250
  q does "talk to tally"
  expect q sees "All home."
  advance 10m
  q does "talk to tally"
  expect not q sees "All home."
  expect no faults
}

test "hot glaze does not bear cold water" {
  seed: 6
  player p at great_kiln { level: 30 }
  give fire_bucket to p
  p does "throw bucket"
  expect p sees "The bucket is empty."
  dry_the_works()
  p does "south"
  expect p.room is great_kiln
  player q at sump
  give fire_bucket to q
  q does "fill bucket"
  expect q sees "You dip a bucket"
  q does "fill bucket"
  expect q sees "It is full."
  q does "look at bucket"
  expect q sees "as cold as the day it fell"
}

test "Master Quench, whole, crazed, and in pieces" {
  seed: 8
  player p at great_kiln { level: 30 }
  strike_quench(45, p)
  advance 1s
  expect p sees "I need hands!"
  expect p sees "already bowing"
  strike_quench(40, p)
  advance 1s
  expect p sees "It was nearly right!"
  strike_quench(50, p)
  advance 1s
  expect p sees "the sound of every plate there ever was"
  expect p sees "The counting stops."
}

test "the ember wants tongs, and the master gone" {
  player p at great_kiln { level: 9 }
  p does "take ember"
  expect p sees "You take it back."
  dismiss_quench()
  advance 1s
  p does "take ember"
  expect p sees "you need tongs"
  expect not p.carries(deep_ember)
  expect p.hp < p.max_hp
  give long_tongs to p
  p does "take ember"
  expect p.carries(deep_ember)
  p does "take ember"
  expect p sees "It is the same one."
}

test "what Master Quench leaves" {
  let drops = simulate 3000 of loot quench_loot with killer level 8
  expect drops.always(masters_apron)
  expect drops.rate(red_thimble) between 13% and 17%
}

test "a crate opens to a hook" {
  player p at packing_hall
  p does "open crate"
  expect p sees "something to pry with"
  give kettle_cross.billhook to p
  p does "open crate"
  expect p.carries(grey_saucer)
  p does "open crate"
  expect p sees "sat down on the rest"
}

test "the outlines lead to a bell" {
  player p at colour_store
  lower_water(0)
  p does "stand in feet"
  advance 3s
  expect p sees "a tower, and steps"
  expect p.xp == 30
}
