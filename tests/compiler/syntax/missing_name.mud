// expect: E0010 at 3:16
room a {
  exit north ->
}
