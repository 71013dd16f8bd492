// expect: E0001 at 4:26
room a {
  on enter(who) {
    if who is player { } stop
  }
}
