// expect: E0011 at 3:1
room a { title: "A" }
/* and so on
room b { title: "B" }
