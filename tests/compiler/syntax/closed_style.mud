// expect: E0501 at 3:22
room a {
  title: "[b]A[if x]b[/b][end]"
}
