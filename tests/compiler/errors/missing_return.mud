module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
fn f(a: int) -> int { if a > 3 { return 1 } }
// expect: E0412 at 5:4
