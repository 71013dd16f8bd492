// expect: E0005 at 3:16
room a {
  description: """
    Once there was
    a wall.
