module t
use villlage
zone t { title: "T" }
// expect: E0110 at 2:5
