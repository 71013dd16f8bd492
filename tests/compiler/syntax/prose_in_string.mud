// expect: E0004 at 3:16
room a {
  description: "Once upon a time there
    was a wall that nobody
    wanted."
  flags: dark
}
room b { title: "B" }
