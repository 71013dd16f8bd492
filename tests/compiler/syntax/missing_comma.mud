// expect: E0001 at 4:17
room a {
  on enter(who) {
    let x = f(a b)
  }
}
