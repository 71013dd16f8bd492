/// The world of NAME, played.
module NAME

test "tea opens the gate" {
  player p at lane
  p does "open gate"
  expect lane.exit(east) is locked
  p does "north"
  expect p sees "Come in, come in."
  p does "say tea"
  expect p sees "Then push the kettle"
  p does "push kettle"
  expect p sees "You push the kettle over the fire."
  advance 11s
  expect p sees "The kettle begins to sing."
  p does "say tea"
  expect p.carries(gate_key)
  p does "south"
  p does "unlock gate"
  p does "open gate"
  p does "look"
  expect p sees "a gate stands open"
  p does "east"
  expect p sees "The Garden"
  p does "get pear"
  p does "eat pear"
  expect no faults
}

test "the kettle sings for a minute, and a restart does not matter" {
  player p at kitchen
  p does "push kettle"
  advance 11s
  expect kitchen.kettle_is_hot
  restart server
  advance 58s
  expect kitchen.kettle_is_hot
  advance 2s
  expect p sees "is quiet"
  expect not kitchen.kettle_is_hot
}
