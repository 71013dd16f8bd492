// expect: E0002 at 4:1
room a {
on enter(who) { tell who "x"
title: "A"
room b {
title: "B"
}
