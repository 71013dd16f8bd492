// expect: E0501 at 3:13
room a {
  title: "A [of of]"
}
