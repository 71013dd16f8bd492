// expect: E0001 at 3:14
room a {
  exit north => b
  title: "A"
}
