// expect: E0504 at 3:13
room a {
  title: "A [who"
}
