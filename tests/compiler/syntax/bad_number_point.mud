// expect: E0012 at 3:10
item a {
  value: 1.5
}
