module t
zone t { title: "T" ; start: hall }
room hall { title: "Hall" ; exit north -> attic }
room attic { title: "Attic" ; exit south -> hall }
item pot { short: "a" ; short: "b" }
// expect: E0302 at 5:25
