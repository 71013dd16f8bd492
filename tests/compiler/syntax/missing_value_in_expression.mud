// expect: E0010 at 4:16
room a {
  on enter(who) {
    let x = 1 + ; stop
  }
}
