// expect: E0003 at 4:3
room a {
  title: "A"
  }
  flags: dark
  on enter(who) { stop }
}
room b { title: "B" }
