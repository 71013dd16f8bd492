module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
fn f(p: player) { tell p "x" }
room lab { title: "L" ; on enter(who) { f(who) } }
// expect: E0201 at 6:43
