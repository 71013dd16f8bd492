// expect: E0002 at 5:3
room a {
  on enter(who) {
    tell who "x"
  title: "A"
  flags: dark
}

room b { title: "B" }
