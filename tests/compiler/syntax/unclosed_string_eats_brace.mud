// expect: E0004 at 3:28
room a {
  on enter(who) { tell who "Halt }
}
room b { title: "B" }
