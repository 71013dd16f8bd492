// expect: E0001 at 4:5
room a {
  on enter(who) {
    on leave(who) { stop }
  }
}
