// expect: E0012 at 3:11
item a {
  weight: 3stone
}
