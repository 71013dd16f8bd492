// expect: E0012 at 3:9
shop a {
  open: 25:00..26:00
}
