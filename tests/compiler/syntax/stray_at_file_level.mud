// expect: E0001 at 3:1
room a { title: "A" }
title: "B"
room b { title: "B" }
