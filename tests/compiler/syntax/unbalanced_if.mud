// expect: E0502 at 3:12
room a {
  title: "A[else]b"
}
