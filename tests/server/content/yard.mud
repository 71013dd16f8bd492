/// The world of the server's tests: every `mark` is counted and told, so that one can see which were run.
module yard

zone yard {
  title: "The Yard"
  description: "A bare yard for people who test servers."
  levels: 1..5
  entrances: yard_room
  start: yard_room
}

/// How many marks were made, by everybody together.
world state marks: int = 0

room yard_room {
  title: "A Bare Yard"
  description: "Swept earth, a fence and a post to carve marks into."
}

command mark {
  help: "Carve a number: `mark 7`."
  run "mark <n:int>" by who {
    marks += 1
    tell who "You carve mark [n] of [marks]."
  }
}

command total {
  help: "Count the marks on the post."
  run "total" by who {
    tell who "There are [marks] marks."
  }
}
