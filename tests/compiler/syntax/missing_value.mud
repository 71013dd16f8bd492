// expect: E0010 at 3:9
room a {
  flags:
  title: "A"
}
