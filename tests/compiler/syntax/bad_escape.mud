// expect: E0006 at 3:12
room a {
  title: "A\q"
}
