// expect: E0006 at 3:11
room a {
  flags: d@rk
}
