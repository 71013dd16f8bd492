module t
room x { title: "X" }
// expect: E0306 at 2:6
