// expect: E0010 at 4:9
// expect: E0010 at 9:9
room a {
  flags:
  title: = 3
  levels: )
}
room b {
  flags:
}
