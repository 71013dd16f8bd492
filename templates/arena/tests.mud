/// The ring of NAME, fought.
module NAME

test "a fighter with the sword outlives the viper and keeps its skin" {
  seed: 3
  player p at gate { level: 5 }
  p does "get sword"
  p does "wield sword"
  p does "south"
  p does "kill viper"
  advance 2m
  expect p sees "The coil comes undone."
  p does "get skin from corpse"
  expect p.carries(viper_skin)
  expect no faults
}

test "half of the vipers have swallowed coins" {
  let drops = simulate 2000 of loot viper_loot with killer level 1
  expect drops.always(viper_skin)
  expect drops.rate(gold) between 46% and 54%
}
