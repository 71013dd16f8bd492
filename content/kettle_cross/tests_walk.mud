/// The long quest, walked: every step is typed, nothing is handed out, and the server restarts twice.
module kettle_cross
use sallow
use hobs_back
use drowned_works

test "the red, from the square to the square" {
  seed: 12
  player p at square { level: 20 ; gold: 40 }

  // buy what is needed
  p does "ne"
  p does "buy rope"
  p does "buy lantern"
  p does "buy billhook"
  p does "sw"

  // what somebody threw away
  p does "nw"
  p does "pull stopper"
  p does "se"

  // the key
  p does "west"
  p does "pull rope"
  advance 3s
  p does "up"
  p does "get key from perch"
  p does "down"
  p does "east"

  // the shard
  p does "north"
  p does "east"
  p does "turn windlass"
  p does "down"
  p does "wield billhook"
  p does "kill spider"
  advance 90s
  p does "unlock grate"
  p does "open grate"
  p does "east"
  p does "east"
  p does "kill thimble"
  advance 120s
  p does "get all from corpse"
  expect p.carries(red_shard)
  p does "west"
  p does "west"
  p does "pull chain"
  p does "up"
  p does "west"
  p does "north"
  p does "give shard to brannoch"
  advance 3s
  expect p sees "Bring me those three"

  // earth
  p does "south"
  p does "south"
  p does "sw"
  p does "west"
  p does "west"
  p does "west"
  p does "pay three"
  p does "west"

  // charcoal
  p does "north"
  p does "north"
  p does "watch clamp"
  advance 19s
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
  p does "south"
  p does "south"

  // the hill's leave
  p does "up"
  p does "south"
  p does "say please"
  advance 4s
  p does "north"
  p does "west"
  p does "north"
  p does "tie rope"
  p does "down"
  p does "get pick"
  p does "wield pick"
  p does "north"
  p does "north"
  p does "east"
  p does "throw charcoal"
  p does "kill hoar"
  advance 120s
  p does "dig"
  expect p.carries(red_earth)
  p does "west"
  p does "south"
  p does "south"
  p does "up"
  p does "south"
  p does "east"
  p does "down"
  p does "east"
  p does "east"
  p does "east"
  p does "east"
  p does "ne"

  // ash
  restart server
  p does "south"
  p does "south"
  p does "west"
  p does "west"
  p does "south"
  p does "cut rods"
  p does "south"
  p does "east"
  p does "smoke hornets"
  p does "scrape ash"
  expect p.carries(sky_ash)
  p does "west"
  p does "north"
  p does "north"
  p does "west"
  p does "west"
  p does "west"
  p does "west"
  p does "west"

  // tongs
  p does "west"
  p does "west"
  p does "west"
  p does "get tongs"
  expect p.carries(long_tongs)
  p does "east"
  p does "east"
  p does "east"

  // water
  p does "north"
  p does "turn wheel"
  p does "south"
  p does "down"
  p does "west"
  p does "south"
  p does "kill slipman"
  advance 50s
  p does "kill slipman"
  advance 50s
  p does "turn wheel"
  expect drowned_works.water == 0

  // the door
  p does "north"
  p does "north"
  p does "play high"
  p does "play low"
  p does "play low"
  p does "play middle"
  p does "south"
  p does "down"
  p does "west"
  p does "west"
  p does "north"
  p does "give cup to quench"
  advance 7s
  expect p sees "what he was waiting for"
  p does "take ember"
  expect p.carries(deep_ember)

  // home
  restart server
  p does "south"
  p does "east"
  p does "east"
  p does "up"
  p does "east"
  p does "up"
  p does "east"
  p does "east"
  p does "east"
  p does "east"
  p does "east"
  p does "east"
  p does "east"
  p does "north"
  p does "north"
  p does "north"
  p does "north"
  p does "give earth to brannoch"
  p does "give ash to brannoch"
  p does "give ember to brannoch"
  p does "stoke kiln"
  advance 16s
  expect p.carries(red_brick)
  p does "south"
  p does "south"
  p does "talk to bettany"
  p does "se"
  p does "down"
  p does "unlock low door"
  p does "open low door"
  p does "west"
  p does "lay brick"
  expect p sees "You have kept it from going cold."
  expect red_bricks == 2
  expect no faults
}
