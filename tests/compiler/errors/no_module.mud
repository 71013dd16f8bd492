zone t { title: "T" }
// expect: E0313 at 1:1
