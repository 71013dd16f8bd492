// expect: E0010 at 2:7
room a

room b { title: "B" }
