// expect: E0003 at 6:1
room a {
  title: "A"
}

}
room b { title: "B" }
