// expect: E0503 at 3:13
room a {
  title: "A [if dark]b"
}
