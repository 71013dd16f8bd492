// expect: E0002 at 7:1
room a {
  on enter(who) {
    tell who "x"
  title: "A"
  flags: dark
}

room b { title: "B" }
