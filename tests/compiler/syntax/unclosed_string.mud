// expect: E0004 at 3:10
room a {
  title: "A
  flags: dark
}
