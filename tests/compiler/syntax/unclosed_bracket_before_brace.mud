// expect: E0013 at 3:11
room a {
  on enter(who { stop }
}
room b { title: "B" }
