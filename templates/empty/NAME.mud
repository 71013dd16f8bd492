/// A world with nothing in it yet.
module NAME

zone NAME {
  title: "A New World"
  description: "There is not much here yet. That is up to you."
  entrances: first_room
  start: first_room
}

room first_room {
  title: "The First Room"
  description: "Bare boards, white walls, and a window without a view."
  flags: indoors
  detail "window", "view": "Nothing yet. You have not written it."
}

test "one begins in the first room" {
  player p at first_room
  p does "look"
  expect p sees "The First Room"
}
