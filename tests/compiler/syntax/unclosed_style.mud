// expect: E0501 at 3:11
room a {
  title: "[b]A"
}
