// expect: E0006 at 3:10
room a {
  flags: dark
}
