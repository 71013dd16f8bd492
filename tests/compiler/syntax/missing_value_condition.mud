// expect: E0001 at 4:8
room a {
  on enter(who) {
    if { stop }
  }
}
