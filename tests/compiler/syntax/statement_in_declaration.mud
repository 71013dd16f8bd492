// expect: E0001 at 3:3
room a {
  if x { stop }
}
