module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
item pot { short: "a pot" ; modify { strength: 1 } }
// expect: E0115 at 5:29
