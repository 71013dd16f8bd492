module t
zone t { title: "T" }
zone u from t { title: "U" }
// expect: E0305 at 3:13
