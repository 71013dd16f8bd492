// expect: E0001 at 3:1
module a
module b
