// expect: E0001 at 4:40
room a {
  on enter(who) {
    if who is player { } else { } else { }
  }
}
