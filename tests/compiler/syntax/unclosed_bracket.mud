// expect: E0013 at 4:14
room a {
  on enter(who) {
    open exit(north
    close exit(south)
  }
}
