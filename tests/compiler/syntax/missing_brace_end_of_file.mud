// expect: E0002 at 6:1
room a {
  on enter(who) {
    stop
  }
